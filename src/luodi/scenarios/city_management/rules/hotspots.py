"""Where the same trouble keeps coming back 高发: so many cases of one small class in one grid within some days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

AT_LEAST, WITHIN_DAYS = 5, 7


@dataclass(frozen=True, slots=True)
class Hotspot:
    """`first` and `last` are the days of the densest run."""

    grid: int
    category: str
    cases: int
    first: date
    last: date


def hotspots(
    cases: Iterable[tuple[int, str, date]], at_least: int = AT_LEAST, days: int = WITHIN_DAYS
) -> list[Hotspot]:
    """From (grid, small class, day received): every grid and class that reached the number in any run of days, worst first."""
    by_place: dict[tuple[int, str], list[date]] = defaultdict(list)
    for grid, category, on in cases:
        by_place[grid, category].append(on)
    found = []
    for (grid, category), seen in by_place.items():
        count, first, last = _densest(sorted(seen), days)
        if count >= at_least:
            found.append(Hotspot(grid, category, count, first, last))
    return sorted(found, key=lambda spot: (-spot.cases, spot.grid, spot.category))


def _densest(seen: list[date], days: int) -> tuple[int, date, date]:
    """The run of so many days that holds most, the latest of equals."""
    best, start = (0, seen[0], seen[0]), 0
    for end, day in enumerate(seen):
        while day - seen[start] >= timedelta(days=days):
            start += 1
        if end - start + 1 >= best[0]:
            best = (end - start + 1, seen[start], day)
    return best
