"""The life of a deal and its place on the three lists. One way on from each state, and the ways out."""

from __future__ import annotations

from collections.abc import Mapping

STATES = (
    ("lead", "线索"),
    ("talk", "洽谈"),
    ("mou", "意向协议"),
    ("contract", "合同"),
    ("registered", "注册落地"),
    ("started", "开工"),
    ("funded", "资金到位"),
    ("producing", "投产"),
    ("done", "办结"),
    ("dispute", "争议"),
    ("out", "已退出"),
)
TITLES = dict(STATES)
LISTS = (("talk", "在谈"), ("signed", "签约"), ("started", "开工"), ("out", "退出"))
"""三个一批, and those that are on none of them any more."""
LIST_OF: Mapping[str, str] = {
    "lead": "talk", "talk": "talk", "mou": "talk", "contract": "signed", "registered": "signed", "dispute": "signed",
    "started": "started", "funded": "started", "producing": "started", "done": "started", "out": "out",
}  # fmt: skip
ROAD = ("lead", "talk", "mou", "contract", "registered", "started", "funded", "producing", "done")
"""The way through. A deal that comes to a contract at once goes from talks past the agreement."""
SIGNED = frozenset(ROAD[3:])
"""States of a deal whose contract stands."""


def next_state(state: str, has_contract: bool) -> str | None:
    """Where a deal goes from here; None at the end and outside the road."""
    if state not in ROAD or state == "done":
        return None
    if state == "talk" and has_contract:
        return "contract"
    return ROAD[ROAD.index(state) + 1]


def reached(state: str, goal: str) -> bool:
    """Whether a deal stands at a state of the road or beyond it. One in dispute or out stands nowhere."""
    return state in ROAD and ROAD.index(state) >= ROAD.index(goal)
