"""The closed loop 受理、立案、派遣、处置、核查、结案 as a machine, with its side roads 退单、延期、缓办、挂账、返工.

监管分离: who watches never handles. A case is not sent to the desk's own unit, and its check and closing are made by
another unit than the one that handled it. 返工 lets the same clock run on; 退单 sends it out anew with a run of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luodi.scenarios.city_management.rules.classes import CATEGORIES
from luodi.shapes.cases.guards import at_most, nothing_pending, one_of, unsupervised
from luodi.shapes.cases.machine import (
    CO,
    DESK,
    LEAD,
    LEADER,
    PUBLIC,
    SUPERVISOR,
    Effect,
    Machine,
    Move,
    State,
)
from luodi.shapes.cases.moves import extension, merging, supervision, withdrawal
from luodi.shapes.cases.record import Actor, Record

__all__ = ["CATEGORIES", "MACHINE"]

COLLECTOR = "collector"
CHANNELS = (
    (COLLECTOR, "采集员上报"), ("public", "公众随手拍"), ("open311", "Open311 接入"), ("hotline", "12345 转入"), ("leader", "领导批示"),
    ("department", "部门批转"), ("media", "媒体曝光"), ("video", "视频智能识别"), ("sensor", "物联报警"), ("window", "来电来访"),
)  # fmt: skip
BY_THE_PUBLIC = ("public", "open311", "hotline", "window")
FIXED, NOT_FIXED, DUPLICATE, OUT_OF_SCOPE, WITHDRAWN, FORCED = (
    "fixed", "not_fixed_other", "duplicate", "out_of_scope", "withdrawn", "forced",
)  # fmt: skip
OUTCOMES = (
    (FIXED, "已解决"), (NOT_FIXED, "未能解决（说明原因）"), (DUPLICATE, "重复上报"), (OUT_OF_SCOPE, "不属受理范围"),
    (WITHDRAWN, "上报人撤回"), (FORCED, "强制结案"),
)  # fmt: skip
"""Why a case is closed: closed is not fixed, and the two are never mixed up."""
ENDS = {
    "merge": DUPLICATE, "reject": OUT_OF_SCOPE, "refuse_filing": OUT_OF_SCOPE, "void": OUT_OF_SCOPE, "withdraw": WITHDRAWN,
    "grant_force": FORCED, "self_handle": FIXED,
}  # fmt: skip
"""What the outcome is when a move ends a case without asking for it."""
RETURNS_MOST = 2


def seen_on_the_ground(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
    """What no collector reported is verified on the ground before it is taken in 核实."""
    if record.events[0].filled.get("channel") == COLLECTOR:
        return ""
    found = record.last("verify")
    if found is None:
        return "不是采集员上报的，先派采集员核实再受理。"
    return "" if found.filled.get("found") is True else "核实未发现问题，不能受理；请不予受理并说明。"


def not_to_oneself(_record: Record, actor: Actor, filled: Mapping[str, Any]) -> str:
    sent = {filled.get("lead"), *(filled.get("co") or ())}
    return "监督中心不能把案件派给自己处置（监管分离），请派给处置单位。" if sent & actor.units else ""


def review_date_kept(record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    """A postponed case comes back on a day: the one asked for, or an earlier one."""
    asked = record.last("ask_suspend")
    if asked is not None and str(filled["review_on"]) > str(asked.filled["review_on"]):
        return f"复核日期不能晚于申请的 {asked.filled['review_on']}。"
    return ""


_BEFORE = ("reported", "accepted", "filed")
_AT_WORK = ("handling",)
_OPEN = (
    "reported",
    "verifying",
    "accepted",
    "filed",
    "dispatched",
    "returned",
    "handling",
    "checking",
    "checked",
    "hung",
)
_FORCED_FROM = ("filed", "dispatched", "returned", "handling", "checking", "checked")
_FAULT_FROM = ("dispatched", "handling", "checking")

MACHINE = Machine(
    start="reported",
    states=(
        State("reported", "待受理", "已收到", "hollow", limit="accept"),
        State("verifying", "待核实", "核实中", "hollow", limit="verify"),
        State("accepted", "待立案", "已受理", "blue", limit="file"),
        State("filed", "待派遣", "已立案", "blue", limit="dispatch"),
        State("dispatched", "待接收", "已派遣", "yellow", limit="receive"),
        State("returned", "退单待裁定", "正在确定处置单位", "yellow", limit="dispatch"),
        State("handling", "处置中", "处置中", "yellow"),
        State("checking", "待核查", "已处置，核查中", "blue", limit="check"),
        State("checked", "待结案", "核查通过", "blue", limit="close"),
        State("hung", "挂账", "条件成熟后办理", "grey"),
        State("closed", "已结案", "已结案", "green", is_end=True, proof=("feedback", "pass_check")),
        State("self_handled", "自行处置结案", "已当场解决", "green", is_end=True, proof=("self_handle",)),
        State("forced", "强制结案", "已结案（未处置完毕）", "grey", is_end=True, proof=("ask_force", "grant_force")),
        State("rejected", "不予受理", "不予受理", "grey", is_end=True),
        State("merged", "已并件", "与另一件相同，已并入", "grey", is_end=True, proof=("merge",)),
        State("withdrawn", "已撤回", "已撤回", "grey", is_end=True),
        State("voided", "已作废", "已作废", "grey", is_end=True),
    ),
    # of the moves from a state the first that leads on is whose turn it is
    moves=(
        Move("accept", "受理", ("reported",), "accepted", takes=("words",), guards=(seen_on_the_ground,), in_bulk=True),
        Move("send_to_verify", "派核实", ("reported",), "verifying", takes=("words",), in_bulk=True),
        Move("verify", "核实", ("verifying",), "reported", needs=("found", "words")),
        Move("reject", "不予受理", ("reported",), "rejected", needs=("reason",)),
        Move("file", "立案", ("accepted",), "filed", needs=("category", "standard")),
        Move("refuse_filing", "不立案", ("accepted",), "rejected", needs=("reason",)),
        Move("self_handle", "当场处置", ("reported", "accepted"), "self_handled", needs=("words",)),
        Move("dispatch", "派遣", ("filed",), "dispatched", needs=("lead",), takes=("co", "words"), effect=Effect.START, guards=(not_to_oneself,)),
        Move("receive", "接收", ("dispatched",), "handling", by=(LEAD,), assignment="signed", in_bulk=True),
        Move(
            "return", "退单", ("dispatched",), "returned", by=(LEAD,), needs=("reason", "basis"), assignment="returned",
            guards=(at_most("return", RETURNS_MOST, f"退单以 {RETURNS_MOST} 次为限，请按裁定处置。"),),
        ),
        Move("redispatch", "裁定派遣", ("returned",), "dispatched", by=(DESK, SUPERVISOR), needs=("lead", "reason"), takes=("co",), effect=Effect.NEXT, guards=(not_to_oneself,)),
        Move("co_feedback", "协办反馈", ("handling",), by=(CO,), needs=("words",), assignment="answered"),
        Move("feedback", "处置反馈", ("handling",), "checking", by=(LEAD,), needs=("words",), effect=Effect.FINISH, guards=(nothing_pending,)),
        Move("pass_check", "核查通过", ("checking",), "checked", by=(DESK, SUPERVISOR), needs=("words",), apart_from=("feedback",), apart_from_unit=("feedback",)),
        Move("fail_check", "核查不通过，返工", ("checking",), "handling", by=(DESK, SUPERVISOR), needs=("reason",), effect=Effect.CONTINUE, new_round=True, apart_from_unit=("feedback",)),
        Move(
            "close", "结案", ("checked",), "closed", by=(DESK, SUPERVISOR), needs=("outcome",), takes=("words",), apart_from_unit=("feedback",),
            guards=(one_of("outcome", (FIXED, NOT_FIXED), "结案须选已解决或未能解决；重复、撤回等走各自的步骤。"), unsupervised, nothing_pending),
        ),
        Move("rate", "评价", ("checking", "checked"), by=(PUBLIC,), needs=("score", "resolved"), takes=("words",), guards=(one_of("score", (1, 2, 3, 4, 5), "满意度为 1 至 5 分。"),)),
        *extension(_AT_WORK),
        Move("ask_suspend", "申请缓办", _AT_WORK, by=(LEAD,), needs=("reason", "review_on"), asks_for="suspension"),
        Move("grant_suspend", "同意缓办", _AT_WORK, by=(DESK, SUPERVISOR), needs=("reason", "basis", "review_on"), effect=Effect.PAUSE, settles="suspension", apart_from=("ask_suspend",), guards=(review_date_kept,)),
        Move("refuse_suspend", "不同意缓办", _AT_WORK, by=(DESK, SUPERVISOR), needs=("reason",), settles="suspension"),
        Move("resume", "恢复处置", _AT_WORK, by=(DESK, SUPERVISOR), takes=("words",), effect=Effect.RESUME),
        Move("hang", "挂账", _AT_WORK, "hung", by=(SUPERVISOR, LEADER), needs=("reason", "basis", "condition", "review_on"), effect=Effect.PAUSE, guards=(nothing_pending,)),
        Move("take_up", "摘牌续办", ("hung",), "handling", by=(DESK, SUPERVISOR), takes=("words",), effect=Effect.RESUME),
        Move("ask_force", "申请强制结案", _FORCED_FROM, by=(DESK,), needs=("reason",), asks_for="force"),
        Move("grant_force", "批准强制结案", _FORCED_FROM, "forced", by=(SUPERVISOR, LEADER), needs=("reason",), settles="force", apart_from=("ask_force",)),
        Move("refuse_force", "不批准强制结案", _FORCED_FROM, by=(SUPERVISOR, LEADER), needs=("reason",), settles="force"),
        Move("void", "作废", _BEFORE, "voided", needs=("reason",)),
        Move("find_fault", "认定弄虚作假、拒不处置", _FAULT_FROM, by=(DESK, SUPERVISOR), needs=("reason",), apart_from_unit=("feedback",)),
        *supervision(_OPEN),
        *merging(("reported", "verifying", "accepted", "filed", "dispatched", "handling")),
        *withdrawal(_BEFORE),
    ),
)  # fmt: skip
STAGES = (
    ("accept", "受理"), ("verify", "核实"), ("file", "立案"), ("dispatch", "派遣"), ("receive", "接收"), ("check", "核查"), ("close", "结案"),
)  # fmt: skip
"""Stages with a clock of their own; the eighth, 处置, runs on the business clock by the standard of the condition."""
