"""Indicators of work safety. Deaths that nobody knows yet are not zero: how many accidents lack them stands beside the sum."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from luodi.measures.declare import Measure, Tally
from luodi.scenarios.work_safety.actions import LIMITS
from luodi.scenarios.work_safety.rules.machine import MAJOR

DANGER, LINK, AT = "work_safety.Danger", ("case_ptr",), "case_ptr__division"
ACCIDENT, BASE = "work_safety.Accident", "work_safety.YearBase"
DONE = ("closed", "struck_off", "closed_down")


def fell_due(row: Any) -> Any:
    """Mended, or past its end; one that still has time is neither good nor bad."""
    return row.case_ptr__state.isin(DONE) | row.overdue_on.notnull()


def major(row: Any) -> Any:
    return row.case_ptr__level == MAJOR


def dangers(says: str, where: Any, dated: str = "fix_by", adds: str = "") -> Tally:
    return Tally(DANGER, dated=dated, division=AT, says=says, where=where, adds=adds, links=LINK)


DUE = dangers("整改期限已到或已整改的隐患", fell_due)
MAJOR_DUE = dangers("整改期限已到或已整改的重大隐患", lambda row: fell_due(row) & major(row))
ACCIDENTS = Tally(ACCIDENT, dated="happened_on", says="生产安全事故")
DEATHS = Tally(
    ACCIDENT,
    dated="happened_on",
    says="已知的死亡人数",
    where=lambda row: row.deaths.notnull(),
    adds="deaths",
)
FOUND = Tally(
    "work_safety.Inspection",
    dated="on",
    division="firm__division",
    says="发现问题的执法检查",
    where=lambda row: row.is_sound.notnull() & ~row.is_sound,
)
CHECKS = Tally(
    "work_safety.SelfCheck",
    dated="due_on",
    division="risk__firm__division",
    says="应做的企业自查",
    where=lambda row: row.done_on.notnull() | row.is_missed,
)

MEASURES = (
    Measure(
        "danger_mended", "隐患按期整改率", "%", times=100, denominator=DUE, ruleset=LIMITS,
        numerator=dangers("期限内整改销号", lambda row: fell_due(row) & row.case_ptr__state.isin(DONE) & row.case_ptr__was_late.notnull() & ~row.case_ptr__was_late),
    ),
    Measure(
        "danger_major_mended", "重大事故隐患整改率", "%", times=100, denominator=MAJOR_DUE,
        numerator=dangers("已整改销号的重大隐患", lambda row: fell_due(row) & major(row) & row.case_ptr__state.isin(DONE)),
    ),
    Measure(
        "danger_struck_off", "重大事故隐患挂牌核销率", "%", times=100, denominator=dangers("应核销的挂牌隐患", lambda row: fell_due(row) & row.listed_on.notnull()),
        numerator=dangers("已公告核销", lambda row: fell_due(row) & row.struck_on.notnull()),
    ),
    Measure("danger_found", "排查隐患数", "件", Tally(DANGER, dated="case_ptr__received_on", division=AT, says="排查出的隐患", links=LINK), better="near"),
    Measure(
        "danger_days", "隐患平均整改时长", "天", better="down", places=1,
        numerator=dangers("整改用时", lambda row: row.mending_days.notnull(), "case_ptr__finished_on", "mending_days"),
        denominator=dangers("已自验的隐患", lambda row: row.mending_days.notnull(), "case_ptr__finished_on"),
    ),
    Measure("accident_count", "生产安全事故起数", "起", ACCIDENTS, better="down"),
    Measure("accident_deaths", "死亡人数", "人", DEATHS, better="down", places=0, about="生产安全事故的死亡人数，只加已知的；死亡人数待补的事故另有一项指标，不为零时这一项还会增加"),
    Measure(
        "accident_unknown", "死亡人数待补的事故", "起", better="down",
        numerator=Tally(ACCIDENT, dated="happened_on", says="死亡人数待补", where=lambda row: row.deaths.isnull()),
    ),
    Measure(
        "accident_by_gdp", "亿元地区生产总值生产安全事故死亡率", "人/亿元", period="year", better="down", places=4, numerator=DEATHS,
        denominator=Tally(BASE, dated="ended_on", says="地区生产总值（亿元）", where=lambda row: row.gdp_yi.notnull(), adds="gdp_yi"),
    ),
    Measure(
        "accident_by_coal", "煤矿百万吨死亡率", "人/百万吨", period="year", better="down", places=3, times=Decimal(100),
        numerator=Tally(ACCIDENT, dated="happened_on", says="煤矿事故死亡人数", where=lambda row: (row.sector == "coal") & row.deaths.notnull(), adds="deaths"),
        denominator=Tally(BASE, dated="ended_on", says="原煤产量（万吨）", where=lambda row: row.coal_wan_t.notnull(), adds="coal_wan_t"),
    ),
    Measure(
        "risk_checked", "风险点按时自查率", "%", times=100, denominator=CHECKS,
        numerator=Tally("work_safety.SelfCheck", dated="due_on", division="risk__firm__division", says="按时自查", where=lambda row: row.done_on.notnull() & ~row.is_missed),
    ),
    Measure(
        "safety_filed", "安全生产执法立案率", "%", times=100, denominator=FOUND, about="立案 / 发现问题的检查",
        numerator=Tally("work_safety.Inspection", dated="on", division="firm__division", says="发现问题并立案", where=lambda row: row.is_sound.notnull() & ~row.is_sound & row.filed_on.notnull()),
    ),
)  # fmt: skip
