"""A target of the plan and the series that answers for it: which ones are proposed, and how the target stands by them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luodi.commitments.models import Commitment, Target
from luodi.measures.forecast import Forecast, Silent, forecast
from luodi.measures.growth import growth
from luodi.measures.judging import Judged, Promise, factor, judge, margin, promise_of
from luodi.measures.models import Series, Value
from luodi.measures.periods import LENGTHS, earlier, first_day, in_words, index_of
from luodi.reading.likeness import likeness, normal

WORTH_SHOWING = 0.5
SHOWN = 5
_HORIZON = re.compile(r"(\d{4})(?:-(\d{2})|Q([1-4]))?")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A series that may answer for a target, how alike their names are (0 to 1), and why."""

    series: Series
    score: float
    why: str


def suggested(target: Target, series: Iterable[Series]) -> list[Proposal]:
    """The most alike first. Units that can't be compared rule a series out; a growth target accepts any amount."""
    wanted = normal(target.indicator)
    out = []
    for each in series:
        alike = likeness(wanted, normal(each.title)) if fits(target, each) else 0.0
        if alike >= WORTH_SHOWING:
            same = "名称相同" if alike == 1 else f"名称相似 {alike:.0%}"
            out.append(Proposal(each, alike, f"{same}，单位{'一致' if each.unit == target.unit else '可比'}"))
    return sorted(out, key=lambda each: (-each.score, each.series.key))[:SHOWN]


def fits(target: Target, series: Series) -> bool:
    """Whether the series' unit can answer for the target's: a growth in % is told by any amount."""
    return is_rate_of_change(promise_of(target)) or factor(series.unit, target.unit) is not None


@dataclass(frozen=True, slots=True)
class Stand:
    """How a target stands by a series: judged on what is known, and what is to be expected at its deadline."""

    promise: Promise
    judged: Judged
    until: date
    outlook: Forecast | Silent
    line: Decimal | None
    """The figure in the series' own unit that the chart draws as the target."""


def stands(
    target: Target,
    series: Series,
    values: Sequence[Value],
    document_year: int | None,
    with_outlook: bool = True,
) -> Stand:
    """`values` are the current ones of one division, oldest first."""
    promise = promise_of(target, series.better)  # type: ignore[arg-type]
    numbers = {value.period: value.value for value in values}
    is_rate = is_rate_of_change(promise) and not series.unit.startswith(("%", "％"))
    until = deadline_of(target, document_year or max(numbers, default=date.today()).year, series.period)
    begun = [value for value in values if value.period.year == until.year and value.period <= until] or list(
        values[-1:]
    )
    if is_rate:
        actuals = [(in_words(v.period, series.period), grown(v, numbers)) for v in begun]
    else:
        actuals = [(in_words(v.period, series.period), v.value) for v in begun]
    unit = "%" if is_rate else series.unit
    judged = judge(promise, actuals, unit, is_due=max(numbers, default=until) >= until)
    outlook: Forecast | Silent = Silent("")
    line = _line(promise, series, numbers, until, is_rate)
    if with_outlook:
        outlook = forecast(
            numbers, until, _kept(promise, series, numbers, until, is_rate), period=series.period, is_cumulative=series.span == "year"
        )  # fmt: skip
    return Stand(promise, judged, until, outlook, line)


def is_rate_of_change(promise: Promise) -> bool:
    """增长8%: judged by growth against the same period, not by the number itself."""
    return promise.is_growth and promise.unit in {"%", "％", "个百分点", "百分点"}


def grown(value: Value, numbers: Mapping[date, Decimal | None]) -> Decimal | None:
    """What the bureau printed as growth (by comparable prices) goes before what the amounts give."""
    return value.growth if value.growth is not None else growth(numbers, value.period)


def deadline_of(target: Target, year: int, every: str) -> date:
    """The first day of the period by which the figure is due: its own horizon, else the line's deadline, else the year's end."""
    if match := _HORIZON.fullmatch(target.horizon):
        month = int(match[2]) if match[2] else int(match[3]) * 3 if match[3] else 12
        last = date(int(match[1]), month, 1)
    else:
        line: Commitment = target.commitment
        last = line.deadline or date(year, 12, 1)
    return first_day(index_of(last) // LENGTHS[every] * LENGTHS[every])


def _line(
    promise: Promise, series: Series, numbers: Mapping[date, Decimal | None], until: date, is_rate: bool
) -> Decimal | None:
    if promise.value is None:
        return None
    if is_rate:
        base = numbers.get(earlier(until, 12))
        change = -promise.value if promise.falls else promise.value
        return None if base is None else base * (1 + change / 100)
    rate = factor(promise.unit, series.unit)
    return None if rate is None else promise.value * rate


def _kept(
    promise: Promise, series: Series, numbers: Mapping[date, Decimal | None], until: date, is_rate: bool
) -> Callable[[float], bool] | None:
    """A test of an outcome, or None where the promise can't be tested."""
    rate, base = factor(series.unit, promise.unit), numbers.get(earlier(until, 12))
    if promise.value is None or (is_rate and not base) or (not is_rate and rate is None):
        return None

    def test(outcome: float) -> bool:
        got = Decimal(repr(outcome))
        got = (got / base - 1) * 100 if is_rate else got * rate
        return margin(promise, got) >= 0

    return test
