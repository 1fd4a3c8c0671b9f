"""Legal time: which days are worked, when a period ends, what stops it. Pure Python; nothing here reads the clock.

    clock = Clock(national_calendar())
    clock.last_day(date(2026, 9, 14), Period(20, Unit.WORK_DAY))            # 2026-10-16
    clock.due(Course(received_at, Period(4, Unit.WORK_HOUR)))               # a Due: day and moment, or None while stopped

Every moment is an aware datetime, read at China's standard time; every day is a date of that time.
"""

from luodi.kernel.clock.calendar import (
    Calendar,
    DayRecord,
    Notice,
    YearWithoutCalendar,
    calendar_of,
    national_calendar,
    national_entries,
    read_calendar,
)
from luodi.kernel.clock.clock import Clock
from luodi.kernel.clock.course import Course, Due, Extension, Pause, Standing
from luodi.kernel.clock.hours import CHINA, OfficeHours, Season
from luodi.kernel.clock.period import ClockError, Period, Unit, months_later

__all__ = [
    "CHINA",
    "Calendar",
    "Clock",
    "ClockError",
    "Course",
    "DayRecord",
    "Due",
    "Extension",
    "Notice",
    "OfficeHours",
    "Pause",
    "Period",
    "Season",
    "Standing",
    "Unit",
    "YearWithoutCalendar",
    "calendar_of",
    "months_later",
    "national_calendar",
    "national_entries",
    "read_calendar",
]
