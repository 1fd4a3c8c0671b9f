"""Who dispatches, who answers for what was settled, who scores a visit."""

from __future__ import annotations

from typing import Any

from luodi.kernel.models import Role
from luodi.kernel.permission import is_leader, is_staff_of_the_city, is_supervision

sees_dispatch = is_staff_of_the_city
dispatches = is_supervision
closes = is_supervision | is_leader


def answers(person: Any, resolution: Any = None) -> bool:
    """Speaks for the unit that owes the resolution, or supervises."""
    if is_supervision(person):
        return True
    owner = getattr(resolution, "owner_id", None)
    return any(
        post.role in (Role.LIAISON, Role.OPERATOR) and post.unit_id == owner
        for post in getattr(person, "current_posts", ())
    )


def scores(person: Any, stop: Any = None) -> bool:
    """A judge of the visit, for a stop outside the own division. Asked by the page with the judge at hand."""
    if stop is None:
        return False
    judge = stop.visit.judges.filter(person=person).first()
    return judge is not None and may_score(judge, stop)


def may_score(judge: Any, stop: Any) -> bool:
    return judge.division_id is None or judge.division_id not in {
        stop.project.division_id,
        stop.project.zone_id,
    }
