"""What draws wait for: commitments before the public event, numbers after it, the draw itself. Checks are told by their engine."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luodi.kernel.models import Person
from luodi.kernel.permission import is_supervision
from luodi.scenarios.random_inspections.actions.draws import OPERATOR, side_of
from luodi.scenarios.random_inspections.models import Task
from luodi.shapes.cases.permission import working_units
from luodi.workbench.inbox import Due

State = Task.State


def due_from(person: Person, today: date) -> Iterable[Due]:
    """One query, for people of lead units and of the supervision office only."""
    units = working_units(person)
    if not units and not is_supervision(person):
        return
    waiting = Q(state=State.FROZEN) | Q(state=State.COMMITTED, event_at__lte=timezone.now())
    mine = Q() if is_supervision(person) else Q(lead__in=units)
    for task in (
        Task.objects.filter(waiting & mine).select_related("lead").defer("pool", "inspectors", "terms")
    ):
        side = side_of(person, task)
        if what := _what(task, side):
            event_on = timezone.localtime(task.event_at).date()
            yield Due(
                kind="inspections.draw",
                title=_("双随机抽取"),
                about=task.title,
                what=what,
                by=event_on if task.state == State.FROZEN else None,
                url=reverse("random_inspections:task", args=[task.pk]),
                note=_("公开事件发生后承诺无效，只能作废重来") if task.state == State.FROZEN else "",
                source=task.code,
            )


def _what(task: Task, side: str) -> str:
    """What this side has to do now, or "" for nothing."""
    if not side:
        return ""
    if task.state == State.FROZEN:
        return "" if getattr(task, f"{side}_sha") else _("产生随机数并承诺")
    if not getattr(task, f"{side}_nonce"):
        return _("公开随机数，填写公开事件的结果")
    is_ready = bool(task.operator_nonce and task.discipline_nonce)
    return _("两方随机数已公开，可以抽取") if side == OPERATOR and is_ready else ""
