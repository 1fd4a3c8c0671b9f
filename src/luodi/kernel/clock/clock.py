"""The clock that a rule asks: a calendar, hours of work, and the way to count that each unit calls for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from luodi.kernel.clock.calendar import Calendar
from luodi.kernel.clock.counting import ByDays, ByHours, ByWorkdays, ByWorkHours
from luodi.kernel.clock.course import Course, Due, Standing
from luodi.kernel.clock.hours import OfficeHours
from luodi.kernel.clock.period import ClockError, Period, Unit, months_later


@dataclass(frozen=True, slots=True)
class Clock:
    """Raises YearWithoutCalendar wherever an answer hangs on a year whose holidays are not known."""

    calendar: Calendar
    hours: OfficeHours = field(default_factory=OfficeHours)

    def last_day(self, start: date, period: Period) -> date:
        """The last day of an undisturbed period whose event fell on the day `start`. For periods counted by days."""
        count = self._by_days(period)
        return count.settled(count.after(start, period), period)

    def latest_day_before(self, event: date, period: Period) -> date:
        """The last day for what is due so long before an event (听证 7 日前); the day of the event does not count.

        A day that is not worked gives way to the working day before it: postponing would shorten the notice.
        """
        self._by_days(period)
        if period.unit is Unit.WORK_DAY:
            return self.calendar.add_workdays(event, -period.amount)
        if period.unit is Unit.NATURAL_DAY:
            latest = event - timedelta(days=period.amount)
        else:
            latest = months_later(event, -period.months)
        return self.calendar.previous_workday(latest) if period.postponed else latest

    def due(self, course: Course) -> Due | None:
        """When the course ends; None while it is stopped. Raises ClockError for an event after its end."""
        return self._counting(course.period.unit).due(course)

    def standing(self, course: Course, now: datetime) -> Standing:
        """How the course stood at `now`, by what had happened until then."""
        return self._counting(course.period.unit).standing(course, now)

    def _counting(self, unit: Unit) -> ByDays | ByHours:
        if unit in {Unit.MINUTE, Unit.URGENT_HOUR}:
            return ByHours()
        if unit is Unit.WORK_HOUR:
            return ByWorkHours(self.calendar, self.hours)
        return ByWorkdays(self.calendar) if unit is Unit.WORK_DAY else ByDays(self.calendar)

    def _by_days(self, period: Period) -> ByDays:
        count = self._counting(period.unit)
        if isinstance(count, ByHours):
            raise ClockError(f"期限为{period}，按小时计算，应从时刻起算。")
        return count
