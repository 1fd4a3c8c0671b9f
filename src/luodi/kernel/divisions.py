"""Administrative divisions by GB/T 2260, from 1981 on, under the name and code of each year.

The table (data/divisions.tsv) is facts from github.com/yescallop/areacodes, CC0 1.0, after the Ministry of Civil
Affairs; tools/make_divisions.py builds it. Each year's state is that of 31 December, so a name that ended in a year
was still in use at its beginning: looking up *by code* gives the name at the year's end, looking up *by name* finds
both the old and the new name in the year of a change. A year after the table's last is answered as its last.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from itertools import islice, takewhile
from pathlib import Path
from typing import Literal, NamedTuple

TABLE = Path(__file__).with_name("data") / "divisions.tsv"
FIRST_YEAR = 1981

Level = Literal["province", "prefecture", "county"]

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|"
    "毛南|仡佬|锡伯|塔吉克|怒|裕固|鄂温克|鄂伦春|保安|独龙|普米|各"
)
# 黔西南|布依族苗族|自治州: what follows the proper name; peoples stand without 族 in Xinjiang (伊犁哈萨克自治州).
_KIND = re.compile(
    rf"(?:(?:(?:{_PEOPLES})族)+|蒙古|哈萨克|柯尔克孜|回族|锡伯|塔吉克|维吾尔)?(?:自治[区州县旗])$|(?:特别行政区|地区|林区|特区|[省市区县旗盟])$"
)
_SPOKEN_KIND = {"自治州": "州", "自治县": "县", "自治旗": "旗"}


class Division(NamedTuple):
    """One name of one code, in force from the year `since` to the year of its change `until` (None: still).

    `successors` are (code, year) pairs: where the area went, and when.
    """

    code: str
    name: str
    since: int
    until: int | None
    successors: tuple[tuple[str, int], ...]

    @property
    def level(self) -> Level:
        if self.code.endswith("0000"):
            return "province"
        return "prefecture" if self.code.endswith("00") else "county"

    @property
    def short_name(self) -> str:
        """The proper name alone: 铜川 for 铜川市, 黔西南 for its 自治州; the full name where one character is left (耀县)."""
        return short_name(self.name)

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called in running text, most explicit first: 甘孜藏族自治州, 甘孜州, 甘孜."""
        return _names(self.name)

    def named_in(self, year: int) -> bool:
        """Whether the name was in use at some time of the year."""
        return self.since <= year and (self.until is None or year <= self.until)

    def in_force_after(self, year: int) -> bool:
        """Whether the name was in force at the year's end."""
        return self.since <= year and (self.until is None or year < self.until)


@cache
def _names(name: str) -> tuple[str, ...]:
    short = short_name(name)
    spoken = (short + kind for full, kind in _SPOKEN_KIND.items() if name.endswith(full))
    return tuple(dict.fromkeys((name, *spoken, short)))


@cache
def short_name(name: str) -> str:
    """A division's name without its kind and its peoples; unchanged where fewer than two characters would be left."""
    tries = (_KIND.sub("", name), re.sub(r"族?自治[区县旗]$", "", name))
    return next((bare for bare in tries if len(bare) >= 2), name)


class Divisions:
    """The table, with its few questions. Years may be None: the latest state."""

    def __init__(self, rows: Sequence[Division]) -> None:
        self._by_code: dict[str, list[Division]] = defaultdict(list)
        self._by_name: dict[str, list[Division]] = defaultdict(list)
        for row in rows:
            self._by_code[row.code].append(row)
            self._by_name[row.name].append(row)
        self._codes = sorted(self._by_code)
        self.last_year = max(max(row.since, row.until or 0) for row in rows)

    def at(self, code: str, year: int | None = None) -> Division | None:
        """The division that has this code at the end of the year, or None."""
        year = self._clamped(year)
        return next((row for row in self._by_code.get(code, ()) if row.in_force_after(year)), None)

    def named(self, name: str, year: int | None = None, within: str | None = None) -> tuple[Division, ...]:
        """Every division called so in the year, under its full, spoken or short name, inside the division `within`.

        Full names come first, then wider divisions; of old and new in the year of a change, the new.
        """
        year = self._clamped(year)
        found = [
            row
            for row in (*self._by_name.get(name, ()), *self._by_alias.get(name, ()))
            if row.named_in(year) and (within is None or _lies_in(row.code, within))
        ]
        ranked = sorted(found, key=lambda row: (row.name != name, _rank(row), row.code, row.since))
        return tuple({row.code: row for row in ranked}.values())

    def parent(self, code: str, year: int | None = None) -> Division | None:
        """The division right above; counties without a prefecture stand under their province."""
        return next(iter(self.ancestors(code, year)), None)

    def ancestors(self, code: str, year: int | None = None) -> tuple[Division, ...]:
        """The divisions above, nearest first."""
        above = (code[:4] + "00", code[:2] + "0000")
        found = (self.at(upper, year) for upper in above if upper != code)
        return tuple(division for division in found if division)

    def children(self, code: str, year: int | None = None) -> tuple[Division, ...]:
        """The divisions right below, by code."""
        below = self.descendants(code, year)
        return tuple(d for d in below if (above := self.parent(d.code, year)) and above.code == code)

    def descendants(self, code: str, year: int | None = None) -> tuple[Division, ...]:
        """Every division below, by code."""
        year = self._clamped(year)
        stem = stem_of(code)
        first = bisect_left(self._codes, stem)
        inside = takewhile(lambda below: below.startswith(stem), islice(self._codes, first, None))
        return tuple(
            row
            for below in inside
            if below != code
            for row in self._by_code[below]
            if row.in_force_after(year)
        )

    def successors(self, code: str, since: int, year: int | None = None) -> tuple[Division, ...]:
        """What became of the division that had this code at the end of `since`, as it stands at the end of `year`.

        Where the table names no successor of a prefecture (那曲地区, 巢湖市), it is where its counties went.
        """
        since, year = self._clamped(since), self._clamped(year)
        heirs = self._heirs(code, since, year, set())
        if not heirs and code.endswith("00"):
            counties = (
                heir
                for child in self.children(code, since)
                for heir in self._heirs(child.code, since, year, set())
            )
            heirs = [above for county in counties if (above := self.parent(county.code, year))]
        return tuple(dict.fromkeys(heirs))

    def in_year(self, year: int | None = None) -> Iterator[Division]:
        """Every division under every name used in the year."""
        year = self._clamped(year)
        return (row for rows in self._by_code.values() for row in rows if row.named_in(year))

    def _heirs(self, code: str, since: int, year: int, seen: set[tuple[str, int]]) -> list[Division]:
        row = self.at(code, since)
        if row is None or (code, since) in seen:
            return []
        seen.add((code, since))
        if row.in_force_after(year) or row.until is None:
            return [row]
        last = [heir for heir, changed in row.successors if changed == row.until] or [code]
        return [found for heir in last for found in self._heirs(heir, row.until, year, seen)]

    @cached_property
    def _by_alias(self) -> dict[str, list[Division]]:
        aliases: dict[str, list[Division]] = defaultdict(list)
        for rows in self._by_code.values():
            for row in rows:
                for alias in row.names[1:]:
                    aliases[alias].append(row)
        return aliases

    def _clamped(self, year: int | None) -> int:
        return self.last_year if year is None else min(max(year, FIRST_YEAR), self.last_year)


@cache
def divisions() -> Divisions:
    """The table, read once."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return Divisions([_row(line) for line in lines if line[:1].isdigit()])


def _row(line: str) -> Division:
    code, name, since, until, after = line.split("\t")
    ended = int(until) if until else None
    return Division(code, name, int(since), ended, tuple(_successor(words, ended) for words in after.split()))


def _successor(words: str, ended: int | None) -> tuple[str, int]:
    code, _, year = words.partition("@")
    return code, int(year) if year else (ended or 0)


def stem_of(code: str) -> str:
    """The digits that every division inside shares; a township's nine stand for themselves."""
    if len(code) != 6:
        return code
    if code.endswith("0000"):
        return code[:2]
    return code[:4] if code.endswith("00") else code


def _lies_in(code: str, within: str) -> bool:
    return code != within and code.startswith(stem_of(within))


def _rank(row: Division) -> int:
    return ("province", "prefecture", "county").index(row.level)
