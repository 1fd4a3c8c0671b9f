"""Indicators of the watch and of linked funds. Households are counted, never people; unknown stays unknown."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from luodi.measures.declare import Measure, Tally
from luodi.scenarios.poverty_watch.rules import LIMITS, STANDING
from luodi.scenarios.poverty_watch.rules.standing import CLEARED

HOUSEHOLD, CLUE, FUND = "poverty_watch.Household", "poverty_watch.Clue", "poverty_watch.Fund"
YI = Decimal("0.0000000001")
"""分 to 亿元."""


def households(dated: str, says: str, where: Any = None, adds: str = "") -> Tally:
    return Tally(
        HOUSEHOLD,
        dated=dated,
        division="village__division",
        unit="unit",
        says=says,
        where=where,
        adds=adds,
        links=("village",),
    )


def clues(dated: str, says: str, where: Any = None) -> Tally:
    return Tally(
        CLUE, dated=dated, division="case_ptr__division", says=says, where=where, links=("case_ptr",)
    )


def funds(says: str, adds: str = "allotted_fen", where: Any = None) -> Tally:
    return Tally(FUND, dated="allotted_on", unit="unit", says=says, adds=adds, where=where)


LISTED = households("listed_on", "累计纳入的监测户")
ALLOTTED = funds("下达的衔接资金")

MEASURES = (
    Measure("watched_households", "防返贫监测对象户数", "户", LISTED, better="near", span="ever"),
    Measure("watched_people", "防返贫监测对象人数", "人", households("listed_on", "累计纳入监测户的人口", adds="population"), better="near", span="ever", places=0),
    Measure(
        "watch_risk_cleared", "监测对象风险消除率", "%", times=100, span="ever", ruleset=STANDING, about="风险消除的户 / 累计纳入的户；重新纳入的不算消除",
        numerator=households("cleared_on", "风险消除", lambda row: row.state == CLEARED), denominator=LISTED,
    ),
    Measure(
        "watch_identified_in_time", "防返贫线索识别及时率", "%", times=100, ruleset=LIMITS, about="期限内作出纳入或不予纳入决定 / 已作决定",
        numerator=clues("decided_on", "按期识别", lambda row: row.decided_late.notnull() & ~row.decided_late),
        denominator=clues("decided_on", "已识别且有期限", lambda row: row.decided_late.notnull()),
    ),
    Measure(
        "watch_help_in_place", "帮扶措施到位率", "%", times=100, span="ever", about="已安排帮扶措施的户 / 累计纳入的户",
        numerator=households("listed_on", "已安排帮扶", lambda row: row.helped_on.notnull()), denominator=LISTED,
    ),
    Measure("watch_relisted", "风险消除后重新纳入户数", "户", households("relisted_on", "消除后又纳入"), better="down"),
    Measure("watch_clues", "防返贫线索件数", "件", clues("case_ptr__received_on", "收到的线索"), better="near"),
    Measure("linked_funds", "财政衔接资金投入", "亿元", ALLOTTED, times=YI),
    Measure(
        "linked_funds_industry", "衔接资金用于产业发展的比例", "%", times=100, about="用于产业发展的下达资金 / 下达资金",
        numerator=funds("用于产业发展", where=lambda row: row.is_industry), denominator=ALLOTTED,
    ),
    Measure("linked_funds_paid", "衔接资金支出进度", "%", times=100, about="已支出 / 下达", numerator=funds("已支出", "paid_fen"), denominator=ALLOTTED),
)  # fmt: skip
