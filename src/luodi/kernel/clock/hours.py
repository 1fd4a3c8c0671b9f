"""Working hours: the windows of the day in which an hours-based clock runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from itertools import pairwise

from luodi.kernel.clock.calendar import ONE_DAY, Calendar
from luodi.kernel.clock.period import ClockError

CHINA = timezone(timedelta(hours=8), "北京时间")

Window = tuple[time, time]


def local(moment: datetime) -> datetime:
    """The moment at China's standard time. Raises ClockError for a naive one: its day could be another."""
    if moment.tzinfo is None:
        raise ClockError(f"时刻 {moment:%Y-%m-%d %H:%M} 没有时区，不能推算期限。")
    return moment.astimezone(CHINA)


def midnight(day: date) -> datetime:
    """The day's first moment."""
    return datetime.combine(day, time.min, tzinfo=CHINA)


@dataclass(frozen=True, slots=True)
class Season:
    """Other windows from one month and day to another, both included, every year (夏季作息)."""

    first: tuple[int, int]
    last: tuple[int, int]
    windows: tuple[Window, ...]

    def __post_init__(self) -> None:
        _check(self.windows)

    def holds_on(self, day: date) -> bool:
        place = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= place <= self.last
        return place >= self.first or place <= self.last


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When people work. `every_day` is for seats staffed on weekends and holidays too (12345, 城管巡查)."""

    windows: tuple[Window, ...] = ((time(8), time(12)), (time(14), time(18)))
    seasons: tuple[Season, ...] = ()
    every_day: bool = False

    def __post_init__(self) -> None:
        _check(self.windows)

    def on(self, day: date, calendar: Calendar) -> tuple[tuple[datetime, datetime], ...]:
        """The day's working spans, in order; none on a day that is not worked."""
        if not (self.every_day or calendar.is_workday(day)):
            return ()
        windows = next((season.windows for season in self.seasons if season.holds_on(day)), self.windows)
        return tuple(
            (datetime.combine(day, start, tzinfo=CHINA), datetime.combine(day, end, tzinfo=CHINA))
            for start, end in windows
        )

    def add(self, start: datetime, span: timedelta, calendar: Calendar) -> datetime:
        """The moment by which `span` of working time has passed since `start`."""
        left = span
        spans = self._spans_from(start, calendar)
        opens, closes = next(spans)
        while left > closes - opens:
            left -= closes - opens
            opens, closes = next(spans)
        return opens + left

    def between(self, after: datetime, until: datetime, calendar: Calendar) -> timedelta:
        """Working time from one moment to another; negative when `until` comes first."""
        if until < after:
            return -self.between(until, after, calendar)
        last = local(until).date()
        passed = timedelta()
        for opens, closes in self._spans_from(after, calendar, last):
            passed += max(min(closes, until) - opens, timedelta())
        return passed

    def _spans_from(
        self, start: datetime, calendar: Calendar, last: date = date.max
    ) -> Iterator[tuple[datetime, datetime]]:
        start = local(start)
        day = start.date()
        while day <= last:
            for opens, closes in self.on(day, calendar):
                if closes > start:
                    yield max(opens, start), closes
            day += ONE_DAY


def _check(windows: tuple[Window, ...]) -> None:
    edges = [edge for window in windows for edge in window]
    if not edges or any(later <= earlier for earlier, later in pairwise(edges)):
        raise ClockError("作息时段应由早到晚排列，互不重叠。")
