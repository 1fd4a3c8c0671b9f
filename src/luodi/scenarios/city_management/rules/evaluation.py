"""Evaluation 综合评价: rates over counts, and the points and grade of a published scheme.

A count is of cases whose handling fell due in the span (应处置), so that no case is counted in two spans. A rate with a zero
denominator is None with its figures, never 0 or 100.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Counts:
    """All are cases. 缓办 are postponed or hung ones; `urgent_*` are those of emergencies among them."""

    reported: int = 0
    accepted: int = 0
    filed: int = 0
    filed_in_time: int = 0
    dispatched: int = 0
    returned: int = 0
    due: int = 0
    handled: int = 0
    handled_in_time: int = 0
    handled_late: int = 0
    overdue: int = 0
    suspended: int = 0
    closed: int = 0
    closed_in_time: int = 0
    reworked: int = 0
    self_handled: int = 0
    by_public: int = 0
    repeated: int = 0
    urgent_due: int = 0
    urgent_suspended: int = 0
    urgent_closed: int = 0
    urgent_closed_in_time: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Counts)))


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of 100 with both its figures."""

    title: str
    numerator: int
    denominator: int

    @property
    def percent(self) -> Decimal | None:
        """Rounded half up to two places; None when there is nothing to take a share of."""
        if self.denominator <= 0:
            return None
        return exact(self).quantize(HUNDREDTH, rounding="ROUND_HALF_UP")


def exact(rate: Rate) -> Decimal:
    return Decimal(100 * rate.numerator) / rate.denominator


def rates(counts: Counts) -> dict[str, Rate]:
    """Every rate of the evaluation by its name. 应结案 is 应处置 with the postponed; the postponed leave the denominator."""
    of = counts
    return {
        "handled": Rate("处置率", of.handled, of.due),
        "handled_in_time": Rate("按期处置率", of.handled_in_time, of.due),
        "closed": Rate("结案率", of.closed, closable(of) - of.suspended),
        "closed_in_time": Rate("按期结案率", of.closed_in_time, closable(of) - of.suspended),
        "urgent_closed": Rate("紧急问题结案率", of.urgent_closed, of.urgent_due),
        "urgent_closed_in_time": Rate("紧急问题按期结案率", of.urgent_closed_in_time, of.urgent_due),
        "reworked": Rate("返工率", of.reworked, of.closed),
        "returned": Rate("退单率", of.returned, of.dispatched),
        "accurate": Rate("准确派遣率", of.dispatched - of.returned, of.dispatched),
        "filed_in_time": Rate("按时立案率", of.filed_in_time, of.filed),
        "by_public": Rate("公众上报占比", of.by_public, of.reported),
        "repeated": Rate("重复案件率", of.repeated, of.reported),
    }


def closable(counts: Counts) -> int:
    """应结案: what fell due, and what would have but is postponed."""
    return counts.due + counts.suspended


@dataclass(frozen=True, slots=True)
class Faults:
    """What takes points off. `failed` are failed checks, `failed_thrice` those from the third of a case on."""

    failed: int = 0
    failed_thrice: int = 0
    failed_marked: int = 0
    """Of `failed`, those on cases that leaders assigned or media reported: they count double."""
    thrice_marked: int = 0
    refused: int = 0
    """弄虚作假、拒不处置, entered by the evaluating office."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the score: `points` is None where nothing fell due, and its full marks then count for nothing."""

    title: str
    full: Decimal
    points: Decimal | None
    why: str


@dataclass(frozen=True, slots=True)
class Score:
    items: tuple[Item, ...]
    deductions: tuple[Item, ...]

    @property
    def full(self) -> Decimal:
        return sum((item.full for item in self.items if item.points is not None), Decimal(0))

    @property
    def points(self) -> Decimal | None:
        """None when nothing could be scored; never below zero."""
        scored = [item.points for item in self.items if item.points is not None]
        if not scored:
            return None
        taken = sum((item.points or Decimal(0) for item in self.deductions), Decimal(0))
        return max(Decimal(0), sum(scored, Decimal(0)) + taken)

    @property
    def share(self) -> Decimal | None:
        """Of the marks that could be had, of 100: what grades go by."""
        return (
            None if self.points is None else (100 * self.points / self.full).quantize(HUNDREDTH, rounding="ROUND_HALF_UP")
        )  # fmt: skip


def score(counts: Counts, faults: Faults, scheme: Mapping[str, Any]) -> Score:
    """Points by a ruleset of `city_management.scoring`: full marks from a floor on, so many off for each point below it."""
    found = rates(counts)
    items = (
        _item("按期结案率", scheme["in_time_points"], [(found["closed_in_time"], scheme["in_time_from"])], scheme["in_time_step"]),
        _item("结案率", scheme["closed_points"], [(found["closed"], scheme["closed_from"])], scheme["closed_step"]),
        _item(
            "紧急问题", scheme["urgent_points"],
            [(found["urgent_closed"], scheme["urgent_from"]), (found["urgent_closed_in_time"], scheme["urgent_in_time_from"])], scheme["urgent_step"],
        ),
    )  # fmt: skip
    early = faults.failed - faults.failed_thrice + faults.failed_marked - faults.thrice_marked
    late = faults.failed_thrice + faults.thrice_marked
    deductions = (
        Item("返工", Decimal(0), -scheme["rework_off"] * early, f"{early} 次（领导交办、媒体曝光的加倍）"),
        Item("第三次及以上返工", Decimal(0), -scheme["third_off"] * late, f"{late} 次"),
        Item(
            "弄虚作假、拒不处置", Decimal(0), -scheme["refusal_off"] * faults.refused, f"{faults.refused} 次"
        ),
    )
    return Score(items, deductions)


def grade(share: Decimal | None, rows: Sequence[Mapping[str, Any]]) -> str:
    """The grade whose floor the share reaches; "" for what could not be scored."""
    if share is None:
        return ""
    reached = [row for row in rows if share >= row["floor"]]
    return str(max(reached, key=lambda row: row["floor"])["grade"]) if reached else ""


def _item(title: str, full: Decimal, wanted: Sequence[tuple[Rate, Decimal]], step: Decimal) -> Item:
    """Full marks less `step` for every point that a rate lies below its floor; not below zero."""
    if any(rate.denominator <= 0 for rate, _ in wanted):
        return Item(title, full, None, "没有到期的案件，不计分")
    short = sum((max(Decimal(0), floor - exact(rate)) for rate, floor in wanted), Decimal(0))
    points = max(Decimal(0), full - step * short).quantize(HUNDREDTH, rounding="ROUND_HALF_UP")
    said = "，".join(f"{rate.title} {rate.percent}%（{rate.numerator}/{rate.denominator}），满分线 {floor.normalize():f}%" for rate, floor in wanted)  # fmt: skip
    return Item(title, full, points, said)
