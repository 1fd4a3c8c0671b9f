"""What promotion waits for: look-backs to be mended, deals past their days, clearings-out to be decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.kernel.models import Person
from luodi.kernel.permission import is_liaison
from luodi.scenarios.investment_promotion.actions.roles import organises
from luodi.scenarios.investment_promotion.models import Deal, LookBack
from luodi.workbench.inbox import Ask, Due


def due_from(person: Person, today: date) -> Iterator[Ask]:
    """Only questions to be asked with all others; none for who is no liaison."""
    if not is_liaison(person):
        return
    units = person.unit_ids
    asked_out = Q(exit_asked_on__isnull=False, out_on=None)
    mine = Deal.objects.filter(~asked_out, lead__in=units)
    texts = ("name", "number")
    unstarted = mine.filter(state__in=("contract", "registered"), start_due_on__lt=today)
    yield Ask(unstarted, texts, by="start_due_on", say=_start)
    yield Ask(mine.filter(state="mou", convert_by__lt=today), texts, by="convert_by", say=_convert)
    if organises(person):
        yield Ask(Deal.objects.filter(asked_out).exclude(exit_by__in=units), texts, say=_exit)
    mending = LookBack.objects.filter(owner__in=units, done_on=None)
    yield Ask(mending, ("deal__name", "problem", "deal__number"), by="due_on", say=_mend)


def _start(key: int, by: date | None, name: str, number: str) -> Due:
    return _of_deal("start", _("签约项目待开工"), _("登记开工，或提请清退、说明情况"), key, by, name, number)


def _convert(key: int, by: date | None, name: str, number: str) -> Due:
    return _of_deal("convert", _("协议待转合同"), _("签订合同，或提请清退"), key, by, name, number)


def _exit(key: int, by: date | None, name: str, number: str) -> Due:
    return _of_deal("exit", _("清退待决定"), _("决定是否清退"), key, by, name, number)


def _of_deal(kind: str, title: str, what: str, key: int, by: date | None, name: str, number: str) -> Due:
    url = reverse("investment_promotion:deal", args=[key])
    return Due(f"investment_promotion.{kind}", title, name, what, by, url, verb=_("办理"), source=number)


def _mend(key: int, by: date | None, name: str, problem: str, number: str) -> Due:
    url = reverse("workbench:form", args=["investment-look-backs", key])
    return Due(
        "investment_promotion.mend",
        _("回头看整改"),
        name,
        problem,
        by,
        url,
        verb=_("填整改结果"),
        source=number,
    )
