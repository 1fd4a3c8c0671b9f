"""Exceptions 异常: what of all projects a weekly dispatch has to speak about, each with its owner. Nothing that goes well.

Everything is found anew from the records on the day asked; no state is kept, so what is mended is gone at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Model, Q

from luodi.kernel.calendar import calendar_in_force
from luodi.kernel.clock import Clock, Period, YearWithoutCalendar, months_later
from luodi.kernel.clock import Unit as Counted
from luodi.kernel.models import Unit
from luodi.shapes.projects import rules
from luodi.shapes.projects.kind import ProjectKind, kind_of
from luodi.shapes.projects.life import NOT_STARTED, UNDER_WAY, PaperState
from luodi.shapes.projects.lines import lines_on
from luodi.shapes.projects.models import Milestone, MonthReport, Paper, Problem, Project, YearPlan
from luodi.shapes.projects.readers import in_rhythm
from luodi.shapes.projects.reports import ever_fen, pace_of, report_of
from luodi.shapes.projects.rules import Piece, Standing


@dataclass(frozen=True, slots=True)
class Finding:
    """One exception 异常: what is wrong with a project in one sentence, since when, and who has to answer for it.

    `code` is one of `exceptions.CODES`; `severity` yellow or red by the lines in force; `subject` the row it is about.
    """

    project: Project
    code: str
    severity: str
    sentence: str
    due_on: date | None
    owner: Unit | None
    subject: Model
    level: int = 1

    @property
    def title(self) -> str:
        return CODES[self.code]


CODES = {
    "behind": "投资滞后",
    "start": "逾期未开工",
    "milestone": "节点逾期",
    "problem": "问题未解决",
    "paper": "手续到期",
    "entry": "未入库纳统",
    "report": "月报未报",
    "doubt": "数据存疑",
}


RED, YELLOW = "red", "yellow"


def exceptions(on: date, projects: Iterable[Project] | None = None, *, kind: str = "") -> list[Finding]:
    """All exceptions of the projects on a day, red before yellow, those late longest first. Nine questions with those of the projects."""
    rows = list(in_rhythm(kind) if projects is None else projects)
    look = _Look(rows, on)
    found = [finding for row in rows for finding in look.at(row)]
    return sorted(
        found, key=lambda each: (each.severity != RED, each.due_on or on, each.project.number, each.code)
    )


@dataclass(frozen=True, slots=True)
class Open:
    """An unsolved problem and how it stands."""

    problem: Problem
    standing: Standing


def problems(on: date, projects: Iterable[Project] | None = None, *, kind: str = "") -> list[Open]:
    """Every unsolved problem: those at the highest level first, then by date."""
    lines = lines_on(on).values
    rows = Problem.objects.filter(
        project__in=in_rhythm(kind).values("pk") if projects is None else projects, solved_on=None
    ).select_related("project__division", "project__lead", "owner")
    found = [Open(row, standing_of(row, on, lines)) for row in rows]
    return sorted(found, key=lambda each: (-each.standing.level, each.problem.due_on, each.problem.pk))


def standing_of(problem: Problem, on: date, lines: Mapping[str, Any]) -> Standing:
    return rules.standing(problem.first_level, problem.promised, problem.solved_on, on, lines)


class _Look:
    """The records that exceptions are found in, asked once for all projects."""

    def __init__(self, rows: list[Project], on: date) -> None:
        self.on, self.lines = on, lines_on(on).values
        self.due_month = _month_due(on, self.lines["report_day"])
        self.plans = {
            plan.project_id: plan
            for plan in YearPlan.objects.filter(project__in=rows, year=self.due_month.year)
        }
        self.reports: dict[int, list[MonthReport]] = defaultdict(list)
        first = date(self.due_month.year, 1, 1)
        for report in MonthReport.objects.filter(
            project__in=rows, is_current=True, month__gte=first, month__lte=on.replace(day=1)
        ).order_by("month"):
            self.reports[report.project_id].append(report)
        self.calendar = Clock(calendar_in_force())
        self.soon = self._after(on, self.lines["paper_days"]) or date(on.year, 12, 31)
        self.milestones = _by_project(
            Milestone.objects.filter(project__in=rows, reached_on=None, due_on__lt=on)
        )
        self.problems = _by_project(
            Problem.objects.filter(project__in=rows, solved_on=None).select_related("owner")
        )
        soon = Q(state=PaperState.PROMISED, promised_until__lte=self.soon)
        soon |= Q(state=PaperState.OBTAINED, valid_until__lte=self.soon)
        # the approval begins the clock of the whole flow, the construction permit ends it
        flow = Q(project__started_on=None, kind__in=("approval", "construction"), state=PaperState.OBTAINED)
        self.papers = _by_project(Paper.objects.filter(soon | flow, project__in=rows))
        self.pieces = _pieces(rows)

    def at(self, row: Project) -> Iterator[Finding]:
        yield from self._behind(row)
        yield from self._start(row)
        yield from self._milestones(row)
        yield from self._problems(row)
        yield from self._papers(row, kind_of(row.kind))
        yield from self._flow(row)
        yield from self._entry(row)
        yield from self._report(row)
        yield from self._doubts(row)

    def _after(self, day: date, days: int) -> date | None:
        """The day after so many working days; None where a year's notice isn't known."""
        try:
            return self.calendar.last_day(day, Period(days, Counted.WORK_DAY))
        except YearWithoutCalendar:
            return None

    def _behind(self, row: Project) -> Iterator[Finding]:
        plan, reports = self.plans.get(row.pk), self.reports[row.pk]
        done = {
            report.month: report.ytd_fen for report in reports if report.month.year == self.due_month.year
        }
        pace = pace_of(self.due_month.year, plan, done)
        if pace.gap is not None and pace.gap < -self.lines["behind_points"] and row.finished_on is None:
            both = f"（按年初计划 {pace.rate_of_first_plan:.1f}%）" if pace.is_replanned else ""
            said = f"{pace.last.month} 月底完成年度计划的 {pace.rate:.1f}%{both}，低于序时 {-pace.gap:.1f} 个百分点。"
            yield Finding(row, "behind", YELLOW, said, pace.last, row.lead, row)

    def _start(self, row: Project) -> Iterator[Finding]:
        if row.stage not in NOT_STARTED or row.start_due_on is None or row.start_due_on >= self.on:
            return
        late = (self.on - row.start_due_on).days
        severity = RED if late > self.lines["start_late_days"] else YELLOW
        yield Finding(
            row,
            "start",
            severity,
            f"应于 {row.start_due_on} 开工，已过 {late} 天。",
            row.start_due_on,
            row.lead,
            row,
        )

    def _milestones(self, row: Project) -> Iterator[Finding]:
        if row.stage == "suspended":
            return
        for each in self.milestones[row.pk]:
            said = f"“{each.title}”应于 {each.due_on} 完成，已过 {(self.on - each.due_on).days} 天。"
            severity = RED if (self.on - each.due_on).days > self.lines["start_late_days"] else YELLOW
            yield Finding(row, "milestone", severity, said, each.due_on, row.lead, each)

    def _problems(self, row: Project) -> Iterator[Finding]:
        for each in self.problems[row.pk]:
            how = standing_of(each, self.on, self.lines)
            if not how.is_late and each.raised_on <= self.on - timedelta(days=self.lines["dispatch_days"]):
                continue
            late = f"，已逾期 {how.days_late} 天" if how.is_late else ""
            missed = f"，误期 {how.missed} 次" if how.missed else ""
            said = f"{each.words}（{each.owner.called}，限 {each.due_on}{late}{missed}）"
            severity = RED if how.missed >= self.lines["missed_for_a_level"] else YELLOW
            yield Finding(row, "problem", severity, said, each.due_on, each.owner, each, how.level)

    def _papers(self, row: Project, kind: ProjectKind) -> Iterator[Finding]:
        for each in self.papers[row.pk]:
            title = kind.titles_of_papers.get(each.kind, each.kind)
            if each.state == PaperState.PROMISED and each.promised_until <= self.soon:
                day, words = each.promised_until, "承诺办结"
            elif row.stage in NOT_STARTED and each.valid_until and each.valid_until <= self.soon:
                day, words = each.valid_until, "有效期至"
            else:
                continue
            over = day < self.on
            said = f"“{title}”{words} {day}，{'已过期' if over else f'还有 {(day - self.on).days} 天'}。"
            yield Finding(row, "paper", RED if over else YELLOW, said, day, row.lead, each)

    def _flow(self, row: Project) -> Iterator[Finding]:
        """120 working days for the whole flow, from the approval to the construction permit."""
        papers = {each.kind: each for each in self.papers[row.pk] if each.state == PaperState.OBTAINED}
        if row.stage not in NOT_STARTED or "construction" in papers or "approval" not in papers:
            return
        days = self.lines["handling_days"]
        end = self._after(papers["approval"].issued_on, days)
        if end is not None and end < self.on:
            said = f"{papers['approval'].issued_on} 立项，全流程 {days} 个工作日已于 {end} 到期，施工许可还没有取得。"
            yield Finding(row, "paper", YELLOW, said, end, row.lead, papers["approval"])

    def _entry(self, row: Project) -> Iterator[Finding]:
        if row.started_on is None or row.stat_entered_on is not None or row.stage == "suspended":
            return
        if not rules.entry_level(row.total_fen, self.lines):
            return
        due, late = rules.entry_due(row.started_on, self.lines)
        if self.on > due:
            said = f"{row.started_on} 开工，至今未入库纳统。"
            yield Finding(row, "entry", RED if self.on > late else YELLOW, said, due, row.lead, row)

    def _report(self, row: Project) -> Iterator[Finding]:
        month = self.due_month
        if row.stage not in UNDER_WAY or (row.started_on and row.started_on >= months_later(month, 1)):
            return
        if not any(report.month == month for report in self.reports[row.pk]):
            due = months_later(month, 1).replace(day=self.lines["report_day"])
            yield Finding(row, "report", YELLOW, f"{month.month} 月月报还没有报。", due, row.lead, row)

    def _doubts(self, row: Project) -> Iterator[Finding]:
        reports = self.reports[row.pk]
        said = rules.suspicions(
            [report_of(report) for report in reports],
            plan_fen=self.plans[row.pk].plan_fen if row.pk in self.plans else None,
            total_fen=row.total_fen,
            ever_fen=ever_fen(row, reports),
            is_finished=row.finished_on is not None,
            lines=self.lines,
        )
        for sentence in said:
            yield Finding(row, "doubt", YELLOW, sentence, None, row.lead, reports[-1])
        group = self.pieces[row.owner_id, row.parcel]
        for sentence in rules.split_from(
            next(each for each in group if each.pk == row.pk), group, self.lines
        ):
            yield Finding(row, "doubt", YELLOW, sentence, None, row.lead, row)


def _month_due(on: date, day: int) -> date:
    """The newest month whose report is due by now."""
    return months_later(on.replace(day=1), -1 if on.day > day else -2)


def _pieces(rows: Iterable[Project]) -> Mapping[tuple[int | None, str], list[Piece]]:
    """Projects of one legal person on one parcel."""
    found: dict[tuple[int | None, str], list[Piece]] = defaultdict(list)
    for row in rows:
        found[row.owner_id, row.parcel].append(
            Piece(row.pk, row.name, row.owner_id, row.parcel, row.total_fen)
        )
    return found


def _by_project(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.project_id].append(row)
    return found
