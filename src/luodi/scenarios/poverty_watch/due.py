"""What households wait for: help to be arranged, visits, another person's look, a decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from luodi.kernel.models import Person
from luodi.scenarios.poverty_watch.actions.roles import at_bureau
from luodi.scenarios.poverty_watch.models import Help, Household
from luodi.scenarios.poverty_watch.rules import standing
from luodi.shapes.cases.permission import working_units
from luodi.workbench.inbox import Due

SOON = timedelta(days=7)


def due_from(person: Person, today: date) -> Iterator[Due]:
    """Two queries for those who can owe anything here."""
    if not (units := working_units(person)):
        return
    office = at_bureau(person)
    mine = Q(unit__in=units, state=standing.LISTED) | Q(unit__in=units, state=standing.PROPOSED) & ~Q(
        proposed_by=person
    )
    if office:
        mine |= Q(state=standing.PROPOSED) & ~Q(proposed_by=person)
        mine |= Q(state=standing.NOTICE) & ~Q(proposed_by=person) & ~Q(confirmed_by=person)
    for household in Household.objects.filter(mine).select_related("village__division").order_by("number"):
        yield _of_household(household)
    running = Help.objects.filter(unit__in=units, done_on=None, planned_on__lte=today + SOON)
    for row in running.select_related("household").order_by("planned_on"):
        yield Due(
            "poverty_watch.effect", _("帮扶成效待记"), str(row), _("核实帮扶成效并记录"), row.planned_on, row.get_absolute_url(),
            verb=_("记成效"), source=row.household.number,
        )  # fmt: skip


def _of_household(household: Household) -> Due:
    kind, title, what, by = {
        standing.LISTED: ("help", _("帮扶待安排"), _("针对风险安排帮扶措施"), household.help_due_on),
        standing.PROPOSED: ("confirm", _("风险消除待复核"), _("入户复核，组织村级评议并公示"), None),
        standing.NOTICE: ("clear", _("风险消除待审定"), _("公示期满后审定"), None),
    }[household.state]
    return Due(
        f"poverty_watch.{kind}", title, str(household.village), what, by, household.get_absolute_url(), verb=_("办理"), source=household.number
    )  # fmt: skip
