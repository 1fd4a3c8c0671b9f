"""The life of a check 检查, as data: told, made by two, recorded by item, looked over, published in 20 working days, followed up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from luodi.scenarios.random_inspections.rules.words import (
    CLASSES,
    CONCLUSIONS,
    ORIGINS,
    PROBLEMS,
    UNREACHABLE,
    overall,
)
from luodi.shapes.cases.guards import after, nothing_pending, unsupervised
from luodi.shapes.cases.machine import CO, DESK, LEAD, SUPERVISOR, Effect, Machine, Move, State
from luodi.shapes.cases.moves import supervision
from luodi.shapes.cases.record import Actor, Record

LIMITS = "random_inspections.limits"
QUOTAS = "random_inspections.quotas"
CATEGORIES = ORIGINS
LEVELS = CLASSES
OUTCOMES = CONCLUSIONS

_PERSONAL = (
    (re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"), "身份证号"),
    (re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), "手机号"),
)


def personal_in(text: str) -> str:
    """What of a person stands in a text that is to be published: 身份证号, 手机号, or "" for nothing."""
    return next((what for pattern, what in _PERSONAL if pattern.search(text)), "")


def findings_of(record: Record) -> dict[str, tuple[str, str]]:
    """The finding of every item that stands, corrections included: conclusion and words by item code."""
    found: dict[str, tuple[str, str]] = {}
    for event in record.made("record", "grant_correction"):
        for code, pair in (event.filled.get("findings") or {}).items():
            found[code] = (pair[0], pair[1])
    return found


def items_of(record: Record) -> list[str]:
    return list(record.value("items") or ())


def items_known(record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    """A finding is of an item of this check and has one of the eight conclusions."""
    known = set(items_of(record))
    for code, (conclusion, _said) in filled["findings"].items():
        if code not in known:
            return f"这次检查不含事项 {code}。"
        if conclusion not in dict(CONCLUSIONS):
            return f"事项 {code} 的检查结果应是 1 至 8，不是“{conclusion}”。"
    return ""


def explained(_record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    """A problem is described, and no description names a person: it will be published."""
    for code, (conclusion, said) in filled["findings"].items():
        if conclusion in PROBLEMS and not said.strip():
            return f"事项 {code} 发现问题，请写明情况。"
        if what := personal_in(said):
            return f"事项 {code} 的情况说明里有{what}，结果要公示，请改写。"
    return ""


def every_item_found(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
    lacking = [code for code in items_of(record) if code not in findings_of(record)]
    return f"还有事项没有录入结果：{'、'.join(lacking)}。" if lacking else ""


def gravest(record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    """The conclusion of the whole follows from its items; nobody chooses it."""
    found = findings_of(record) | dict(filled.get("findings") or {})
    wanted = overall(pair[0] for pair in found.values())
    return "" if filled["outcome"] == wanted else f"各事项汇总的结果应为“{dict(CONCLUSIONS)[wanted]}”。"


def no_problem(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
    found = record.value("outcome")
    return "发现问题的须先后续处理，不能直接办结。" if found in PROBLEMS else ""


def with_problem(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
    found = record.value("outcome")
    if found == UNREACHABLE:
        return "无法联系的转“列入异常名录”，10 个工作日内办理。"
    return "" if found in PROBLEMS else "未发现问题，直接办结。"


def unreachable(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
    return "" if record.value("outcome") == UNREACHABLE else "只有通过登记的住所无法联系的才列入。"


def corrected(record: Record, actor: Actor, filled: Mapping[str, Any]) -> str:
    """A correction changes something, and says it in a way fit for the public."""
    if said := items_known(record, actor, filled) or explained(record, actor, filled):
        return said
    now = findings_of(record)
    if all(now.get(code) == tuple(pair) for code, pair in filled["findings"].items()):
        return "更正后的结果与已公示的相同。"
    what = personal_in(str(filled["reason"]))
    return f"更正理由里有{what}，要公示，请改写。" if what else ""


def as_asked(name: str) -> Any:
    """What is granted is what was asked for."""

    def guard(record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
        asked = record.last(f"ask_{name}")
        keys = ("inspector",) if name == "recusal" else ("findings",)
        same = asked is not None and all(filled.get(key) == asked.filled.get(key) for key in keys)
        return "" if same else "与申请的内容不一致；请按申请的内容批准，或者退回。"

    return guard


_CREW_MAY_CHANGE = ("assigned", "notified", "checking")
_OPEN = (
    "drawn",
    "assigned",
    "notified",
    "checking",
    "recorded",
    "reviewed",
    "published",
    "listing",
    "following",
)
_TEAM = (DESK, LEAD, CO)

MACHINE = Machine(
    start="drawn",
    states=(
        State("drawn", "待派单", "已抽取"),
        State("assigned", "待通知", "已派单", "yellow", limit="notify"),
        State("notified", "待检查", "已通知", "yellow"),
        State("checking", "检查中", "检查中", "yellow"),
        State("recorded", "待复核", "检查已结束", "blue", limit="review"),
        State("reviewed", "待公示", "检查已结束", "blue"),
        State("published", "已公示", "已公示", "green"),
        State("listing", "待列入异常名录", "已公示", "yellow", limit="listing"),
        State("following", "后续处理", "已公示", "yellow", limit="following"),
        State("closed", "已办结", "已公示", "green", is_end=True),
        State("void", "终止检查", "终止检查", "grey", is_end=True),
    ),
    moves=(
        Move("assign", "派单", ("drawn",), "assigned", needs=("lead", "items"), takes=("co",)),
        Move("ask_recusal", "申请回避", _CREW_MAY_CHANGE, by=_TEAM, needs=("inspector", "recusal", "words"), asks_for="recusal"),
        Move(
            "grant_recusal", "同意回避", _CREW_MAY_CHANGE, by=(DESK, SUPERVISOR), needs=("inspector", "reason"), settles="recusal",
            apart_from=("ask_recusal",), guards=(as_asked("recusal"),),
        ),
        Move("refuse_recusal", "不同意回避", _CREW_MAY_CHANGE, by=(DESK, SUPERVISOR), needs=("reason",), settles="recusal", apart_from=("ask_recusal",)),
        Move("fill_seat", "补派人员", _CREW_MAY_CHANGE, by=(DESK,), needs=("reason",), takes=("inspector",)),
        Move("notify", "通知检查对象", ("assigned",), "notified", by=(DESK, LEAD), needs=("agreed_on",), takes=("words",), guards=(nothing_pending,)),
        Move("arrive", "到场亮证", ("notified",), "checking", by=_TEAM, takes=("words",), guards=(nothing_pending,)),
        Move("record", "录入结果", ("checking",), by=_TEAM, needs=("findings",), guards=(items_known, explained)),
        Move(
            "finish", "结束检查", ("checking",), "recorded", by=_TEAM, needs=("checked_on", "outcome", "signature"), takes=("words",),
            effect=Effect.START, guards=(nothing_pending, every_item_found, gravest),
        ),
        Move("send_back", "退回补录", ("recorded",), "checking", by=(DESK, LEAD), needs=("reason",), apart_from=("finish",)),
        Move("review", "复核", ("recorded",), "reviewed", by=(DESK, LEAD), takes=("words",), apart_from=("finish",)),
        Move("publish", "公示", ("reviewed",), "published", by=(DESK, LEAD), effect=Effect.FINISH, guards=(after("review", "还没有复核。"),), in_bulk=True),
        Move("ask_correction", "申请更正", ("published", "listing", "following"), by=_TEAM, needs=("findings", "reason"), asks_for="correction", guards=(corrected,)),
        Move(
            "grant_correction", "同意更正", ("published", "listing", "following"), by=(DESK, SUPERVISOR), needs=("findings", "outcome", "reason"),
            settles="correction", apart_from=("ask_correction",), guards=(as_asked("correction"), corrected, gravest),
        ),
        Move("refuse_correction", "不同意更正", ("published", "listing", "following"), by=(DESK, SUPERVISOR), needs=("reason",), settles="correction", apart_from=("ask_correction",)),
        Move("list_abnormal", "转列入异常名录", ("published",), "listing", by=(DESK, LEAD), takes=("words",), guards=(unreachable, nothing_pending)),
        Move("follow_up", "转后续处理", ("published",), "following", by=(DESK, LEAD), needs=("measure",), takes=("words",), guards=(with_problem, nothing_pending)),
        Move(
            "resolve", "处理完毕", ("listing", "following"), "closed", by=(DESK, LEAD), needs=("document", "words"),
            guards=(nothing_pending, unsupervised),
        ),
        Move("close", "办结", ("published",), "closed", by=(DESK, LEAD), guards=(no_problem, nothing_pending, unsupervised), in_bulk=True),
        Move("reopen", "更正重启", ("closed",), "published", by=(DESK,), needs=("reason",), new_round=True),
        Move("terminate", "终止检查", ("drawn", "assigned", "notified", "checking"), "void", by=(DESK,), needs=("reason",)),
        *supervision(_OPEN),
    ),
)  # fmt: skip
