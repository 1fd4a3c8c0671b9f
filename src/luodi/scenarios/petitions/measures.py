"""Indicators of petitions and old cases. Matters are counted, never people; a rate without a denominator has no value."""

from __future__ import annotations

from typing import Any

from luodi.measures.declare import Measure, Tally
from luodi.scenarios.petitions.rules import BACKLOG_LIMITS, LIMITS
from luodi.scenarios.petitions.rules.backlog import CLOSED
from luodi.scenarios.petitions.rules.words import CLAIM, FIRST, MAINTAINED, REPEAT

PETITION, BACKLOG, SITTING = "petitions.Petition", "petitions.Backlog", "petitions.Sitting"
SATISFIED_FROM = 3


def tally(dated: str, says: str, where: Any = None, links: tuple[str, ...] = ("case_ptr",)) -> Tally:
    return Tally(PETITION, dated=dated, division="case_ptr__division", says=says, where=where, links=links)


def closed_claim(row: Any) -> Any:
    return (row.stream == CLAIM) & (row.case_ptr__state == "closed")


CLOSED_ON, RECEIVED_ON = "case_ptr__closed_on", "case_ptr__received_on"
RECEIVED = tally(RECEIVED_ON, "收到的信访事项")
SORTED = tally(RECEIVED_ON, "已甄别的信访事项", lambda row: row.nature != "")
CLOSED_ALL = tally(CLOSED_ON, "已办结", lambda row: row.case_ptr__state == "closed")
CLOSED_CLAIMS = tally(CLOSED_ON, "已办结的申诉求决", closed_claim)
FIRST_CLAIMS = tally(
    CLOSED_ON, "已办结的初信初访申诉求决", lambda row: closed_claim(row) & (row.nature == FIRST)
)
RATED = tally(
    CLOSED_ON, "已办结且有评价", lambda row: (row.case_ptr__state == "closed") & row.case_ptr__score.notnull()
)
ON_LIST = Tally(BACKLOG, dated="assigned_on", says="列入台账的积案")


def once(row: Any) -> Any:
    """Closed in the first round, without review."""
    return closed_claim(row) & (row.case_ptr__round == 1) & row.reviewed_on.isnull()


MEASURES = (
    Measure("petitions_received", "信访事项件数", "件", RECEIVED, better="near"),
    Measure(
        "petitions_decided_in_time", "信访及时受理率", "%", times=100, ruleset=LIMITS, about="15 日内作出受理等决定 / 已作决定",
        numerator=tally("decided_on", "按期决定", lambda row: row.decided_late.notnull() & ~row.decided_late),
        denominator=tally("decided_on", "已作决定且有期限", lambda row: row.decided_late.notnull()),
    ),
    Measure(
        "petitions_answered_in_time", "信访按期答复率", "%", times=100, ruleset=LIMITS, about="60 日（延期至多再加 30 日）内答复 / 已答复",
        numerator=tally("replied_on", "按期答复", lambda row: row.replied_late.notnull() & ~row.replied_late),
        denominator=tally("replied_on", "已答复且有期限", lambda row: row.replied_late.notnull()),
    ),
    Measure(
        "petitions_repeated", "重复信访率", "%", better="down", times=100, about="认定为同一事项再次提出的 / 已甄别",
        numerator=tally(RECEIVED_ON, "重复信访", lambda row: row.nature == REPEAT), denominator=SORTED,
    ),
    Measure("petitions_settled_once", "信访一次化解率", "%", times=100, about="没有复查、没有重新办理就办结的 / 已办结的申诉求决", numerator=tally(CLOSED_ON, "一次办结", once), denominator=CLOSED_CLAIMS),
    Measure("petitions_first_settled", "初信初访一次化解率", "%", times=100, numerator=tally(CLOSED_ON, "初信初访一次办结", lambda row: once(row) & (row.nature == FIRST)), denominator=FIRST_CLAIMS),
    Measure(
        "petitions_satisfied", "信访群众满意率", "%", times=100, about="3 分以上 / 有评价",
        numerator=tally(CLOSED_ON, "满意", lambda row: (row.case_ptr__state == "closed") & (row.case_ptr__score >= SATISFIED_FROM)), denominator=RATED,
    ),
    Measure("petitions_rated", "信访参评率", "%", times=100, numerator=RATED, denominator=CLOSED_ALL),
    Measure(
        "petition_reviews_maintained", "复查维持率", "%", better="near", times=100,
        numerator=tally("reviewed_on", "复查维持", lambda row: row.finding == MAINTAINED), denominator=tally("reviewed_on", "已复查"),
    ),
    Measure("backlogs_closed", "化解重复信访积案", "件", Tally(BACKLOG, dated="closed_on", says="三条齐备已销账", where=lambda row: row.state == CLOSED), ruleset=BACKLOG_LIMITS),
    Measure(
        "backlogs_closed_share", "信访积案化解率", "%", times=100, span="ever", ruleset=BACKLOG_LIMITS,
        numerator=Tally(BACKLOG, dated="closed_on", says="已销账", where=lambda row: row.state == CLOSED), denominator=ON_LIST,
    ),
    Measure(
        "leaders_receptions", "领导干部接访次数", "次",
        Tally(SITTING, dated="on", says="已举行的接访", where=lambda row: (row.kind == "reception") & (row.state == "held")),
    ),
)  # fmt: skip
