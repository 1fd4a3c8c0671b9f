"""Suggested units: who would report on a commitment, and why."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from luodi.reading.model import Commitment, Division, Heading, UnitSuggestion
from luodi.reading.units.evidence import Index, index_of
from luodi.reading.units.functions import LOCAL
from luodi.reading.units.roster import Roster

# A heading speaks for all that stands under it, so it weighs less than the commitment's own words.
HEADING_WEIGHT = 0.3
# Logits per unit of evidence; fitted together with the weights by tools/train_units.py.
SHARPNESS = 0.8
# What units without any evidence weigh together, against exp(0) = 1 for one with none of its own.
BACKGROUND = 8.0
LEAD_AT_LEAST = 0.15
SECOND_LEAD_AT_LEAST = 0.3
SUPPORT_AT_LEAST = 0.06
SUPPORTS = 3
# Not fitted, for no list of the corpus says it: a sentence that names a unit in brackets, or places.
SAID = 0.95
PLACE_SAID = 0.5

# （市发展改革委、市财政局负责） or （责任单位：市住建局）, in the commitment or right behind it.
ASSIGNED = re.compile(
    r"[（(](?:(?:牵头|责任|主办|承办)(?:单位|部门)?[:：])?([^（）()]{2,80}?)(?:牵头|负责|主办|承办)?[）)]"
)
MARKED = re.compile(r"[（(](?:牵头|责任|主办|承办)(?:单位|部门)?[:：]|(?:牵头|负责|主办|承办)[）)]")
PARTS = re.compile(r"[、，,；;\s]+")
ALL_PLACES = re.compile(r"各(?:县|区|市县|旗|州|盟|镇|乡|街道|地(?![类种]))")


def suggest_units(
    text: str,
    commitments: Sequence[Commitment],
    headings: Iterable[Heading],
    roster: Roster | None = None,
    *,
    division: Division | None = None,
    year: int | None = None,
) -> tuple[Commitment, ...]:
    """The commitments with `units` filled: at most two leads and three supports, best first.

    Names come from `roster`, the division's own list; without one from the usual units of the division's
    level (guessed from the text when `division` is None), as they were called in plan year `year`. A score
    is the share of suggestions with that score whose unit the city's own list names as lead (README.md).
    """
    roster = roster or Roster.usual_for(division, text, year)
    index = index_of(roster)
    above = _heading_phrases(index, headings)
    return tuple(
        replace(
            commitment, units=_units(text, commitment, roster, index, above.get(commitment.heading or "", ()))
        )
        for commitment in commitments
    )


def _heading_phrases(index: Index, headings: Iterable[Heading]) -> Mapping[str, tuple[str, ...]]:
    """The phrases of each heading and of those above it."""
    found: dict[str, tuple[str, ...]] = {}
    for heading in sorted(headings, key=lambda each: each.start):
        inherited = found.get(heading.parent or "", ())
        found[heading.id] = tuple(dict.fromkeys((*index.scan(heading.title), *inherited)))
    return found


def _units(
    text: str, commitment: Commitment, roster: Roster, index: Index, above: Sequence[str]
) -> tuple[UnitSuggestion, ...]:
    said = _said(text, commitment, roster)
    own = index.scan(commitment.text)
    likely = probabilities(index, own, above)
    ranked = sorted(likely.items(), key=lambda each: -each[1])
    leads = list(said)
    for at, probability in ranked[:2]:
        name = roster.units[at].name
        enough = LEAD_AT_LEAST if not leads else max(SECOND_LEAD_AT_LEAST, 0.6 * ranked[0][1])
        if not said and probability >= enough:
            leads.append(UnitSuggestion(name, "lead", round(probability, 3), _why(at, index, own, above)))
    taken = {lead.name for lead in leads}
    supports = [
        UnitSuggestion(roster.units[at].name, "support", round(probability, 3), _why(at, index, own, above))
        for at, probability in ranked
        if leads and probability >= SUPPORT_AT_LEAST and roster.units[at].name not in taken
    ]
    return (*leads[:2], *(*_places(commitment, roster, taken), *supports)[:SUPPORTS])


def probabilities(index: Index, own: Sequence[str], above: Sequence[str]) -> dict[int, float]:
    """Unit (by its place in the roster) -> probability of being the lead; units without evidence are left out."""
    logits: dict[int, float] = {}
    for phrase in own:
        for at, weight in index.phrases[phrase].weights:
            logits[at] = logits.get(at, 0.0) + weight
    for phrase in above:
        for at, weight in index.phrases[phrase].weights:
            logits[at] = logits.get(at, 0.0) + HEADING_WEIGHT * weight
    odds = {at: math.exp(min(SHARPNESS * logit, 50.0)) for at, logit in logits.items()}
    total = sum(odds.values()) + BACKGROUND
    return {at: each / total for at, each in odds.items()}


def _said(text: str, commitment: Commitment, roster: Roster) -> list[UnitSuggestion]:
    """Units that the report itself makes responsible, in brackets in the commitment or right behind it."""
    behind = (
        text[commitment.end : commitment.end + 90].lstrip("。；;，,")
        if text[commitment.end : commitment.end + 3].strip("。；;，,")[:1] in ("（", "(")
        else ""
    )
    for stretch in (commitment.text, behind):
        marked = MARKED.search(stretch)
        if marked:
            for match in ASSIGNED.finditer(stretch):
                if MARKED.search(match.group()):
                    return [
                        UnitSuggestion(_as_listed(name, roster), "lead", SAID, f"文中写明“{name}”")
                        for name in PARTS.split(match.group(1))
                        if len(name) > 1
                    ]
    return []


def _as_listed(name: str, roster: Roster) -> str:
    """The roster's name of a unit that goes by `name`; the printed one when the roster has none."""
    listed = roster.by_name.get(name)
    return listed.name if listed else name


def _places(commitment: Commitment, roster: Roster, taken: set[str]) -> list[UnitSuggestion]:
    """Lower divisions that the commitment speaks to."""
    local = roster.by_function.get(LOCAL)
    everywhere = ALL_PLACES.search(commitment.text)
    if local and everywhere and local.name not in taken:
        return [UnitSuggestion(local.name, "support", PLACE_SAID, f"文中点到“{everywhere.group()}”")]
    counties = [place for place in commitment.places if not place.code.endswith("00")]
    return [
        UnitSuggestion(f"{place.name}人民政府", "support", PLACE_SAID, f"文中点到“{place.name}”")
        for place in counties[:2]
    ]


def _why(at: int, index: Index, own: Sequence[str], above: Sequence[str]) -> str:
    """The strongest phrases that speak for a unit, in words for the officer who decides."""

    def strongest(phrases: Iterable[str], kind: str) -> str:
        weighed = [
            (weight, phrase)
            for phrase in phrases
            if index.phrases[phrase].kind == kind
            for unit, weight in index.phrases[phrase].weights
            if unit == at
        ]
        return "".join(f"“{phrase}”" for _, phrase in sorted(weighed, key=lambda each: -each[0])[:3])

    reasons = (
        ("文中点名", strongest(own, "name")),
        ("本单位职责写有", strongest(own, "own")),
        ("职责词", strongest(own, "duty")),
        ("所在标题", strongest(above, "duty") or strongest(above, "own")),
    )
    return "；".join(label + words for label, words in reasons if words)
