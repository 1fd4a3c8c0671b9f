"""What projects wait for from a person: the month's report, milestones past their day, problems to be solved, late starts,
changes of the plan to be decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.kernel.clock import months_later
from luodi.kernel.models import Person
from luodi.shapes.projects.kind import kinds
from luodi.shapes.projects.life import NOT_STARTED, UNDER_WAY
from luodi.shapes.projects.models import Milestone, MonthReport, PlanChange, Problem, Project
from luodi.shapes.projects.permission import WORKS, manages
from luodi.workbench.inbox import Ask, Due

REPORT_DAY = 10
"""The day by which a reminder asks for the month's report; whether it is late is said by `projects.lines`."""


def due_from(person: Person, today: date) -> Iterator[Ask]:
    """For those who keep projects or manage the list: only questions to be asked with all others, no query of its own."""
    posts = [post for post in person.current_posts if post.role in WORKS]
    if not posts or not kinds():
        return
    units = [post.unit_id for post in posts]
    places = [post.unit.division_id for post in posts if post.unit.division.parent_id is not None]
    mine = Project.objects.filter(
        Q(lead__in=units) | Q(division__in=places) | Q(zone__in=places), kind__in=kinds()
    )
    yield from _of_projects(mine, today)
    live = mine.exclude(stage__in=("suspended", "terminated", "removed"))
    late = Milestone.objects.filter(project__in=live, reached_on=None, due_on__lt=today).exclude(mark="start")
    yield Ask(late, ("project__name", "title"), by="due_on", key="project", say=_milestone)
    problems = Problem.objects.filter(owner__in=units, solved_on=None)
    yield Ask(problems, ("project__name", "words", "project"), by="due_on", say=_problem)
    if manages(person):
        changes = PlanChange.objects.filter(state=PlanChange.State.WAITING).exclude(author=person)
        yield Ask(changes, ("project__name", "item"), key="project", say=_change)


def _of_projects(mine: QuerySet[Project], today: date) -> Iterator[Ask]:
    """Reports of the month that is over, and starts whose day is past."""
    month = months_later(today.replace(day=1), -1)
    reported = MonthReport.objects.filter(project=OuterRef("pk"), month=month, is_current=True)
    owing = mine.filter(~Exists(reported), stage__in=UNDER_WAY, started_on__lt=today.replace(day=1))
    yield Ask(owing, ("name", "number"), say=partial(_report, month, today.replace(day=REPORT_DAY)))
    late = mine.filter(stage__in=NOT_STARTED, start_due_on__lt=today)
    yield Ask(late, ("name", "number"), by="start_due_on", say=_start)


def _report(month: date, day: date, key: int, _by: None, name: str, number: str) -> Due:
    what = _("报 %(month)d 月累计完成投资和形象进度") % {"month": month.month}
    url = reverse("projects:report", args=[key])
    return Due("projects.report", _("项目月报"), name, what, day, url, verb=_("填报"), source=number)


def _start(key: int, by: date, name: str, number: str) -> Due:
    url = reverse("projects:problems", args=[key]) + "#delay"
    what = _("登记开工，或说明原因和新的日期")
    return Due("projects.start", _("逾期未开工"), name, what, by, url, source=number)


def _milestone(project: int, by: date, name: str, title: str) -> Due:
    url = reverse("projects:problems", args=[project])
    return Due("projects.milestone", _("节点逾期"), name, title, by, url, verb=_("更新"))


def _problem(key: int, by: date | None, name: str, words: str, project: str) -> Due:
    url = reverse("projects:problems", args=[project]) + f"#problem-{key}"
    return Due("projects.problem", _("项目问题"), name, words, by, url, verb=_("答复"))


def _change(project: int, _by: None, name: str, item: str) -> Due:
    what = _("审批计划调整：%(item)s") % {"item": PlanChange.Item(item).label}
    url = reverse("projects:money", args=[project]) + "#changes"
    return Due("projects.change", _("计划调整"), name, what, None, url, verb=_("审批"))
