"""The ladder of the regulation as a machine: 登记、甄别、转送、受理、办理、答复、复查、复核、办结."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from luodi.kernel.clock import CHINA
from luodi.scenarios.petitions.rules.words import (
    ACCUSATION,
    BY_PROCEDURE,
    CLAIM,
    CONCLUSIONS,
    GUIDED,
    LITIGATION,
    REDO,
    REPEAT,
    SUGGESTION,
    SUPPORTED,
)
from luodi.shapes.cases.guards import at_most, nothing_pending, one_of, unsupervised
from luodi.shapes.cases.machine import (
    CO,
    DESK,
    LEAD,
    LEADER,
    PUBLIC,
    SUPERVISOR,
    Actor,
    Effect,
    Machine,
    Move,
    State,
    Window,
)
from luodi.shapes.cases.moves import merging, supervision, withdrawal
from luodi.shapes.cases.record import Record

ANSWERS = ("reply", "conclude", "review", "recheck")
_OPEN = (
    "registered", "classified", "transferred", "objected", "handling", "procedure", "replied", "concluded", "review_asked",
    "reviewing", "reviewed", "recheck_asked", "rechecking", "rechecked",
)  # fmt: skip
_BEFORE_ANSWER = ("registered", "classified", "transferred", "handling")
_ANSWERED = ("replied", "concluded", "reviewed", "rechecked")
_SCORE = one_of("score", (None, 1, 2, 3, 4, 5), "满意度为 1 至 5 分。")


def stream_of(record: Record) -> str:
    """The stream as it was last decided."""
    return str(record.value("stream") or "")


def stream_in(*streams: str, said: str) -> Any:
    def guard(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
        return "" if stream_of(record) in streams else said

    return guard


def repeat_names_its_first(_record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    """A repeat is a repeat of something: matters are counted, never people."""
    if filled.get("nature") == REPEAT and not filled.get("same_as"):
        return "认定为重复信访的，须写明与哪一件是同一事项。"
    return ""


def another_stream(record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    return "改类须选另一类。" if filled.get("stream") == stream_of(record) else ""


def conclusion_fits(record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    allowed = CONCLUSIONS.get(stream_of(record), ())
    return "" if filled.get("outcome") in allowed else "结论与这一类事项不符：申诉求决写支持、解释说明或不支持，建议意见写采纳、留作参考或解释说明。"  # fmt: skip


def carried_out(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
    """What was supported is closed only when it has been done (第三十二条)."""
    if record.value("outcome") == SUPPORTED and not any(record.made_this_round("executed")):
        return "支持诉求的，须先记落实情况才能办结。"
    return ""


def not_sent_back(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
    last = record.last("review", "recheck")
    return (
        "复查、复核责令重新办理的，应重新办理，不能办结。"
        if last and last.filled.get("finding") == REDO
        else ""
    )


def sent_back(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
    return (
        "只有复查、复核责令重新办理的，才重新办理。" if not_sent_back(record, _actor, _filled) == "" else ""
    )


def another_unit(record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    """Review goes to the superior: never to a unit that has answered already."""
    answered = {unit for event in record.made(*ANSWERS) for unit in event.units}
    return "复查、复核由上一级机关承办，不能交给作出原意见的单位。" if filled.get("lead") in answered else ""


def served_after_the_answer(record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    answer = record.last(*ANSWERS)
    day = date.fromisoformat(str(filled["served_on"]))
    if answer is not None and day < answer.at.astimezone(CHINA).date():
        return "送达日期早于答复日期，请核对。"
    return ""


def review_does_not_apply(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
    if record.state == "concluded" or stream_of(record) == SUGGESTION:
        return ""
    return "申诉求决须等复查申请期限届满，用“办结”。"


def score_when_reached(_record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    return "" if filled["reached"] is False or filled.get("score") else "联系上的回访须记满意度。"


_CLAIM = stream_in(CLAIM, said="复查、复核只适用于申诉求决。")
_OURS = stream_in(
    CLAIM, SUGGESTION, said="检举控告移送纪检监察机关，涉法涉诉移送政法机关，不转送有关单位办理。"
)
_THEIRS = stream_in(ACCUSATION, LITIGATION, said="只有检举控告、涉法涉诉事项移送有权处理的机关。")
_ONCE_OBJECTED = at_most("uphold", 1, "异议已经裁定，不能再提。")
_GUIDED = one_of("route", GUIDED, "引导办理的途径为诉讼等法律程序、仲裁或党员申诉。")
_PROCEDURE = one_of("route", BY_PROCEDURE, "由本单位依职权办理的途径为行政程序或查处、履职。")
_REVIEW = Window("review_apply", since="served_on")
_RECHECK = Window("recheck_apply", since="served_on")
_CLOSING = (not_sent_back, carried_out, unsupervised, nothing_pending)

MACHINE = Machine(
    start="registered",
    opening=Effect.START,
    opening_limit="register",
    states=(
        State("registered", "待甄别", "已登记", "hollow"),
        State("classified", "待转送", "已登记", "hollow"),
        State("transferred", "待受理", "已转送有关单位", "yellow"),
        State("objected", "归属异议", "已转送有关单位", "yellow"),
        State("handling", "办理中", "已受理，办理中", "yellow"),
        State("procedure", "依法定途径办理", "已受理，依法定途径办理", "yellow"),
        State("replied", "已答复", "已答复", "blue", limit="review_apply"),
        State("concluded", "已作出处理", "已作出处理", "blue"),
        State("review_asked", "待交复查", "已申请复查", "yellow"),
        State("reviewing", "复查中", "复查中", "yellow"),
        State("reviewed", "已复查", "已复查", "blue", limit="recheck_apply"),
        State("recheck_asked", "待交复核", "已申请复核", "yellow"),
        State("rechecking", "复核中", "复核中", "yellow"),
        State("rechecked", "已复核", "复核终结", "blue"),
        State("closed", "已办结", "已办结", "green", is_end=True, proof=("serve",)),
        State("handed_over", "已移送", "已移送有权处理的机关", "grey", is_end=True),
        State("guided", "已告知法定途径", "请依法定途径提出", "grey", is_end=True),
        State("not_accepted", "不予受理", "不予受理", "grey", is_end=True),
        State("merged", "已并件", "已并入另一件", "grey", is_end=True, proof=("merge",)),
        State("withdrawn", "已撤回", "已撤回", "grey", is_end=True),
    ),
    moves=(
        Move("classify", "甄别", ("registered",), "classified", needs=("stream", "nature"), takes=("same_as",), guards=(repeat_names_its_first,)),
        Move("transfer", "转送、交办", ("classified", "objected"), "transferred", needs=("lead", "manner"), takes=("co", "words"), effect=Effect.NEXT, limit="notice", guards=(_OURS,)),
        Move("uphold", "驳回异议", ("objected",), "transferred", needs=("lead", "reason"), effect=Effect.NEXT, limit="notice"),
        Move("accept", "受理", ("transferred",), "handling", by=(LEAD,), takes=("notified_on", "words"), effect=Effect.NEXT, limit="handle", assignment="signed"),
        Move("accept_procedure", "依法定途径受理", ("transferred",), "procedure", by=(LEAD,), needs=("route", "basis"), takes=("notified_on", "review_on"), effect=Effect.NEXT, limit="procedure", assignment="signed", guards=(_PROCEDURE,)),
        Move("object", "提出异议", ("transferred",), "objected", by=(LEAD,), needs=("reason", "basis"), assignment="returned", window=Window("object"), guards=(_ONCE_OBJECTED,)),
        Move("guide", "告知法定途径", ("classified", "transferred"), "guided", by=(DESK, LEAD), needs=("route", "reason", "basis"), takes=("notified_on",), effect=Effect.FINISH, guards=(_GUIDED,)),
        Move("not_accept", "不予受理", ("classified", "transferred"), "not_accepted", by=(DESK, LEAD), needs=("refusal", "reason", "basis"), takes=("notified_on",), effect=Effect.FINISH),
        Move(
            "reply", "答复", ("handling",), "replied", by=(LEAD,), needs=("outcome", "facts", "reply", "basis"), takes=("line", "served_on"),
            effect=Effect.FINISH, guards=(conclusion_fits, nothing_pending),
        ),
        Move("conclude", "作出处理", ("procedure",), "concluded", by=(LEAD,), needs=("outcome", "reply", "basis"), takes=("served_on",), effect=Effect.FINISH),
        Move("close", "办结", ("replied",), "closed", window=Window("review_apply", since="served_on", is_over=True), guards=(_CLAIM, *_CLOSING), in_bulk=True),
        Move("close_reviewed", "办结（复查后）", ("reviewed",), "closed", window=Window("recheck_apply", since="served_on", is_over=True), guards=_CLOSING),
        Move("close_final", "办结（复核终结）", ("rechecked",), "closed", guards=_CLOSING),
        Move("close_other", "办结（不适用复查）", ("concluded", "replied"), "closed", guards=(stream_in(SUGGESTION, CLAIM, said="这一类不在这里办结。"), review_does_not_apply, *_CLOSING)),
        Move("serve", "送达", _ANSWERED, by=(LEAD, DESK), needs=("served_on", "service"), guards=(served_after_the_answer,)),
        Move("executed", "记落实", _ANSWERED, by=(LEAD,), needs=("words",)),
        Move("ask_review", "申请复查", ("replied",), "review_asked", by=(PUBLIC, DESK), needs=("reason",), effect=Effect.NEXT, limit="review", window=_REVIEW, assignment="recalled", guards=(_CLAIM,)),
        Move("send_review", "交复查机关", ("review_asked",), "reviewing", needs=("lead",), takes=("co", "words"), guards=(another_unit,)),
        Move("review", "复查意见", ("reviewing",), "reviewed", by=(LEAD,), needs=("finding", "reply", "basis"), takes=("served_on",), effect=Effect.FINISH, apart_from_unit=("reply",)),
        Move("ask_recheck", "申请复核", ("reviewed",), "recheck_asked", by=(PUBLIC, DESK), needs=("reason",), effect=Effect.NEXT, limit="recheck", window=_RECHECK, assignment="recalled"),
        Move("send_recheck", "交复核机关", ("recheck_asked",), "rechecking", needs=("lead",), takes=("co", "words"), guards=(another_unit,)),
        Move("recheck", "复核意见", ("recheck_asked", "rechecking"), "rechecked", by=(LEAD, DESK), needs=("finding", "reply", "basis"), takes=("served_on",), effect=Effect.FINISH, apart_from_unit=("reply", "review")),
        Move("redo", "重新办理", ("reviewed", "rechecked"), "handling", needs=("reason", "lead"), effect=Effect.NEXT, limit="handle", new_round=True, guards=(sent_back,)),
        Move("pause", "中止（听证）", ("recheck_asked", "rechecking"), by=(DESK, LEAD), needs=("reason", "basis"), effect=Effect.PAUSE),
        Move("resume", "恢复期限", ("recheck_asked", "rechecking"), by=(DESK, LEAD), takes=("words",), effect=Effect.RESUME),
        Move("co_reply", "会办反馈", ("handling", "reviewing"), by=(CO,), needs=("words",), assignment="answered"),
        Move("mediated", "记调解", ("handling",), by=(LEAD,), needs=("mediation", "words")),
        Move("heard", "记听证", ("handling", "reviewing", "rechecking"), by=(LEAD,), needs=("words",)),
        Move("ask_extension", "申请延期", ("handling",), by=(LEAD,), needs=("reason", "length"), asks_for="extension", guards=(at_most("grant_extension", 1, "延期以 1 次为限。"),)),
        Move("grant_extension", "批准延期", ("handling",), by=(LEAD, DESK), needs=("approver", "length", "reason", "told_on"), effect=Effect.EXTEND, apart_from=("ask_extension",), settles="extension"),
        Move("refuse_extension", "不批准延期", ("handling",), by=(LEAD, DESK), needs=("reason",), apart_from=("ask_extension",), settles="extension"),
        Move("hand_over", "移送", ("classified", "transferred", "handling"), "handed_over", needs=("organ", "reason"), effect=Effect.FINISH, guards=(_THEIRS,)),
        Move("reclassify", "改类", ("classified", "transferred", "handling"), needs=("stream", "reason"), guards=(another_stream, at_most("reclassify", 1, "改类以 1 次为限。"))),
        Move("link", "认定同一事项", _OPEN, needs=("same_as", "reason")),
        Move("report_up", "重大紧急报告", _OPEN, by=(DESK, LEAD), needs=("words",)),
        Move("call_back", "回访", _ANSWERED, by=(DESK, SUPERVISOR), needs=("channel", "reached"), takes=("resolved", "score", "words"), guards=(score_when_reached, _SCORE), apart_from_unit=("reply", "review")),
        Move("rate", "评价", _ANSWERED, by=(PUBLIC,), needs=("score", "resolved"), takes=("words",), guards=(_SCORE,)),
        Move("instruct", "领导批示", _OPEN, by=(LEADER,), needs=("words",)),
        *supervision(_OPEN),
        *merging(_BEFORE_ANSWER),
        *withdrawal(_BEFORE_ANSWER),
    ),
)  # fmt: skip
