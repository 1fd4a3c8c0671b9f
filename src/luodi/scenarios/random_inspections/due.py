"""What draws wait for: commitments before the public event, numbers after it, the draw itself. Checks are told by their engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from django.db.models import Q
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luodi.kernel.models import Person
from luodi.kernel.permission import is_supervision
from luodi.scenarios.random_inspections.actions.draws import DISCIPLINE, OPERATOR
from luodi.scenarios.random_inspections.models import Task
from luodi.shapes.cases.permission import working_units
from luodi.workbench.inbox import Ask, Due

State = Task.State
TEXTS = ("title", "code")


def due_from(person: Person, today: date) -> Iterator[Ask]:
    """For people of lead units and of the supervision office: only questions to be asked with all others."""
    if units := working_units(person):
        yield from _of_side(OPERATOR, Q(lead__in=units))
    if is_supervision(person):
        yield from _of_side(DISCIPLINE, ~Q(lead__in=[*units, *person.unit_ids]))


def _of_side(side: str, own: Q) -> Iterator[Ask]:
    """Before the public event the own number is promised, after it told; once both are told the lead unit draws."""
    tasks = Task.objects.filter(own).annotate(event_on=TruncDate("event_at"))
    over = tasks.filter(state=State.COMMITTED, event_at__lte=timezone.now())
    told = Q(operator_nonce="") | Q(discipline_nonce="")
    yield Ask(tasks.filter(state=State.FROZEN, **{f"{side}_sha": ""}), TEXTS, by="event_on", say=_promise)
    yield Ask(
        over.filter(**{f"{side}_nonce": ""}), TEXTS, say=partial(_draw, _("公开随机数，填写公开事件的结果"))
    )
    if side == OPERATOR:
        yield Ask(over.exclude(told), TEXTS, say=partial(_draw, _("两方随机数已公开，可以抽取")))


def _promise(key: int, event_on: date, title: str, code: str) -> Due:
    due = _draw(_("产生随机数并承诺"), key, event_on, title, code)
    return replace(due, note=_("公开事件发生后承诺无效，只能作废重来"))


def _draw(what: str, key: int, by: date | None, title: str, code: str) -> Due:
    url = reverse("random_inspections:task", args=[key])
    return Due("inspections.draw", _("双随机抽取"), title, what, by, url, source=code)
