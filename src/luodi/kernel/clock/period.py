"""Periods of law, and month arithmetic."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ClockError(ValueError):
    """A period, pause or extension that can't be; the message is a Chinese sentence for the person who entered it."""


class Unit(StrEnum):
    """How a period is counted. The values are the limit types of the rule tables."""

    MINUTE = "minute"
    URGENT_HOUR = "urgent_hour"
    WORK_HOUR = "work_hour"
    NATURAL_DAY = "natural_day"
    WORK_DAY = "work_day"
    MONTH = "month"
    YEAR = "year"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_hours(self) -> bool:
        """Counted from the moment itself; all others by whole days, from the day after."""
        return self in {Unit.MINUTE, Unit.URGENT_HOUR, Unit.WORK_HOUR}

    def counts_like(self, other: Unit) -> bool:
        """Whether what is left of one can be told in the other: natural days, months and years can."""
        calendar_days = {Unit.NATURAL_DAY, Unit.MONTH, Unit.YEAR}
        return self is other or {self, other} <= calendar_days


_LABELS = {
    Unit.MINUTE: "分钟",
    Unit.URGENT_HOUR: "小时",
    Unit.WORK_HOUR: "个工作时",
    Unit.NATURAL_DAY: "日",
    Unit.WORK_DAY: "个工作日",
    Unit.MONTH: "个月",
    Unit.YEAR: "年",
}


@dataclass(frozen=True, slots=True)
class Period:
    """So many units of time that law or a promise allows.

    `postponed`: a last day that is not worked gives way to the next working day (民法典第二百零三条). It bears on
    natural days, months and years; set it False where a rule lets the day stand.
    """

    amount: int
    unit: Unit
    postponed: bool = True

    def __post_init__(self) -> None:
        if self.amount <= 0:
            raise ClockError(f"期限应为正数，实为 {self.amount}。")

    def __str__(self) -> str:
        return f"{self.amount} {self.unit.label}"

    @property
    def months(self) -> int:
        """The length of a period of months or years, in months."""
        return self.amount * (12 if self.unit is Unit.YEAR else 1)

    def in_work_hours(self, hours_a_day: int = 8) -> Period:
        """Working days as a running number of working hours, the way city management counts its limits.

        A limit of one working day given at 16:30 then ends at 16:30 of the next working day, not at its end.
        """
        if self.unit is not Unit.WORK_DAY:
            raise ClockError(f"只有工作日可以折算为工作时，{self}不能。")
        return Period(self.amount * hours_a_day, Unit.WORK_HOUR)


def months_later(day: date, months: int) -> date:
    """The day of the same number so many months on, else that month's last day (民法典第二百零二条).

    Negative months count back.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
