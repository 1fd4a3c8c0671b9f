"""Accidents of a year beside the same span of the year before: by sector, by division, by class; unknown figures are counted as unknown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luodi.kernel.permission import is_staff_of_the_city
from luodi.scenarios.work_safety.actions import bounds
from luodi.scenarios.work_safety.models import Accident, Danger
from luodi.scenarios.work_safety.rules.accidents import CLASSES
from luodi.scenarios.work_safety.rules.machine import SECTORS


@dataclass(frozen=True, slots=True)
class Sum:
    """`deaths` are those known; `unknown` is how many accidents still lack their deaths."""

    accidents: int = 0
    deaths: int = 0
    injured: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    title: str
    now: Sum
    before: Sum

    @property
    def fewer_accidents(self) -> Decimal | None:
        return change(self.now.accidents, self.before.accidents)

    @property
    def fewer_deaths(self) -> Decimal | None:
        """None while deaths of either span are unknown: a fall may only be what nobody has told yet."""
        return (
            None if self.now.unknown or self.before.unknown else change(self.now.deaths, self.before.deaths)
        )


def change(now: int, before: int) -> Decimal | None:
    """In percent of the year before; None where there was nothing then."""
    return (
        None
        if not before
        else (Decimal(100 * (now - before)) / before).quantize(Decimal("0.1"), rounding="ROUND_HALF_UP")
    )


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    if not is_staff_of_the_city(request.user):
        raise Http404
    last = _day(request.GET.get("last", ""))
    first = last.replace(month=1, day=1)
    rows = list(
        Accident.objects.filter(happened_on__range=(first.replace(year=first.year - 1), last)).select_related(
            "division__parent__parent"
        )
    )
    now = [row for row in rows if row.happened_on >= first]
    before = [row for row in rows if row.happened_on <= _year_before(last)]
    hours = bounds(last)["report_hours"]
    context = {
        "first": first, "last": last,
        "tables": [
            ("合计", lines(now, before, lambda _row: "全市", ["全市"])),
            ("按行业领域", lines(now, before, lambda row: dict(SECTORS)[row.sector])),
            ("按区划", lines(now, before, lambda row: _county(row.division).name)),
            ("按等级（数字待补的列为“以上”）", lines(now, before, lambda row: row.class_title, [title for _, title in CLASSES])),
        ],
        "open": [row for row in now if row.closed_on is None],
        "hours": hours, "late": [row for row in now if row.report_minutes is not None and row.report_minutes > 60 * hours],
    }  # fmt: skip
    return render(request, "work_safety/accidents.html", context)


@login_not_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """For anyone: major dangers under listed supervision that were announced, and those struck off. No word of who reported."""
    rows = Danger.objects.filter(announced_on__isnull=False, is_sealed=False).select_related(
        "firm", "lead", "division"
    )
    return render(
        request,
        "work_safety/listed.html",
        {"rows": rows.order_by("-is_open", "-listed_on")[:100], "year": timezone.localdate().year},
    )


def lines(
    now: Iterable[Any], before: Iterable[Any], by: Callable[[Any], str], always: Iterable[str] = ()
) -> list[Line]:
    """One line for each value, the deadliest first; `always` ones stand even when empty."""
    sums: dict[str, list[list[Any]]] = defaultdict(lambda: [[], []])
    for title in always:
        sums[title] = [[], []]
    for place, rows in enumerate((now, before)):
        for row in rows:
            sums[by(row)][place].append(row)
    found = [Line(title, _sum(these), _sum(those)) for title, (these, those) in sums.items()]
    return (
        sorted(found, key=lambda line: (-line.now.deaths, -line.now.accidents, line.title))
        if not always
        else found
    )


def _county(division: Any) -> Any:
    """The division right below the city that this one is, or lies in."""
    while division.parent is not None and division.parent.parent is not None:
        division = division.parent
    return division


def _sum(rows: list[Any]) -> Sum:
    return Sum(
        len(rows),
        sum(row.deaths or 0 for row in rows),
        sum(row.injured or 0 for row in rows),
        sum(1 for row in rows if row.deaths is None),
    )


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()
