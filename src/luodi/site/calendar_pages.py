"""A year of working days as an office hangs it on the wall: 休 and 班, with the notice that arranged them."""

from __future__ import annotations

from calendar import Calendar as Weeks
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from luodi.kernel.calendar import calendar_in_force
from luodi.kernel.clock import Calendar
from luodi.kernel.permission import is_staff_of_the_city, keeps_rulesets
from luodi.site.seeing import seen_by

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Box:
    """One day of a month's sheet. `mark` is 休 or 班 where the day differs from the plain week or a holiday names it."""

    day: date
    in_month: bool
    is_worked: bool
    mark: str
    name: str
    is_today: bool


@require_safe
@seen_by(is_staff_of_the_city)
def this_year(request: HttpRequest) -> HttpResponse:
    return redirect("calendar", year=date.today().year)


@require_safe
@seen_by(is_staff_of_the_city)
def year(request: HttpRequest, year: int) -> HttpResponse:
    if not 1949 < year < 2200:
        raise Http404
    calendar = calendar_in_force()
    is_known = year in calendar.years
    months = [(month, sheet(calendar, year, month)) for month in range(1, 13)] if is_known else []
    workdays = calendar.workdays_between(date(year, 1, 1), date(year, 12, 31)) if is_known else 0
    context = {
        "year": year,
        "is_known": is_known,
        "is_unverified": year in calendar.unverified_years,
        "notices": [notice for notice in calendar.notices if notice.year == year],
        "months": months,
        # The first of January counts too, where it is worked.
        "workdays": workdays + (calendar.is_workday(date(year, 1, 1)) if is_known else 0),
        "may_draft": keeps_rulesets(request.user),
    }
    return render(request, "site/calendar.html", context)


def sheet(calendar: Calendar, year: int, month: int) -> list[list[Box]]:
    """A month in weeks from Monday to Sunday; days of the neighbouring months are there only to fill the week."""
    today = date.today()
    return [
        [_box(calendar, day, day.month == month, today) for day in week]
        for week in Weeks().monthdatescalendar(year, month)
    ]


def _box(calendar: Calendar, day: date, in_month: bool, today: date) -> Box:
    if not in_month:
        return Box(day, False, False, "", "", False)
    is_worked, name = calendar.is_workday(day), calendar.name(day)
    is_usual = is_worked == (day.weekday() < SATURDAY) and not name
    return Box(day, True, is_worked, "" if is_usual else "班" if is_worked else "休", name, day == today)
