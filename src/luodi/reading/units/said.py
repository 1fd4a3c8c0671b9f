"""Units that a report itself makes responsible: （市住建局牵头，市财政局配合）, 责任单位：市住建局."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from luodi.reading.model import Commitment, Role
from luodi.reading.units.functions import ENTERPRISE, LOCAL, PARK, function_of, functions_of
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


class Printed(NamedTuple):
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
    at = bisect_left(places, (commitment.start,))
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
    """What the roster calls a unit; the printed name where it has none, or is not the division's own.

    A name that the list does not know is the listed unit whose foremost function is the same, when there is
    just one: 市住建局 is 市住房和城乡建设局. Parks, places and enterprises are many and stay as printed.
    """
    if name in roster.by_name:
        return roster.by_name[name].name
    function = function_of(name)
    same = [unit.name for unit in roster.units if function and unit.functions[:1] == (function,)]
    if roster.is_own and len(same) == 1 and function not in (PARK, LOCAL, ENTERPRISE):
        return same[0]
    return name
