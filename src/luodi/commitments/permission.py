"""Who may see the ledger, change it, and answer for a line of it."""

from typing import Any

from rules import predicate

from luodi.commitments.models import Assignment, Commitment, Document
from luodi.kernel.models import Person, Role
from luodi.kernel.permission import is_liaison, is_staff_of_the_city, is_supervision

sees_ledger = is_staff_of_the_city
edits_ledger = is_supervision


def liaison_units(person: Any) -> set[int]:
    """The units that a person speaks for."""
    if not isinstance(person, Person) or not person.is_active:
        return set()
    return {post.unit_id for post in person.current_posts if post.role == Role.LIAISON}


@predicate
def leads(person: Any, line: Commitment | None) -> bool:
    """Speaks for the lead unit of the line."""
    return line is not None and bool(line.lead) and line.lead.unit_id in liaison_units(person)


@predicate
def serves(person: Any, line: Commitment | None) -> bool:
    """Speaks for a unit of the line, lead or support."""
    return line is not None and any(each.unit_id in liaison_units(person) for each in line.owners)


@predicate
def serves_in(person: Any, document: Document | None) -> bool:
    """Speaks for a unit that has a line in the document."""
    units = liaison_units(person)
    return (
        document is not None
        and bool(units)
        and Assignment.objects.filter(commitment__document=document, unit__in=units, accepted=True).exists()
    )


leads_or_supervises = leads | is_supervision
is_anyone = predicate(lambda _person, _subject=None: True, "anyone")

__all__ = [
    "edits_ledger",
    "is_anyone",
    "is_liaison",
    "leads",
    "leads_or_supervises",
    "liaison_units",
    "sees_ledger",
    "serves",
    "serves_in",
]
