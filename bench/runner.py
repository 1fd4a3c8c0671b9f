"""How a benchmark is measured: every contender in turn, at least five rounds, medians, ratios."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One operation: seconds by contender ("ours", "limit", and peers), and the exponent of our growth.

    `goal` is what design asks for, in words; `note` says what was measured.
    """

    operation: str
    seconds: Mapping[str, float]
    goal: str
    note: str = ""
    exponent: float | None = None
    extra: Mapping[str, float] = field(default_factory=dict)

    def ratio(self, other: str) -> float:
        """How many times our speed is that of `other`: above 1 we are faster."""
        return self.seconds[other] / self.seconds["ours"]


def in_turn(contenders: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Median seconds of each, all of them run once in every round so that noise hits them alike."""
    for contender in contenders.values():
        contender()
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, contender in contenders.items():
            start = time.perf_counter()
            contender()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(measured) for name, measured in times.items()}


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The slope of log time over log size: 1 is linear."""
    x, y = [math.log(size) for size in sizes], [math.log(second) for second in seconds]
    return statistics.linear_regression(x, y).slope
