"""Indicators of land: what a mu yields, who is graded how, how much low-use land was disposed of."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from luodi.measures.declare import Measure, Tally
from luodi.scenarios.land_productivity.actions import SCOPE

RECORD, OUTCOME, LOW = (
    "land_productivity.YearRecord",
    "land_productivity.Outcome",
    "land_productivity.LowUseLand",
)
WAN = Decimal("0.000001")


def large(row: Any) -> Any:
    return row.scale == "large"


def in_business(row: Any) -> Any:
    return large(row) & (row.exemption != "closed")


def both(*names: str) -> Any:
    """Firms of which all the columns are known: a ratio of sums needs the same firms above and below."""

    def where(row: Any) -> Any:
        asked = large(row)
        for name in names:
            asked = asked & row[name].notnull()
        return asked

    return where


def of(name: str, *known: str, says: str) -> Tally:
    return Tally(RECORD, dated="year_end", adds=name, says=says, where=both(name, *known))


MEASURES = (
    Measure(
        "land_scored", "规上工业企业亩均评价参评率", "%", times=100, period="year", span="period", ruleset=SCOPE,
        numerator=Tally(RECORD, dated="evaluated_from", says="已定档的规上工业企业", where=lambda row: in_business(row) & row.graded_on.notnull()),
        denominator=Tally(RECORD, dated="evaluated_from", says="应参评的规上工业企业", where=in_business),
    ),
    Measure(
        "low_use_disposed", "处置低效用地", "亩", Tally(LOW, dated="accepted_on", adds="disposed_mu", says="已验收销号", where=lambda row: row.state == "accepted"),
        about="验收销号的处置面积；只有方案或正在处置的不计",
    ),
    Measure("low_use_open", "待处置低效用地", "亩", Tally(LOW, dated="found_on", adds="area_mu", says="未验收", where=lambda row: ~row.state.isin(["accepted", "dropped"])), better="down", span="ever"),
    Measure(
        "tax_per_mu", "亩均税收", "万元/亩", times=WAN, period="year", span="period",
        numerator=of("tax_fen", "land_mu", says="评价税收"), denominator=of("land_mu", "tax_fen", says="用地"),
    ),
    Measure(
        "added_per_mu", "亩均增加值", "万元/亩", times=WAN, period="year", span="period",
        numerator=of("added_fen", "land_mu", says="工业增加值"), denominator=of("land_mu", "added_fen", says="用地"),
    ),
    Measure(
        "added_per_tce", "单位能耗增加值", "万元/吨标煤", times=WAN, period="year", span="period",
        numerator=of("added_fen", "energy_tce", says="工业增加值"), denominator=of("energy_tce", "added_fen", says="能耗"),
    ),
    *(
        Measure(
            f"share_{grade.lower()}", f"{grade}类企业占比", "%", times=100, period="year", span="period", better=better,
            numerator=Tally(OUTCOME, dated="decided_on", says=f"{grade}类企业", where=lambda row, grade=grade: row.grade == grade),
            denominator=Tally(OUTCOME, dated="decided_on", says="已定档企业"),
        )
        for grade, better in (("A", "up"), ("B", "near"), ("C", "near"), ("D", "down"))
    ),
    Measure(
        "left_d", "D类企业退出提升数", "户", period="year", span="period",
        numerator=Tally(OUTCOME, dated="decided_on", says="上年 D 类、本年不再是", where=lambda row: (row.last_grade == "D") & (row.grade != "D")),
    ),
)  # fmt: skip
