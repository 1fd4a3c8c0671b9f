"""What promotion waits for: next steps of visits, look-backs to be mended, deals past their days, sums to be verified."""

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
from luodi.workbench.inbox import Due

MOST = 40


def due_from(person: Person, today: date) -> Iterator[Due]:
    """Two queries for liaisons, none for anybody else."""
    if not is_liaison(person):
        return
    units = person.unit_ids
    mine = Q(lead__in=units)
    late = (
        Q(state__in=("contract", "registered"), start_due_on__lt=today)
        | Q(state="mou", convert_by__lt=today)
    )  # fmt: skip
    wanted = mine & late
    if organises(person):
        wanted |= Q(exit_asked_on__isnull=False, out_on=None) & ~Q(exit_by__in=units)
    for deal in Deal.objects.filter(wanted).order_by("start_due_on", "number")[:MOST]:
        yield _of_deal(deal)
    for row in LookBack.objects.filter(owner__in=units, done_on=None).select_related("deal")[:MOST]:
        yield Due(
            "investment_promotion.mend", _("回头看整改"), row.deal.name, row.problem, row.due_on,
            reverse("workbench:form", args=["investment-look-backs", row.pk]), verb=_("填整改结果"), source=row.deal.number,
        )  # fmt: skip


def _of_deal(deal: Deal) -> Due:
    if deal.exit_asked_on and deal.out_on is None:
        kind, title, what, by = "exit", _("清退待决定"), _("决定是否清退"), None
    elif deal.state == "mou":
        kind, title, what, by = "convert", _("协议待转合同"), _("签订合同，或提请清退"), deal.convert_by
    else:
        kind, title, what, by = (
            "start",
            _("签约项目待开工"),
            _("登记开工，或提请清退、说明情况"),
            deal.start_due_on,
        )
    return Due(
        f"investment_promotion.{kind}", title, deal.name, what, by, deal.get_absolute_url(), verb=_("办理"), source=deal.number
    )  # fmt: skip
