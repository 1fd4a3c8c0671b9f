"""Reporting periods 报送期: months or quarters, when a report on one is due, and which are owed. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

MONTHS = {"month": 1, "quarter": 3}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """One month or quarter. `due_on` is the day by which its report has to be sent."""

    start: date
    end: date
    due_on: date

    @property
    def title(self) -> str:
        """ "9月" or "第三季度"."""
        if (self.end - self.start).days < 31:
            return _("%(month)d月") % {"month": self.start.month}
        return [_("第一季度"), _("第二季度"), _("第三季度"), _("第四季度")][(self.start.month - 1) // 3]

    def days_late(self, today: date) -> int:
        return max(0, (today - self.due_on).days)


def span_of(day: date, every: str, report_day: int) -> Span:
    """The period that `day` lies in. `report_day` counts in the month after it, and never leaves that month."""
    length = MONTHS[every]
    start = date(day.year, (day.month - 1) // length * length + 1, 1)
    after = _later(start, length)
    due_on = after.replace(day=min(report_day, calendar.monthrange(after.year, after.month)[1]))
    return Span(start, after - timedelta(days=1), due_on)


def before(span: Span, every: str, report_day: int) -> Span:
    return span_of(span.start - timedelta(days=1), every, report_day)


def ended(first: date, last: date, every: str, report_day: int) -> Iterator[Span]:
    """The periods from the one with `first` in it to the last one that is over by `last`, oldest first."""
    span = span_of(first, every, report_day)
    while span.end < last:
        yield span
        span = span_of(span.end + timedelta(days=1), every, report_day)


def owed(first: date, sent: Collection[date], today: date, every: str, report_day: int) -> list[Span]:
    """Periods that are over and have no report, oldest first; `sent` are the first days of those reported on."""
    return [span for span in ended(first, today, every, report_day) if span.start not in sent]


def _later(day: date, months: int) -> date:
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, 1)
