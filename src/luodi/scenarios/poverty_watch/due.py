"""What households wait for: help to be arranged, visits, another person's look, a decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.kernel.models import Person
from luodi.scenarios.poverty_watch.actions.roles import at_bureau
from luodi.scenarios.poverty_watch.models import Help, Household
from luodi.scenarios.poverty_watch.rules import standing
from luodi.scenarios.poverty_watch.rules.words import HELPS
from luodi.shapes.cases.permission import working_units
from luodi.workbench.inbox import Ask, Due

SOON = timedelta(days=7)


def due_from(person: Person, today: date) -> Iterator[Ask]:
    """Only questions to be asked with all others; none for who works for no unit."""
    if not (units := working_units(person)):
        return
    mine = Q(unit__in=units, state=standing.LISTED)
    mine |= Q(unit__in=units, state=standing.PROPOSED) & ~Q(proposed_by=person)
    if at_bureau(person):
        mine |= Q(state=standing.PROPOSED) & ~Q(proposed_by=person)
        mine |= Q(state=standing.NOTICE) & ~Q(proposed_by=person) & ~Q(confirmed_by=person)
    yield Ask(
        Household.objects.filter(mine),
        ("state", "number", "village__division__name", "village__name"),
        by="help_due_on",
        say=_household,
    )
    running = Help.objects.filter(unit__in=units, done_on=None, planned_on__lte=today + SOON)
    yield Ask(running, ("kind", "what", "household__number"), by="planned_on", key="household", say=_help)


def _household(key: int, by: date | None, state: str, number: str, town: str, village: str) -> Due:
    kind, title, what = {
        standing.LISTED: ("help", _("帮扶待安排"), _("针对风险安排帮扶措施")),
        standing.PROPOSED: ("confirm", _("风险消除待复核"), _("入户复核，组织村级评议并公示")),
        standing.NOTICE: ("clear", _("风险消除待审定"), _("公示期满后审定")),
    }[state]
    by = by if state == standing.LISTED else None
    url = reverse("poverty_watch:household", args=[key])
    return Due(
        f"poverty_watch.{kind}", title, f"{town}{village}", what, by, url, verb=_("办理"), source=number
    )


def _help(household: int, by: date | None, kind: str, what: str, number: str) -> Due:
    url = reverse("poverty_watch:household", args=[household])
    about = f"{dict(HELPS)[kind]} {what}"
    return Due(
        "poverty_watch.effect",
        _("帮扶成效待记"),
        about,
        _("核实帮扶成效并记录"),
        by,
        url,
        verb=_("记成效"),
        source=number,
    )
