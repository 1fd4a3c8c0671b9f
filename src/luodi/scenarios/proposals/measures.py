"""Indicators of proposals: answered, in time, talked over, satisfied, solved or planned, promises kept."""

from __future__ import annotations

from typing import Any

from luodi.measures.declare import Measure, Tally
from luodi.scenarios.proposals.rules import LIMITS, PLANNED, SOLVED

PROPOSAL = "proposals.Proposal"


def tally(dated: str, says: str, where: Any = None) -> Tally:
    return Tally(
        PROPOSAL,
        dated=dated,
        division="case_ptr__home__division",
        says=says,
        where=where,
        links=("case_ptr", "case_ptr__home"),
    )


HANDED_OUT = tally(
    "case_ptr__received_on",
    "立案交办的建议提案",
    lambda row: ~row.case_ptr__state.isin(["merged", "not_filed"]),
)
ANSWERED = tally("answered_on", "已答复的建议提案")
PROMISED = tally("keep_by", "到期的承诺", lambda row: row.promise != "")

MEASURES = (
    Measure("proposals_handed_out", "建议提案交办件数", "件", HANDED_OUT, better="near"),
    Measure(
        "proposals_answered", "建议提案办复率", "%", times=100, denominator=HANDED_OUT,
        numerator=tally("case_ptr__received_on", "已办复", lambda row: row.answered_on.notnull()),
    ),
    Measure(
        "proposals_in_time", "建议提案按期办复率", "%", times=100, ruleset=LIMITS, denominator=ANSWERED,
        numerator=tally("answered_on", "按期答复", lambda row: row.answered_late.notnull() & ~row.answered_late),
    ),
    Measure(
        "proposals_talked_over", "建议提案面商率", "%", times=100, denominator=ANSWERED,
        numerator=tally("answered_on", "答复前面商", lambda row: row.was_talked_over),
    ),
    Measure(
        "proposals_solved", "建议提案解决和列入计划率", "%", times=100, denominator=ANSWERED, about="A 类和 B 类 / 答复",
        numerator=tally("answered_on", "A、B 类答复", lambda row: row.case_ptr__outcome.isin([SOLVED, PLANNED])),
    ),
    Measure(
        "proposals_content", "建议提案满意率", "%", times=100, about="满意和基本满意 / 有反馈",
        denominator=tally("answered_on", "有反馈", lambda row: row.grade != ""),
        numerator=tally("answered_on", "满意和基本满意", lambda row: row.grade.isin(["satisfied", "basic"])),
    ),
    Measure(
        "proposals_kept", "建议提案承诺兑现率", "%", times=100, denominator=PROMISED,
        numerator=tally("keep_by", "按期兑现", lambda row: (row.promise != "") & row.kept_on.notnull() & (row.kept_on <= row.keep_by)),
    ),
)  # fmt: skip
