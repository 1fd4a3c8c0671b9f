"""Who may do what about households, and whose they see."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from luodi.kernel.permission import is_staff_of_the_city
from luodi.scenarios.poverty_watch.scenario import SCENARIO
from luodi.shapes.cases.permission import working_units
from luodi.workbench.scope import sees_all


def at_bureau(person: Any, _subject: Any = None) -> bool:
    """Works in the agricultural office, which decides for the county."""
    units = working_units(person)
    return any(
        post.unit_id in units and post.unit.name.endswith(SCENARIO.lead) for post in person.current_posts
    )


def works_on(person: Any, household: Any) -> bool:
    """The unit that answers for the household, and the office; of no household in particular, who could have one."""
    units = working_units(person)
    return bool(units) if household is None else household.unit_id in units or at_bureau(person)


def handles(person: Any, clue: Any) -> bool:
    """Whoever has the clue in hand: its unit, the unit that brought it, the office."""
    units = working_units(person)
    return at_bureau(person) or bool({clue.lead_id, clue.brought_from_id} & {*units})


def confirms(person: Any, household: Any) -> bool:
    """Another person than the one who proposed that the risk is gone."""
    return works_on(person, household) and household.proposed_by_id != person.pk


def decides(person: Any, household: Any) -> bool:
    """The office, by a person who neither proposed nor confirmed."""
    return at_bureau(person) and person.pk not in {household.proposed_by_id, household.confirmed_by_id}


def warns(person: Any, _subject: Any = None) -> bool:
    """Any department may bring its warnings; they name its own unit."""
    return bool(working_units(person))


def helps(person: Any, help_: Any) -> bool:
    return help_.unit_id in working_units(person) or works_on(person, help_.household)


def keeps_funds(person: Any, fund: Any = None) -> bool:
    """The office; the unit of a project for its own."""
    return at_bureau(person) or (
        fund is not None and fund.pk is not None and fund.unit_id in working_units(person)
    )


def households_seen_by(person: Any, rows: QuerySet[Any]) -> QuerySet[Any]:
    """All for those who see all and for the office; a unit's own. Names are masked for everyone."""
    if not is_staff_of_the_city(person):
        return rows.none()
    if sees_all(person) or at_bureau(person):
        return rows
    return rows.filter(unit__in=working_units(person))


def helps_seen_by(person: Any, rows: QuerySet[Any]) -> QuerySet[Any]:
    if not is_staff_of_the_city(person):
        return rows.none()
    if sees_all(person) or at_bureau(person):
        return rows
    units = working_units(person)
    return rows.filter(unit__in=units) | rows.filter(household__unit__in=units)


def funds_seen_by(person: Any, rows: QuerySet[Any]) -> QuerySet[Any]:
    if sees_all(person) or at_bureau(person) or not is_staff_of_the_city(person):
        return rows if is_staff_of_the_city(person) else rows.none()
    return rows.filter(unit__in=working_units(person))
