"""总览: the whole city on one screen, from counts to parts, indicators, counties and the week; each leads to its records.

Everything is found when the page is asked for, in a fixed number of questions; a wall display is the same page, larger.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luodi.assessment.lights import Light, Lit, pace_light
from luodi.assessment.models import Result, Run
from luodi.assessment.pace import Paced, paced, rule_in_force, up_to
from luodi.commitments import life
from luodi.commitments.models import Assignment, Commitment, Document, Passage
from luodi.dispatch.models import Meeting, Resolution
from luodi.kernel.clock import months_later
from luodi.kernel.permission import is_staff_of_the_city
from luodi.measures.charts import CARD_SIZE, Point, trend
from luodi.measures.models import Series, Value

State = Commitment.State
_WORST_FIRST = list(Light)
TRENDS = 4
COUNTY_SERIES = 5


@dataclass(slots=True)
class Part:
    """A part of the plan: its lines by standing, and the unit that has been silent longest."""

    title: str
    first: int
    done: int = 0
    well: int = 0
    late: int = 0
    silent_days: int | None = None
    silent_unit: str = ""

    @property
    def total(self) -> int:
        return self.done + self.well + self.late

    @property
    def shares(self) -> tuple[int, int, int]:
        """Percent done, well under way, late; together 100."""
        done = round(100 * self.done / self.total) if self.total else 0
        late = round(100 * self.late / self.total) if self.total else 0
        return done, 100 - done - late, late


@dataclass(slots=True)
class Lines:
    """The year's ledger as counts."""

    document: Document | None = None
    states: Counter[str] = field(default_factory=Counter)
    late: int = 0
    parts: list[Part] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def by_state(self) -> list[tuple[Commitment.State, int]]:
        """States that lines are in, from issued to closed."""
        return [(state, self.states[state]) for state in State if self.states[state]]

    @property
    def closed(self) -> int:
        return self.states[State.CLOSED]


@require_safe
def cockpit(request: HttpRequest) -> HttpResponse:
    """`?wall=1` for a wall: larger, without menu, drawn anew every five minutes."""
    if not is_staff_of_the_city(request.user):
        raise Http404
    today = timezone.localdate()
    lines = _lines(today)
    month = months_later(today.replace(day=1), -1)
    rule = rule_in_force(month)
    lit = [
        (each, pace_light(up_to(each.months, month), rule)) for each in paced(month.year) if not each.why_none
    ]
    lit.sort(key=lambda pair: _WORST_FIRST.index(pair[1].light))
    counts = Counter(light.light for _, light in lit)
    context = {
        "lines": lines, "today": today, "month": month, "rule": rule, "is_wall": "wall" in request.GET,
        "lights": [(light, counts[light]) for light in (Light.RED, Light.YELLOW, Light.GREEN)], "lit": lit,
        "trends": [_trend(each, light) for each, light in lit if len(each.months) > 2][:TRENDS],
        "counties": _counties(lit, month), "ranks": _ranks(), "week": _week(today),
        "meeting": Meeting.objects.filter(state=Meeting.State.PLANNED, at__date__gte=today).order_by("at").first(),
    }  # fmt: skip
    return render(request, "site/cockpit.html", context)


def _lines(today: date) -> Lines:
    """The newest year's issued ledger by part, in three questions."""
    issued = Commitment.objects.exclude(state__in=life.PREPARED)
    document = (
        Document.objects.filter(pk__in=issued.values("document"))
        .defer("text", "report")
        .order_by("-year", "-pk")
        .first()
    )
    found = Lines(document)
    if document is None:
        return found
    roots = _roots(document.passages.order_by("start"))
    parts: dict[int, Part] = {}
    rows = Assignment.objects.filter(
        commitment__document=document, commitment__same_as=None, role=Assignment.Role.LEAD, accepted=True
    ).exclude(commitment__state__in=life.PREPARED)
    fields = ("passage", "state", "deadline", "latest__sent_at")
    for passage, state, deadline, sent, unit in rows.order_by("commitment__start").values_list(
        *(f"commitment__{name}" for name in fields), "name"
    ):
        root = roots.get(passage)
        part = parts.setdefault(
            root.pk if root else 0, Part(str(root) if root else "主要指标", root.start if root else 0)
        )
        found.states[state] += 1
        if state in life.OVER:
            part.done += 1
        elif deadline is not None and deadline < today and state in life.OWED:
            part.late += 1
            found.late += 1
        else:
            part.well += 1
        if state in life.OWED:
            _hear(part, unit, sent, today)
    found.parts = sorted(parts.values(), key=lambda part: part.first)
    return found


def _roots(passages: Iterable[Passage]) -> dict[int, Passage]:
    """The part that each heading stands in."""
    rows = {passage.pk: passage for passage in passages}
    found = {}
    for passage in rows.values():
        root = passage
        while root.parent_id:
            root = rows[root.parent_id]
        found[passage.pk] = root
    return found


def _hear(part: Part, unit: str, sent: datetime | None, today: date) -> None:
    if sent is not None:
        days = (today - timezone.localdate(sent)).days
        if part.silent_days is None or days > part.silent_days:
            part.silent_days, part.silent_unit = days, unit


def _trend(each: Paced, light: Lit) -> dict[str, Any]:
    months = each.months
    points = [Point(month.month, None if month.done is None else float(month.done)) for month in months]
    goal = next((float(month.plan) for month in reversed(months) if month.plan is not None), None)
    series = each.binding.series
    drawn = trend(points, series.period, series.unit, goal, is_cumulative=True, size=CARD_SIZE)
    return {"binding": each.binding, "light": light, "chart": drawn, "last": months[-1]}


@dataclass(frozen=True, slots=True)
class Cell:
    """A county's number: its share of the largest beside it, and its address."""

    value: Value | None
    share: int = 0
    place: int = 0


def _counties(lit: Sequence[tuple[Paced, Lit]], month: date) -> dict[str, Any]:
    """Small multiples: the bound indicators by county at the month's end, worst lights first."""
    wanted: dict[int, Series] = {}
    for each, _light in lit:
        wanted.setdefault(each.binding.series_id, each.binding.series)
    rows = Value.objects.filter(
        series__in=wanted, is_current=True, owner=None, period=month, division__parent__parent=None,
        division__parent__isnull=False, division__is_zone=False,
    )  # fmt: skip
    by_series: dict[int, list[Value]] = defaultdict(list)
    for row in rows.select_related("division").order_by("division__code"):
        by_series[row.series_id].append(row)
    shown = [pk for pk in wanted if len(by_series[pk]) > 2][:COUNTY_SERIES]
    places = {row.division_id: row.division for pk in shown for row in by_series[pk]}
    return {
        "series": [wanted[pk] for pk in shown],
        "rows": [
            (place, [_cell(by_series[series], key) for series in shown])
            for key, place in sorted(places.items(), key=lambda item: item[1].code)
        ],
    }


def _cell(rows: Sequence[Value], division: int) -> Cell:
    known = [row.value for row in rows if row.value is not None]
    mine = next((row for row in rows if row.division_id == division), None)
    if mine is None or mine.value is None:
        return Cell(mine)
    largest = max((abs(value) for value in known), default=Decimal(0)) or Decimal(1)
    return Cell(
        mine, round(float(abs(mine.value) / largest) * 100), 1 + sum(value > mine.value for value in known)
    )


def _ranks() -> list[Result]:
    """Counties by the newest sealed assessment of divisions."""
    sealed = (Run.State.FINAL, Run.State.PUBLISHED)
    rows = Result.objects.filter(run__state__in=sealed, division__isnull=False).select_related("run")
    found = list(rows.order_by("-run__period", "-run__version", "group", "rank")[:30])
    return [row for row in found if row.run_id == found[0].run_id]


def _week(today: date) -> dict[str, Any]:
    """What was settled and is due: the latest first."""
    rows = Resolution.objects.filter(done_on=None).select_related("owner").order_by("due_on")[:6]
    return {"rows": [(row, (row.due_on - today).days) for row in rows]}
