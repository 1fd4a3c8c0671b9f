"""Who sees assessments, scores, objects and decides. Asked by actions and pages alike."""

from __future__ import annotations

from typing import Any

from luodi.assessment.kinds import SchemeKind, leads, scheme_kind
from luodi.assessment.models import Mark, Objection, Result, Run
from luodi.kernel.models import Role
from luodi.kernel.permission import holds, is_leader, is_liaison, is_staff_of_the_city, is_supervision

sees_assessments = is_staff_of_the_city
_counts = holds(Role.STATISTICIAN)


def kind_of(thing: Any) -> SchemeKind:
    if isinstance(thing, SchemeKind):
        return thing
    run = (
        thing.result.run
        if isinstance(thing, Objection)
        else thing.run
        if isinstance(thing, Result)
        else thing
    )
    return scheme_kind(run.code)


def scores(person: Any, thing: Any = None) -> bool:
    """Liaisons of the unit that leads the scheme, the supervision office and the statistician."""
    return is_supervision(person) or _counts(person) or (is_liaison(person) and leads(person, kind_of(thing)))


def seals(person: Any, run: Run) -> bool:
    """Whoever scores or a leader, but not the one who scored this run."""
    return (scores(person, run) or is_leader(person)) and run.by_id != person.pk


def objects(person: Any, result: Result) -> bool:
    """Liaisons of the division that the member lies in, and those who score (for one who came in person)."""
    if not is_liaison(person) and not scores(person, result):
        return False
    of_the_place = any(post.unit.division_id == result.division_id for post in person.current_posts)
    return of_the_place or scores(person, result)


def decides(person: Any, objection: Objection) -> bool:
    """Whoever scores or a leader, but not the one who objected."""
    return (scores(person, objection) or is_leader(person)) and objection.by_id != person.pk


def confirms(person: Any, mark: Mark) -> bool:
    return (scores(person, mark) or is_leader(person)) and mark.author_id != person.pk
