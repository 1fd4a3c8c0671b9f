"""A period as it really ran: when it began, what stopped it, what lengthened it, and when it therefore ends.

One rule covers every unit: what was left when the clock stopped is what is left when it starts again. Counted by days,
a pause therefore takes the days after the one it began on, up to and including the one it ended on, as any period does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple

from luodi.kernel.clock.hours import local
from luodi.kernel.clock.period import ClockError, Period


@dataclass(frozen=True, slots=True)
class Pause:
    """A stop of the clock 中止: `reason` is a code of the rule's own list, `basis` the clause. Open while `until` is None."""

    since: datetime
    until: datetime | None
    reason: str
    basis: str = ""

    @property
    def at(self) -> datetime:
        return self.since


@dataclass(frozen=True, slots=True)
class Extension:
    """More time 延长, granted while the period still ran."""

    at: datetime
    period: Period
    reason: str
    approver: str = ""


class Due(NamedTuple):
    """When a period ends: its last day, and the first moment that is too late."""

    day: date
    at: datetime


class Standing(NamedTuple):
    """How a course stands at a moment. `left` and `total` are in days, working days or hours, by the period's unit.

    On the last day `left` is 0 and the course is not yet overdue; past it `left` is negative. `due` is None while
    the clock is stopped.
    """

    due: Due | None
    left: float
    total: float
    is_overdue: bool

    @property
    def is_stopped(self) -> bool:
        return self.due is None

    @property
    def share_left(self) -> float:
        """From 1 at the start to 0 at the end, and below; a postponed end does not make it more than all."""
        return min(1.0, self.left / self.total)


@dataclass(frozen=True, slots=True)
class Course:
    """One run of one period. `lawful_reasons` are the rule's own reasons to pause; None where it sets no list."""

    start: datetime
    period: Period
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    lawful_reasons: frozenset[str] | None = None

    def __post_init__(self) -> None:
        local(self.start)
        events: tuple[Pause | Extension, ...] = (*self.pauses, *self.extensions)
        for event in events:
            if local(event.at) < self.start:
                raise ClockError(f"中止或延长（{event.reason}）早于期限起算。")
        for pause in self.pauses:
            if pause.until is not None and local(pause.until) < pause.since:
                raise ClockError(f"中止（{pause.reason}）的结束早于开始。")
            if self.lawful_reasons is not None and pause.reason not in self.lawful_reasons:
                raise ClockError(f"“{pause.reason}”不是该期限规定的中止事由。")
        for pause, following in pairwise(sorted(self.pauses, key=lambda pause: pause.since)):
            if pause.until is None or pause.until > following.since:
                raise ClockError(f"中止（{pause.reason}）与中止（{following.reason}）重叠。")
        for extension in self.extensions:
            if not extension.period.unit.counts_like(self.period.unit):
                raise ClockError(f"期限为{self.period}，不能延长{extension.period}：单位不同。")

    @property
    def events(self) -> list[Pause | Extension]:
        """What happened to the period, in order of time; a pause before an extension of the same moment."""
        return sorted((*self.pauses, *self.extensions), key=lambda event: event.at)

    @property
    def is_stopped(self) -> bool:
        """A pause has no end yet: belongs on the list of stuck clocks."""
        return any(pause.until is None for pause in self.pauses)

    def as_of(self, now: datetime) -> Course:
        """The course as it was known then: nothing later has happened, a pause that ended later still stands."""
        pauses = tuple(
            pause if pause.until is not None and pause.until <= now else replace(pause, until=None)
            for pause in self.pauses
            if pause.since <= now
        )
        extensions = tuple(extension for extension in self.extensions if extension.at <= now)
        return replace(self, pauses=pauses, extensions=extensions)
