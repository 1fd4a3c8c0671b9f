"""A division's own list of units, and the usual one where it has given none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from luodi.reading.model import Division
from luodi.reading.units.functions import Level, functions_of, heir_of, in_year, keys

# 直辖市 name their units as cities do: 市公安局, not 公安厅.
MUNICIPALITIES = ("11", "12", "31", "50")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a division: its printed name, other names, the functions it serves, its duties in words."""

    name: str
    aliases: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    duties: str = ""


@dataclass(frozen=True)
class Roster:
    """The units that may own a commitment. `is_own` tells a division's own list from the usual one."""

    units: tuple[Unit, ...]
    is_own: bool = True

    @classmethod
    def of(cls, rows: Iterable[Sequence[str]]) -> Roster:
        """From rows as a spreadsheet gives them: 名称, 简称, 职能, 职责; only the first is needed.

        Several short names or functions stand in one cell, parted by 、or a space. Without a function the
        name tells it (市发改委 is 发展改革); a name that tells none is suggested for its duties alone.
        Raises ValueError, a sentence in Chinese with the row, on a missing name or an unknown function.
        """
        units = []
        for number, row in enumerate(rows, start=1):
            name, aliases, functions, duties = (*(cell.strip() for cell in row), "", "", "", "")[:4]
            if not name:
                raise ValueError(f"单位名单第 {number} 行没有名称")
            served = tuple(_parted(functions)) or functions_of(name)
            unknown = [key for key in served if key not in keys()]
            if unknown:
                raise ValueError(f"单位名单第 {number} 行的职能“{'、'.join(unknown)}”不在职能表中")
            units.append(Unit(name, tuple(_parted(aliases)), served, duties))
        return cls(tuple(units))

    @classmethod
    def usual(cls, level: Level, year: int | None = None, prefix: str | None = None) -> Roster:
        """The usual units of a level as they were called in plan year `year` (None: today).

        `prefix` is what names begin with (省, 自治区, 市, 州, 县, 区, 旗, ...) where it differs from the level's.
        """
        return _usual(
            level,
            year,
            {"state": "", "province": "省", "city": "市", "county": "县"}[level]
            if prefix is None
            else prefix,
        )

    @classmethod
    def usual_for(cls, division: Division | None, text: str = "", year: int | None = None) -> Roster:
        """The usual units of a division; without one, of the level that the text speaks for (全市, 全省, ...)."""
        level, prefix = _level_of(division) if division else _level_spoken(text)
        return cls.usual(level, year, prefix)

    @cached_property
    def by_function(self) -> dict[str, Unit]:
        """Who serves each function here: first who has it first in its name, then any, then an heir."""
        serving: dict[str, Unit] = {}
        for unit in self.units:
            for key in unit.functions[:1]:
                serving.setdefault(key, unit)
        for unit in self.units:
            for key in unit.functions[1:]:
                serving.setdefault(key, unit)
        for key in keys():
            heir = heir_of(key)
            while heir and heir not in serving:
                heir = heir_of(heir)
            if heir and key not in serving:
                serving[key] = serving[heir]
        return serving

    @cached_property
    def by_name(self) -> dict[str, Unit]:
        """Units by every name they go by."""
        return {name: unit for unit in reversed(self.units) for name in (*unit.aliases, unit.name)}


def _parted(cell: str) -> list[str]:
    return cell.replace("、", " ").replace("，", " ").replace(",", " ").split()


@cache
def _usual(level: Level, year: int | None, prefix: str) -> Roster:
    served: dict[str, list[str]] = {}
    for key in keys():
        server = key
        while (name := in_year(server, year).unit_at(level)).startswith("="):
            server = name[1:]
        served.setdefault(server, []).append(key)
    units = []
    for server, functions in served.items():
        functions.sort(key=lambda key: key != server)
        # Where two units shared a function the table names both; the first is suggested, both are known.
        name, *others = (_named(each, prefix) for each in in_year(server, year).unit_at(level).split())
        units.append(Unit(name, tuple(others), tuple(functions)))
    return Roster(tuple(units), is_own=False)


def _named(name: str, prefix: str) -> str:
    if "{}" in name:
        return name.format(prefix)
    return name if name.startswith(("各", "有关", "市属", "县属")) else prefix + name


def _level_of(division: Division) -> tuple[Level, str]:
    code, name = division.code, division.name
    if code.startswith("00") or not code.strip("0"):
        return "state", ""
    kind = next(
        (
            kind
            for kind in ("自治区", "自治州", "地区", "省", "市", "盟", "州", "县", "区", "旗")
            if name.endswith(kind)
        ),
        "市",
    )
    prefix = "州" if kind == "自治州" else kind
    if code.endswith("0000") and code[:2] not in MUNICIPALITIES:
        return "province", prefix
    if code.endswith("0000"):
        return "city", prefix
    return ("city" if code.endswith("00") else "county"), prefix


def _level_spoken(text: str) -> tuple[Level, str]:
    """The level that a text speaks for. A city's report names 全省 too, so the lowest level that is meant counts."""
    spoken: tuple[tuple[Level, str, tuple[str, ...]], ...] = (
        ("city", "市", ("全市", "我市", "市级", "区县", "市委、市政府")),
        ("city", "州", ("全州", "我州")),
        ("province", "自治区", ("自治区党委", "自治区人民政府")),
        ("province", "省", ("全省", "我省")),
        ("county", "区", ("全区", "我区")),
        ("state", "", ("国务院", "全国人大", "全国政协")),
    )
    in_city, *_ = counted = [sum(text.count(word) for word in words) for _, _, words in spoken]
    if text.count("全县") + text.count("我县") > max(in_city, 2):
        return "county", "县"
    for (level, prefix, _), count in zip(spoken, counted, strict=True):
        if count > 2:
            return level, prefix
    return "city", "市"
