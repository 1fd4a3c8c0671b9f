"""Who may do what about old cases and sittings."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from luodi.kernel.permission import is_leader, is_staff_of_the_city, is_supervision
from luodi.scenarios.petitions.scenario import SCENARIO
from luodi.shapes.cases.permission import working_units
from luodi.workbench.scope import sees_all


def at_the_bureau(person: Any, _subject: Any = None) -> bool:
    """Works in the unit that takes petitions in 信访局."""
    units = working_units(person)
    return any(
        post.unit_id in units and post.unit.name.endswith(SCENARIO.lead) for post in person.current_posts
    )


def keeps_ledger(person: Any, _subject: Any = None) -> bool:
    return is_supervision(person) or at_the_bureau(person)


def works_on(person: Any, backlog: Any) -> bool:
    """The unit that answers for it, its leader, and the bureau."""
    return keeps_ledger(person) or backlog.unit_id in working_units(person) or backlog.leader_id == person.pk


def checks(person: Any, backlog: Any) -> bool:
    """Independent of whom it checks: not of the unit that answers for it, nor who wrote down that it was done."""
    return (
        keeps_ledger(person) and backlog.unit_id not in person.unit_ids and backlog.settled_by_id != person.pk
    )


def answers_item(person: Any, item: Any) -> bool:
    return at_the_bureau(person) or item.unit_id in working_units(person)


def backlogs_seen_by(person: Any, rows: QuerySet[Any]) -> QuerySet[Any]:
    """All for those who see all and for the bureau; a unit's own, and those a leader answers for."""
    if not is_staff_of_the_city(person):
        return rows.none()
    if sees_all(person) or keeps_ledger(person):
        return rows
    return rows.filter(Q(unit__in=working_units(person)) | Q(leader=person))


def sittings_seen_by(person: Any, rows: QuerySet[Any]) -> QuerySet[Any]:
    """All for those who see all and for the bureau; for others the sittings that gave their unit something to do."""
    if not is_staff_of_the_city(person):
        return rows.none()
    if sees_all(person) or keeps_ledger(person) or is_leader(person):
        return rows
    return rows.filter(items__unit__in=working_units(person)).distinct()
