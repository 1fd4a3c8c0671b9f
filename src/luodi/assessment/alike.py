"""Targets and series of one name, bound at once: what a person would confirm one by one on the pages of lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from luodi.assessment.foreseeing import foresee_year
from luodi.commitments.models import Commitment, Target
from luodi.kernel.jobs import Progress, job
from luodi.kernel.models import Division, Person
from luodi.measures import actions
from luodi.measures.binding import suggested
from luodi.measures.models import Binding, Series, Value

SURE = 0.9
"""From this likeness of names on a proposal is offered for confirming with others; below, a person looks at each."""


@dataclass(frozen=True, slots=True)
class Pair:
    target: Target
    series: Series
    division: Division
    score: float
    why: str


def sure_pairs(year: int) -> list[Pair]:
    """For each target of the year's issued lines that nothing answers for: the one series whose name is as good as the same
    and that has numbers for the division of the plan. Two equally good ones are left to a person."""
    settled = Binding.objects.filter(target=OuterRef("pk"))
    targets = (
        Target.objects.filter(commitment__document__year=year, value__isnull=False)
        .exclude(commitment__state__in=(Commitment.State.DRAFT, Commitment.State.CONFIRMED))
        .exclude(Exists(settled))
        .select_related("commitment__document__division")
        .defer("commitment__document__text", "commitment__document__report")
    )
    known = _series_by_place()
    out = []
    for target in targets:
        division = target.commitment.document.division
        if division is not None and (best := _best(target, known[division.pk])):
            out.append(Pair(target, best[0], division, best[1], best[2]))
    return out


def _series_by_place() -> dict[int, list[Series]]:
    """Which series have a number for which division; only what telling them apart needs. One query."""
    counted = Value.objects.filter(is_current=True, owner=None, value__isnull=False).order_by()
    names = ("key", "title", "unit")
    found: dict[int, list[Series]] = defaultdict(list)
    for place, pk, *told in counted.values_list(
        "division", "series", *(f"series__{name}" for name in names)
    ).distinct():
        found[place].append(Series(pk=pk, **dict(zip(names, told, strict=True))))
    return found


def _best(target: Target, series: Sequence[Series]) -> tuple[Series, float, str] | None:
    found = [each for each in suggested(target, series) if each.score >= SURE]
    if not found or (len(found) > 1 and found[0].score == found[1].score):
        return None
    return found[0].series, found[0].score, found[0].why


def bind_alike(by: Person, year: int) -> int:
    """Confirm every sure pair as this person; each is an action of its own on record. Returns how many."""
    pairs = sure_pairs(year)
    for pair in pairs:
        actions.bind(by, pair.target, pair.series, pair.division, pair.score, pair.why)
    return len(pairs)


@job
def bind_the_plan(progress: Progress, by: Person, year: int) -> dict[str, int]:
    """The same as a job, for after a counting; then what is bound is foreseen."""
    return {"bound": bind_alike(by, year), "foreseen": foresee_year(year, progress)}
