"""Supervision orders 督办单: one matter one slip, three colours, answered by the unit and checked by another than who answered.

The machine and its rules as data; `desks.py` declares the kind. A colour rises by a person's decision, which the ruleset
asks for when an order is overdue (`colour_due`); a red that was made good shows both, never plain green.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luodi.shapes.cases.guards import after, nothing_pending
from luodi.shapes.cases.machine import CO, DESK, LEAD, Actor, Effect, Machine, Move, State
from luodi.shapes.cases.moves import extension
from luodi.shapes.cases.record import Record

RULESET = "dispatch.orders"
BLUE, ORANGE, RED = "blue", "orange", "red"
COLOURS = ((BLUE, "蓝色（提醒）"), (ORANGE, "橙色（警示）"), (RED, "红色（告诫）"))
RANK = {colour: rank for rank, (colour, _) in enumerate(COLOURS)}
CATEGORIES = (("ordinary", "一般事项"), ("complex", "复杂事项"))
SOURCES = (
    ("light", "亮红灯"),
    ("meeting", "会议议定"),
    ("instruction", "领导批示"),
    ("plan", "计划任务"),
    ("other", "其他"),
)
OUTCOMES = (("done", "已办结"), ("stage", "阶段性办结"), ("cancelled", "撤销"))


def higher(record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    """A colour only rises: 蓝 → 橙 → 红."""
    now, asked = RANK.get(record.value("level"), 0), RANK.get(filled.get("level", ""), -1)
    return "" if asked > now else "督办只能升色，不能降色或平级。"


_AT_WORK = ("issued", "signed")
MACHINE = Machine(
    start="drafted",
    states=(
        State("drafted", "待下发", lamp="hollow"),
        State("issued", "待签收", lamp="yellow", limit="sign"),
        State("signed", "办理中", lamp="yellow", limit="progress"),
        State("answered", "待核查", lamp="blue", limit="verify"),
        State("closed", "已销号", lamp="green", is_end=True, proof=("answer", "verify")),
        State("cancelled", "已撤销", lamp="grey", is_end=True),
    ),
    moves=(
        Move("send", "下发", ("drafted",), "issued", by=(DESK,), needs=("lead", "level"), takes=("co", "words"), effect=Effect.START),
        Move("sign", "签收", ("issued",), "signed", by=(LEAD,), takes=("words",), assignment="signed", in_bulk=True),
        Move("report", "反馈进展", ("signed",), by=(LEAD,), needs=("words",), restarts=True),
        Move("co_report", "配合单位反馈", ("issued", "signed"), by=(CO,), needs=("words",), assignment="answered"),
        Move(
            "answer", "报告办结", ("signed",), "answered", by=(LEAD,), needs=("outcome", "reply"), effect=Effect.FINISH,
            guards=(nothing_pending,),
        ),
        Move(
            "fail", "核查不属实，退回", ("answered",), "signed", by=(DESK,), needs=("reason",), effect=Effect.CONTINUE, new_round=True,
            apart_from=("answer",), apart_from_unit=("answer",),
        ),
        Move(
            "verify", "核查属实，销号", ("answered",), "closed", by=(DESK,), needs=("words",), apart_from=("answer",),
            apart_from_unit=("answer",), guards=(after("answer", "还没有办结报告，不能销号。"),),
        ),
        Move("raise", "升色", _AT_WORK, by=(DESK,), needs=("level", "reason"), effect=Effect.LIMIT, guards=(higher,), in_bulk=True),
        Move("cancel", "撤销", ("drafted", "issued", "signed"), "cancelled", by=(DESK,), needs=("reason",)),
        *extension(("signed",)),
    ),
)  # fmt: skip


def colour_due(colour: str, is_late: bool, must_rise: bool) -> str:
    """The colour that the rule asks for now: one higher for what is late, "" where nothing is to be done."""
    rank = RANK.get(colour, 0)
    return COLOURS[rank + 1][0] if is_late and must_rise and rank + 1 < len(COLOURS) else ""


def worse(one: str, other: str) -> str:
    """The worse of two colours; "" is none."""
    return max(one, other, key=lambda colour: RANK.get(colour, -1))


def shown(colour: str, worst: str, is_closed: bool) -> str:
    """How an order's colour is told: what was made good keeps the worst colour beside it."""
    titles = dict(COLOURS)
    if not is_closed:
        return titles.get(colour, "")
    return f"已办结，曾到{titles[worst]}" if worst and worst != BLUE else "已办结"


def is_talk_due(reds_this_year: int, limit: int | None) -> bool:
    """约谈主要负责人: so many red orders of one unit in a year (隆昌: three)."""
    return limit is not None and reds_this_year >= limit
