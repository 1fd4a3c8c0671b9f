"""好差评: five levels, the dimensions of each kind of channel, bursts that nobody believes, and the road of a bad review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from luodi.shapes.cases.guards import after, nothing_pending, one_of, unsupervised
from luodi.shapes.cases.machine import DESK, LEAD, PUBLIC, SUPERVISOR, Effect, Machine, Move, State
from luodi.shapes.cases.moves import supervision
from luodi.shapes.cases.record import Actor, Record

LIMITS = "government_services.reviews"
STARS = ((5, "非常满意"), (4, "满意"), (3, "基本满意"), (2, "不满意"), (1, "非常不满意"))
GOOD_FROM = 3
WAYS = (
    ("window", "窗口"), ("terminal", "一体机"), ("online", "网上（PC）"), ("app", "APP"), ("mini", "小程序"), ("hotline", "12345"), ("sms", "短信"),
)  # fmt: skip
ON_SITE = frozenset({"window", "terminal"})
DIMENSIONS: Mapping[str, tuple[str, ...]] = {
    "site": ("整体满意度", "服务效率", "服务水平", "服务态度"),
    "online": ("整体满意度", "办事效率", "指南精确度", "便捷度", "平台操作性"),
}
"""Fixed by version: nobody adds or removes one."""
OUTCOMES = (
    ("fixed", "已整改"),
    ("explained", "解释说明"),
    ("ledger", "列入台账限期解决"),
    ("void", "误评或非实名，不计入"),
)


def dimensions_of(way: str) -> tuple[str, ...]:
    return DIMENSIONS["site" if way in ON_SITE else "online"]


def is_bad(stars: int) -> bool:
    return stars < GOOD_FROM


def fault_of(stars: int, way: str, tags: Iterable[str], finished: datetime | None, rated: datetime) -> str:
    """The sentence that refuses a rating, or ""."""
    if stars not in dict(STARS):
        return "评价为 1 至 5 星。"
    if strange := [tag for tag in tags if tag not in dimensions_of(way)]:
        return f"“{'、'.join(strange)}”不是这个渠道的评价指标。"
    if finished is not None and rated < finished:
        return "评价早于办结，不能计入。"
    return ""


def is_burst(earlier: Iterable[datetime], rated: datetime, most: int, minutes: int) -> bool:
    """Whether one device has rated more often within so many minutes than people can be served 刷评."""
    since = rated - timedelta(minutes=minutes)
    return sum(since < each <= rated for each in earlier) >= most


def better_now(record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    """Who was reached rates again; who was not reached is called again, three times at most."""
    if filled["reached"] is not False and not filled.get("score"):
        return "联系上的回访须请其再次评价。"
    return ""


def called_enough(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
    calls = list(record.made_this_round("call_back"))
    unreached = [call for call in calls if call.filled.get("reached") is False]
    if calls and calls[-1].filled.get("reached") is False and len(unreached) < CALLS:
        return f"还没有联系上，回访满 {CALLS} 次才能按未联系上办结。"
    return ""


def is_content(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
    """Still 1 or 2 stars after the fix: it goes back, or its fix was only an explanation by law."""
    call = record.last("call_back")
    again = call is not None and call.filled.get("score") and is_bad(int(call.filled["score"]))
    return "再次评价仍为差评，请退回整改。" if again and record.value("outcome") == "fixed" else ""


CALLS = 3
_SCORE = one_of("score", (None, 1, 2, 3, 4, 5), "评价为 1 至 5 星。")

MACHINE = Machine(
    start="bad",
    states=(
        State("bad", "待核实", "已收到", "hollow", limit="verify"),
        State("appealed", "申诉复核", "核实中", "yellow", limit="appeal"),
        State("rectifying", "整改中", "整改中", "yellow"),
        State("rectified", "待回访", "已整改", "blue"),
        State("called_back", "已回访", "已整改", "blue"),
        State("closed", "已办结", "已整改", "green", is_end=True, proof=("contact", "rectify", "call_back")),
        State("voided", "不计入", "已核实", "grey", is_end=True, proof=("void",)),
    ),
    moves=(
        Move("send", "转责任单位", ("bad",), by=(DESK, PUBLIC), needs=("lead",)),
        Move("verify", "核实", ("bad",), "rectifying", by=(DESK, LEAD), needs=("words",), effect=Effect.START),
        Move("appeal", "申诉", ("bad", "rectifying"), "appealed", by=(LEAD,), needs=("reason",)),
        Move("void", "申诉成立，不计入", ("appealed",), "voided", by=(DESK, SUPERVISOR), needs=("outcome", "reason"), apart_from=("appeal",), apart_from_unit=("appeal",), guards=(one_of("outcome", ("void",), "应选“不计入”。"),)),
        Move("keep", "申诉不成立", ("appealed",), "rectifying", by=(DESK, SUPERVISOR), needs=("reason",), apart_from=("appeal",), apart_from_unit=("appeal",), effect=Effect.START),
        Move("contact", "电话联系", ("rectifying",), by=(DESK, LEAD), needs=("words",)),
        Move(
            "rectify", "整改完毕", ("rectifying",), "rectified", by=(LEAD,), needs=("outcome", "reply"), takes=("review_on",), effect=Effect.FINISH,
            guards=(after("contact", "差评须逐件电话联系，还没有联系的记录。"), nothing_pending, one_of("outcome", ("fixed", "explained", "ledger"), "整改结果应选已整改、解释说明或列入台账。")),
        ),
        Move("call_back", "回访", ("rectified", "called_back"), "called_back", by=(DESK, SUPERVISOR), needs=("channel", "reached"), takes=("score", "words"), guards=(better_now, _SCORE), apart_from=("rectify",), apart_from_unit=("rectify",)),
        Move("redo", "退回整改", ("called_back",), "rectifying", by=(DESK, SUPERVISOR), needs=("reason",), effect=Effect.CONTINUE, new_round=True),
        Move("close", "办结", ("called_back",), "closed", by=(DESK, SUPERVISOR), guards=(is_content, called_enough, unsupervised), apart_from_unit=("rectify",), in_bulk=True),
        *supervision(("bad", "appealed", "rectifying", "rectified")),
    ),
)  # fmt: skip
