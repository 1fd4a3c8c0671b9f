"""Before a scheme is issued: who would move if a weight or a parameter were another, and how firm the ranks are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from luodi.assessment.schemes.ranking import ranks_of
from luodi.assessment.schemes.scheme import Entry, Scheme, Scored
from luodi.assessment.schemes.scoring import score

DRAWS, SHARE, SEED = 1000, 20, 20260101


@dataclass(frozen=True, slots=True)
class Move:
    """One whose result would change."""

    before: Scored
    after: Scored

    @property
    def places(self) -> int | None:
        """How many places it would rise."""
        if self.before.rank is None or self.after.rank is None:
            return None
        return self.before.rank - self.after.rank

    @property
    def is_moved(self) -> bool:
        return self.before.rank != self.after.rank or self.before.grade != self.after.grade


def with_weights(scheme: Scheme, weights: Mapping[str, Decimal]) -> Scheme:
    """The scheme with other weights for the indicators named; all else as it is."""
    changed = tuple(replace(each, weight=weights.get(each.key, each.weight)) for each in scheme.indicators)
    return replace(scheme, indicators=changed)


def moves(entries: Sequence[Entry], old: Scheme, new: Scheme) -> list[Move]:
    """Every entry under both schemes, in the order of the new one."""
    return compared(entries, old, entries, new)


def compared(now: Sequence[Entry], old: Scheme, then: Sequence[Entry], new: Scheme) -> list[Move]:
    """The same where the new scheme asks for other values of the members."""
    before = {each.entry.key: each for each in score(old, now)}
    return [Move(before[each.entry.key], each) for each in score(new, then) if each.entry.key in before]


@dataclass(frozen=True, slots=True)
class Firmness:
    """Between which ranks one falls when all weights are drawn anew within a share of their own."""

    scored: Scored
    best: int
    worst: int

    @property
    def is_firm(self) -> bool:
        return self.worst - self.best <= 1


def firmness(results: Sequence[Scored], share: int = SHARE, draws: int = DRAWS) -> list[Firmness]:
    """Ranks of one group under weights drawn evenly within ±`share` % and scaled back to their sum. Fixed seed.

    Points are taken to be proportional to the weight, which holds for all methods but bands and amounts (按量计分).
    """
    ranked = [each for each in results if each.rank is not None]
    if not ranked:
        return []
    chance = Random(SEED)
    weights = [float(item.weight) for item in ranked[0].items]
    shares = [
        [float(item.points) / float(item.weight) if item.weight else 0.0 for item in each.items]
        for each in ranked
    ]
    extra = [float(sum((item.points for item in each.extras), Decimal(0))) for each in ranked]
    best, worst = [len(ranked)] * len(ranked), [1] * len(ranked)
    for _ in range(draws):
        drawn = [weight * (1 + chance.uniform(-share, share) / 100) for weight in weights]
        back = sum(weights) / sum(drawn) if sum(drawn) else 1.0
        totals = [
            Decimal(repr(round(sum(w * back * s for w, s in zip(drawn, own, strict=True)) + more, 2)))
            for own, more in zip(shares, extra, strict=True)
        ]
        for place, rank in enumerate(ranks_of(totals)):
            best[place], worst[place] = min(best[place], rank), max(worst[place], rank)
    return [Firmness(each, low, high) for each, low, high in zip(ranked, best, worst, strict=True)]
