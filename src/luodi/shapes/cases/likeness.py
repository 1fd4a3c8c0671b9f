"""Which cases may be the same matter: by words, by place, by who brings them. Proposed with reasons, never joined by itself."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

EARTH_METRES = 6_371_000
_NO_WORDS = str.maketrans("", "", " \t\r\n，。、；：？！“”‘’（）()《》,.;:?!\"'-—…")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is compared of a case. `person` is a key that tells the bringer without naming (a hash, a credit code)."""

    pk: int
    text: str
    category: str
    person: str
    lon: float | None
    lat: float | None
    on: date


@dataclass(frozen=True, slots=True)
class Rule:
    """From when on two cases are alike; from the ruleset."""

    days: int = 30
    metres: float = 30
    words: float = 0.5


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another case that may be the same, how much so (0 to 1), and why in words."""

    pk: int
    score: float
    reasons: tuple[str, ...]


def alike(case: Sketch, others: Iterable[Sketch], rule: Rule = Rule()) -> list[Likeness]:
    """The likely duplicates, most alike first. A place or a person counts only together with the category or the words."""
    found = []
    for other in others:
        if other.pk == case.pk or abs((case.on - other.on).days) > rule.days:
            continue
        words = likeness(case.text, other.text)
        apart = metres(case, other)
        same_category = bool(case.category) and case.category == other.category
        reasons = []
        if case.person and case.person == other.person and (same_category or words >= rule.words):
            reasons.append("同一诉求人、同类事项" if same_category else "同一诉求人、内容相近")
        if apart is not None and apart <= rule.metres and (same_category or words >= rule.words):
            reasons.append(f"相距 {apart:.0f} 米")
        if words >= max(rule.words, 0.6):
            reasons.append(f"文字相似 {words:.0%}")
        if reasons:
            found.append(Likeness(other.pk, max(words, 0.5 + 0.2 * (len(reasons) - 1)), tuple(reasons)))
    return sorted(found, key=lambda each: (-each.score, each.pk))


def likeness(one: str, other: str) -> float:
    """Dice's share of common character pairs, from 0 to 1; 0 for texts too short to tell."""
    first, second = _pairs(one), _pairs(other)
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def metres(one: Sketch, other: Sketch) -> float | None:
    """Over the ground between two places; None where one has none."""
    if None in (one.lon, one.lat, other.lon, other.lat):
        return None
    assert one.lon is not None and one.lat is not None and other.lon is not None and other.lat is not None
    north = math.radians(other.lat - one.lat)
    east = math.radians(other.lon - one.lon) * math.cos(math.radians((one.lat + other.lat) / 2))
    return EARTH_METRES * math.hypot(north, east)


def _pairs(text: str) -> frozenset[str]:
    plain = text.translate(_NO_WORDS)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))
