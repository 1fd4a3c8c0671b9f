"""Units that a report itself makes responsible: （市住建局牵头，市财政局配合）, 责任单位：市住建局."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from luodi.reading.model import Commitment, Role
from luodi.reading.units.functions import functions_of
from luodi.reading.units.roster import Roster

# What a list of names is made of; a bracket may stand inside a name: 各县（市）区政府.
_NAMES = r"(?:[^:：\n（(）)；;。]|[（(][^（）()\n]{1,20}[）)]){2,120}"
_VERB = "牵头|主办|负责|承办|配合|协办|参与"
PRINTED = re.compile(
    rf"[（(][^（）()\n]{{2,100}}(?:{_VERB})[）)]"
    rf"|(?:牵头|主办|责任|承办|配合|协办)(?:单位|部门)[:：]{_NAMES}[）)]?"
)
LABELLED = re.compile(rf"(牵头|主办|责任|承办|配合|协办)(?:单位|部门)[:：]({_NAMES})")
DOING = re.compile(rf"([^，,；;（）()：:]+?)({_VERB})(?=[，,；;）)])")
PARTS = re.compile(r"[、，,；;\s]+")
# From a commitment to the bracket at the end of its sentence, or right behind it.
TO_BRACKET = re.compile(r"[^。\n]{0,200}[。；;]?\s*")


@dataclass(frozen=True, slots=True)
class Printed:
    """Names printed at one place of the text, with the roles it gives them."""

    start: int
    end: int
    units: tuple[tuple[str, Role], ...]


def printed_units(text: str, roster: Roster) -> list[Printed]:
    """Every place of the text that names units as responsible; neighbouring places are one."""
    places: list[tuple[int, int, tuple[tuple[str, str], ...]]] = []
    for match in PRINTED.finditer(text):
        units = _read(match.group(), roster)
        if units and places and not text[places[-1][1] : match.start()].strip("。；; \u3000\n\r\t"):
            start, _, before = places.pop()
            places.append((start, match.end(), (*before, *units)))
        elif units:
            places.append((match.start(), match.end(), units))
    return [Printed(start, end, _with_roles(units)) for start, end, units in places]


def said_of(text: str, commitment: Commitment, places: Sequence[Printed]) -> tuple[tuple[str, Role], ...]:
    """The units printed in a commitment, or behind the sentence that it belongs to."""
    at = bisect_left(places, commitment.start, key=lambda place: place.start)
    if at == len(places):
        return ()
    place = places[at]
    between = text[commitment.end : place.start]
    return place.units if place.start < commitment.end or TO_BRACKET.fullmatch(between) else ()


def _read(stretch: str, roster: Roster) -> tuple[tuple[str, str], ...]:
    """Names with the verb that gives them their role."""
    groups = LABELLED.findall(stretch) or [(verb, names) for names, verb in DOING.findall(stretch)]
    return tuple(
        (_as_listed(name, roster), verb)
        for verb, names in groups
        for name in PARTS.split(names.removeprefix("由"))
        if name in roster.by_name or (2 <= len(name) <= 20 and functions_of(name))
    )


def _with_roles(verbs: Sequence[tuple[str, str]]) -> tuple[tuple[str, Role], ...]:
    """Each unit once. Where someone is to lead (牵头, 主办), 责任单位 beside it only supports."""
    leading: tuple[str, ...] = ("牵头", "主办")
    if not any(verb in leading for _, verb in verbs):
        leading = ("负责", "责任", "承办")
    roles: dict[str, Role] = {}
    for name, verb in verbs:
        roles.setdefault(name, "lead" if verb in leading else "support")
    return tuple(roles.items())


def _as_listed(name: str, roster: Roster) -> str:
    """The roster's name of a unit that goes by `name`; the printed one when the roster has none."""
    listed = roster.by_name.get(name)
    return listed.name if listed else name
