"""Working days, by the holiday arrangements that the State Council issues each year.

A calendar knows only the years that a notice arranged: asking about any other year raises YearWithoutCalendar.
The end of December may be rearranged by the next year's notice (2018-12-31 was), so load that as soon as it is out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import yaml

TABLE = Path(__file__).parents[1] / "data" / "holidays.yaml"

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class YearWithoutCalendar(LookupError):
    """The year's holidays have not been entered, so no working day of it can be told."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year

    def __str__(self) -> str:
        return f"{self.year} 年的节假日安排尚未录入，不能推算期限；请先录入国务院办公厅当年的放假通知。"


class Notice(NamedTuple):
    """What arranges a year: a State Council notice, or a region's own decree. `verified`: read against its wording."""

    year: int
    document: str
    title: str
    issued_on: date
    verified: bool


class DayRecord(NamedTuple):
    """One day that differs from the plain week, or that a notice names: worked or not, and what for."""

    on: date
    is_workday: bool
    name: str


class Calendar:
    """Which days are worked. Built from notices (the years known) and any iterable of day records, later ones first."""

    def __init__(self, notices: Iterable[Notice], records: Iterable[DayRecord]) -> None:
        self.notices = tuple(notices)
        self._named: Mapping[date, DayRecord] = MappingProxyType({record.on: record for record in records})
        self._workdays = {year: self._workdays_of(year) for year in {notice.year for notice in self.notices}}

    def with_records(self, records: Iterable[DayRecord], notices: Iterable[Notice] = ()) -> Calendar:
        """The same calendar with days added or changed, as a region's own holidays or a new year's notice do."""
        return Calendar((*self.notices, *notices), (*self._named.values(), *records))

    @property
    def years(self) -> frozenset[int]:
        return frozenset(self._workdays)

    @property
    def unverified_years(self) -> frozenset[int]:
        """Years with a notice nobody has compared with its printed wording."""
        return frozenset(notice.year for notice in self.notices if not notice.verified)

    def is_workday(self, day: date) -> bool:
        workdays = self._of(day.year)
        place = bisect_left(workdays, day)
        return place < len(workdays) and workdays[place] == day

    def name(self, day: date) -> str:
        """The holiday that the day belongs to or makes up for; empty on a plain day."""
        record = self._named.get(day)
        return record.name if record else ""

    def next_workday(self, day: date) -> date:
        """The day itself when it is worked, else the first worked day after it."""
        return day if self.is_workday(day) else self.add_workdays(day, 1)

    def previous_workday(self, day: date) -> date:
        """The day itself when it is worked, else the last worked day before it."""
        return day if self.is_workday(day) else self.add_workdays(day, -1)

    def add_workdays(self, day: date, count: int) -> date:
        """The count-th working day after the day, or before it when count is negative; the day itself never counts."""
        if count == 0:
            return day
        year = day.year
        workdays = self._of(year)
        if count > 0:
            place = bisect_right(workdays, day) + count - 1
            while place >= len(workdays):
                place -= len(workdays)
                year += 1
                workdays = self._of(year)
        else:
            place = bisect_left(workdays, day) + count
            while place < 0:
                year -= 1
                workdays = self._of(year)
                place += len(workdays)
        return workdays[place]

    def workdays_between(self, after: date, until: date) -> int:
        """Working days later than `after` and no later than `until`; negative when `until` comes first."""
        if until < after:
            return -self.workdays_between(until, after)
        whole = sum(len(self._of(year)) for year in range(after.year, until.year))
        return whole + bisect_right(self._of(until.year), until) - bisect_right(self._of(after.year), after)

    def _of(self, year: int) -> tuple[date, ...]:
        try:
            return self._workdays[year]
        except KeyError:
            raise YearWithoutCalendar(year) from None

    def _workdays_of(self, year: int) -> tuple[date, ...]:
        first = date(year, 1, 1)
        days = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
        return tuple(day for day in days if self._is_worked(day))

    def _is_worked(self, day: date) -> bool:
        record = self._named.get(day)
        return record.is_workday if record else day.weekday() < SATURDAY


@cache
def national_calendar() -> Calendar:
    """The years of data/holidays.yaml, read once."""
    return calendar_of(national_entries())


@cache
def national_entries() -> tuple[Mapping[str, Any], ...]:
    """The notices of data/holidays.yaml, in the order of issue."""
    return tuple(yaml.safe_load(TABLE.read_text(encoding="utf-8")))


def read_calendar(text: str) -> Calendar:
    """A calendar from the form of data/holidays.yaml. Raises ValueError where an arrangement can't be true."""
    return calendar_of(yaml.safe_load(text))


def calendar_of(entries: Iterable[Mapping[str, Any]]) -> Calendar:
    """A calendar from notices, later ones overriding earlier ones day by day; ValueError as `read_calendar`."""
    entries = tuple(entries)
    notices = [
        Notice(entry["year"], entry["document"], entry["title"], entry["issued_on"], entry["verified"])
        for entry in entries
    ]
    return Calendar(notices, [record for entry in entries for record in _records(entry)])


def _records(entry: Mapping[str, Any]) -> Iterable[DayRecord]:
    document = entry["document"]
    seen: set[date] = set()
    for row in entry["days"]:
        first, last = row["rest"]
        rest = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        worked = row.get("work", [])
        if not rest:
            raise ValueError(f"{document}：{row['name']}的放假起止日期颠倒。")
        for day, is_workday in (*((day, False) for day in rest), *((day, True) for day in worked)):
            if day in seen:
                raise ValueError(f"{document}：{day} 被安排了两次。")
            if is_workday and day.weekday() < SATURDAY:
                raise ValueError(f"{document}：{day} 不是周末，不能作为调休上班日。")
            seen.add(day)
            yield DayRecord(day, is_workday, row["name"])
