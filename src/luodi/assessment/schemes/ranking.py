"""Ranks, ties, groups with few members, grades by place or score, and the change against last time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from luodi.assessment.schemes.scheme import Scheme, Scored

if TYPE_CHECKING:
    from luodi.assessment.schemes.scoring import Totalled


def placed(scheme: Scheme, members: Sequence[Totalled]) -> list[Scored]:
    """One group with ranks: equal scores share the better rank, the next rank is skipped (1, 2, 2, 4).

    A group with fewer than `fewest` that can be ranked has scores only: a table won by the only runner tells nothing.
    """
    able = [each for each in members if not each.why_unranked]
    is_small = len(able) < scheme.fewest
    ranks = ranks_of([each.score for each in able])
    rank_of = {each.entry.key: rank for each, rank in zip(able, ranks, strict=True)}
    out = []
    for each in sorted(members, key=lambda one: (bool(one.why_unranked), -one.score, one.entry.key)):
        rank = None if is_small or each.why_unranked else rank_of[each.entry.key]
        why = each.why_unranked or (
            f"同组只有 {len(able)} 个，少于 {scheme.fewest} 个，不排名" if is_small else ""
        )
        grade = each.grade or grade_of(scheme, rank, len(able), each.score)
        out.append(
            Scored(
                each.entry,
                each.items,
                each.extras,
                each.score,
                each.words,
                rank,
                len(able),
                grade,
                why,
                each.decided,
            )
        )
    return out


def ranks_of(scores: Sequence[Decimal]) -> list[int]:
    """The place of each score among all, the highest first."""
    first: dict[Decimal, int] = {}
    for place, value in enumerate(sorted(scores, reverse=True), 1):
        first.setdefault(value, place)
    return [first[value] for value in scores]


def grade_of(scheme: Scheme, rank: int | None, of: int, score: Decimal) -> str:
    """By place: rank ÷ number ranked × 100 up to the grade's limit; those of one score get the better one's grade.

    By score where the grades say so. No grade without a rank where grades go by place.
    """
    for grade in scheme.grades:
        if grade.until is not None:
            if rank is not None and rank * 100 <= grade.until * of:
                return grade.grade
        elif grade.at_least is None or score >= grade.at_least:
            return grade.grade
    return ""


def moved(now: Mapping[str, int | None], before: Mapping[str, int | None]) -> dict[str, int | None]:
    """By how many places each has risen (positive) since; None where it had no rank then or has none now."""
    return {
        key: None if rank is None or (then := before.get(key)) is None else then - rank
        for key, rank in now.items()
    }
