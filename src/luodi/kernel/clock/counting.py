"""The ways to count along a period: by whole days or by the hour, all days or only those worked.

Each answers a few small questions about places (a day or a moment) and about what is left between two of them (a
number of days or a span of time); how pauses, extensions and postponement bear on a course is then told once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar

from luodi.kernel.clock.calendar import ONE_DAY, Calendar
from luodi.kernel.clock.course import Course, Due, Extension, Standing
from luodi.kernel.clock.hours import OfficeHours, local, midnight
from luodi.kernel.clock.period import ClockError, Period, Unit, months_later

Place = TypeVar("Place", date, datetime)
Left = TypeVar("Left", int, timedelta)


class Counting(ABC, Generic[Place, Left]):
    @abstractmethod
    def place(self, moment: datetime) -> Place:
        """Where a moment lies."""

    @abstractmethod
    def after(self, place: Place, period: Period) -> Place:
        """Where a period that begins here ends, before any postponement."""

    @abstractmethod
    def left(self, place: Place, end: Place) -> Left:
        """How much of the period lies between; negative past the end."""

    @abstractmethod
    def onward(self, place: Place, left: Left) -> Place:
        """Where it ends when so much is left here."""

    @abstractmethod
    def settled(self, end: Place, period: Period) -> Place:
        """The end, postponed to the next working day where the period says so."""

    @abstractmethod
    def due_at(self, end: Place) -> Due:
        """The end as a day and a moment."""

    @abstractmethod
    def number(self, left: Left) -> float:
        """What is left as a number of days or hours."""

    def due(self, course: Course) -> Due | None:
        """When the course ends; None while it is stopped. Raises ClockError for an event after its end."""
        end, stopped, _ = self._follow(course)
        return None if stopped is not None else self.due_at(self.settled(end, course.period))

    def standing(self, course: Course, now: datetime) -> Standing:
        """How the course stood at `now`, by what had happened until then."""
        if local(now) < course.start:
            raise ClockError(f"起算时间 {local(course.start):%Y-%m-%d %H:%M} 晚于当前时间。")
        end, stopped, total = self._follow(course.as_of(now))
        if stopped is not None:
            left = self.left(stopped, max(end, stopped))
            return Standing(None, self.number(left), self.number(total), is_overdue=False)
        settled = self.settled(end, course.period)
        due = self.due_at(settled)
        left = self.left(self.place(now), settled)
        return Standing(due, self.number(left), self.number(total), is_overdue=now >= due.at)

    def _follow(self, course: Course) -> tuple[Place, Place | None, Left]:
        """The end before postponement, where the clock stands stopped, and the time allowed in all."""
        start = self.place(course.start)
        end = self.after(start, course.period)
        total = self.left(start, end)
        stopped = None
        for event in course.events:
            place = self.place(event.at)
            if stopped is None and place > self.settled(end, course.period):
                day = self.due_at(self.settled(end, course.period)).day
                raise ClockError(f"期限已于 {day} 届满，不能再中止或延长（{event.reason}）。")
            if isinstance(event, Extension):
                longer = self.after(end, event.period)
                total += self.left(end, longer)
                end = longer
            elif event.until is None:
                stopped = place
            else:
                end = self.onward(self.place(event.until), self.left(place, max(end, place)))
        return end, stopped, total


@dataclass(frozen=True, slots=True)
class ByDays(Counting[date, int]):
    """Natural days, months and years; the day of the event does not count (民法典第二百零一条)."""

    calendar: Calendar

    def place(self, moment: datetime) -> date:
        return local(moment).date()

    def after(self, place: date, period: Period) -> date:
        if period.unit is Unit.NATURAL_DAY:
            return place + timedelta(days=period.amount)
        return months_later(place, period.months)

    def left(self, place: date, end: date) -> int:
        return (end - place).days

    def onward(self, place: date, left: int) -> date:
        return place + timedelta(days=left)

    def settled(self, end: date, period: Period) -> date:
        return self.calendar.next_workday(end) if period.postponed else end

    def due_at(self, end: date) -> Due:
        return Due(end, midnight(end + ONE_DAY))

    def number(self, left: int) -> float:
        return left


@dataclass(frozen=True, slots=True)
class ByWorkdays(ByDays):
    """Working days; the day of the event does not count."""

    def after(self, place: date, period: Period) -> date:
        return self.calendar.add_workdays(place, period.amount)

    def left(self, place: date, end: date) -> int:
        return self.calendar.workdays_between(place, end)

    def onward(self, place: date, left: int) -> date:
        return self.calendar.add_workdays(place, left)

    def settled(self, end: date, period: Period) -> date:
        return self.calendar.next_workday(end)


@dataclass(frozen=True, slots=True)
class ByHours(Counting[datetime, timedelta]):
    """Minutes and hours around the clock (紧急)."""

    def place(self, moment: datetime) -> datetime:
        return local(moment)

    def after(self, place: datetime, period: Period) -> datetime:
        is_minutes = period.unit is Unit.MINUTE
        return place + (timedelta(minutes=period.amount) if is_minutes else timedelta(hours=period.amount))

    def left(self, place: datetime, end: datetime) -> timedelta:
        return end - place

    def onward(self, place: datetime, left: timedelta) -> datetime:
        return place + left

    def settled(self, end: datetime, period: Period) -> datetime:
        return end

    def due_at(self, end: datetime) -> Due:
        return Due(end.date(), end)

    def number(self, left: timedelta) -> float:
        return left / timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ByWorkHours(ByHours):
    """Hours of work only."""

    calendar: Calendar
    hours: OfficeHours

    def after(self, place: datetime, period: Period) -> datetime:
        return self.onward(place, timedelta(hours=period.amount))

    def left(self, place: datetime, end: datetime) -> timedelta:
        return self.hours.between(place, end, self.calendar)

    def onward(self, place: datetime, left: timedelta) -> datetime:
        return self.hours.add(place, left, self.calendar)
