"""Whether a number keeps a promise: what 以上, 左右, 以内, 突破, 稳定在, 分别, 力争, 全覆盖, 开工 and 建成 ask for. Pure.

Tolerances of 左右 are those by which the reader compares years (`reading.verdicts`): half a percentage point for rates,
5 % for amounts. A bare figure (新增停车位6000个) is a floor where more is better and a ceiling where less is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from django.utils.translation import gettext_noop

from luodi.kernel.spoken import say
from luodi.reading.model import Comparator, Stage
from luodi.reading.verdicts import AMOUNT_TOLERANCE, RATE_TOLERANCE, goes_down, to_base

_HOLDS = re.compile("稳定在|保持在|维持在|稳定保持|常年保持")
_ALL = re.compile("全覆盖|全面覆盖|应.尽.|动态清零")
STAGES: dict[Stage, str] = {
    "prepare": "前期",
    "start": "开工",
    "build": "在建",
    "finish": "建成",
    "operate": "投产",
}
_ORDER = list(STAGES)


class Standing(StrEnum):
    """How a number stands to its promise."""

    MET = "met"
    SHORT = "short"
    STRETCH_SHORT = "stretch_short"
    OPEN = "open"
    """Not there yet, and not due yet."""
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """In Chinese, as sentences and papers have it."""
        return _LABELS[self]

    @property
    def title(self) -> str:
        """In the language of who reads."""
        return say(_LABELS[self])


_LABELS = {
    "met": gettext_noop("已达到"), "short": gettext_noop("未达到"), "stretch_short": gettext_noop("力争目标未达到"),
    "open": gettext_noop("尚未达到，时限未到"), "unknown": gettext_noop("无法判断"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Promise:
    """What a target asks for. `value` None is a masked figure: unknown, never zero.

    `falls`: the figure is the size of a fall (下降3%). `holds`: every period has to keep it, not only the last.
    `stretch`: 力争, falling short is told but is no failure.
    """

    comparator: Comparator
    value: Decimal | None
    unit: str
    high: Decimal | None = None
    is_growth: bool = False
    falls: bool = False
    holds: bool = False
    is_all: bool = False
    stretch: bool = False
    better: Literal["up", "down", "near"] = "up"

    @property
    def slack(self) -> Decimal:
        """What 左右 allows, in the promise's unit."""
        if "%" in self.unit or "％" in self.unit or "百分点" in self.unit:
            return Decimal(str(RATE_TOLERANCE))
        return abs(self.value or Decimal(0)) * Decimal(str(AMOUNT_TOLERANCE))

    @property
    def in_words(self) -> str:
        if self.value is None:
            return "数字待补"
        if self.comparator == "range":
            return f"{plain(self.value)}—{plain(self.high)}{self.unit}"
        after = {"ge": "以上", "le": "以内", "approx": "左右", "lt": "以下"}.get(self.comparator, "")
        return f"{'突破' if self.comparator == 'gt' else ''}{plain(self.value)}{self.unit}{after}"


@dataclass(frozen=True, slots=True)
class Judged:
    """The standing, how far from the promise (positive: better than asked), and why in words with the figures put in."""

    standing: Standing
    margin: Decimal | None
    why: str

    @property
    def is_met(self) -> bool:
        return self.standing == Standing.MET


def promise_of(target: Any, better: Literal["up", "down", "near"] = "up") -> Promise:
    """A ledger target, with what its own words add to its comparator."""
    return Promise(
        comparator=target.comparator,
        value=target.value,
        high=target.value_high,
        unit=target.unit,
        is_growth=target.change == "growth",
        falls=target.change == "growth" and goes_down(target.quote),
        holds=_HOLDS.search(target.quote) is not None,
        is_all=_ALL.search(target.quote) is not None,
        stretch=target.ambition == "stretch",
        better=better,
    )


def judge(
    promise: Promise, actuals: Sequence[tuple[str, Decimal | None]], unit: str, is_due: bool = True
) -> Judged:
    """The promise against its numbers, oldest first, each named by its period; in `unit`.

    The last known one counts; where the promise is to hold (稳定在), the worst one does, and a broken one stays broken.
    Before it is due nothing else falls short.
    """
    known = [(name, value) for name, value in actuals if value is not None]
    if promise.value is None:
        return Judged(Standing.UNKNOWN, None, "目标数字待补，无法判断。")
    if not known:
        return Judged(Standing.UNKNOWN, None, "还没有数值，无法判断。")
    rate = factor(unit, promise.unit)
    if rate is None:
        return Judged(
            Standing.UNKNOWN, None, f"目标以“{promise.unit}”计，数值以“{unit}”计，单位不同，无法判断。"
        )
    margins = [(margin(promise, value * rate), name, value * rate) for name, value in known]
    least, name, value = min(margins, key=lambda each: each[0]) if promise.holds else margins[-1]
    is_kept = least > 0 or (least == 0 and promise.comparator not in {"gt", "lt"})
    standing = Standing.MET if is_kept else Standing.STRETCH_SHORT if promise.stretch else Standing.SHORT
    if not (is_kept or is_due or promise.holds):
        standing = Standing.OPEN
    kind = "增减" if promise.is_growth else "数值"
    why = f"{name}{kind} {plain(value)}{promise.unit}，目标 {promise.in_words}：{standing.label}"
    if not is_kept:
        why += f"，差 {plain(abs(least))}{promise.unit}"
    if promise.holds:
        why += f"（稳定在：{len(known)} 期中取最差的一期）"
    return Judged(standing, least, why + "。")


def margin(promise: Promise, actual: Decimal) -> Decimal:
    """By how much the number is better than the promise's edge; negative when it falls short. `value` must be known."""
    value = promise.value
    assert value is not None
    got = -actual if promise.falls else actual
    if promise.is_all:
        return got - value
    if promise.comparator in {"ge", "gt"}:
        return got - value
    if promise.comparator in {"le", "lt"}:
        return value - got
    if promise.comparator == "range":
        return _within(promise, got, value, promise.high if promise.high is not None else value)
    slack = promise.slack if promise.comparator == "approx" or promise.holds else Decimal(0)
    return _within(promise, got, value - slack, value + slack)


def _within(promise: Promise, got: Decimal, low: Decimal, high: Decimal) -> Decimal:
    """Outside a band on the better side is no failure, unless the promise is to hold or the measure has no better side."""
    if promise.holds or promise.better == "near":
        return min(got - low, high - got)
    return high - got if promise.better == "down" and not promise.falls else got - low


def judge_all(parts: Sequence[tuple[str, Judged]]) -> Judged:
    """分别: a promise of several figures is kept when each is. Names those that are not."""
    worst = (Standing.SHORT, Standing.UNKNOWN, Standing.OPEN, Standing.STRETCH_SHORT, Standing.MET)
    standing = min((judged.standing for _, judged in parts), key=worst.index, default=Standing.UNKNOWN)
    missing = [name for name, judged in parts if not judged.is_met]
    words = f"{len(parts)} 项中 {len(parts) - len(missing)} 项达到"
    return Judged(standing, None, words + (f"，{'、'.join(missing)}没有。" if missing else "。"))


def judge_milestone(
    promised: Stage, due_on: date | None, reached: Mapping[Stage, date], today: date
) -> Judged:
    """开工, 建成, 投产 against the days on which stages were reached; a later stage shows the earlier ones."""
    if promised not in STAGES:
        return Judged(Standing.UNKNOWN, None, "没有写明要达到的阶段，无法判断。")
    later = [
        day
        for stage, day in reached.items()
        if stage in STAGES and _ORDER.index(stage) >= _ORDER.index(promised)
    ]
    what, on = STAGES[promised], min(later, default=None)
    if on is not None:
        late = (on - due_on).days if due_on else 0
        words = f"{on} 已{what}" + (f"，比时限 {due_on} 晚 {late} 天" if late > 0 else "")
        return Judged(Standing.MET, Decimal(-late) if due_on else None, words + "。")
    if due_on is None:
        return Judged(Standing.UNKNOWN, None, f"尚未{what}，没有写明时限。")
    left = (due_on - today).days
    if left >= 0:
        return Judged(Standing.UNKNOWN, Decimal(left), f"尚未{what}，距时限 {due_on} 还有 {left} 天。")
    return Judged(Standing.SHORT, Decimal(left), f"尚未{what}，已超过时限 {due_on} {-left} 天。")


def factor(one: str, other: str) -> Decimal | None:
    """What a figure in `one` is multiplied by to be in `other`; None when the units measure different things."""
    if one == other:
        return Decimal(1)
    (first, family), (second, other_family) = to_base(1.0, one), to_base(1.0, other)
    if family != other_family and {family, other_family} != {"%", "pp"}:
        return None
    return Decimal(repr(first)) / Decimal(repr(second))


def plain(value: Decimal | None) -> str:
    """A figure without padding zeros, with four decimals at most."""
    if value is None:
        return "待补"
    words = f"{value:.4f}"
    return words.rstrip("0").rstrip(".") or "0"
