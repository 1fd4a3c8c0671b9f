"""Indicators of appeals and of policies paid out. What is solved and what is only explained are counted apart."""

from __future__ import annotations

from typing import Any

from luodi.measures.declare import Measure, Tally
from luodi.scenarios.enterprise_appeals.rules import LIMITS, SATISFIED_FROM, SOLVED
from luodi.scenarios.enterprise_appeals.scenario import SCENARIO

CASE, MATCH = "cases.Case", "enterprise_appeals.Match"


def appeals(row: Any) -> Any:
    return row.kind == SCENARIO.code


def closed(row: Any) -> Any:
    return appeals(row) & (row.state == "closed")


RECEIVED = Tally(CASE, dated="received_on", says="收到的企业诉求", where=appeals)
FINISHED = Tally(CASE, dated="finished_on", says="已答复的诉求", where=appeals)
CLOSED = Tally(CASE, dated="closed_on", says="已办结的诉求", where=closed)
RATED = Tally(
    CASE, dated="closed_on", says="办结且有评价的诉求", where=lambda row: closed(row) & row.score.notnull()
)
MATCHED = Tally(MATCH, dated="matched_on", division="firm__division", says="匹配到政策的户次")

MEASURES = (
    Measure("appeals_received", "企业诉求收到件数", "件", RECEIVED, better="near"),
    Measure(
        "appeals_in_time", "诉求按期办结率", "%", times=100, ruleset=LIMITS, denominator=FINISHED,
        numerator=Tally(
            CASE, dated="finished_on", says="未曾超期的答复",
            where=lambda row: appeals(row) & row.was_late.notnull() & ~row.was_late,
        ),
    ),
    Measure(
        "appeals_solved", "诉求实际解决率", "%", times=100, denominator=CLOSED, about="解决 / 办结；解释说明不算解决",
        numerator=Tally(CASE, dated="closed_on", says="结果为解决的办结", where=lambda row: closed(row) & (row.outcome == SOLVED)),
    ),
    Measure(
        "appeals_satisfied", "诉求满意率", "%", times=100, denominator=RATED, about="5、4、3 分 / 有评价；与实际解决率并列看",
        numerator=Tally(CASE, dated="closed_on", says="3 分以上", where=lambda row: closed(row) & (row.score >= SATISFIED_FROM)),
    ),
    Measure(
        "appeals_repeated", "重复诉求率", "%", times=100, better="down", denominator=RECEIVED,
        numerator=Tally(CASE, dated="received_on", says="并入另一件的诉求", where=lambda row: appeals(row) & (row.state == "merged")),
    ),
    Measure(
        "appeals_hung", "诉求挂账数", "件", better="down", span="ever",
        numerator=Tally(CASE, dated="received_on", says="挂账中的诉求", where=lambda row: appeals(row) & (row.state == "hung")),
    ),
    Measure(
        "policy_paid", "惠企政策兑现率", "%", times=100, about="拨付金额 / 核定金额",
        numerator=Tally(MATCH, dated="approved_on", division="firm__division", adds="paid_fen", says="已拨付", where=lambda row: row.state == "paid"),
        denominator=Tally(MATCH, dated="approved_on", division="firm__division", adds="approved_fen", says="已核定"),
    ),
    Measure(
        "policy_direct", "政策直达率", "%", times=100, denominator=MATCHED,
        numerator=Tally(MATCH, dated="matched_on", division="firm__division", says="已告知企业", where=lambda row: row.notified_on.notnull()),
    ),
    Measure(
        "policy_missed", "应享未享户数", "户", better="down", span="ever",
        numerator=Tally(
            MATCH, dated="matched_on", division="firm__division", says="匹配到而未拨付、未放弃",
            where=lambda row: ~row.state.isin(["paid", "declined"]),
        ),
    ),
)  # fmt: skip
