"""The nine steps of a clue as a machine: 预警、入户核查、承诺授权、信息比对、民主评议、村级公示、镇审核、县审定、录入.

The clock runs from the clue to the decision; the village notice lies inside it and can't be cut short.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luodi.kernel import masking
from luodi.shapes.cases.guards import after, nothing_pending, unsupervised
from luodi.shapes.cases.machine import DESK, LEAD, Actor, Effect, Machine, Move, State, Window
from luodi.shapes.cases.moves import merging, supervision, withdrawal
from luodi.shapes.cases.record import Record

PERSONAL = "不要写证件号码、电话、银行账号和车牌；个人信息只登记在农户页。"
_RUNNING = ("lead", "sent", "visited", "authorised", "matched", "met", "notice", "town")
_TO_REJECT = ("visited", "authorised", "matched", "met", "notice")


def holds_no_numbers(text: str) -> str:
    """The sentence that refuses text with numbers of a person in it, or ""."""
    return "" if masking.free(text) == text else PERSONAL


def tells_no_numbers(_record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    """Steps are sealed for good: what has to be forgotten one day never goes into them."""
    return next(
        (said for value in filled.values() if isinstance(value, str) and (said := holds_no_numbers(value))),
        "",
    )


def majority(_record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    attended, agreed = int(filled["attended"]), int(filled["agreed"])
    if agreed > attended:
        return "同意人数不能多于到会人数。"
    return "" if 2 * agreed > attended else "同意的没有过半数，评议没有通过；请用“不予纳入”。"


def objections_answered(record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    """An objection leads back to the meeting (`object`): the notice ends only without one."""
    return "公示期间有异议的，先用“公示有异议”退回评议。" if filled.get("objections") == "yes" else ""


_PLAIN = (tells_no_numbers,)

MACHINE = Machine(
    start="lead",
    opening=Effect.START,
    states=(
        State("lead", "待分派", "已收到，核实中", "hollow", limit="visit"),
        State("sent", "待入户", "已收到，核实中", "yellow", limit="visit"),
        State("visited", "已入户", "核实中", "yellow"),
        State("authorised", "已授权", "核实中", "yellow"),
        State("matched", "待评议", "核实中", "yellow"),
        State("met", "待公示", "核实中", "yellow"),
        State("notice", "村级公示中", "村内公示中", "blue"),
        State("town", "待审定", "审核中", "blue"),
        State("listed", "已纳入监测", "已纳入监测帮扶", "green", is_end=True, proof=("visit", "authorise", "match", "meet", "post", "town")),
        State("rejected", "不予纳入", "未纳入，理由已告知", "grey", is_end=True),
        State("merged", "已并件", "已并入另一件", "grey", is_end=True, proof=("merge",)),
        State("withdrawn", "已撤回", "已撤回", "grey", is_end=True),
    ),
    moves=(
        Move("send", "分派核实", ("lead",), "sent", needs=("lead",), takes=("words",), guards=_PLAIN),
        Move("visit", "入户核查", ("sent",), "visited", by=(LEAD,), needs=("visitors", "words"), assignment="signed", guards=_PLAIN),
        Move("authorise", "承诺授权", ("visited",), "authorised", by=(LEAD,), needs=("signed_on",)),
        Move("match", "信息比对", ("authorised",), "matched", by=(LEAD, DESK), needs=("words",), guards=_PLAIN),
        Move("meet", "民主评议", ("matched",), "met", by=(LEAD,), needs=("attended", "agreed"), takes=("words",), guards=(majority, *_PLAIN)),
        Move("post", "村级公示", ("met",), "notice", by=(LEAD,), needs=("place",), guards=_PLAIN),
        Move("object", "公示有异议", ("notice",), "matched", by=(LEAD, DESK), needs=("reason",), guards=_PLAIN),
        Move("town", "乡镇审核", ("notice",), "town", by=(LEAD,), needs=("objections",), takes=("words",), window=Window("notice", is_over=True), guards=(objections_answered, *_PLAIN)),
        Move("approve", "县级审定", ("town",), "listed", needs=("basis",), effect=Effect.FINISH, apart_from=("visit", "meet", "town"), guards=(unsupervised, nothing_pending, *_PLAIN), assignment="answered"),
        Move("reject", "不予纳入", _TO_REJECT, "rejected", by=(LEAD, DESK), needs=("refusal", "reason"), effect=Effect.FINISH, guards=_PLAIN),
        Move("refuse", "审定不予纳入", ("town",), "rejected", needs=("refusal", "reason"), effect=Effect.FINISH, apart_from=("town",), guards=(after("visit", "还没有入户核查。"), *_PLAIN)),
        Move("send_back", "退回乡镇", ("town",), "matched", needs=("reason",), guards=_PLAIN),
        *supervision(_RUNNING),
        *merging(("lead", "sent")),
        *withdrawal(("lead", "sent", "visited", "authorised")),
    ),
)  # fmt: skip
