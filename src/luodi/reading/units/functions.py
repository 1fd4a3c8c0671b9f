"""Functions of government 职能: what stays the same while the names of units change.

Two tables, written after the State Council's reform plans of 2008, 2013, 2018 and 2023:

- `names.tsv`: the words in a unit's name that tell its function; the longest word wins where two overlap.
- `functions.tsv`: the usual name of the unit that serves a function, per level and up to a year (of the
  plan that names it). A cell `=卫健` says that at this level, in those years, 卫健 served it. `heir` is who
  takes over a function that a division's own list does not name.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

Level = Literal["state", "province", "city", "county"]

LOCAL = "属地"
PARK = "园区"
ENTERPRISE = "国有企业"
# 五华区, 济阳县政府, 各县（市、区）人民政府, 各旗县: a lower division, when no function is in the name.
LOCAL_NAME = re.compile(r"(?:[县区市旗州盟]|乡镇|街道|街办|镇|乡)[）)]?(?:人民)?(?:政府)?$")
BRACKETED = re.compile(r"[（(][^（）()]*[）)]")


@dataclass(frozen=True, slots=True)
class Function:
    """A function as it is served up to and with plan year `until` (None: to this day)."""

    key: str
    until: int | None
    state: str
    province: str
    city: str
    county: str
    heir: str | None

    def unit_at(self, level: Level) -> str:
        """The usual unit's name without its division, or `=KEY` of the function that serves this one there."""
        return {"state": self.state, "province": self.province, "city": self.city, "county": self.county}[
            level
        ]


def table(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of this package's TSV files."""
    with (files(__package__) / name).open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


@cache
def reforms() -> dict[str, tuple[Function, ...]]:
    """Every function with its stages, oldest first."""
    stages: dict[str, list[Function]] = {}
    for row in table("functions.tsv"):
        stage = Function(
            row["key"],
            int(row["until"]) if row["until"] else None,
            row["state"],
            row["province"],
            row["city"],
            row["county"],
            row["heir"] or None,
        )
        stages.setdefault(stage.key, []).append(stage)
    return {key: tuple(each) for key, each in stages.items()}


def keys() -> tuple[str, ...]:
    """All function keys, in the order of the table."""
    return tuple(reforms())


def heir_of(key: str) -> str | None:
    """Who takes a function over where no unit of its own has it."""
    return reforms()[key][-1].heir


def in_year(key: str, year: int | None) -> Function:
    """The stage of a function that holds for a plan of `year`; the present one without a year."""
    stages = reforms()[key]
    if year is not None:
        for stage in stages:
            if stage.until is not None and year <= stage.until:
                return stage
    return stages[-1]


@cache
def _words() -> tuple[dict[str, tuple[str, ...]], re.Pattern[str]]:
    words: dict[str, tuple[str, ...]] = {}
    for row in table("names.tsv"):
        for word in row["names"].split():
            words[word] = (*words.get(word, ()), row["key"])
    longest_first = sorted(words, key=len, reverse=True)
    return words, re.compile("|".join(map(re.escape, longest_first)))


@lru_cache(maxsize=4096)
def functions_of(unit: str) -> tuple[str, ...]:
    """The functions that a unit's printed name tells, foremost first; empty when it tells none.

    Holds across reforms and levels: 市卫生局, 市卫计委 and 省卫生健康委员会 are all 卫健.
    """
    words, pattern = _words()
    # 管委会 governs a place whatever its name speaks of; 人民政府 is not 民政.
    found = dict.fromkeys([PARK] if unit.endswith("管委会") else [])
    for match in pattern.finditer(unit.replace("人民政府", "政府")):
        found.update(dict.fromkeys(words[match.group()]))
    # "各开发（度假）园区管委会" is a park; a bracket never hides the word before it.
    if not found and LOCAL_NAME.search(BRACKETED.sub("", unit)):
        return (LOCAL,)
    return tuple(found)


def function_of(unit: str) -> str | None:
    """The foremost function of a unit's printed name, or None."""
    return next(iter(functions_of(unit)), None)
