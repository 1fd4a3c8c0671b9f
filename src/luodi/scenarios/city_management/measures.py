"""Indicators of digital city management. What fell due and was not handled counts against the rates from the day after."""

from __future__ import annotations

from typing import Any

from luodi.measures.declare import Measure, Tally
from luodi.scenarios.city_management.actions import LIMITS

CASE, LINK = "city_management.CityCase", ("case_ptr",)
AT = "case_ptr__division"


def fell_due(row: Any) -> Any:
    """Handled, or past its end; one that still has time and is not handled yet is neither good nor bad."""
    return row.case_ptr__finished_on.notnull() | row.overdue_on.notnull()


def closed(row: Any) -> Any:
    return row.case_ptr__state == "closed"


def in_time(row: Any) -> Any:
    return row.case_ptr__was_late.notnull() & ~row.case_ptr__was_late


def cases(dated: str, says: str, where: Any = None, adds: str = "") -> Tally:
    path = dated if dated in {"filed_on", "dispatched_on"} else f"case_ptr__{dated}"
    return Tally(CASE, dated=path, division=AT, says=says, where=where, adds=adds, links=LINK)


DUE = cases("due_on", "处置期限已到或已处置的案件", fell_due)
RECEIVED = cases("received_on", "上报的案件")
CLOSED = cases("due_on", "已结案", lambda row: fell_due(row) & closed(row))
COMPONENTS = Tally("city_management.Component", dated="placed_on", division="grid__division", says="在册部件")

MEASURES = (
    Measure(
        "city_handled_in_time", "城管案件按期处置率", "%", times=100, denominator=DUE, ruleset=LIMITS,
        numerator=cases("due_on", "期限内处置", lambda row: fell_due(row) & row.case_ptr__finished_on.notnull() & in_time(row)),
    ),
    Measure("city_filed", "城管案件立案数", "件", cases("filed_on", "立案"), better="near"),
    Measure("city_closed", "城管案件结案率", "%", times=100, denominator=DUE, numerator=CLOSED, about="结案 /（应结案 − 缓办）；缓办的没有期限，不在分母里"),
    Measure(
        "city_closed_in_time", "城管案件按期结案率", "%", times=100, denominator=DUE, ruleset=LIMITS,
        numerator=cases("due_on", "按期处置并结案", lambda row: fell_due(row) & closed(row) & in_time(row)),
    ),
    Measure(
        "city_reworked", "城管案件返工率", "%", times=100, better="down", denominator=CLOSED,
        numerator=cases("due_on", "返工过的结案", lambda row: fell_due(row) & closed(row) & (row.case_ptr__round > 1)),
    ),
    Measure(
        "city_hours", "城管案件平均处置时长", "小时", better="down", places=1,
        numerator=cases("finished_on", "处置用时", lambda row: row.handling_hours.notnull(), adds="handling_hours"),
        denominator=cases("finished_on", "已处置", lambda row: row.handling_hours.notnull()),
    ),
    Measure(
        "city_by_public", "城管案件公众上报占比", "%", times=100, denominator=RECEIVED,
        numerator=cases("received_on", "公众上报", lambda row: row.is_public_source),
    ),
    Measure(
        "city_components_sound", "城市部件完好率", "%", times=100, period="quarter", span="ever", denominator=COMPONENTS,
        numerator=Tally("city_management.Component", dated="placed_on", division="grid__division", says="完好", where=lambda row: row.state == "sound"),
        about="按现状计；普查以前的变化不追溯",
    ),
)  # fmt: skip
