"""What the ruleset gives a step of time, and whether the step comes in its time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils import timezone

from luodi.kernel.calendar import clock_in_force
from luodi.kernel.clock import Clock, ClockError, Period
from luodi.kernel.clock import Unit as PeriodUnit
from luodi.shapes.cases.clocks import GIVE_A_PERIOD, Reckoning, reckon
from luodi.shapes.cases.kind import CaseKind
from luodi.shapes.cases.limits import Limits, period_of
from luodi.shapes.cases.machine import Effect, Move
from luodi.shapes.cases.models import Case
from luodi.shapes.cases.record import CALLED, OPENED, Event, NotAllowed, Record


def with_periods(record: Record, kind: CaseKind, case: Case, limits: Limits) -> Record:
    """The newest event with the time that the rules give it."""
    event = record.events[-1]
    is_opening = event.move == OPENED
    move = None if is_opening else kind.machine.move(event.move)
    step = move.limit if move else kind.machine.opening_limit
    period = None
    if event.effect in GIVE_A_PERIOD:
        period = limits.state_for(step, case.level, case.category) if step else kind.period(case, limits)
    elif event.effect is Effect.EXTEND:
        most = limits.values.get("extension_most")
        if most is not None and sum(1 for _ in record.made(event.move)) > most:
            raise NotAllowed(f"按现行规定延期以 {most} 次为限。")
        period = period_of((event.filled["length"], _unit_of(record)))
        longest = limits.values.get("extension_longest")
        if longest is not None and period.amount > longest:
            raise NotAllowed(f"按现行规定延期不超过 {replace(period, amount=longest)}。")
    is_entered = event.to != event.source or (move is not None and move.restarts)
    state_limit = kind.machine.state(event.to).limit
    state_period = (
        limits.state_for(state_limit, case.level, case.category) if is_entered and state_limit else None
    )
    timed = replace(event, period=period, state_period=state_period, ruleset=limits.ruleset)
    return replace(record, events=(*record.events[:-1], timed))


def check_ahead(case: Case, move: Move, event: Event, limits: Limits) -> None:
    """An extension is asked for some working days before the end, where the rule says so."""
    ahead = limits.values.get("extension_ahead")
    if move.asks_for != "extension" or not ahead or case.due_on is None:
        return
    latest = _clock_for(case).latest_day_before(case.due_on, Period(ahead, PeriodUnit.WORK_DAY))
    if timezone.localtime(event.at).date() > latest:
        raise NotAllowed(f"延期须提前 {ahead} 个工作日申请，最迟应在 {latest} 提出。")


def check_window(case: Case, move: Move, record: Record, event: Event, limits: Limits) -> None:
    """Whether the move's days have come, or have not yet passed."""
    window = move.window
    period = limits.state_for(window.limit, case.level, case.category) if window else None
    if window is None or period is None:
        return
    given = next(
        (event.filled[window.since] for event in _since_entered(record) if window.since in event.filled), None
    )
    if window.since and given is None:
        if window.is_over:
            raise NotAllowed(
                f"还没有记{CALLED.get(window.since, '起算日期')}，期限没有起算，不能{move.title}。"
            )
        return
    start = date.fromisoformat(given) if given else timezone.localtime(case.state_since).date()
    try:
        last = _clock_for(case).last_day(start, period)
    except ClockError as unknown:
        raise NotAllowed(str(unknown)) from unknown
    today = timezone.localtime(event.at).date()
    if window.is_over and today <= last:
        raise NotAllowed(f"期限到 {last} 届满，届满前不能{move.title}。")
    if not window.is_over and today > last:
        raise NotAllowed(f"{move.title}应在 {last} 前提出，已经超过{period}的期限。")


def _since_entered(record: Record) -> Iterator[Event]:
    """The events of the present state, newest first, down to the one that entered it."""
    for event in reversed(record.events):
        yield event
        if event.to != event.source:
            return


def _unit_of(record: Record) -> str:
    """An extension is given in the unit of the period that it lengthens."""
    periods = [event.period for event in record.events if event.period is not None]
    if not periods:
        raise NotAllowed("这件还没有起算期限，不能延期。")
    return str(periods[-1].unit)


def _clock_for(case: Case) -> Clock:
    return clock_in_force(on=case.received_on or date.today(), division=case.division)


def reckoned(case: Case, record: Record, limits: Limits) -> Reckoning:
    return reckon(_clock_for(case), record, limits.shares, frozenset(limits.pauses))


def write_clocks(case: Case, record: Record, found: Reckoning) -> None:
    for name in (
        "started_at", "due_at", "soon_at", "urgent_at", "finished_at", "was_late", "state_since", "state_due_at", "is_paused",
    ):  # fmt: skip
        setattr(case, name, getattr(found, name))
    case.due_on = found.due_on.date() if found.due_on else None
    case.finished_on = timezone.localtime(found.finished_at).date() if found.finished_at else None
    case.clock_fault = found.fault[:200]
