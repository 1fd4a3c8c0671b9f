"""Recurring work without cron: a table of rhythms, run by the loop of `luodi work`.

    @recurring("kernel.prune_queue", "清理作业队列", "daily 03:10")
    def prune_queue(due: datetime) -> str: ...          # in a module `recurring.py` of any app

The work runs inside the transaction that marks its moment as done, so a moment counts exactly once however many
workers there are and whenever one dies. Work that takes long starts a job. Moments missed while nothing ran are made
good by one run. Rhythms are pure: they are given the day and the calendar, and never read the clock.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import OuterRef, Subquery
from django.utils.module_loading import autodiscover_modules, import_string

from luodi.kernel import audit
from luodi.kernel.action import Refused, action
from luodi.kernel.clock import CHINA, Calendar, YearWithoutCalendar, national_calendar
from luodi.kernel.models import Occurrence, Person, Recurring
from luodi.kernel.permission import is_system_admin

log = logging.getLogger("luodi.schedule")

Work = Callable[[datetime], str | None]
W = TypeVar("W", bound=Work)

WEEKDAYS = "一二三四五六日"
ONE_DAY = timedelta(days=1)
LONGEST_DAYS = 40  # no rhythm leaves more days than this between two moments


@dataclass(frozen=True, slots=True)
class Cadence:
    """Daily, on a weekday (1 is Monday), or on the n-th working day of each month; always at one time of China's day."""

    at: time
    weekday: int | None = None
    workday: int | None = None

    def falls_on(self, day: date, calendar: Calendar) -> bool:
        """Raises YearWithoutCalendar when working days count and the year is not known."""
        if self.weekday is not None:
            return day.isoweekday() == self.weekday
        if self.workday is not None:
            first = calendar.next_workday(day.replace(day=1))
            return calendar.add_workdays(first, self.workday - 1) == day
        return True

    def moments(self, after: datetime, until: datetime, calendar: Calendar) -> Iterator[datetime]:
        """Due moments later than `after` and no later than `until`, in order."""
        day, last = after.astimezone(CHINA).date(), until.astimezone(CHINA).date()
        while day <= last:
            moment = datetime.combine(day, self.at, CHINA)
            if after < moment <= until and self.falls_on(day, calendar):
                yield moment
            day += ONE_DAY

    def __str__(self) -> str:
        clock = f"{self.at:%H:%M}"
        if self.weekday is not None:
            return f"每周{WEEKDAYS[self.weekday - 1]} {clock}"
        return f"每月第 {self.workday} 个工作日 {clock}" if self.workday is not None else f"每日 {clock}"


def read_cadence(text: str) -> Cadence:
    """`daily 03:10`, `weekly 1 08:30`, `monthly 5 09:00` (working day). Raises ValueError for anything else."""
    match text.split():
        case ["daily", at]:
            return Cadence(time.fromisoformat(at))
        case ["weekly", day, at] if day in set("1234567"):
            return Cadence(time.fromisoformat(at), weekday=int(day))
        case ["monthly", number, at] if number.isdecimal() and 1 <= int(number) <= 15:
            return Cadence(time.fromisoformat(at), workday=int(number))
    raise ValueError(f"not a rhythm: {text!r}")


@dataclass(frozen=True, slots=True)
class _Declared:
    key: str
    title: str
    cadence: str
    work: str


_declared: dict[str, _Declared] = {}


def recurring(key: str, title: str, cadence: str) -> Callable[[W], W]:
    """Declare a module's function as recurring work, with the rhythm it has until somebody sets another."""
    read_cadence(cadence)

    def declare(function: W) -> W:
        function.is_recurring = True  # type: ignore[attr-defined]
        _declared[key] = _Declared(key, title, cadence, f"{function.__module__}.{function.__qualname__}")
        return function

    return declare


def install(now: datetime) -> None:
    """Enter declared work that the table does not know yet; what is there already keeps its rhythm."""
    autodiscover_modules("recurring")
    for each in _declared.values():
        with transaction.atomic():
            if not Recurring.objects.filter(key=each.key).exists():
                Recurring.objects.get_or_create(
                    key=each.key,
                    valid_from=_day(now),
                    defaults={
                        "title": each.title, "work": each.work, "cadence": each.cadence, "settled_until": now
                    },
                )  # fmt: skip


def change_rhythm(key: str, cadence: str, now: datetime) -> Recurring:
    """A new rhythm from today on; the old one stays on record with its runs."""
    read_cadence(cadence)
    with transaction.atomic():
        row = Recurring.objects.select_for_update().filter(key=key, valid_until=None).get()
        if row.valid_from == _day(now):
            row.cadence = cadence
            row.save(update_fields=["cadence"])
            return row
        row.valid_until = _day(now)
        row.save(update_fields=["valid_until"])
        return Recurring.objects.create(
            key=key, title=row.title, work=row.work, cadence=cadence, settled_until=now, valid_from=_day(now)
        )


def run_due(now: datetime, calendar: Calendar | None = None) -> list[Occurrence]:
    """Run what is due by `now`; returns what was run here. Work that breaks is logged and does not hold up the rest."""
    calendar = calendar or national_calendar()
    ran = []
    for row in Recurring.objects.on(_day(now)):
        try:
            due = _due(row, now, calendar)
        except YearWithoutCalendar as unknown:
            log.warning("%s 不能推算：%s", row.title, unknown)
            continue
        if due and (occurrence := _run(row, due, now)):
            ran.append(occurrence)
    return ran


@action("kernel.run_recurring", may=is_system_admin)
def run_now(by: Person, row: Recurring, now: datetime) -> Occurrence:
    """Run it at once, besides its rhythm; moments that were due until now are made good by it. Raises Refused when it
    ended in the very moment that another worker ran it."""
    due = [*_due(row, now, national_calendar()), now]
    occurrence = _run(row, due, now)
    if occurrence is None:
        raise Refused("这项工作刚刚由后台运行过，请刷新后查看结果。")
    return occurrence


@dataclass(frozen=True, slots=True)
class Standing:
    """One row of the page of recurring work; `next_due` is None when the year's holidays are not known."""

    recurring: Recurring
    rhythm: str
    last: Occurrence | None
    next_due: datetime | None


def overview(now: datetime, calendar: Calendar | None = None) -> list[Standing]:
    """What comes again, how it went the last time, and when it comes next: two queries for any number."""
    calendar = calendar or national_calendar()
    rows = []
    newest = Occurrence.objects.filter(recurring=OuterRef("pk")).order_by("-due_at").values("pk")[:1]
    kept = list(Recurring.objects.on(_day(now)).annotate(last_run=Subquery(newest)))
    runs = Occurrence.objects.in_bulk([row.last_run for row in kept if row.last_run])
    for row in kept:
        cadence = read_cadence(row.cadence)
        try:
            coming = next(cadence.moments(now, now + timedelta(days=LONGEST_DAYS), calendar), None)
        except YearWithoutCalendar:
            coming = None
        rows.append(Standing(row, str(cadence), runs.get(row.last_run), coming))
    return rows


def _due(row: Recurring, now: datetime, calendar: Calendar) -> list[datetime]:
    """The moments since the last settled one; long absences are looked back on no further than needed."""
    after = max(row.settled_until, now - timedelta(days=LONGEST_DAYS))
    return list(read_cadence(row.cadence).moments(after, now, calendar))


def _run(row: Recurring, due: list[datetime], now: datetime) -> Occurrence | None:
    """Run for the newest moment, once for all of `due`. None when another worker was first."""
    moment = due[-1]
    try:
        with transaction.atomic(), audit.one_request():
            locked = Recurring.objects.select_for_update().get(pk=row.pk)
            if locked.settled_until >= moment:
                return None
            said = _work_of(locked)(moment)
            return _settle(locked, due, now, Occurrence.State.DONE, said or "")
    except (OperationalError, InterfaceError):
        raise  # the database is away: the moment stays due
    except Refused as refusal:
        state, message = Occurrence.State.REFUSED, str(refusal)
    except Exception:
        log.exception("recurring work %s broke", row.key)
        state, message = Occurrence.State.BROKEN, "程序出错，已记录；请把名称和时间告诉系统管理员。"
    with transaction.atomic():
        locked = Recurring.objects.select_for_update().get(pk=row.pk)
        return None if locked.settled_until >= moment else _settle(locked, due, now, state, message)


def _settle(
    row: Recurring, due: list[datetime], now: datetime, state: Occurrence.State, message: str
) -> Occurrence:
    row.settled_until = due[-1]
    row.save(update_fields=["settled_until"])
    return Occurrence.objects.create(
        recurring=row, due_at=due[-1], ran_at=now, state=state, message=message[:400], missed=len(due) - 1
    )


def _work_of(row: Recurring) -> Work:
    """The function behind a row, found by its dotted name; only a declared one is ever called."""
    work: Work = import_string(row.work)
    if not getattr(work, "is_recurring", False):
        raise LookupError(f"{row.work} is not declared as recurring work")
    return work


def _day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()
