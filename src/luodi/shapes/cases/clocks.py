"""The two clocks of a case, read off its record.

The business clock 业务时钟 is never set back: pauses, extensions and another grade move its end, doing a case anew lets
it run on, and only a proceeding of its own (复查, 补正) begins a further run. The state clock 状态时钟 starts with each state. Lights are not stored: the moments at which
they turn are, so no light is ever stale.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from luodi.kernel.clock import CHINA, Clock, ClockError, Course, Extension, Pause, YearWithoutCalendar
from luodi.shapes.cases.machine import Effect
from luodi.shapes.cases.record import Event, NotAllowed, Record

GIVE_A_PERIOD = frozenset({Effect.START, Effect.LIMIT, Effect.CONTINUE, Effect.NEXT})
TINY = 1e-9
"""So that 3 of 15 days left are four fifths used: 1 - 0.8 is a little less than 0.2."""
ONE_DAY, ONE_MINUTE = timedelta(days=1), timedelta(minutes=1)


class Light(StrEnum):
    """How a case stands against its time; the value's lamp stands beside its word."""

    CALM, SOON, URGENT, OVER = "calm", "soon", "urgent", "over"
    PAUSED, UNKNOWN, DONE, DONE_LATE, ENDED = "paused", "unknown", "done", "done_late", "ended"

    @property
    def title(self) -> str:
        return TITLES[self]


TITLES = {
    Light.CALM: "正常",
    Light.SOON: "过半",
    Light.URGENT: "临期",
    Light.OVER: "超期",
    Light.PAUSED: "中止",
    Light.UNKNOWN: "未起算",
    Light.DONE: "按期办结",
    Light.DONE_LATE: "超期办结",
    Light.ENDED: "已办结",
}
LAMPS = {
    Light.CALM: "green", Light.SOON: "blue", Light.URGENT: "yellow", Light.OVER: "red",
    Light.PAUSED: "grey", Light.UNKNOWN: "hollow", Light.DONE: "green", Light.DONE_LATE: "red", Light.ENDED: "grey",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares of the period at whose use a reminder is due: blue at half, yellow at four fifths."""

    soon: float = 0.5
    urgent: float = 0.8


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What a record says of time. `fault` tells why a due day is unknown: it is never guessed."""

    started_at: datetime | None = None
    due_at: datetime | None = None
    soon_at: datetime | None = None
    urgent_at: datetime | None = None
    finished_at: datetime | None = None
    was_late: bool | None = None
    state_since: datetime | None = None
    state_due_at: datetime | None = None
    is_paused: bool = False
    fault: str = ""

    @property
    def due_on(self) -> datetime | None:
        """A moment within the last day: the end itself is the first moment that is too late."""
        return None if self.due_at is None else (self.due_at - timedelta(microseconds=1)).astimezone(CHINA)


def reckon(
    clock: Clock, record: Record, shares: Shares = Shares(), lawful_pauses: frozenset[str] | None = None
) -> Reckoning:
    """Both clocks. Raises NotAllowed for a pause without a lawful reason, and for one or an extension after the end."""
    try:
        return _reckon(clock, record, shares, lawful_pauses)
    except YearWithoutCalendar as fault:
        if record.events and record.events[-1].effect is Effect.EXTEND:
            raise NotAllowed(f"不能确认期限是否届满，暂不能延期：{fault}") from fault
        found = _without_due(record)
        return replace(found, fault=str(fault))
    except ClockError as fault:
        raise NotAllowed(str(fault)) from fault


def business_course(record: Record, lawful_pauses: frozenset[str] | None = None) -> Course | None:
    """The run of the business clock; None before it started, or where no rule sets a period."""
    run = _present_run(record.events)
    period = None
    for event in run:
        if event.effect in GIVE_A_PERIOD and event.period is not None:
            period = event.period
    if not run or period is None:
        return None
    started = run[0]
    pauses, extensions = _disturbances(_while_it_runs(run))
    return Course(started.at, period, pauses, extensions, lawful_pauses)


def state_course(record: Record) -> Course | None:
    """The run of the present state's clock; None where the state has no limit of its own."""
    entered = _entered(record)
    if entered is None or entered.state_period is None:
        return None
    place = record.events.index(entered)
    pauses, _ = _disturbances(record.events[place + 1 :])
    return Course(entered.at, entered.state_period, pauses)


def turns_at(clock: Clock, course: Course, share_used: float, since: datetime) -> datetime | None:
    """The first moment from `since` on at which so much of the period is used; None while it is stopped."""
    due = clock.due(course)
    if due is None:
        return None

    def is_used(moment: datetime) -> bool:
        return clock.standing(course, moment).share_left <= 1 - share_used + TINY

    if is_used(since):
        return since
    by_hours = course.period.unit.is_hours
    grain = ONE_MINUTE if by_hours else ONE_DAY
    base = since if by_hours else since.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    low, high = 0, -(-(due.at - base) // grain)
    while high - low > 1:
        middle = (low + high) // 2
        if is_used(base + grain * middle):
            high = middle
        else:
            low = middle
    return min(base + grain * high, due.at)


def light(
    now: datetime,
    *,
    started: bool,
    soon_at: datetime | None,
    urgent_at: datetime | None,
    due_at: datetime | None,
    is_paused: bool,
    is_finished: bool,
    was_late: bool | None,
) -> Light:
    """The light at a moment, by the stored moments alone."""
    if is_finished:
        return {True: Light.DONE_LATE, False: Light.DONE, None: Light.ENDED}[was_late]
    if is_paused:
        return Light.PAUSED
    if not started or due_at is None:
        return Light.UNKNOWN
    if now >= due_at:
        return Light.OVER
    if urgent_at is not None and now >= urgent_at:
        return Light.URGENT
    return Light.SOON if soon_at is not None and now >= soon_at else Light.CALM


def _reckon(clock: Clock, record: Record, shares: Shares, lawful: frozenset[str] | None) -> Reckoning:
    found = _without_due(record)
    course, state = business_course(record, lawful), state_course(record)
    if state is not None:
        found = _with_state_due(clock, found, state)
    if course is None:
        return found
    due = clock.due(course)
    last = record.events[-1].at
    is_running = due is not None and found.finished_at is None
    return replace(
        found,
        due_at=due.at if due else None,
        soon_at=turns_at(clock, course, shares.soon, last) if is_running else None,
        urgent_at=turns_at(clock, course, shares.urgent, last) if is_running else None,
        was_late=_was_late(clock, record, lawful),
    )


def _with_state_due(clock: Clock, found: Reckoning, state: Course) -> Reckoning:
    """The state's end beside the rest: a year without a calendar leaves this end open, and not the business clock's."""
    try:
        due = clock.due(_stopped_in_time(clock, state))
    except YearWithoutCalendar as fault:
        return replace(found, fault=str(fault))
    return replace(found, state_due_at=due.at if due else None)


def _stopped_in_time(clock: Clock, course: Course) -> Course:
    """The state's run with the pauses that began before it ended: the business clock may stop later than that."""
    kept = replace(course, pauses=())
    for pause in course.pauses:
        due = clock.due(kept)
        if due is not None and pause.since < due.at:
            kept = replace(kept, pauses=(*kept.pauses, pause))
    return kept


def _without_due(record: Record) -> Reckoning:
    run = _present_run(record.events)
    entered = _entered(record)
    return Reckoning(
        started_at=run[0].at if run else None,
        finished_at=_finished_at(record.events),
        state_since=entered.at if entered else None,
        is_paused=record.is_paused,
    )


def _was_late(clock: Clock, record: Record, lawful: frozenset[str] | None) -> bool | None:
    """Late at any of its ends: one that was late and was then repaired has still been late. None: none has ended yet."""
    late = None
    for place, event in enumerate(record.events):
        if event.effect in {Effect.FINISH, Effect.NEXT}:
            before = record.events[:place]
            if event.effect is Effect.NEXT and _finished_at(before) is not None:
                continue  # a run that was answered in time is not late for a later proceeding
            course = business_course(replace(record, events=before), lawful)
            due = clock.due(course) if course else None
            if due is not None:
                late = bool(late) or event.at >= due.at
    return late


def _finished_at(events: Iterable[Event]) -> datetime | None:
    finished = None
    for event in events:
        if event.effect is Effect.FINISH:
            finished = event.at
        elif event.effect in {Effect.CONTINUE, Effect.NEXT}:
            finished = None
    return finished


def _present_run(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events since the business clock last began: by the newest proceeding, or by the first start; () before that."""
    starts = [at for at, event in enumerate(events) if event.effect is Effect.START]
    nexts = [at for at, event in enumerate(events) if event.effect is Effect.NEXT]
    begins = [*starts[:1], *nexts]
    return events[begins[-1] :] if begins else ()


def _while_it_runs(run: tuple[Event, ...]) -> Iterable[Event]:
    """Without what happened between a finish and its continuation: that no longer bears on the finished clock."""
    is_finished = False
    for event in run:
        is_finished = (is_finished or event.effect is Effect.FINISH) and event.effect is not Effect.CONTINUE
        if not is_finished:
            yield event


def _entered(record: Record) -> Event | None:
    entering = (event for event in reversed(record.events) if event.to != event.source or event.state_period)
    return next(entering, None)


def _disturbances(events: Iterable[Event]) -> tuple[tuple[Pause, ...], tuple[Extension, ...]]:
    pauses: list[Pause] = []
    extensions = []
    for event in events:
        if event.effect is Effect.PAUSE:
            pauses.append(
                Pause(event.at, None, str(event.filled["reason"]), str(event.filled.get("basis", "")))
            )
        elif event.effect is Effect.RESUME and pauses:
            pauses[-1] = replace(pauses[-1], until=event.at)
        elif event.effect is Effect.EXTEND and event.period is not None:
            extensions.append(Extension(event.at, event.period, str(event.filled["reason"]), event.by))
    return tuple(pauses), tuple(extensions)
