"""Graded control of risks 风险分级管控: LEC (D = L·E·C) and LS (R = L·S), four colours, and how often a point is checked.

Boundaries come from a ruleset and are exclusive for LEC: D of exactly 320 is orange, not red.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

LEC, LS = "lec", "ls"
METHODS = ((LEC, "LEC（作业条件危险性）"), (LS, "LS（风险矩阵）"))
RED, ORANGE, YELLOW, BLUE = "red", "orange", "yellow", "blue"
LEVELS = (
    (RED, "重大风险（红）"),
    (ORANGE, "较大风险（橙）"),
    (YELLOW, "一般风险（黄）"),
    (BLUE, "低风险（蓝）"),
)
CONTROL = {RED: "企业", ORANGE: "厂（分公司）", YELLOW: "车间", BLUE: "班组"}
"""Who answers for a point of each colour within the enterprise; red ones are reported to the regulator too."""

LIKELY = {
    Decimal(10): "完全可以预料", Decimal(6): "相当可能", Decimal(3): "可能但不经常", Decimal(1): "可能性小",
    Decimal("0.5"): "很不可能", Decimal("0.2"): "极不可能", Decimal("0.1"): "实际不可能",
}  # fmt: skip
EXPOSED = {
    Decimal(10): "连续暴露", Decimal(6): "每天工作时间内", Decimal(3): "每周一次", Decimal(2): "每月一次", Decimal(1): "每年几次",
    Decimal("0.5"): "非常罕见",
}  # fmt: skip
GRAVE = {
    Decimal(100): "大灾难，10 人以上死亡", Decimal(40): "灾难，3 至 9 人死亡", Decimal(15): "非常严重，1 至 2 人死亡", Decimal(7): "严重，重伤",
    Decimal(3): "重大，致残", Decimal(1): "引人注意，轻伤",
}  # fmt: skip
MATRIX = range(1, 6)


class WrongRisk(ValueError):
    """The assessment can't be; the message is a Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """The score, its colour, and in words how it came about."""

    score: Decimal
    level: str
    said: str


def assess(method: str, values: Mapping[str, Decimal | int | None], bounds: Mapping[str, Any]) -> Assessed:
    """By LEC from `l`, `e`, `c`, by LS from `l`, `s`. Raises WrongRisk for a value that the method does not have."""
    if method == LEC:
        given = [
            _in_table(values.get(name), name.upper(), table)
            for name, table in (("l", LIKELY), ("e", EXPOSED), ("c", GRAVE))
        ]
        score = given[0] * given[1] * given[2]
        return Assessed(
            score,
            lec_level(score, bounds),
            f"D = {_plain(given[0])}×{_plain(given[1])}×{_plain(given[2])} = {_plain(score)}",
        )
    if method != LS:
        raise WrongRisk("评估方法只有 LEC 和 LS。")
    given = [_of_matrix(values.get(name), name.upper()) for name in ("l", "s")]
    score = given[0] * given[1]
    return Assessed(
        score, ls_level(score, bounds), f"R = {_plain(given[0])}×{_plain(given[1])} = {_plain(score)}"
    )


def lec_level(score: Decimal, bounds: Mapping[str, Any]) -> str:
    """The colour of a D; a boundary itself belongs to the lower colour."""
    if score > bounds["lec_red"]:
        return RED
    if score > bounds["lec_orange"]:
        return ORANGE
    return YELLOW if score > bounds["lec_yellow"] else BLUE


def ls_level(score: Decimal, bounds: Mapping[str, Any]) -> str:
    """The colour of an R; a boundary belongs to the higher colour."""
    if score >= bounds["ls_red"]:
        return RED
    if score >= bounds["ls_orange"]:
        return ORANGE
    return YELLOW if score >= bounds["ls_yellow"] else BLUE


def residual_fault(initial: Assessed, residual: Assessed) -> str:
    """Measures do not make a risk greater."""
    if residual.score > initial.score:
        return f"剩余风险 {_plain(residual.score)} 大于固有风险 {_plain(initial.score)}，请核对取值。"
    return ""


def next_check(level: str, last: date, rows: Sequence[Mapping[str, Any]]) -> date:
    """When a point of this colour is checked again. KeyError for a colour without a frequency."""
    row = next(row for row in rows if row["level"] == level)
    return last + timedelta(days=row["days"])


def reassess_by(assessed_on: date, months: int) -> date:
    """The day of the same number so many months on, else that month's last."""
    year, month = divmod(assessed_on.year * 12 + assessed_on.month - 1 + months, 12)
    return date(year, month + 1, min(assessed_on.day, monthrange(year, month + 1)[1]))


def worst(levels: Sequence[str]) -> str:
    """The gravest of some colours; "" for none."""
    order = [level for level, _ in LEVELS]
    return min(levels, key=order.index, default="")


def _in_table(value: Any, name: str, table: Mapping[Decimal, str]) -> Decimal:
    if value is None or (found := Decimal(str(value))) not in table:
        allowed = "、".join(_plain(each) for each in table)
        raise WrongRisk(
            f"{name} 只能取 {allowed}，不是 {'空' if value is None else _plain(Decimal(str(value)))}。"
        )
    return found


def _of_matrix(value: Any, name: str) -> Decimal:
    if value is None or Decimal(str(value)) not in MATRIX:
        raise WrongRisk(f"{name} 只能取 1 至 5 的整数。")
    return Decimal(str(value))


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
