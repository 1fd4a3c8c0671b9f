"""What old cases and sittings wait for: from the unit, from the leader who answers for a case, from who checks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from luodi.kernel.models import Person
from luodi.kernel.permission import is_leader
from luodi.scenarios.petitions.actions.backlog import quiet_days
from luodi.scenarios.petitions.actions.roles import at_the_bureau
from luodi.scenarios.petitions.models import Backlog, SittingItem
from luodi.scenarios.petitions.rules import backlog as rules
from luodi.shapes.cases.permission import working_units
from luodi.workbench.inbox import Due

OPEN = (rules.OPEN, rules.AGREED)


def due_from(person: Person, today: date) -> Iterator[Due]:
    """Two queries for those who can owe anything here."""
    units, leads = working_units(person), is_leader(person)
    if not units and not leads:
        return
    mine = Q(unit__in=units, state__in=OPEN) | Q(leader=person, state__in=OPEN)
    if at_the_bureau(person):
        mine |= Q(state=rules.SETTLED) & ~Q(unit__in=units)
        mine |= Q(state=rules.VERIFIED, settled_on__lt=today - timedelta(days=quiet_days(today)))
    for backlog in Backlog.objects.filter(mine).select_related("unit").order_by("due_on", "number"):
        yield _of_backlog(backlog)
    items = SittingItem.objects.filter(unit__in=units, done_on=None).select_related(
        "sitting", "petition", "backlog"
    )
    for item in items.order_by("due_on") if units else ():
        yield Due(
            "petitions.item", _("接访和会议交办"), item.subject_title, item.opinion, item.due_on, item.sitting.get_absolute_url(),
            verb=_("办理"), source=str(item.sitting),
        )  # fmt: skip


def _of_backlog(backlog: Backlog) -> Due:
    kind, title, what = {
        rules.OPEN: ("open", _("积案待化解"), _("推动达成化解方案")),
        rules.AGREED: ("open", _("积案待化解"), _("把方案落实到位")),
        rules.SETTLED: ("verify", _("积案待核验"), _("独立核验落实情况")),
        rules.VERIFIED: ("close", _("积案可销账"), _("观察期已满，销账")),
    }[backlog.state]
    by = backlog.due_on if kind == "open" else None
    last = (
        _("最近进展 %(on)s") % {"on": backlog.last_step_on} if backlog.last_step_on else _("还没有记过进展")
    )
    return Due(
        f"petitions.{kind}",
        title,
        backlog.title,
        what,
        by,
        backlog.get_absolute_url(),
        note=last,
        verb=_("办理"),
        source=backlog.number,
    )
