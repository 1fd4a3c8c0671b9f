"""What projects wait for from a person: the month's report, milestones past their day, problems to be solved, late starts,
changes of the plan to be decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.kernel.clock import months_later
from luodi.kernel.models import Person
from luodi.shapes.projects.kind import kinds
from luodi.shapes.projects.life import NOT_STARTED, UNDER_WAY
from luodi.shapes.projects.models import Milestone, MonthReport, PlanChange, Problem, Project
from luodi.shapes.projects.permission import WORKS, manages
from luodi.workbench.inbox import Due

MOST = 60
REPORT_DAY = 10
"""The day by which a reminder asks for the month's report; whether it is late is said by `projects.lines`."""


def due_from(person: Person, today: date) -> Iterator[Due]:
    """Three queries for those who keep projects, one more for those who manage the list; none for others."""
    posts = [post for post in person.current_posts if post.role in WORKS]
    if not posts or not kinds():
        return
    units = [post.unit_id for post in posts]
    places = [post.unit.division_id for post in posts if post.unit.division.parent_id is not None]
    mine = Q(lead__in=units) | Q(division__in=places) | Q(zone__in=places)
    yield from _of_projects(mine, today)
    yield from _milestones(mine, today)
    for row in Problem.objects.filter(owner__in=units, solved_on=None).select_related("project")[:MOST]:
        url = reverse("projects:problems", args=[row.project_id]) + f"#problem-{row.pk}"
        yield Due(
            "projects.problem", _("项目问题"), row.project.name, row.words, row.due_on, url, verb=_("答复")
        )
    if manages(person):
        waiting = PlanChange.objects.filter(state=PlanChange.State.WAITING).exclude(author=person)
        for change in waiting.select_related("project")[:MOST]:
            what = _("审批计划调整：%(item)s") % {"item": change.get_item_display()}
            url = reverse("projects:money", args=[change.project_id]) + "#changes"
            yield Due("projects.change", _("计划调整"), change.project.name, what, None, url, verb=_("审批"))


def _of_projects(mine: Q, today: date) -> Iterator[Due]:
    """Reports of the month that is over, and starts whose day is past."""
    month = months_later(today.replace(day=1), -1)
    reported = MonthReport.objects.filter(project=OuterRef("pk"), month=month, is_current=True)
    owes_report = Q(stage__in=UNDER_WAY, started_on__lt=today.replace(day=1)) & ~Exists(reported)
    owes_start = Q(stage__in=NOT_STARTED, start_due_on__lt=today)
    for row in Project.objects.filter(mine, owes_report | owes_start, kind__in=kinds()).order_by("number")[
        :MOST
    ]:
        yield _owed(row, month, today)


def _owed(row: Project, month: date, today: date) -> Due:
    if row.stage in NOT_STARTED:
        url = reverse("projects:problems", args=[row.pk]) + "#delay"
        what = _("登记开工，或说明原因和新的日期")
        return Due(
            "projects.start", _("逾期未开工"), row.name, what, row.start_due_on, url, source=row.number
        )
    what = _("报 %(month)d 月累计完成投资和形象进度") % {"month": month.month}
    url = reverse("projects:report", args=[row.pk])
    return Due(
        "projects.report",
        _("项目月报"),
        row.name,
        what,
        today.replace(day=REPORT_DAY),
        url,
        verb=_("填报"),
        source=row.number,
    )


def _milestones(mine: Q, today: date) -> Iterator[Due]:
    own = Q(
        project__in=Project.objects.filter(mine, kind__in=kinds()).exclude(
            stage__in=("suspended", "terminated", "removed")
        )
    )
    rows: Any = Milestone.objects.filter(own, reached_on=None, due_on__lt=today).exclude(mark="start")
    for row in rows.select_related("project")[:MOST]:
        url = reverse("projects:problems", args=[row.project_id])
        yield Due(
            "projects.milestone", _("节点逾期"), row.project.name, row.title, row.due_on, url, verb=_("更新")
        )
