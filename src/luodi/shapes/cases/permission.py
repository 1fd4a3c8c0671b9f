"""Who stands to a case in what way, and for whom it does not exist."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from luodi.kernel.models import Person, Role
from luodi.kernel.permission import is_leader, is_staff_of_the_city, is_supervision
from luodi.shapes.cases.machine import CO, DESK, LEAD, LEADER, PUBLIC, SUPERVISOR
from luodi.shapes.cases.models import Accused, Assignment, Case
from luodi.shapes.cases.record import Actor
from luodi.workbench.scope import sees_all

THE_PUBLIC = "public"
HANDLES = (Role.LIAISON, Role.OPERATOR, Role.SUPERVISION)


def working_units(person: Any) -> dict[int, str]:
    """The units that a person handles cases for: key by id. No query beyond the person's posts."""
    if not isinstance(person, Person) or not person.is_active:
        return {}
    return {post.unit_id: post.unit.key for post in person.current_posts if post.role in HANDLES}


def at_desk(person: Any, case: Case | None) -> bool:
    """Works in the unit that takes the case in; with no case, in any unit that could."""
    units = working_units(person)
    return bool(units) if case is None or case.home_id is None else case.home_id in units


def roles_of(person: Person, case: Case, shares: Iterable[Assignment] | None = None) -> frozenset[str]:
    """Roles toward this case: one query for the unit's shares of the work, unless all shares of the case are given."""
    units = working_units(person)
    roles = set()
    if is_supervision(person):
        roles.add(SUPERVISOR)
    if is_leader(person):
        roles.add(LEADER)
    if case.home_id in units:
        roles.add(DESK)
    if shares is None:
        shares = Assignment.objects.filter(case_id=case.pk, unit__in=units) if units else ()
    for share in shares:
        if share.unit_id in units and share.state in Assignment.LIVE:
            roles.add(LEAD if share.part == Assignment.Part.LEAD else CO)
    return frozenset(roles)


def actor_of(person: Person | None, case: Case, shares: Iterable[Assignment] | None = None) -> Actor:
    """None is the public: whoever brought the case and has shown its number and code."""
    if person is None:
        return Actor("", frozenset({PUBLIC}))
    units = working_units(person) or {post.unit_id: post.unit.key for post in person.current_posts}
    return Actor(person.login, roles_of(person, case, shares), frozenset(units.values()))


def seen_by(person: Person, rows: QuerySet[Any], *, are_few: bool = False) -> QuerySet[Any]:
    """Cases of one's units, and those that they brought to another's desk; all for those who see all. A sealed case does
    not exist for whom it accuses, whoever that is. `are_few`: of a handful of rows it is told in the same question."""
    if not is_staff_of_the_city(person):
        return rows.none()
    if not sees_all(person):
        units = working_units(person)
        mine = Assignment.objects.filter(
            unit__in=units, state__in=(*Assignment.LIVE, Assignment.State.RETURNED)
        )
        rows = rows.filter(
            Q(home__in=units) | Q(lead__in=units) | Q(brought_from__in=units) | Q(pk__in=mine.values("case"))
        )
    against_me = Accused.objects.filter(Q(unit__in=person.unit_ids) | Q(person=person))
    spared = rows.exclude(is_sealed=True, pk__in=against_me.values("case"))
    # of a long list asked first: for nearly everyone there is none, and the list is then a plain one
    return spared if are_few or against_me.exists() else rows


def sees(person: Any, case: Case | None) -> bool:
    """For actions: the public is let through only by pages that checked number and code."""
    if person is None:
        return True
    return (
        case is None
        or case.pk is None
        or seen_by(person, Case.objects.filter(pk=case.pk), are_few=True).exists()
    )


def may_attach(person: Any, case: Case) -> bool:
    """Who sees an open case and has a part in it may add to it (an auditor only looks); so may its bringer, in whose name
    the public's own person writes."""
    if getattr(person, "login", "") == THE_PUBLIC:
        return case.is_open
    return case.is_open and sees(person, case) and bool(roles_of(person, case))


def the_public() -> Person:
    """The person in whose name files come in from outside. Nobody can sign in as it."""
    person, is_new = Person.objects.get_or_create(
        login=THE_PUBLIC, defaults={"name": "公众", "is_active": False}
    )
    if is_new:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    return person
