"""What old cases and sittings wait for: from the unit, from the leader who answers for a case, from who checks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.kernel.models import Person
from luodi.kernel.permission import is_leader
from luodi.scenarios.petitions.actions.backlog import quiet_days
from luodi.scenarios.petitions.actions.roles import at_the_bureau
from luodi.scenarios.petitions.models import Backlog, Sitting, SittingItem
from luodi.scenarios.petitions.rules import backlog as rules
from luodi.shapes.cases.permission import working_units
from luodi.workbench.inbox import Ask, Due

OPEN = (rules.OPEN, rules.AGREED)


def due_from(person: Person, today: date) -> Iterator[Ask]:
    """Only questions to be asked with all others; one query more at the bureau, for the days of observation in force."""
    units, leads = working_units(person), is_leader(person)
    if not units and not leads:
        return
    mine = Q(unit__in=units, state__in=OPEN) | Q(leader=person, state__in=OPEN)
    if at_the_bureau(person):
        mine |= Q(state=rules.SETTLED) & ~Q(unit__in=units)
        mine |= Q(state=rules.VERIFIED, settled_on__lt=today - timedelta(days=quiet_days(today)))
    yield Ask(
        Backlog.objects.filter(mine), ("title", "state", "number", "last_step_on"), by="due_on", say=_backlog
    )
    if units:
        items = SittingItem.objects.filter(unit__in=units, done_on=None)
        yield Ask(
            items, ("petition__title", "backlog__title", "opinion", "sitting__on", "sitting__kind"),
            by="due_on", key="sitting", say=_item,
        )  # fmt: skip


def _backlog(key: int, due_on: date | None, title: str, state: str, number: str, last: str | None) -> Due:
    kind, what_for, what = {
        rules.OPEN: ("open", _("积案待化解"), _("推动达成化解方案")),
        rules.AGREED: ("open", _("积案待化解"), _("把方案落实到位")),
        rules.SETTLED: ("verify", _("积案待核验"), _("独立核验落实情况")),
        rules.VERIFIED: ("close", _("积案可销账"), _("观察期已满，销账")),
    }[state]
    return Due(
        f"petitions.{kind}",
        what_for,
        title,
        what,
        due_on if kind == "open" else None,
        reverse("petitions:backlog", args=[key]),
        note=_("最近进展 %(on)s") % {"on": last} if last else _("还没有记过进展"),
        verb=_("办理"),
        source=number,
    )


def _item(
    sitting: int, by: date, petition: str | None, backlog: str | None, opinion: str, on: str, kind: str
) -> Due:
    return Due(
        "petitions.item", _("接访和会议交办"), petition or backlog or "", opinion, by,
        reverse("petitions:sitting", args=[sitting]), verb=_("办理"), source=f"{on} {Sitting.Kind(kind).label}",
    )  # fmt: skip
