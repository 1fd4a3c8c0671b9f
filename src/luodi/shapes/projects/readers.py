"""What stands above projects reads here: exceptions of the week, the month's start list, a leader's projects, progress.

Every reader asks a fixed number of questions however many projects there are, and knows kinds of projects only by their
code. `on` is always a day given by the caller: nothing here reads the clock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet

from luodi.kernel.clock import months_later
from luodi.kernel.models import Division, Evidence, Person, Unit
from luodi.shapes.projects.kind import kinds
from luodi.shapes.projects.lines import lines_on
from luodi.shapes.projects.models import Charge, MonthReport, Problem, Project, Start, StartDelay, YearPlan
from luodi.shapes.projects.reports import pace_of
from luodi.shapes.projects.rules import Pace, common_time, percent

ENDED = ("terminated", "removed")


def in_rhythm(kind: str = "") -> QuerySet[Project]:
    """The projects that the city's dispatch looks at: all kinds that take part, or one; without those ended."""
    codes = [kind] if kind else [each.code for each in kinds().values() if each.rhythm]
    rows = Project.objects.filter(kind__in=codes).exclude(stage__in=ENDED)
    return rows.select_related("division", "zone", "lead", "owner").prefetch_related(
        Prefetch("charges", Charge.objects.select_related("person", "unit"))
    )


def projects_of(person: Person, on: date, part: str = "leader") -> QuerySet[Project]:
    """The projects for which a person is in charge 包抓 in a part (leader, department, division) on a day."""
    charges = Charge.objects.filter(person=person, part=part, valid_from__lte=on).exclude(valid_until__lte=on)
    return in_rhythm().filter(pk__in=charges.values("project"))


def in_charge(project: Project, part: str, on: date) -> Charge | None:
    """Who is in charge of a project in a part; from the prefetched rows, no query."""
    return next(
        (
            each
            for each in project.charges.all()
            if each.part == part
            and each.valid_from <= on
            and (each.valid_until is None or on < each.valid_until)
        ),
        None,
    )


# pace


def paces(projects: Iterable[Project], until: date) -> dict[int, Pace]:
    """The pace of each project in the year of `until`, with the months reported up to its month. Two questions."""
    pks = [project.pk for project in projects]
    plans = {plan.project_id: plan for plan in YearPlan.objects.filter(project__in=pks, year=until.year)}
    done: dict[int, dict[date, int]] = defaultdict(dict)
    reports = MonthReport.objects.filter(
        project__in=pks, is_current=True, month__gte=date(until.year, 1, 1), month__lte=until.replace(day=1)
    )
    for pk, month, ytd in reports.values_list("project", "month", "ytd_fen"):
        done[pk][month] = ytd
    return {pk: pace_of(until.year, plans.get(pk), dict(sorted(done[pk].items()))) for pk in pks}


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a group of projects stands in a year at a month's end. Money in 分, shares in percent; None: can't be said."""

    title: str
    key: Any
    count: int
    plan_fen: int
    first_plan_fen: int
    done_fen: int
    unplanned: int
    """Projects without a plan for the year: they are in `count` and in no sum."""
    unreported: int
    """Projects under way without a report for the month."""
    start_planned: int
    """Projects whose start was planned for this year up to the month's end."""
    start_made: int
    finished: int
    problems_open: int
    entry_owed: int
    """Started projects above the statistics line."""
    entry_made: int
    time: Decimal

    @property
    def rate(self) -> Decimal | None:
        return percent(self.done_fen, self.plan_fen)

    @property
    def rate_of_first_plan(self) -> Decimal | None:
        return percent(self.done_fen, self.first_plan_fen)

    @property
    def gap(self) -> Decimal | None:
        return None if self.rate is None else self.rate - self.time

    @property
    def start_rate(self) -> Decimal | None:
        """开工率: started of those planned to have started."""
        return percent(self.start_made, self.start_planned)

    @property
    def entry_rate(self) -> Decimal | None:
        """入统率: entered to statistics of those started and above the line."""
        return percent(self.entry_made, self.entry_owed)


def progress(
    until: date, *, kind: str = "", projects: Iterable[Project] | None = None, title: str = "合计"
) -> Progress:
    """The whole list, or the projects given, as one line."""
    rows = list(in_rhythm(kind) if projects is None else projects)
    return _progress(title, None, rows, _Behind.of(rows, until), until)


def progress_of(division: Division, until: date, *, kind: str = "") -> Progress:
    """One division's or zone's line. A project in a zone counts in its division and in the zone."""
    rows = in_rhythm(kind).filter(**{"zone" if division.is_zone else "division": division})
    return progress(until, projects=rows, title=division.short_name or division.name)


def progress_by(what: str, until: date, *, kind: str = "") -> list[Progress]:
    """A line for each division, zone, lead, category, or leader; groups in the order of their keys."""
    rows = list(in_rhythm(kind))
    groups: dict[Any, list[Project]] = defaultdict(list)
    for row in rows:
        groups[_GROUPS[what](row, until)].append(row)
    behind = _Behind.of(rows, until)
    named = [
        _progress(_title(key), key, members, behind, until)
        for key, members in groups.items()
        if key is not None
    ]
    return sorted(named, key=lambda line: _order(line.key))


_GROUPS: Mapping[str, Callable[[Project, date], Any]] = {
    "division": lambda row, on: row.division,
    "zone": lambda row, on: row.zone,
    "lead": lambda row, on: row.lead,
    "category": lambda row, on: row.get_category_display(),
    "leader": lambda row, on: getattr(in_charge(row, "leader", on), "person", None),
}


def _title(key: Any) -> str:
    if isinstance(key, Division):
        return key.short_name or key.name
    return key.called if isinstance(key, Unit) else str(key)


def _order(key: Any) -> Any:
    if isinstance(key, Division):
        return key.code
    return key.order if isinstance(key, Unit) else str(key)


@dataclass(frozen=True, slots=True)
class _Behind:
    """What the lines of many groups need, asked once for all of them."""

    paces: Mapping[int, Pace]
    problems: Mapping[int, int]
    lines: Mapping[str, Any]

    @classmethod
    def of(cls, rows: list[Project], until: date) -> _Behind:
        open_now: dict[int, int] = defaultdict(int)
        last = month_end(until)
        for pk in Problem.objects.filter(project__in=rows, solved_on=None, raised_on__lte=last).values_list(
            "project", flat=True
        ):
            open_now[pk] += 1
        return cls(paces(rows, until), open_now, lines_on(last).values)


def _progress(title: str, key: Any, rows: list[Project], behind: _Behind, until: date) -> Progress:
    last, month = month_end(until), until.replace(day=1)
    paced = [behind.paces[row.pk] for row in rows]
    planned = [pace for pace in paced if pace.plan_fen is not None]
    due = [
        row
        for row in rows
        if row.start_due_on and row.start_due_on.year == until.year and row.start_due_on <= last
    ]
    started = [row for row in rows if row.started_on and row.started_on <= last]
    above = [
        row for row in started if row.total_fen is not None and row.total_fen >= behind.lines["entry_fen"]
    ]
    return Progress(
        title=title,
        key=key,
        count=len(rows),
        plan_fen=sum(pace.plan_fen or 0 for pace in planned),
        first_plan_fen=sum(pace.first_plan_fen or 0 for pace in planned),
        done_fen=sum(pace.done_fen or 0 for pace in planned),
        unplanned=len(paced) - len(planned),
        unreported=sum(
            1
            for row in started
            if row.finished_on is None and month not in behind.paces[row.pk].done and row.started_on <= last
        ),
        start_planned=len(due),
        start_made=sum(1 for row in due if row.started_on and row.started_on <= last),
        finished=sum(1 for row in rows if row.finished_on and row.finished_on.year == until.year and row.finished_on <= last),
        problems_open=sum(behind.problems.get(row.pk, 0) for row in rows),
        entry_owed=len(above),
        entry_made=sum(1 for row in above if row.stat_entered_on and row.stat_entered_on <= last),
        time=common_time(planned, until.month),
    )  # fmt: skip


def month_end(day: date) -> date:
    return months_later(day.replace(day=1), 1) - timedelta(days=1)


# the month's start list


@dataclass(frozen=True, slots=True)
class StartLine:
    """One project on a month's start list 月开工. `state`: started (with evidence), excused (reason and new date), owed
    (neither), ahead (its day is still to come)."""

    project: Project
    due_on: date
    state: str
    start: Start | None
    photos: int
    delay: StartDelay | None
    is_carried: bool
    """Whether it should have started in an earlier month."""

    @property
    def label(self) -> str:
        return {"started": "已开工", "excused": "已说明", "owed": "未开工未说明", "ahead": "未到期"}[
            self.state
        ]


def starts_of_month(month: date, on: date, *, kind: str = "") -> list[StartLine]:
    """Who had to start in a month, as it stands `on` a day: planned for it, put off into it, owed from before, or started in
    it ahead of time. Owed ones first."""
    first, last = month.replace(day=1), month_end(month)
    rows = list(in_rhythm(kind).exclude(start_due_on=None).exclude(started_on__lt=first))
    starts = {each.project_id: each for each in Start.objects.filter(project__in=rows)}
    photos: dict[int, int] = defaultdict(int)
    label = Start._meta.label_lower
    pieces = Evidence.objects.filter(
        label=label, key__in=[each.pk for each in starts.values()], withdrawn_at=None
    )
    for key in pieces.values_list("key", flat=True):
        photos[key] += 1
    delays: dict[int, list[StartDelay]] = defaultdict(list)
    for delay in StartDelay.objects.filter(project__in=rows, month__lte=first).order_by("month"):
        delays[delay.project_id].append(delay)
    out = []
    for row in rows:
        earlier = [each for each in delays[row.pk] if each.month < first]
        own = next((each for each in delays[row.pk] if each.month == first), None)
        due = max([row.start_due_on, *(each.new_on for each in earlier)])
        start = starts.get(row.pk)
        is_started = row.started_on is not None and row.started_on <= min(last, on)
        if due > last and not is_started:
            continue
        if is_started:
            state = "started"
        elif own:
            state = "excused"
        else:
            state = "owed" if due < on else "ahead"
        found = photos[start.pk] if start else 0
        out.append(StartLine(row, due, state, start, found, own, due < first))
    order = ("owed", "ahead", "excused", "started")
    return sorted(out, key=lambda line: (order.index(line.state), line.due_on, line.project.number))
