"""Indicators of disclosure: answered in time, published in time, overturned."""

from __future__ import annotations

from typing import Any

from luodi.measures.declare import Measure, Tally
from luodi.scenarios.disclosure.rules import LIMITS, PUBLISHING

APPLICATION, PUBLICATION = "disclosure.Application", "disclosure.Publication"


def applications(dated: str, says: str, where: Any = None) -> Tally:
    return Tally(
        APPLICATION,
        dated=dated,
        division="case_ptr__home__division",
        says=says,
        where=where,
        links=("case_ptr", "case_ptr__home"),
    )


ANSWERED = applications("answered_on", "已答复的申请")
OWED = Tally(PUBLICATION, dated="due_on", division="unit__division", unit="unit", says="应公开的信息")

MEASURES = (
    Measure("disclosure_received", "依申请公开收到件数", "件", applications("case_ptr__received_on", "收到的申请"), better="near"),
    Measure(
        "disclosure_in_time", "依申请公开按期答复率", "%", times=100, ruleset=LIMITS, denominator=ANSWERED,
        numerator=applications("answered_on", "未超期的答复", lambda row: row.answered_late.notnull() & ~row.answered_late),
    ),
    Measure(
        "disclosure_overturned", "依申请公开被纠错率", "%", times=100, better="down", denominator=ANSWERED,
        numerator=applications("answered_on", "复议、诉讼纠错的答复", lambda row: row.overturned_on.notnull()),
    ),
    Measure(
        "publishing_in_time", "主动公开及时率", "%", times=100, ruleset=PUBLISHING, denominator=OWED,
        numerator=Tally(
            PUBLICATION, dated="due_on", division="unit__division", unit="unit", says="按期公开",
            where=lambda row: row.published_on.notnull() & (row.published_on <= row.due_on),
        ),
    ),
)  # fmt: skip
