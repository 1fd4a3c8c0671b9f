"""Suggested units: who would report on a commitment, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from luodi.reading.model import Commitment, Division, Heading, Role, UnitSuggestion
from luodi.reading.units.evidence import Index, Kind, Phrase, in_quotes, index_of, shipped
from luodi.reading.units.functions import LOCAL, functions_of
from luodi.reading.units.roster import Roster
from luodi.reading.units.said import printed_units, said_of

LEAD_AT_LEAST = 0.15
# A second lead stands beside the first only when it is nearly as likely.
SECOND_LEAD_AT_LEAST = 0.3
SECOND_LEAD_PART = 0.6
SUPPORT_AT_LEAST = 0.06
LEADS, SUPPORTS = 2, 3
# Not fitted: what the text itself says of a unit, or of a place.
SAID = 0.95
PLACE_SAID = 0.5

# What a reason begins with: by the kind of phrase in the commitment, or for those of its headings.
WHY: dict[Kind, str] = {"name": "文中点名", "own": "本单位职责写有", "duty": "职责词"}
ABOVE = "所在标题"
ALL_PLACES = re.compile(r"各(?:县|区|市县|旗|州|盟|镇|乡|街道|地(?![类种]))")


@dataclass(frozen=True, slots=True)
class Desk:
    """What is the same for all commitments of a report; `home` is the code of the division that reports."""

    roster: Roster
    index: Index
    home: str | None


class Above(NamedTuple):
    """What the headings over a commitment say: their phrases, what these weigh, and the words of the reason."""

    phrases: tuple[str, ...]
    hints: Mapping[int, float]
    reasons: Mapping[int, str]


NOTHING_ABOVE = Above((), {}, {})


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
    desk = Desk(roster, index_of(roster, shipped()), division.code if division else None)
    above = _heard_above(desk.index, headings)
    printed = printed_units(text, roster)
    owned: list[Commitment] = []
    for each in commitments:
        said = said_of(text, each, printed) if printed else ()
        owned.append(each.owned_by(_units(each, desk, said, above.get(each.heading, NOTHING_ABOVE))))
    return tuple(owned)


def _heard_above(index: Index, headings: Iterable[Heading]) -> Mapping[str | None, Above]:
    """What each heading and those above it say."""
    found: dict[str | None, Above] = {}
    for heading in sorted(headings, key=lambda each: each.start):
        inherited = found.get(heading.parent, NOTHING_ABOVE).phrases
        phrases = tuple(dict.fromkeys((*index.scan(heading.title), *inherited)))
        hints = index.hints(phrases)
        found[heading.id] = Above(phrases, hints, {at: index.strongest(at, phrases) for at in hints})
    return found


def _units(
    commitment: Commitment, desk: Desk, said: Sequence[tuple[str, Role]], above: Above
) -> tuple[UnitSuggestion, ...]:
    index, units = desk.index, desk.roster.units
    own = index.scan(commitment.text)
    shares = index.learned.shares(index.weigh(own, above.hints)) if own or above.hints else {}
    likely = [(at, share) for at, share in shares.items() if share >= SUPPORT_AT_LEAST]
    leads, supports = _printed(said) if said else ([], [])
    if said:
        # A unit that the report names stands for its functions, whatever the roster calls it.
        served = {key for name, _ in said for key in functions_of(name)}
        likely = [(at, share) for at, share in likely if served.isdisjoint(units[at].functions)]

    def suggestion(at: int, role: Role, share: float) -> UnitSuggestion:
        return UnitSuggestion(units[at].name, role, round(share, 3), _why(at, own, above))

    if not leads and likely and likely[0][1] >= LEAD_AT_LEAST:
        enough = max(SECOND_LEAD_AT_LEAST, SECOND_LEAD_PART * likely[0][1])
        nearly = [pair for pair in likely[1:LEADS] if pair[1] >= enough]
        leads = [suggestion(at, "lead", share) for at, share in (likely[0], *nearly)]
    if not leads:
        return ()
    once: dict[str, UnitSuggestion] = {}
    for unit in (*leads, *supports, *_places(commitment, desk)):
        once.setdefault(unit.name, unit)
    for at, share in likely:
        if len(once) >= len(leads) + SUPPORTS:
            break
        if units[at].name not in once:
            once[units[at].name] = suggestion(at, "support", share)
    return tuple(once.values())[: len(leads) + SUPPORTS]


def _printed(said: Sequence[tuple[str, Role]]) -> tuple[list[UnitSuggestion], list[UnitSuggestion]]:
    """The units that the text itself names, as leads and supports; leads beyond LEADS support."""
    named = [UnitSuggestion(name, role, SAID, f"文中写明“{name}”") for name, role in said]
    leads = [unit for unit in named if unit.role == "lead"][:LEADS]
    return leads, [unit._replace(role="support") for unit in named if unit not in leads]


def _places(commitment: Commitment, desk: Desk) -> list[UnitSuggestion]:
    """Lower divisions that the commitment speaks to: all of them, or counties by name."""
    everywhere = ALL_PLACES.search(commitment.text)
    local = desk.roster.by_function.get(LOCAL) if everywhere else None
    if local and everywhere:
        return [UnitSuggestion(local.name, "support", PLACE_SAID, f"文中点到“{everywhere.group()}”")]
    return [
        UnitSuggestion(f"{place.name}人民政府", "support", PLACE_SAID, f"文中点到“{place.name}”")
        for place in commitment.places
        if not place.code.endswith("00") and place.code != desk.home
    ][:2]


def _why(at: int, own: Mapping[str, Phrase], above: Above) -> str:
    """The strongest phrases that speak for a unit, in words for the officer who decides."""
    heard: dict[Kind, list[tuple[float, str]]] = {}
    for phrase, (kind, weights) in own.items():
        if weight := weights.get(at):
            heard.setdefault(kind, []).append((weight, phrase))
    reasons = [label + in_quotes(heard[kind]) for kind, label in WHY.items() if kind in heard]
    if said := above.reasons.get(at):
        reasons.append(ABOVE + said)
    return "；".join(reasons)
