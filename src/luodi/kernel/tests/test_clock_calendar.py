"""Which days are worked: the State Council's notices, year by year, and nothing beyond them."""

import pickle
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.kernel.clock import (
    Calendar,
    DayRecord,
    Notice,
    YearWithoutCalendar,
    national_calendar,
    read_calendar,
)

CALENDAR = national_calendar()
FIRST, LAST = date(2013, 1, 1), date(2026, 12, 31)
known_days = st.dates(FIRST + timedelta(days=800), LAST - timedelta(days=800))


@pytest.mark.parametrize(
    ("day", "is_workday", "name"),
    [
        (date(2022, 1, 29), True, "春节"),  # Saturdays and Sundays worked for the Spring Festival of 2022
        (date(2022, 1, 30), True, "春节"),
        (date(2022, 1, 31), False, "春节"),
        (date(2022, 2, 7), True, ""),
        (date(2026, 9, 20), True, "国庆节"),
        (date(2026, 9, 19), False, ""),
        (date(2018, 12, 31), False, "元旦"),  # arranged by the notice of 2019
        (date(2018, 12, 29), True, "元旦"),
        (date(2022, 12, 31), False, "元旦"),
        (date(2015, 9, 3), False, "抗战胜利70周年纪念日"),  # a notice of its own
        (date(2015, 9, 6), True, "抗战胜利70周年纪念日"),
        (date(2019, 5, 2), False, "劳动节"),  # lengthened by a later notice
        (date(2019, 5, 5), True, "劳动节"),
        (
            date(2020, 1, 31),
            False,
            "春节",
        ),  # lengthened for the epidemic: a day to be worked became a day off
        (date(2020, 2, 1), False, "春节"),
        (date(2020, 2, 3), True, ""),
        (date(2024, 2, 9), True, ""),  # New Year's Eve of 2024: encouraged, not arranged
    ],
)
def test_days_that_notices_moved(day, is_workday, name):
    assert (CALENDAR.is_workday(day), CALENDAR.name(day)) == (is_workday, name)


def test_fourteen_years_are_known_each_read_against_its_notice():
    assert CALENDAR.years == frozenset(range(2013, 2027))
    assert CALENDAR.unverified_years == frozenset()


@pytest.mark.parametrize(
    ("year", "workdays"), [(2020, 249), (2022, 249), (2024, 251), (2025, 248), (2026, 248)]
)
def test_working_days_of_a_year(year, workdays):
    """A year has its plain days less weekends, and less the statutory holidays (11; from 2025 on 13)."""
    assert CALENDAR.workdays_between(date(year - 1, 12, 31), date(year, 12, 31)) == workdays


@pytest.mark.parametrize("day", [date(2027, 1, 4), date(2012, 12, 31)])
def test_a_year_without_a_table_is_refused_with_a_sentence(day):
    with pytest.raises(YearWithoutCalendar, match=f"{day.year} 年的节假日安排尚未录入"):
        CALENDAR.is_workday(day)


def test_a_count_that_runs_into_an_unknown_year_is_refused():
    assert CALENDAR.add_workdays(date(2026, 12, 24), 5) == date(2026, 12, 31)
    with pytest.raises(YearWithoutCalendar) as refused:
        CALENDAR.add_workdays(date(2026, 12, 24), 6)
    assert refused.value.year == 2027
    assert str(pickle.loads(pickle.dumps(refused.value))) == str(refused.value)


def test_new_year_is_settled_without_the_year_before():
    assert CALENDAR.next_workday(date(2013, 1, 1)) == date(2013, 1, 4)


def test_a_missing_year_is_never_jumped_over():
    gap = Calendar([notice for notice in CALENDAR.notices if notice.year != 2020], [])
    with pytest.raises(YearWithoutCalendar):
        gap.workdays_between(date(2019, 12, 1), date(2021, 1, 15))


def test_rows_of_a_database_override_the_table():
    """A region's own holiday (壮族三月三), and a year entered by hand before its notice could be compared."""
    local_rows = [DayRecord(date(2026, 4, 20), False, "三月三"), DayRecord(date(2027, 1, 1), False, "元旦")]
    notice = Notice(2027, "国办发明电〔2026〕X号", "试录", date(2026, 11, 20), verified=False)
    calendar = CALENDAR.with_records(iter(local_rows), [notice])
    assert not calendar.is_workday(date(2026, 4, 20))
    assert CALENDAR.is_workday(date(2026, 4, 20))
    assert calendar.add_workdays(date(2026, 12, 31), 1) == date(2027, 1, 4)
    assert calendar.unverified_years == {2027}
    on_duty = CALENDAR.with_records([DayRecord(date(2026, 5, 2), True, "值守")])
    assert (on_duty.is_workday(date(2026, 5, 2)), on_duty.name(date(2026, 5, 2))) == (True, "值守")


HEAD = (
    "- {year: 2030, document: 试〔2029〕1号, title: 试, issued_on: 2029-11-01, verified: false, days: [%s]}"
)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{name: 元旦, rest: [2030-01-03, 2030-01-01]}", "起止日期颠倒"),
        ("{name: 元旦, rest: [2030-01-01, 2030-01-01], work: [2030-01-04]}", "2030-01-04 不是周末"),
        ("{name: 元旦, rest: [2030-01-05, 2030-01-06], work: [2030-01-06]}", "2030-01-06 被安排了两次"),
    ],
)
def test_an_arrangement_that_cannot_be_true_is_refused(row, said):
    with pytest.raises(ValueError, match=said):
        read_calendar(HEAD % row)


@given(known_days, st.integers(1, 400))
def test_adding_and_counting_are_inverse(day, count):
    later = CALENDAR.add_workdays(day, count)
    assert CALENDAR.is_workday(later)
    assert CALENDAR.workdays_between(day, later) == count
    assert CALENDAR.workdays_between(later, day) == -count


@given(known_days, st.integers(1, 400))
def test_counting_back_reaches_a_working_day_just_as_far(day, count):
    earlier = CALENDAR.add_workdays(day, -count)
    days = [earlier + timedelta(days=n) for n in range((day - earlier).days)]
    assert CALENDAR.is_workday(earlier)
    assert sum(CALENDAR.is_workday(each) for each in days) == count


@given(known_days)
def test_next_and_previous_workday_enclose_only_days_off(day):
    before, after = CALENDAR.previous_workday(day), CALENDAR.next_workday(day)
    assert before <= day <= after
    between = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    assert not any(CALENDAR.is_workday(each) for each in between)
