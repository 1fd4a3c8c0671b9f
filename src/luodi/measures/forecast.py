"""How likely a target is reached by its deadline, from the series' own history and season. Silent when that is short.

Exponential smoothing with additive season and damped trend (statsmodels' ETS), on logarithms where the series is
positive; the paths still to come are simulated and counted. Same numbers in, same forecast out: the seed is fixed.
What it can't know: a project that ends, a rule that changes. It stands beside the light, never in its place.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from luodi.measures.periods import LENGTHS, earlier, first_day, index_of

SEASONS = 3
"""Full years of history below which nothing is said."""
PATHS = 2000
SEED = 20260101
LOW, HIGH = 0.1, 0.9
"""The interval shown holds four of five outcomes."""

Numbers = Mapping[date, Decimal | None]


@dataclass(frozen=True, slots=True)
class Step:
    """One period to come: the middle of the simulated outcomes and the interval that holds 80 % of them."""

    period: date
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """`steps` run from the first unknown period to the deadline; `probability` is None where there is no target."""

    steps: tuple[Step, ...]
    probability: float | None
    history: int

    @property
    def in_words(self) -> str:
        last = self.steps[-1]
        chance = "" if self.probability is None else f"达到目标的可能性{chance_in_words(self.probability)}；"
        return f"{chance}按 {self.history} 期历史和季节推算，{last.period.year}年{last.period.month}月约 {_about(last.middle)}（八成可能在 {_about(last.low)}—{_about(last.high)}）。"


@dataclass(frozen=True, slots=True)
class Silent:
    """No forecast, and why."""

    why: str


def forecast(
    numbers: Numbers,
    until: date,
    is_kept: Callable[[float], bool] | None = None,
    *,
    period: str = "month",
    is_cumulative: bool = True,
) -> Forecast | Silent:
    """From the known numbers to the period `until`. `is_kept` says of an outcome at the end whether the target is met.

    Cumulative numbers (年初累计) are forecast by what each period adds; where a bureau never publishes January, January
    and February are one period.
    """
    known = sorted(each for each, value in numbers.items() if value is not None)
    if not known:
        return Silent("还没有数值。")
    if until <= known[-1]:
        return Silent("目标时点的数值已经有了，不用推算。")
    length = LENGTHS[period]
    skips = is_cumulative and period == "month" and not any(each.month == 1 for each in known)
    season = 12 // length - (1 if skips else 0)
    tail = _unbroken(known, length, skips)
    amounts = _amounts(numbers, tail, is_cumulative)
    if len(amounts) < SEASONS * season:
        return Silent(f"连续的历史只有 {len(amounts)} 期，不足 {SEASONS * season} 期，不作推算。")
    periods = _to_come(known[-1], until, length, skips)
    paths = _simulate(tuple(amounts), len(periods), season)
    if is_cumulative:
        so_far = float(numbers[known[-1]] or 0)
        paths = [_running(path, periods, so_far) for path in paths]
    steps = tuple(_step(each, sorted(path[n] for path in paths)) for n, each in enumerate(periods))
    probability = sum(is_kept(path[-1]) for path in paths) / len(paths) if is_kept else None
    return Forecast(steps, probability, len(amounts))


def _about(value: float) -> str:
    """Four significant digits, never with an exponent."""
    return f"{float(f'{value:.4g}'):,.10g}"


def chance_in_words(probability: float) -> str:
    """Never a certainty: simulated paths know only the past."""
    if probability < 0.05:
        return "不到 5%"
    return "在 95% 以上" if probability > 0.95 else f"约 {round(probability * 20) * 5}%"


def _unbroken(known: Sequence[date], length: int, skips: bool) -> list[date]:
    """The longest run of periods up to the last one without a gap."""
    tail = [known[-1]]
    for each in reversed(known[:-1]):
        step = length + (1 if skips and tail[0].month == 2 else 0)
        if each != earlier(tail[0], step):
            break
        tail.insert(0, each)
    return tail


def _amounts(numbers: Numbers, tail: Sequence[date], is_cumulative: bool) -> list[float]:
    """What each period added; the first of a run that begins within a year is not known by itself."""
    values = [float(numbers[each] or 0) for each in tail]
    if not is_cumulative:
        return values
    own = [
        value if here.year != before.year else value - last
        for before, last, here, value in zip(tail, values, tail[1:], values[1:], strict=False)
    ]
    begins = tail[0].month <= 2 and (len(tail) == 1 or tail[0].year == tail[1].year)
    return [values[0], *own] if begins and tail[0].month == 1 else own


def _to_come(last: date, until: date, length: int, skips: bool) -> list[date]:
    months = range(index_of(last) + length, index_of(until) + 1, length)
    return [each for each in map(first_day, months) if not (skips and each.month == 1)]


def _running(path: Sequence[float], periods: Sequence[date], so_far: float) -> list[float]:
    out, year = [], periods[0].year
    if periods[0].month <= 2:
        so_far = 0.0
    for amount, each in zip(path, periods, strict=True):
        so_far = amount if each.year != year else so_far + amount
        year = each.year
        out.append(so_far)
    return out


def _step(period: date, outcomes: Sequence[float]) -> Step:
    at = [outcomes[min(len(outcomes) - 1, int(share * len(outcomes)))] for share in (LOW, 0.5, HIGH)]
    return Step(period, *at)


@lru_cache(maxsize=256)
def _simulate(amounts: tuple[float, ...], ahead: int, season: int) -> list[list[float]]:
    """Simulated paths of the amounts to come."""
    import numpy as np
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    is_positive = min(amounts) > 0
    history = np.array([math.log(each) for each in amounts] if is_positive else amounts)
    if np.ptp(history) == 0:
        return [[amounts[-1]] * ahead] * PATHS
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that the search stopped early; the back-test speaks for the result
        model = ETSModel(
            history,
            trend="add",
            damped_trend=True,
            seasonal="add" if season > 1 else None,
            seasonal_periods=season if season > 1 else None,
        )
        fitted = model.fit(disp=False)
        # Parameters and first states were fitted to the same history: widen by the freedom they took.
        free = len(fitted.params)
        widen = math.sqrt(len(history) / max(1, len(history) - free)) if len(history) > free else 2.0
        paths = np.asarray(
            fitted.simulate(ahead, anchor="end", repetitions=PATHS, rng=np.random.default_rng(SEED))
        ).reshape(ahead, PATHS)
    middle = paths.mean(axis=1, keepdims=True)
    paths = middle + (paths - middle) * widen
    values = np.exp(paths) if is_positive else paths
    if min(amounts) >= 0:
        values = np.maximum(values, 0)
    return [[float(value) for value in path] for path in values.T]
