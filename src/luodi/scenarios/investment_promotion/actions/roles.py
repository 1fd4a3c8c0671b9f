"""Who may do what: the bureau of promotion organises, lead units keep their deals, a second person verifies."""

from __future__ import annotations

from typing import Any

from luodi.kernel.permission import is_liaison, is_supervision
from luodi.scenarios.investment_promotion.scenario import SCENARIO


def organises(person: Any, _subject: Any = None) -> bool:
    """The bureau of investment promotion and the supervision office. No query."""
    return is_supervision(person) or (
        is_liaison(person) and any(post.unit.name.endswith(SCENARIO.lead) for post in person.current_posts)
    )


def deal_of(subject: Any) -> Any:
    """The deal itself, or the one that a row belongs to; None while a new row has none."""
    if subject is None or hasattr(subject, "contract_on"):
        return subject
    return subject.deal if getattr(subject, "deal_id", None) else None


def keeps(person: Any, subject: Any = None) -> bool:
    """Answers for the deal: its lead unit, the government of its county or zone, the bureau. Without one: could."""
    deal = deal_of(subject)
    if organises(person) or deal is None or (deal.pk is None and not deal.lead_id):
        return is_liaison(person) or organises(person)
    return is_liaison(person) and any(
        post.unit_id == deal.lead_id
        or (post.unit.division_id == deal.division_id and post.unit.division.parent_id is not None)
        or (post.unit.division_id == deal.division_id and post.unit.division.is_zone)
        for post in person.current_posts
    )


def verifies(person: Any, arrival: Any = None) -> bool:
    """核实 is the bureau's, and never by whoever reported the sum."""
    return organises(person) and getattr(arrival, "by_id", None) != person.pk
