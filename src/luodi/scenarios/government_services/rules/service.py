"""The road of a case 办件 by the law on administrative licences, and its two periods: the promise, and the law's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from luodi.kernel.clock import CHINA, Calendar, Clock, OfficeHours, Period, Unit
from luodi.scenarios.government_services.rules.catalogue import HANDLINGS, INSTANT
from luodi.shapes.cases.clocks import business_course
from luodi.shapes.cases.guards import after, at_most, nothing_pending, one_of, unsupervised
from luodi.shapes.cases.machine import (
    DESK,
    LEAD,
    PUBLIC,
    Effect,
    Machine,
    Move,
    State,
    Window,
)
from luodi.shapes.cases.moves import extension, supervision, withdrawal
from luodi.shapes.cases.record import Actor, Record

LIMITS = "government_services.limits"
CATEGORIES = HANDLINGS
OUTCOMES = (("approved", "准予"), ("denied", "不予"))
CHANNELS = (
    ("online", "网上（PC）"), ("app", "APP"), ("mini", "小程序"), ("terminal", "一体机"), ("window", "窗口"), ("near", "镇村就近办"),
    ("hotline", "12345"),
)  # fmt: skip
FILED_ONLINE = ("online", "app", "mini")
HOURS_A_DAY = 8

_SCORE = one_of("score", (1, 2, 3, 4, 5), "评价为 1 至 5 分。")


def no_second_supplement(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
    """Everything that is lacking is told once."""
    asked = any(record.made("ask_supplement"))
    return "补正内容须一次性告知，已经告知过的不能再要求补正别的材料。" if asked else ""


MACHINE = Machine(
    start="submitted",
    states=(
        State("submitted", "待收件", "已提交", "hollow"),
        State("received", "待受理", "已收件", "yellow", limit="accept"),
        State("supplement", "待补正", "请补正材料", "blue", limit="supplement"),
        State("review", "审查中", "已受理", "yellow"),
        State("approved", "准予待发证", "准予", "blue", limit="deliver"),
        State("denied", "不予待送达", "不予", "blue", limit="deliver"),
        State("issued", "已发证待送达", "准予，已制证", "blue", limit="deliver"),
        State("delivered", "已送达", "已送达", "green"),
        State("rated", "已评价", "已送达", "green"),
        State("archived", "已归档", "已送达", "green", is_end=True, proof=("deliver",)),
        State("not_accepted", "不予受理", "不予受理", "grey", is_end=True, proof=("refuse_acceptance",)),
        State("withdrawn", "已撤回", "已撤回", "grey", is_end=True),
        State("expired", "逾期未补正", "逾期未补正", "grey", is_end=True),
    ),
    moves=(
        Move("receive", "收件", ("submitted",), "received", needs=("lead",), takes=("words",)),
        Move("ask_supplement", "一次性告知补正", ("received",), "supplement", by=(DESK, LEAD), needs=("words",), guards=(no_second_supplement,)),
        Move("supply", "补正材料", ("supplement",), "received", by=(PUBLIC, DESK, LEAD), needs=("words",)),
        Move("expire", "逾期未补正", ("supplement",), "expired", by=(DESK, LEAD), needs=("reason",), window=Window("supplement", is_over=True)),
        Move("accept", "受理", ("received",), "review", by=(DESK, LEAD), takes=("words",), effect=Effect.START, in_bulk=True),
        Move(
            "deem_accepted", "视为受理", ("received",), "review", by=(PUBLIC, DESK, LEAD), takes=("words",), effect=Effect.START,
            window=Window("accept", is_over=True), guards=(at_most("ask_supplement", 1, "已经告知补正，不适用。"),),
        ),
        Move("refuse_acceptance", "不予受理", ("received",), "not_accepted", by=(DESK, LEAD), needs=("reason", "basis", "remedy")),
        Move("pause", "中止计时", ("review",), by=(DESK, LEAD), needs=("reason", "basis"), effect=Effect.PAUSE),
        Move("resume", "恢复计时", ("review",), by=(DESK, LEAD), takes=("words",), effect=Effect.RESUME),
        *extension(("review",)),
        Move("approve", "准予", ("review",), "approved", by=(LEAD,), needs=("outcome", "reply"), effect=Effect.FINISH, guards=(nothing_pending, one_of("outcome", ("approved",), "准予的办理结果应选“准予”。"))),
        Move("deny", "不予", ("review",), "denied", by=(LEAD,), needs=("outcome", "reason", "basis", "remedy"), effect=Effect.FINISH, guards=(nothing_pending, one_of("outcome", ("denied",), "不予的办理结果应选“不予”。"))),
        Move("issue", "制证", ("approved",), "issued", by=(LEAD, DESK), needs=("document",)),
        Move("deliver", "送达", ("approved", "issued", "denied"), "delivered", by=(LEAD, DESK), needs=("channel", "visits"), takes=("words",)),
        Move("rate", "评价", ("delivered",), "rated", by=(PUBLIC,), needs=("score",), takes=("resolved", "words"), guards=(_SCORE, after("deliver", "办结送达后才能评价。"))),
        Move("archive", "归档", ("delivered", "rated"), "archived", by=(DESK, LEAD), guards=(unsupervised, nothing_pending), in_bulk=True),
        *supervision(("submitted", "received", "supplement", "review", "approved", "denied", "issued")),
        *withdrawal(("submitted", "received", "supplement", "review")),
    ),
)  # fmt: skip


def promise(handling: str, promised_days: int | None, legal_days: int | None) -> int | None:
    """Working days that count: the shorter of promise and law; None for a matter of the same day or without any limit."""
    if handling == INSTANT:
        return None
    known = [days for days in (promised_days, legal_days) if days]
    return min(known) if known else None


def minutes_left_today(accepted_at: datetime, calendar: Calendar) -> int:
    """即办件: until the end of the day on which it was accepted, or of the next working day when that one is not worked."""
    local = accepted_at.astimezone(CHINA)
    day = calendar.next_workday(local.date())
    end = datetime(day.year, day.month, day.day, tzinfo=CHINA) + timedelta(days=1)
    return max(1, int((end - local).total_seconds() // 60))


def period_of(
    handling: str, days: int | None, accepted_at: datetime, gone: int, calendar: Calendar
) -> Period | None:
    """What the clock is given at acceptance. `gone` are working days that count already (视为受理 runs from the receipt)."""
    if handling == INSTANT:
        return Period(minutes_left_today(accepted_at, calendar), Unit.MINUTE)
    return None if not days else Period(max(1, days - gone), Unit.WORK_DAY)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands by promise and by law. `lamp`: overdue by promise is yellow, by law red."""

    is_over_promise: bool
    is_over_law: bool

    @property
    def lamp(self) -> str:
        return "red" if self.is_over_law else "yellow" if self.is_over_promise else "green"


def standing(on: date, promised_on: date | None, legal_on: date | None) -> Standing:
    return Standing(promised_on is not None and on > promised_on, legal_on is not None and on > legal_on)


def promised_due_on(clock: Clock, record: Record) -> date | None:
    """The last day of the promise as the record has it; None while stopped."""
    course = business_course(record)
    due = clock.due(course) if course else None
    if due is None:
        return None
    return (due.at - timedelta(microseconds=1)).astimezone(CHINA).date()


def legal_due_on(
    clock: Clock, record: Record, legal_days: int | None, since: datetime | None = None
) -> date | None:
    """The last day that the law allows, with every pause and extension of the record; None while stopped or without a limit.

    `since` is where the law counts from when that is earlier than the acceptance on record.
    """
    if not legal_days:
        return None
    events = tuple(
        replace(event, period=Period(legal_days, Unit.WORK_DAY), at=since or event.at)
        if event.effect is Effect.START
        else _in_workdays(event)
        for event in record.events
    )
    course = business_course(replace(record, events=events))
    due = clock.due(course) if course else None
    return due.day if due else None


def _in_workdays(event: Any) -> Any:
    """An extension of a promise given in minutes bears nothing on the law's own working days."""
    is_other = (
        event.effect is Effect.EXTEND and event.period is not None and event.period.unit is not Unit.WORK_DAY
    )
    return replace(event, effect=Effect.NONE) if is_other else event


def workdays_taken(start: datetime, end: datetime, hours: OfficeHours, calendar: Calendar) -> Decimal:
    """企业开办 in working days of eight hours, to two places: 4 hours are 0.50. ValueError when the end comes first."""
    if end < start:
        raise ValueError("the end comes before the start")
    seconds = Decimal(str(hours.between(start, end, calendar).total_seconds()))
    return (seconds / (3600 * HOURS_A_DAY)).quantize(Decimal("0.01"), ROUND_HALF_UP)
