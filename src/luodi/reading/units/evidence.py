"""What in a text speaks for a unit: phrases of duties, found in one scan.

`duties.tsv` lists phrases per function with a strength (3 decides, 2 is typical, 1 hints). A roster turns
them into evidence for its own units, and adds the units' names and the phrases of its own duties. The
scan takes the longest phrase at each place and goes on behind it, so 农村公路 never also counts as 公路.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from luodi.reading.units.functions import table
from luodi.reading.units.roster import Roster

Kind = Literal["duty", "own", "name"]

# A longer phrase says more: 污水 hints, 农村生活污水 hardly leaves a doubt.
BY_LENGTH = {2: 1.0, 3: 1.5, 4: 2.0}
LONGEST_SAYS = 2.4
OWN_DUTY = 4.0
OWN_NAME = 8.0
# Words of every list of duties, which tell no unit from another.
COMMONPLACE = re.compile(
    r"负责|承担|组织|指导|协调|监督|管理|推进|实施|落实|拟订|拟定|制定|开展|参与|相关|有关|全市|全省|全县|本市|"
    r"工作|政策|规划|体系|建设|服务|发展|以及|其他|交办|任务|等"
)
BETWEEN = re.compile(r"[、，,；;。：:（）()\s和及与的]+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase and the units (by their place in the roster) it speaks for, with weights in logits."""

    kind: Kind
    weights: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Index:
    """All phrases of a roster. `lengths` gives, for the first two characters, the lengths to try, longest first."""

    phrases: dict[str, Phrase]
    lengths: dict[str, tuple[int, ...]]

    def scan(self, text: str) -> list[str]:
        """The phrases in `text`, each once, in order: the longest at each place, none inside another."""
        phrases, lengths = self.phrases, self.lengths
        found: dict[str, None] = {}
        at, last = 0, len(text) - 1
        while at < last:
            for length in lengths.get(text[at : at + 2], ()):
                phrase = text[at : at + length]
                if phrase in phrases:
                    found[phrase] = None
                    at += length - 1
                    break
            at += 1
        return list(found)


@cache
def duties() -> dict[str, dict[str, float]]:
    """Phrase -> function -> weight in logits. A phrase of several functions speaks for each a little less."""
    spoken: dict[str, dict[str, float]] = {}
    for row in table("duties.tsv"):
        for phrase in row["phrases"].split():
            spoken.setdefault(phrase, {})[row["key"]] = float(row["strength"])
    return {
        phrase: {
            key: strength * BY_LENGTH.get(len(phrase), LONGEST_SAYS) / len(strengths)
            for key, strength in strengths.items()
        }
        for phrase, strengths in spoken.items()
    }


@lru_cache(maxsize=32)
def index_of(roster: Roster) -> Index:
    """The phrases of a roster: those of the functions it serves, of its own duties, and its names."""
    place = {unit.name: at for at, unit in enumerate(roster.units)}
    at_function = {key: place[unit.name] for key, unit in roster.by_function.items()}
    phrases: dict[str, Phrase] = {}
    for phrase, functions in duties().items():
        weights: dict[int, float] = {}
        for key, weight in functions.items():
            if key in at_function:
                weights[at_function[key]] = max(weight, weights.get(at_function[key], 0.0))
        if weights:
            phrases[phrase] = Phrase("duty", tuple(weights.items()))
    for at, unit in enumerate(roster.units):
        for phrase in own_phrases(unit.duties):
            phrases[phrase] = Phrase("own", _with(phrases.get(phrase), at, OWN_DUTY))
        for name in (unit.name, *unit.aliases):
            phrases[name] = Phrase("name", _with(None, at, OWN_NAME))
    return Index(phrases, _lengths(phrases))


def own_phrases(text: str) -> list[str]:
    """The telling phrases of a unit's printed duties, of two to eight characters."""
    parts = (BETWEEN.sub("", part) for part in BETWEEN.split(COMMONPLACE.sub("、", text)))
    return list(dict.fromkeys(part for part in parts if 2 <= len(part) <= 8))


def _with(before: Phrase | None, at: int, weight: float) -> tuple[tuple[int, float], ...]:
    return (*((unit, each) for unit, each in (before.weights if before else ()) if unit != at), (at, weight))


def _lengths(phrases: Iterable[str]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for phrase in phrases:
        if len(phrase) > 1:
            lengths.setdefault(phrase[:2], set()).add(len(phrase))
    return {head: tuple(sorted(each, reverse=True)) for head, each in lengths.items()}
