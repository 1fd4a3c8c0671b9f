"""What a scheme is made of, as plain values, and what is wrong with one. Read from a ruleset of the shape `scheme.yaml`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

ZERO = Decimal(0)
VALUE_PLACES = 4


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator 指标. `floor` is what the worst gets (% of the weight), `most` and `least` bound points in weights."""

    key: str
    title: str
    weight: Decimal
    method: str
    better: str = "up"
    unit: str = ""
    block: str = ""
    group: str = ""
    target: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    floor: Decimal = ZERO
    step: Decimal | None = None
    most: Decimal | None = None
    least: Decimal | None = ZERO
    places: int = VALUE_PLACES
    missing: str = "zero"
    penalty: Decimal = ZERO
    source: str = ""

    def is_for(self, group: str) -> bool:
        return not self.group or self.group == group


@dataclass(frozen=True, slots=True)
class Band:
    indicator: str
    at_least: Decimal | None
    points: Decimal


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Points added or taken for each event 加减分, bounded over all events of the kind."""

    key: str
    title: str
    each: Decimal
    most: Decimal | None = None
    least: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Veto:
    """一票否决: what an event does to the whole result whatever the points are."""

    key: str
    title: str
    effect: str
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade by place (`until` % of those ranked) or by score (`at_least`)."""

    grade: str
    title: str = ""
    until: Decimal | None = None
    at_least: Decimal | None = None

    @property
    def called(self) -> str:
        return f"{self.grade} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Scheme:
    """A whole scheme 考核方案. `name` is the document it was issued by; `verified` whether anybody checked it there."""

    name: str
    verified: bool
    indicators: tuple[Indicator, ...]
    bands: tuple[Band, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    grades: tuple[Grade, ...] = ()
    full: Decimal = Decimal(100)
    start: Decimal = ZERO
    most: Decimal | None = None
    least: Decimal | None = None
    places: int = 2
    point_places: int = 4
    """Points of an indicator are rounded once, half up, to so many decimals; the total once more to `places`."""
    combine: str = "sum"
    by_group: bool = True
    fewest: int = 1
    missing_most: Decimal | None = None
    last_factor: Decimal = Decimal("0.95")
    winsor_from: int | None = None
    winsor_share: Decimal = Decimal(5)
    notice_days: int = 5

    def for_group(self, group: str) -> tuple[Indicator, ...]:
        return tuple(each for each in self.indicators if each.is_for(group))

    def bands_of(self, key: str) -> tuple[Band, ...]:
        return tuple(each for each in self.bands if each.indicator == key)

    def columns(self, group: str = "") -> list[Indicator]:
        """One of each key, as a table shows them: the group's own, or the first that any group has."""
        found: dict[str, Indicator] = {}
        for each in self.for_group(group) if group else self.indicators:
            found.setdefault(each.key, each)
        return list(found.values())


@dataclass(frozen=True, slots=True)
class Given:
    """A value as it was given: with its own target where targets differ by member, and where it is from."""

    value: Decimal | None
    target: Decimal | None = None
    says: str = ""
    """Where the value is from, in words; why it is missing when it is None."""
    address: str = ""
    """The page that explains the value."""
    was: Decimal | None = None
    """The value before an objection was upheld; kept beside the new one."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that adds, takes or decides: `key` names an adjustment or a veto; `says` the document behind it."""

    key: str
    count: Decimal = Decimal(1)
    says: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """Who is assessed. Ranked within `group`; a missing value may take the mean of its `peers` (industry)."""

    key: str
    name: str
    group: str = ""
    peers: str = ""
    values: Mapping[str, Given] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    last_points: Mapping[str, Decimal] = field(default_factory=dict)
    division: str = ""
    """Code of the division it lies in: whose liaison may object for it."""
    address: str = ""
    """Its own page."""


@dataclass(frozen=True, slots=True)
class Item:
    """Points of one indicator (or adjustment) with the arithmetic in words. `flag`: something a person should know."""

    key: str
    title: str
    value: Decimal | None
    points: Decimal
    weight: Decimal
    words: str
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """The result of one entry. `rank` is None where it is not ranked, and `why_unranked` says why."""

    entry: Entry
    items: tuple[Item, ...]
    extras: tuple[Item, ...]
    score: Decimal
    words: str
    rank: int | None
    of: int
    grade: str
    why_unranked: str = ""
    decided: str = ""
    """What a veto or direct grade did, in words."""


def scheme_of(name: str, verified: bool, values: Mapping[str, Any]) -> Scheme:
    """From the content of a ruleset version. Unset parameters take the engine's own defaults."""
    indicators = tuple(Indicator(**_set(row)) for row in values["indicators"])
    rows = {
        "bands": tuple(Band(**row) for row in values.get("bands") or ()),
        "adjustments": tuple(Adjustment(**row) for row in values.get("adjustments") or ()),
        "vetoes": tuple(Veto(**_set(row)) for row in values.get("vetoes") or ()),
        "grades": tuple(Grade(**_set(row)) for row in values.get("grades") or ()),
    }
    rest = {name: value for name, value in values.items() if name not in {"indicators", *rows}}
    return Scheme(name, verified, indicators, **rows, **_set(rest))


def _set(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


NEEDS = {
    "ratio": ("target", "目标或基准"),
    "reached": ("target", "目标或基准"),
    "each": ("step", "每量计分"),
    "interval": ("low", "下限"),
}


def faults(scheme: Scheme, groups: Iterable[str] = ("",), has_own_targets: bool = False) -> list[str]:
    """What forbids a scheme to be used, as sentences. `has_own_targets`: members bring targets of their own."""
    found = []
    for group in dict.fromkeys(groups) or ("",):
        own = scheme.for_group(group)
        where = f"“{group}”组" if group else ""
        whole = sum((each.weight for each in own), ZERO)
        if whole != scheme.full:
            found.append(f"{where}权重合计 {whole:f}，应为 {scheme.full:f}。")
        doubled = [key for key, n in Counter(each.key for each in own).items() if n > 1]
        found += [f"{where}指标代号“{key}”重复。" for key in doubled]
    for each in scheme.indicators:
        name, title = NEEDS.get(each.method, ("", ""))
        if name and getattr(each, name) is None and not (name == "target" and has_own_targets):
            found.append(f"“{each.title}”按{METHODS[each.method]}计分，没有写{title}。")
        if each.target is not None and each.target <= 0 and each.method == "ratio":
            found.append(f"“{each.title}”的目标或基准应大于 0，不是 {each.target:f}。")
        if each.method == "bands" and not scheme.bands_of(each.key):
            found.append(f"“{each.title}”按分段计分，没有写分段。")
        if each.low is not None and each.high is not None and each.low >= each.high:
            found.append(f"“{each.title}”的下限 {each.low:f} 不低于上限 {each.high:f}。")
        if each.method == "interval" and each.high is None:
            found.append(f"“{each.title}”按适度区间计分，没有写上限。")
    known = {grade.grade for grade in scheme.grades}
    found += [
        f"“{each.title}”要定的档次“{each.grade}”不在所列档次之中。"
        for each in scheme.vetoes
        if each.effect in {"grade", "managed"} and each.grade not in known
    ]
    until = [grade.until for grade in scheme.grades if grade.until is not None]
    if until and (until != sorted(until) or until[-1] != 100):
        found.append("各档的名次累计应从小到大，最后一档到 100%。")
    return found


METHODS = {
    "ratio": "完成比例",
    "efficacy": "功效系数",
    "minmax": "极差标准化",
    "bands": "分段",
    "rank": "位次",
    "reached": "达标得满分",
    "interval": "适度区间",
    "zscore": "标准分",
    "each": "按量计分",
}
