"""Desks of task forces, and the board of one force: its tree of tasks, who owes what, this week."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luodi.kernel import evidence
from luodi.kernel.action import Refused
from luodi.kernel.models import Evidence
from luodi.kernel.permission import is_staff_of_the_city
from luodi.scenarios.task_forces import actions, rules
from luodi.scenarios.task_forces.models import Task, TaskForce, WeekNote
from luodi.shapes.projects.models import Project
from luodi.workbench.desk import Column, Desk
from luodi.workbench.kinds import Choice, Day, Link, PersonLink, Text, Whole

_LAMPS = {code: lamp for code, _title, lamp in rules.LIGHTS}
_TITLES = {code: title for code, title, _lamp in rules.LIGHTS}
_FORCE = Link(model=TaskForce, by=("name", "number"), called="专班")
_TASK = Link(model=Task, by=("title",), called="任务")


def with_counts(rows: QuerySet[TaskForce]) -> QuerySet[TaskForce]:
    today = timezone.localdate()
    grain = Q(tasks__is_grain=True)
    return rows.annotate(
        grains=Count("tasks", filter=grain),
        done=Count("tasks", filter=grain & Q(tasks__done_on__isnull=False)),
        late=Count("tasks", filter=grain & Q(tasks__done_on=None, tasks__due_on__lt=today)),
    )


def with_light(rows: QuerySet[Task]) -> QuerySet[Task]:
    """The light of every grain beside it, as `rules.light` says it."""
    today = timezone.localdate()
    soon = today + timedelta(days=7)
    cases = (
        When(Q(done_on__gt=F("due_on")), then=Value("done_late")),
        When(done_on__isnull=False, then=Value("done")),
        When(due_on=None, then=Value("unknown")),
        When(due_on__lt=today, then=Value("late")),
        When(due_on__lte=soon, then=Value("soon")),
    )
    return rows.filter(is_grain=True).annotate(
        light=Case(*cases, default=Value("calm"), output_field=CharField(max_length=10))
    )


DESKS = (
    Desk(
        code="task-forces",
        title="专班",
        model=TaskForce,
        key=("number",),
        about="围绕一件大事组建的专班：召集人、牵头和成员单位、颗粒任务完成情况；点开是任务树。",
        when_empty="还没有专班：逐个新增，或导入组建名单。",
        columns=(
            Column("number", "编号", frozen=True, edit=True),
            Column("name", "专班", frozen=True, edit=True, width=22),
            Column("goal", "目标", edit=True, width=24),
            Column("division", "区划", edit=True),
            Column("project", "围绕的项目", Link(model=Project, by=("name", "number"), called="项目"), edit=True, none="—"),
            Column("head", "召集人", PersonLink(masked=False), edit=True),
            Column("lead", "牵头单位", edit=True),
            Column("grains", "颗粒任务", Whole("粒")),
            Column("done", "已完成", Whole("粒")),
            Column("late", "逾期", Whole("粒")),
            Column("formed_on", "组建", edit=True),
            Column("ends_on", "计划完成", edit=True, none="—"),
            Column("document", "组建文件", edit=True, hidden=True, none="—"),
            Column("dissolved_on", "撤销", edit=True, hidden=True, none="在运行"),
            Column("outcome", "撤销时的结果", edit=True, hidden=True, none="—"),
        ),
        search=("number", "name", "goal"),
        filters=("lead", "head", "division", "formed_on"),
        open_to=is_staff_of_the_city,
        rows=with_counts,
        edit=actions.keep_force,
        create=actions.keep_force,
        page=lambda row: reverse("task_forces:force", args=[row.pk]),
    ),
    Desk(
        code="task-force-grains",
        title="颗粒任务",
        model=Task,
        key=("force", "title"),
        about="最小颗粒：一个责任人、一个时限、一份佐证。导入分解表时，上级任务写已有的任务名。",
        when_empty="还没有任务：导入分解表，或在专班页上逐粒添加。",
        columns=(
            Column("force", "专班", _FORCE, frozen=True, edit=True, width=18),
            Column("title", "任务", frozen=True, edit=True, width=26),
            Column("light", "时限", Choice(lamps=_LAMPS, choices=tuple((code, title) for code, title, _lamp in rules.LIGHTS))),
            Column("owner", "责任人", PersonLink(masked=False), edit=True),
            Column("unit", "责任单位", edit=True),
            Column("due_on", "时限", Day(), edit=True),
            Column("first_due_on", "原定时限", Day(), hidden=True),
            Column("done_on", "完成", none="未完成"),
            Column("result", "结果", none="—", width=20),
            Column("parent", "上级任务", _TASK, edit=True, hidden=True, none="—"),
        ),
        search=("title", "force__name"),
        filters=("light", "force", "owner", "unit", "due_on"),
        order=("due_on", "pk"),
        board="light",
        calendar="due_on",
        open_to=is_staff_of_the_city,
        rows=with_light,
        edit=actions.keep_task,
        create=actions.keep_task,
    ),
    Desk(
        code="task-force-notes",
        title="专班周报",
        model=WeekNote,
        key=("force", "week"),
        about="一周一份：进展、卡点、下周安排；任务数由系统数，不用填。",
        columns=(
            Column("force", "专班", _FORCE, frozen=True, edit=True, width=18),
            Column("week", "周", Day(), frozen=True, edit=True),
            Column("done", "本周进展", Text(long=True), edit=True, width=28),
            Column("stuck", "卡点和需协调事项", Text(long=True), edit=True, width=24, none="无"),
            Column("following", "下周安排", Text(long=True), edit=True, width=22, none="—"),
            Column("by", "填报人", hidden=True),
        ),
        search=("force__name", "done", "stuck"),
        filters=("force", "week"),
        order=("-week",),
        open_to=is_staff_of_the_city,
        edit=actions.keep_note,
        create=actions.keep_note,
    ),
)  # fmt: skip


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every task force on one page, the one with most late grains first."""
    if not is_staff_of_the_city(request.user):
        raise Http404
    today = timezone.localdate()
    forces = list(TaskForce.objects.filter(dissolved_on=None).select_related("head", "lead"))
    grains: dict[int, list[rules.Grain]] = {force.pk: [] for force in forces}
    for task in Task.objects.filter(is_grain=True, force__in=forces):
        grains[task.force_id].append(
            rules.Grain(task.pk, task.title, task.owner_id is not None, task.due_on, task.done_on)
        )
    noted = set(WeekNote.objects.filter(week=rules.week_of(today)).values_list("force", flat=True))
    rows = [
        {"force": force, "standing": rules.standing(grains[force.pk], today), "is_noted": force.pk in noted}
        for force in forces
    ]
    rows.sort(key=lambda row: (-row["standing"].late, row["force"].number))
    return render(request, "task_forces/overview.html", {"rows": rows, "today": today})


@require_safe
def force(request: HttpRequest, pk: int) -> HttpResponse:
    """One task force: the tree of its tasks with owner, day, light and proof, and its weekly notes."""
    if not is_staff_of_the_city(request.user):
        raise Http404
    return show_force(request, pk)


def show_force(
    request: HttpRequest, pk: int, *, refusal: str = "", tried: int = 0, status: int = 200
) -> HttpResponse:
    found = get_object_or_404(
        TaskForce.objects.select_related("head", "lead", "project", "division").prefetch_related("members"),
        pk=pk,
    )
    today = timezone.localdate()
    tasks = {task.pk: task for task in found.tasks.select_related("owner", "unit")}
    proofs: dict[int, list[Evidence]] = {}
    for piece in Evidence.objects.filter(label=Task._meta.label_lower, key__in=tasks, withdrawn_at=None):
        proofs.setdefault(piece.key, []).append(piece)
    places = rules.numbered([(task.pk, task.parent_id) for task in tasks.values()])
    may_run = actions.runs(request.user, found)
    rows = [
        {
            "task": tasks[key], "number": number, "depth": depth, "proofs": proofs.get(key, []), "lamp": _LAMPS[light],
            "light": _TITLES[light],
            "may_finish": tasks[key].is_grain and tasks[key].done_on is None and (may_run or tasks[key].owner_id == request.user.pk),
        }
        for key, (number, depth) in places.items()
        for light in [rules.light(tasks[key].due_on, tasks[key].done_on, today)]
    ]  # fmt: skip
    grains = [
        rules.Grain(row.pk, row.title, row.owner_id is not None, row.due_on, row.done_on)
        for row in tasks.values()
        if row.is_grain
    ]
    context = {
        "force": found, "rows": rows, "standing": rules.standing(grains, today), "notes": found.notes.select_related("by")[:4],
        "may_run": may_run, "refusal": refusal, "tried": tried, "today": today, "week": rules.week_of(today),
    }  # fmt: skip
    return render(request, "task_forces/force.html", context, status=status)


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """The proof and the word that close a grain, in one form."""
    if not is_staff_of_the_city(request.user):
        raise Http404
    task = get_object_or_404(Task.objects.select_related("force"), pk=pk)
    upload = request.FILES.get("file")
    try:
        if upload is not None:
            evidence.attach(request.user, task, upload.name, upload.read(), f"{task.title} 佐证")
        on = Day().read(request.POST.get("on") or f"{timezone.localdate()}")
        actions.finish(request.user, task, on, request.POST.get("result", ""))
    except (Refused, ValueError) as refused:
        return show_force(
            request, task.force_id, refusal=f"{task.title}：{refused}", tried=task.pk, status=422
        )
    messages.success(request, _("这粒任务已完成。"))
    return redirect("task_forces:force", pk=task.force_id)
