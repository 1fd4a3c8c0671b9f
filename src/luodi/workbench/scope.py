"""Which rows a person sees, as functions that a person can read: scope(person, rows) -> rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from luodi.kernel.models import Person
from luodi.kernel.permission import is_auditor, is_leader, is_supervision

Scope = Callable[[Person, QuerySet[Any]], QuerySet[Any]]


def everything(_person: Person, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Every row, for whoever has the desk."""
    return rows


def own_units(*paths: str) -> Scope:
    """Rows that name one of the person's units at one of `paths`; supervision, leaders and auditors see all."""

    def scope(person: Person, rows: QuerySet[Any]) -> QuerySet[Any]:
        if sees_all(person):
            return rows
        wanted = Q(pk__in=())
        for path in paths:
            wanted |= Q(**{f"{path}__in": person.unit_ids})
        return rows.filter(wanted)

    return scope


def own_divisions(path: str) -> Scope:
    """Rows of the divisions where the person's units are, and of those right below; as above for those who see all."""

    def scope(person: Person, rows: QuerySet[Any]) -> QuerySet[Any]:
        if sees_all(person):
            return rows
        own = {post.unit.division_id for post in person.current_posts}
        return rows.filter(Q(**{f"{path}__in": own}) | Q(**{f"{path}__parent__in": own}))

    return scope


def sees_all(person: Person) -> bool:
    return is_supervision(person) or is_leader(person) or is_auditor(person)
