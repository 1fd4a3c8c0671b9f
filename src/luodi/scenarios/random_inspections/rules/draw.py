"""The verifiable draw: frozen lists, a seed that nobody knew when they were frozen, and a selection that anyone can repeat.

Three canonical texts are frozen: UTF-8, one row a line, every line ended by LF, lines sorted by their bytes.

    pool        uscc|class|region
    inspectors  tag|unit|valid_to|skills|barred          skills and barred: sorted, joined by commas
    terms       name|value...                            all else that decides; see `Terms`

    seed   = SHA-256( pool_hash | inspectors_hash | terms_hash | operator_nonce | discipline_nonce | entropy )
    key(u) = SHA-256( seed | "subj" | u )                every part lower-case hex or text, joined by "|"

The nonces were committed beforehand as SHA-256 of their hex text, by two offices; `entropy` is the hex of the UTF-8 text
of a public event's outcome, announced before it happened. `tag` stands for an inspector without naming anybody.
`verify_draw.py` beside this file does the same again, alone, for whoever doubts it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from luodi.scenarios.random_inspections.rules.quotas import WHOLE

MARKS = ("|", ",", "\n", "\r")


class DrawFault(ValueError):
    """A list that can't be drawn from; the message is a sentence for the person."""


@dataclass(frozen=True, slots=True)
class Subject:
    uscc: str
    credit_class: str
    region: str

    @property
    def line(self) -> str:
        return f"{self.uscc}|{self.credit_class}|{self.region}"


@dataclass(frozen=True, slots=True)
class Inspector:
    """`barred` are the subjects this inspector may not check, whatever the reason: kin, former employer, last round."""

    tag: str
    unit: str
    valid_to: str
    skills: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()

    @property
    def line(self) -> str:
        return "|".join(
            (self.tag, self.unit, self.valid_to, ",".join(sorted(self.skills)), ",".join(sorted(self.barred)))
        )


@dataclass(frozen=True, slots=True)
class Terms:
    """What decides beside the two lists.

    `ratios` by class in parts of ten thousand; `by` the strata; `must` the units that have to be in every crew, the
    lead first; `skills` by unit what an inspector of it must master; `cap` the most subjects an inspector gets;
    `last_day` the day until which certificates must hold; `spent` who has had the year's visits; `weights` tickets of a
    subject beyond one; `program` the hash of the verifier.
    """

    ratios: Mapping[str, int]
    must: tuple[str, ...]
    last_day: str
    program: str
    cap: int
    crew: int = 2
    by: tuple[str, ...] = ("class", "region")
    skills: Mapping[str, frozenset[str]] = field(default_factory=dict)
    spent: frozenset[str] = frozenset()
    weights: Mapping[str, int] = field(default_factory=dict)

    @property
    def lines(self) -> list[str]:
        return [
            f"by|{','.join(self.by)}",
            f"cap|{self.cap}",
            f"crew|{self.crew}",
            f"last_day|{self.last_day}",
            f"must|{','.join(self.must)}",
            f"program|{self.program}",
            *(f"ratio|{name}|{parts}" for name, parts in self.ratios.items()),
            *(f"skill|{unit}|{skill}" for unit, skills in self.skills.items() for skill in skills),
            *(f"spent|{uscc}" for uscc in self.spent),
            *(f"weight|{uscc}|{tickets}" for uscc, tickets in self.weights.items() if tickets != 1),
        ]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The selected in the order of their keys, each with its crew of tags. A crew may be short; that is shown, not hidden."""

    crews: Mapping[str, tuple[str, ...]]

    @property
    def text(self) -> str:
        return "".join(f"{uscc}|{','.join(tags)}\n" for uscc, tags in self.crews.items())


def canonical(lines: Iterable[str]) -> str:
    """Lines in the order of their bytes, each ended by LF. Raises DrawFault for a line that comes twice."""
    ordered = sorted(lines, key=lambda line: line.encode())
    if doubled := next((a for a, b in pairwise(ordered) if a == b), None):
        raise DrawFault(f"名单里有重复的行：{doubled}")
    return "".join(f"{line}\n" for line in ordered)


def pool_text(subjects: Iterable[Subject]) -> str:
    """Raises DrawFault for an empty pool, a subject that stands in it twice, or a mark of ours within a value."""
    found = list(subjects)
    if not found:
        raise DrawFault("抽查对象名单是空的：请检查范围、行业和名录库。")
    seen: set[str] = set()
    for each in found:
        _plain(each.uscc, each.credit_class, each.region)
        if each.uscc in seen:
            raise DrawFault(f"{each.uscc} 在名单里出现了两次。")
        seen.add(each.uscc)
    return canonical(each.line for each in found)


def inspectors_text(inspectors: Iterable[Inspector]) -> str:
    found = list(inspectors)
    for each in found:
        _plain(each.tag, each.unit, each.valid_to, *each.skills, *each.barred)
    return canonical(each.line for each in found)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def commitment(nonce: str) -> str:
    """What is published of a nonce before the draw: SHA-256 of its lower-case hex text."""
    return sha256(nonce)


def seed_of(pool: str, inspectors: str, terms: str, operator: str, discipline: str, entropy: str) -> str:
    """The first three are canonical texts, the nonces hex, `entropy` the outcome as it was announced."""
    parts = (sha256(pool), sha256(inspectors), sha256(terms), operator, discipline, entropy.encode().hex())
    return sha256("|".join(parts))


def select(subjects: Iterable[Subject], terms: Terms, seed: str) -> list[str]:
    """Who is drawn: of every stratum the ceil(ratio x n) smallest keys, those whose visits are spent left out; by key."""
    strata: dict[tuple[str, ...], list[Subject]] = defaultdict(list)
    for subject in subjects:
        if subject.uscc not in terms.spent:
            parts = {"class": subject.credit_class, "region": subject.region}
            strata[tuple(parts[name] for name in terms.by)].append(subject)
    drawn: list[tuple[str, str]] = []
    for members in strata.values():
        keyed = sorted(_keys(members, terms.weights, seed))
        drawn += keyed[: how_many(terms.ratios.get(members[0].credit_class, 0), len(members))]
    return [uscc for _key, uscc in sorted(drawn)]


def how_many(parts: int, n: int) -> int:
    """ceil(ratio x n) in whole numbers."""
    return -(-parts * n // WHOLE)


def match(
    selected: Sequence[str], inspectors: Sequence[Inspector], terms: Terms, seed: str
) -> dict[str, tuple[str, ...]]:
    """A crew for each, in the order given: the smallest hashes of who may, every unit in `must` having its seat first."""
    loads: dict[str, int] = defaultdict(int)
    crews = {}
    for uscc in selected:
        ranked = [each for each in ranking(uscc, inspectors, terms, seed) if loads[each.tag] < terms.cap]
        crew = [first for unit in terms.must if (first := _first_of(unit, ranked)) is not None]
        crew += [each for each in ranked if each not in crew][: max(0, terms.crew - len(crew))]
        for each in crew:
            loads[each.tag] += 1
        crews[uscc] = tuple(each.tag for each in crew)
    return crews


def draw(subjects: Iterable[Subject], inspectors: Sequence[Inspector], terms: Terms, seed: str) -> Drawn:
    return Drawn(match(select(subjects, terms, seed), inspectors, terms, seed))


def ranking(uscc: str, inspectors: Iterable[Inspector], terms: Terms, seed: str) -> list[Inspector]:
    """Everyone who may check this subject, smallest hash first; how much each has to do already is not looked at."""
    able = [each for each in inspectors if _may_check(each, uscc, terms)]
    return sorted(able, key=lambda each: sha256(f"{seed}|insp|{uscc}|{each.tag}"))


def successor(
    uscc: str, crew: Sequence[str], gone: str, before: Iterable[str],
    inspectors: Sequence[Inspector], loads: Mapping[str, int], terms: Terms, seed: str,
) -> str | None:  # fmt: skip
    """Who takes the place of `gone` ("" for an empty seat): the next smallest hash; those `before` were recused already.

    A unit that must be in the crew stays in it. Who is below the cap goes first. None when nobody is left.
    """
    units = {each.tag: each.unit for each in inspectors}
    stay = [tag for tag in crew if tag != gone]
    lacking = [unit for unit in terms.must if unit not in {units[tag] for tag in stay}]
    able = [
        each
        for each in ranking(uscc, inspectors, terms, seed)
        if each.tag not in {*stay, gone, *before} and (not lacking or each.unit in lacking)
    ]
    below = [each for each in able if loads.get(each.tag, 0) < terms.cap]
    return next((each.tag for each in (*below, *able)), None)


def read_pool(text: str) -> list[Subject]:
    return [Subject(*line.split("|")) for line in text.splitlines()]


def read_inspectors(text: str) -> list[Inspector]:
    rows = [line.split("|") for line in text.splitlines()]
    return [Inspector(tag, unit, to, _set(skills), _set(barred)) for tag, unit, to, skills, barred in rows]


def read_terms(text: str) -> Terms:
    """The terms as they were frozen."""
    one: dict[str, str] = {}
    many: dict[str, list[list[str]]] = defaultdict(list)
    for line in text.splitlines():
        name, *values = line.split("|")
        one[name] = values[0]
        many[name].append(values)
    skills: dict[str, set[str]] = defaultdict(set)
    for unit, skill in many["skill"]:
        skills[unit].add(skill)
    return Terms(
        ratios={name: int(parts) for name, parts in many["ratio"]},
        must=tuple(one["must"].split(",")),
        last_day=one["last_day"],
        program=one["program"],
        cap=int(one["cap"]),
        crew=int(one["crew"]),
        by=tuple(one["by"].split(",")),
        skills={unit: frozenset(found) for unit, found in skills.items()},
        spent=frozenset(uscc for (uscc,) in many["spent"]),
        weights={uscc: int(tickets) for uscc, tickets in many["weight"]},
    )


def _keys(members: Sequence[Subject], weights: Mapping[str, int], seed: str) -> Iterable[tuple[str, str]]:
    """Each member's key. Where weights differ, a subject of weight w has tickets u#1..u#w and the smallest counts."""
    held = {each.uscc: weights.get(each.uscc, 1) for each in members}
    is_weighted = len(set(held.values())) > 1
    for uscc, tickets in held.items():
        names = [f"{uscc}#{number}" for number in range(1, tickets + 1)] if is_weighted else [uscc]
        yield min(sha256(f"{seed}|subj|{name}") for name in names), uscc


def _may_check(inspector: Inspector, uscc: str, terms: Terms) -> bool:
    return (
        inspector.valid_to >= terms.last_day
        and uscc not in inspector.barred
        and terms.skills.get(inspector.unit, frozenset()) <= inspector.skills
    )


def _first_of(unit: str, ranked: Iterable[Inspector]) -> Inspector | None:
    return next((each for each in ranked if each.unit == unit), None)


def _set(joined: str) -> frozenset[str]:
    return frozenset(filter(None, joined.split(",")))


def _plain(*values: str) -> None:
    for value in values:
        if not value or any(mark in value for mark in MARKS):
            raise DrawFault(f"“{value}”不能写进抽取名单：不能为空，也不能含有竖线、逗号和换行。")
