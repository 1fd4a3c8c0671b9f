"""The months behind a light, from the targets that a series answers for. Only yearly amounts have a pace.

A rate, a ceiling or a growth has no 序时: eleven twelfths of an unemployment rate mean nothing. Those are judged at
their deadline (`measures.judging`) and get no light here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luodi.assessment.kinds import city_division
from luodi.assessment.lights import KEY, Month, Rule, presets, rule_of
from luodi.commitments.models import Commitment
from luodi.kernel.clock import months_later
from luodi.kernel.rulesets import NoRuleset, ruleset
from luodi.measures.binding import Stand, is_rate_of_change, stands
from luodi.measures.growth import months_of
from luodi.measures.judging import Judged
from luodi.measures.models import Binding, Series, Value
from luodi.measures.periods import earlier
from luodi.measures.suspicion import set_low, suspicions

BASE_YEARS = 3
"""陕西 takes the mean of three years as the base of a target."""
SHOWN = 2
FLOORS = ("ge", "gt", "eq", "approx")


@dataclass(frozen=True, slots=True)
class Paced:
    """A binding with its months, oldest first; empty where the target has no pace."""

    binding: Binding
    months: tuple[Month, ...]
    why_none: str = ""
    doubts: tuple[str, ...] = ()
    """What is odd about the year's numbers, and whether the target looks set too low (低定高超)."""
    judged: Judged | None = None
    """How the target stands by the last known number."""
    values: tuple[Value, ...] = ()
    """The numbers that the series has for the division, oldest first."""


def paced(year: int, line: Commitment | None = None) -> list[Paced]:
    """Every settled binding of the year's documents, or of one line of them, in two queries."""
    asked = {"target__commitment": line} if line else {"target__commitment__document__year": year}
    bindings = list(
        Binding.objects.filter(state=Binding.State.CONFIRMED, **asked)
        .select_related("series", "division", "target__commitment__document", "outlook")
        .defer("target__commitment__document__text", "target__commitment__document__report")
        .order_by("target__commitment__document", "target__start")
    )
    values: dict[tuple[int, int], list[Value]] = defaultdict(list)
    if not bindings:
        return []
    rows = Value.objects.filter(
        is_current=True,
        owner=None,
        series__in={b.series_id for b in bindings},
        period__year__gte=year - BASE_YEARS,
    )
    for row in rows.filter(period__year__lte=year).order_by("period"):
        values[row.series_id, row.division_id].append(row)
    return [_paced(each, values[each.series_id, each.division_id], year) for each in bindings]


def _paced(binding: Binding, values: Sequence[Value], year: int) -> Paced:
    series, target = binding.series, binding.target
    if not values:
        return Paced(binding, (), "还没有数值。")
    stand = stands(target, series, values, year, with_outlook=False)
    has_pace = (
        series.span == Series.Span.YEAR
        and series.period == Series.Period.MONTH
        and series.better == Series.Better.UP
        and not series.unit.startswith(("%", "％"))
        and target.comparator in FLOORS
    )
    doubts = _doubts(series, stand, values, year)
    if not has_pace:
        return Paced(
            binding, (), "比率、上限或期末数没有序时进度，到期时评判。", doubts, stand.judged, tuple(values)
        )
    numbers = {value.period: value.value for value in values}
    own = months_of(numbers)
    asked = stand.line / 12 if stand.line is not None else None
    months = (
        Month(
            value.period,
            stand.line,
            value.value,
            _task(stand, numbers, value.period),
            asked,
            own[value.period],
        )
        for value in values
        if value.period.year == year and value.period <= stand.until
    )
    return Paced(binding, tuple(months), doubts=doubts, judged=stand.judged, values=tuple(values))


def _task(stand: Stand, numbers: Mapping[date, Decimal | None], period: date) -> Decimal | None:
    """Of a growth the year before gives the months: what this month's total has to be for the growth to hold by then."""
    before, whole = numbers.get(earlier(period, 12)), numbers.get(earlier(stand.until, 12))
    if not is_rate_of_change(stand.promise) or before is None or not whole or stand.line is None:
        return None
    return before * stand.line / whole


def _doubts(series: Series, stand: Stand, values: Sequence[Value], year: int) -> tuple[str, ...]:
    """Only amounts have months that add up: a rate may fall, and stay, as it likes."""
    numbers = {value.period: value.value for value in values}
    is_amount = not series.unit.startswith(("%", "％")) and all(value.denominator is None for value in values)
    found = _odd_months(series, numbers, year) if is_amount and series.period == "month" else []
    if series.better == Series.Better.UP and stand.line is not None:
        ends = [numbers.get(earlier(stand.until, 12 * n)) for n in range(1, BASE_YEARS + 1)]
        latest = numbers.get(stand.until)
        if low := set_low(stand.line, [end for end in ends if end is not None], latest):
            found.append(low)
    return tuple(found)


def _odd_months(series: Series, numbers: Mapping[date, Decimal | None], year: int) -> list[str]:
    """The newest few of the year."""
    bare = {period: None if value is None else value.normalize() for period, value in numbers.items()}
    odd = suspicions(bare, is_cumulative=series.span == Series.Span.YEAR)
    kept = [each for each in odd if each.period and each.period.year == year]
    return [each.why for each in kept[-SHOWN:]]


def up_to(months: Sequence[Month], month: date) -> list[Month]:
    return [each for each in months if each.month <= month]


def rule_in_force(month: date) -> Rule:
    """The city's own rule on the month's last day, else the general preset."""
    try:
        return rule_of(ruleset(KEY, on=months_later(month, 1), division=city_division()))
    except NoRuleset:
        return presets()[""]
