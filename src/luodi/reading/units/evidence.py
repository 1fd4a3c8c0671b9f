"""What in a text speaks for a unit: phrases of duties, found in one scan.

`duties.tsv` lists phrases per function with a strength (3 decides, 2 is typical, 1 hints);
`learned.json.gz` corrects their weights (tools/train_units.py). A roster turns both into evidence for its
own units, and adds the units' names and the phrases of its own duties. The scan takes the longest phrase
at each place and goes on behind it, so 农村公路 never also counts as 公路.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from itertools import compress, count
from operator import add
from typing import Any, Literal, NamedTuple

from luodi.reading.units.functions import LOCAL, table
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


@dataclass(frozen=True, eq=False)
class Learned:
    """What training gives: weights in logits, so that scores are frequencies.

    `duty` scales the weights of duties.tsv, `heading` those of phrases in headings; `background` is what
    all units without evidence weigh together, against 1 for a unit whose evidence cancels out; `ceiling` is
    how often the surest guess is right, for cities differ; `phrases` gives corrections to listed phrases,
    per function.
    """

    duty: float
    heading: float
    background: float
    ceiling: float = 1.0
    phrases: dict[str, dict[str, float]] = field(default_factory=dict)

    @classmethod
    def none(cls) -> Learned:
        """Nothing learned: the listed duties alone."""
        return cls(duty=0.8, heading=0.3, background=8.0)

    def to_json(self) -> dict[str, Any]:
        phrases = {phrase: {k: round(w, 2) for k, w in each.items()} for phrase, each in self.phrases.items()}
        scalars = {
            name: round(getattr(self, name), 3) for name in ("duty", "heading", "background", "ceiling")
        }
        return {**scalars, "phrases": phrases}

    def shares(self, logits: Mapping[int, float]) -> dict[int, float]:
        """Unit -> probability of being the lead, best first; units without evidence share the rest."""
        exp = math.exp
        odds = sorted([(exp(min(logit, 50.0)), at) for at, logit in logits.items()], reverse=True)
        total = (sum([each for each, _ in odds]) + self.background) / self.ceiling
        return {at: each / total for each, at in odds}


@cache
def shipped() -> Learned:
    """What comes with the package, read once."""
    packed = (files(__package__) / "learned.json.gz").read_bytes()
    return Learned(**json.loads(gzip.decompress(packed)))


class Phrase(NamedTuple):
    """A phrase and the units (by their place in the roster) it speaks for, with weights in logits."""

    kind: Kind
    weights: dict[int, float]


@dataclass(frozen=True, slots=True)
class Index:
    """All phrases of a roster. `lengths` gives, for the first two characters, the lengths to try, longest first."""

    phrases: dict[str, Phrase]
    lengths: dict[str, tuple[int, ...]]
    learned: Learned

    def scan(self, text: str) -> dict[str, Phrase]:
        """The phrases in `text`, each once, in order: the longest at each place, none inside another."""
        phrases, lengths = self.phrases, self.lengths
        found: dict[str, Phrase] = {}
        free = 0
        for at in compress(count(), map(lengths.__contains__, map(add, text, text[1:]))):
            if at < free:
                continue
            for length in lengths[text[at : at + 2]]:
                phrase = text[at : at + length]
                if spoken := phrases.get(phrase):
                    found[phrase] = spoken
                    free = at + length
                    break
        return found

    def weigh(self, own: Mapping[str, Phrase], hints: Mapping[int, float]) -> dict[int, float]:
        """Unit (by its place in the roster) -> logit, from a text's own phrases and the hints of its headings."""
        logits = dict(hints)
        for _, weights in own.values():
            for at, weight in weights.items():
                logits[at] = logits.get(at, 0.0) + weight
        return logits

    def hints(self, above: Iterable[str]) -> dict[int, float]:
        """What phrases of headings add to `weigh`: the same for all that stands below them."""
        logits: dict[int, float] = {}
        for phrase in above:
            for at, weight in self.phrases[phrase].weights.items():
                logits[at] = logits.get(at, 0.0) + self.learned.heading * weight
        return logits

    def strongest(self, at: int, phrases: Iterable[str]) -> str:
        """The phrases that speak loudest for a unit, in quotes; empty where none does."""
        known = self.phrases
        return in_quotes([(w, phrase) for phrase in phrases if (w := known[phrase].weights.get(at))])


def in_quotes(heard: list[tuple[float, str]]) -> str:
    """The three strongest of weighted phrases, strongest first."""
    return "“" + "”“".join([phrase for _, phrase in sorted(heard, reverse=True)[:3]]) + "”" if heard else ""


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
def index_of(roster: Roster, learned: Learned) -> Index:
    """The phrases of a roster: those of the functions it serves, of its own duties, and its names."""
    place = {unit.name: at for at, unit in enumerate(roster.units)}
    at_function = {key: place[unit.name] for key, unit in roster.by_function.items()}
    listed = duties()
    phrases: dict[str, Phrase] = {}
    for phrase, functions in listed.items():
        corrections = learned.phrases.get(phrase, {})
        by_function = {
            key: learned.duty * each + corrections.get(key, 0.0) for key, each in functions.items()
        }
        weights: dict[int, float] = {}
        for key, weight in by_function.items():
            at = at_function.get(key)
            if at is not None:
                weights[at] = max(weight, weights.get(at, weight))
        if weights:
            phrases[phrase] = Phrase("duty", weights)
    for at, unit in enumerate(roster.units):
        for phrase in own_phrases(unit.duties):
            known = phrases[phrase].weights if phrase in phrases else {}
            phrases[phrase] = Phrase("own", {**known, at: OWN_DUTY})
        # 各县（市、区） in a text says where, not who: suggest.py reads places.
        for name in () if LOCAL in unit.functions else (unit.name, *unit.aliases):
            phrases[name] = Phrase("name", {at: OWN_NAME})
    return Index(phrases, _lengths(phrases), learned)


def own_phrases(text: str) -> list[str]:
    """The telling phrases of a unit's printed duties, of two to eight characters."""
    parts = (BETWEEN.sub("", part) for part in BETWEEN.split(COMMONPLACE.sub("、", text)))
    return list(dict.fromkeys(part for part in parts if 2 <= len(part) <= 8))


def _lengths(phrases: Iterable[str]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for phrase in phrases:
        if len(phrase) > 1:
            lengths.setdefault(phrase[:2], set()).add(len(phrase))
    return {head: tuple(sorted(each, reverse=True)) for head, each in lengths.items()}
