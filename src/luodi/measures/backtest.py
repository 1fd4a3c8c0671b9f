"""How good forecasts were: at many past days, forecast with what was known then, and compare with what came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from luodi.measures.forecast import Forecast, Numbers, forecast


@dataclass(frozen=True, slots=True)
class Calibration:
    """Of `told` forecasts, `held` intervals had the result in them (80 % should); `silent` ones said nothing."""

    told: int
    held: int
    silent: int

    @property
    def coverage(self) -> float | None:
        return self.held / self.told if self.told else None


def back_test(
    numbers: Numbers,
    origins: Iterable[tuple[date, date]],
    *,
    period: str = "month",
    is_cumulative: bool = True,
) -> Calibration:
    """`origins` are pairs: the last period known at the time, and the one to be forecast."""
    told = held = silent = 0
    for known, until in origins:
        result = numbers.get(until)
        if result is None:
            continue
        then = {each: value for each, value in numbers.items() if each <= known}
        found = forecast(then, until, period=period, is_cumulative=is_cumulative)
        if not isinstance(found, Forecast):
            silent += 1
            continue
        told += 1
        held += found.steps[-1].low <= float(result) <= found.steps[-1].high
    return Calibration(told, held, silent)
