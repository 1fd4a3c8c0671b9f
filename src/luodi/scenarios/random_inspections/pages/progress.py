"""How the year stands, on one page: every task, what each credit class yielded, and what somebody has to look at tonight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luodi.kernel.permission import is_staff_of_the_city
from luodi.kernel.rulesets import NoRuleset, ruleset
from luodi.scenarios.random_inspections.models import Inspector, Seat, SpotCheck, Task
from luodi.scenarios.random_inspections.rules.checks import QUOTAS
from luodi.scenarios.random_inspections.rules.quotas import recusals_alarm, share_percent
from luodi.scenarios.random_inspections.rules.words import CLASSES, PROBLEMS

EXPIRES_DAYS = 60
FIRST_YEAR, LAST_YEAR = 2014, 2100
_WAITING = ("recorded", "reviewed")


@dataclass(frozen=True, slots=True)
class ClassLine:
    """What was published of one credit class, and in how many of it something was found."""

    title: str
    published: int
    found: int

    @property
    def share(self) -> Decimal | None:
        return share_percent(self.found, self.published)


@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    if not is_staff_of_the_city(request.user):
        raise Http404
    today = timezone.localdate()
    year = _year(request.GET.get("year", ""), today.year)
    tasks = list(tasks_of(year))
    lines = classes_of(year)
    context = {"year": year, "tasks": tasks, "lines": lines, "alerts": alerts(tasks, lines, today), "years": (year - 1, year + 1)}  # fmt: skip
    return render(request, "random_inspections/progress.html", context)


def tasks_of(year: int) -> QuerySet[Task]:
    """Tasks of the year's plans with their counts; the frozen texts stay in the database."""
    live = ~Q(checks__state="void")
    now = timezone.now()
    counts = {
        "drawn_count": live,
        "checked_count": live & Q(checks__checked_on__isnull=False),
        "published_count": live & Q(checks__published_on__isnull=False),
        "problem_count": live & Q(checks__published_on__isnull=False, checks__outcome__in=PROBLEMS),
        "late_count": live
        & (Q(checks__state__in=_WAITING, checks__due_at__lte=now) | Q(checks__was_late=True)),
    }
    return (
        Task.objects.filter(plan__year=year)
        .select_related("lead")
        .prefetch_related("partners")
        .annotate(**{name: Count("checks", filter=which, distinct=True) for name, which in counts.items()})
        .defer("pool", "inspectors", "terms", "result")
        .order_by("starts_on", "code")
    )


def classes_of(year: int) -> list[ClassLine]:
    rows = SpotCheck.objects.filter(published_on__year=year).order_by().values("level")
    found = {
        row["level"]: row
        for row in rows.annotate(n=Count("pk"), problems=Count("pk", filter=Q(outcome__in=PROBLEMS)))
    }
    nothing = {"n": 0, "problems": 0}
    return [
        ClassLine(title, found.get(code, nothing)["n"], found.get(code, nothing)["problems"])
        for code, title in CLASSES
    ]


def alerts(tasks: list[Task], lines: list[ClassLine], today: date) -> list[str]:
    """Sentences on what deserves a look, the gravest first. A fixed number of questions."""
    said = [
        _("%(task)s：公开事件已发生，还没有抽取。") % {"task": task.title}
        for task in tasks
        if task.state in (Task.State.FROZEN, Task.State.COMMITTED) and task.event_at <= timezone.now()
    ]
    for task in tasks:
        if task.ends_on < today and task.checked_count < task.drawn_count:
            said.append(_("%(task)s：检查期已过，还有 %(n)s 户没有检查。") % {"task": task.title, "n": task.drawn_count - task.checked_count})  # fmt: skip
        if task.state == Task.State.PLANNED and task.starts_on <= today:
            said.append(_("%(task)s：检查期已开始，名单还没有冻结。") % {"task": task.title})
    said += _recusals(tasks, today)
    best, worst = lines[0].share, lines[-1].share
    if best is not None and worst is not None and worst <= best:
        said.append(_("D 类的问题发现率不高于 A 类：信用分类可能没有识别出风险。"))
    soon = Inspector.objects.filter(
        is_listed=True, valid_to__lte=today + timedelta(days=EXPIRES_DAYS)
    ).count()
    if soon:
        said.append(
            _("%(n)s 名检查人员的执法证已到期或 %(days)s 天内到期。") % {"n": soon, "days": EXPIRES_DAYS}
        )
    return said


def _recusals(tasks: list[Task], today: date) -> list[str]:
    try:
        line = ruleset(QUOTAS, on=today)["recusal_line"]
    except NoRuleset:
        return []
    seats = Seat.objects.filter(check_of__task__in=[task.pk for task in tasks]).order_by().values("check_of__task__title")  # fmt: skip
    return [
        _("%(task)s：回避 %(n)s 人次，超过派出的 %(line)s%%。") % {"task": row["check_of__task__title"], "n": row["gone"], "line": line}
        for row in seats.annotate(n=Count("pk"), gone=Count("pk", filter=Q(state=Seat.State.RECUSED)))
        if recusals_alarm(row["gone"], row["n"], line)
    ]  # fmt: skip


def _year(typed: str, usual: int) -> int:
    return int(typed) if typed.isdecimal() and FIRST_YEAR <= int(typed) <= LAST_YEAR else usual
