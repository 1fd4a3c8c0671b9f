"""Accidents 生产安全事故: their class by deaths, serious injuries and loss, and until when a death still counts.

Source: 生产安全事故报告和调查处理条例（国务院令第493号）第三条、第九条、第十三条. Unknown is not zero: with a figure still
missing the class is only the least that it can be.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

MOST_GRAVE, GRAVE, MAJOR, ORDINARY = "most_grave", "grave", "major", "ordinary"
CLASSES = ((MOST_GRAVE, "特别重大事故"), (GRAVE, "重大事故"), (MAJOR, "较大事故"), (ORDINARY, "一般事故"))
YI_FEN, WAN_FEN = 10_000_000_000, 1_000_000
# class, deaths from, serious injuries from, direct loss from (分)
_FLOORS = (
    (MOST_GRAVE, 30, 100, YI_FEN),
    (GRAVE, 10, 50, 5000 * WAN_FEN),
    (MAJOR, 3, 10, 1000 * WAN_FEN),
)
SHORT_WINDOW = frozenset({"road", "fire"})
"""Traffic accidents and fires: what changes after 7 days is not counted any more, of others after 30."""


@dataclass(frozen=True, slots=True)
class Class:
    """`least` is the class by what is known; `is_certain` says whether nothing unknown could raise it."""

    least: str
    is_certain: bool
    missing: tuple[str, ...]

    @property
    def title(self) -> str:
        name = dict(CLASSES)[self.least]
        return name if self.is_certain else f"{name}以上（{'、'.join(self.missing)}待补）"


def classify(deaths: int | None, injured: int | None, loss_fen: int | None) -> Class:
    """The gravest class that any known figure reaches. `injured` are 重伤, acute poisonings among them."""
    known = (deaths, injured, loss_fen)
    missing = tuple(
        name
        for name, value in zip(("死亡人数", "重伤人数", "直接经济损失"), known, strict=True)
        if value is None
    )
    for name, *floors in _FLOORS:
        if any(value is not None and value >= floor for value, floor in zip(known, floors, strict=True)):
            return Class(name, name == MOST_GRAVE or not missing, missing)
    return Class(ORDINARY, not missing, missing)


def counts_until(happened_on: date, kind: str) -> date:
    """The last day on which a change of deaths or injuries is still added to the accident."""
    return happened_on + timedelta(days=7 if kind in SHORT_WINDOW else 30)
