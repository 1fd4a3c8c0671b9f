"""Legal periods: the vectors of the field's rules, and what pauses, extensions, midnights and month ends do to them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.kernel.clock import (
    CHINA,
    Clock,
    ClockError,
    Course,
    Due,
    Extension,
    OfficeHours,
    Pause,
    Period,
    Season,
    Unit,
    YearWithoutCalendar,
    months_later,
    national_calendar,
)

CLOCK = Clock(national_calendar())


def at(month, day, hour=10, minute=0, year=2026):
    return datetime(year, month, day, hour, minute, tzinfo=CHINA)


def days(amount, **how):
    return Period(amount, Unit.NATURAL_DAY, **how)


def workdays(amount):
    return Period(amount, Unit.WORK_DAY)


def work_hours(amount):
    return Period(amount, Unit.WORK_HOUR)


@pytest.mark.parametrize(
    ("start", "period", "last_day"),
    [
        # city.md X.1: petitions 信访, handled in 60 days, told in 15: 20 February lies in the Spring Festival
        (date(2026, 1, 30), days(60), date(2026, 3, 31)),
        (date(2026, 2, 5), days(15), date(2026, 2, 24)),
        (date(2026, 2, 5), days(15, postponed=False), date(2026, 2, 20)),
        # city.md X.2: information on request 依申请公开, over Mid-autumn, National Day and two worked weekend days
        (date(2026, 9, 14), workdays(20), date(2026, 10, 16)),
        # economy.md 0.2: accepted on 28 January 2022, with a worked Saturday and Sunday, then the Spring Festival
        (date(2022, 1, 28), workdays(5), date(2022, 2, 9)),
        # city.md K.3: deputies' proposals 代表建议, three or six months
        (date(2026, 3, 11), Period(3, Unit.MONTH), date(2026, 6, 11)),
        (date(2026, 3, 11), Period(6, Unit.MONTH), date(2026, 9, 11)),
        # no such day: the month's last, here a Saturday that is worked for the Spring Festival of 2026
        (date(2026, 1, 31), Period(1, Unit.MONTH), date(2026, 2, 28)),
        (date(2023, 12, 31), Period(2, Unit.MONTH), date(2024, 2, 29)),
        (date(2024, 2, 29), Period(1, Unit.YEAR, postponed=False), date(2025, 2, 28)),
        # 31 October 2026 is a Saturday
        (date(2026, 8, 31), Period(2, Unit.MONTH), date(2026, 11, 2)),
    ],
)
def test_last_days(start, period, last_day):
    assert CLOCK.last_day(start, period) == last_day


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        # city.md X.3: Friday afternoon, a Saturday off, a Sunday worked; and over the whole of National Day
        (at(9, 18, 16, 30), 4, at(9, 20, 10, 30)),
        (at(9, 29, 10), 40, at(10, 12, 10)),
        # exactly the rest of the day ends the day, not the next morning
        (at(9, 29, 16), 2, at(9, 29, 18)),
        # begun over lunch, in the night, on a holiday: from the next opening
        (at(9, 29, 13), 1, at(9, 29, 15)),
        (at(9, 29, 23, 59), 1, at(9, 30, 9)),
        (at(10, 3, 9), 1, at(10, 8, 9)),
    ],
)
def test_working_hours(start, hours, due):
    assert CLOCK.due(Course(start, work_hours(hours))) == Due(due.date(), due)


def test_urgent_hours_run_through_nights_and_holidays():
    assert CLOCK.due(Course(at(10, 1, 23), Period(4, Unit.URGENT_HOUR))) == Due(
        date(2026, 10, 2), at(10, 2, 3)
    )


def test_minutes_run_around_the_clock():
    """Seats that take a report in within thirty minutes do so at midnight too."""
    assert CLOCK.due(Course(at(10, 1, 23, 50), Period(30, Unit.MINUTE))).at == at(10, 2, 0, 20)
    assert CLOCK.standing(Course(at(10, 1, 9), Period(30, Unit.MINUTE)), at(10, 1, 9, 15)).share_left == 0.5


def test_urgent_hours_need_no_calendar():
    start = datetime(2031, 12, 31, 23, tzinfo=CHINA)
    assert CLOCK.due(Course(start, Period(2, Unit.URGENT_HOUR))).day == date(2032, 1, 1)


def test_a_limit_of_working_days_may_run_as_eight_hours_each():
    """city.md 0.1: one working day is eight working hours; given at 16:30 it ends at 16:30."""
    limit = workdays(2).in_work_hours()
    assert CLOCK.due(Course(at(9, 14, 16, 30), limit)).at == at(9, 16, 16, 30)
    with pytest.raises(ClockError, match="只有工作日可以折算"):
        days(2).in_work_hours()


def test_summer_hours_and_seats_staffed_every_day():
    summer = Season((5, 1), (9, 30), ((time(8), time(12)), (time(14, 30), time(18, 30))))
    office = Clock(CLOCK.calendar, OfficeHours(seasons=(summer,)))
    assert office.due(Course(at(9, 30, 14), work_hours(2))).at == at(9, 30, 16, 30)
    assert office.due(Course(at(10, 9, 14), work_hours(2))).at == at(10, 9, 16)
    hotline = Clock(CLOCK.calendar, OfficeHours(windows=((time(7), time(22)),), every_day=True))
    assert hotline.due(Course(at(10, 1, 21), work_hours(3))).at == at(10, 2, 9)


def test_a_season_may_run_over_new_year():
    winter = Season((11, 1), (3, 31), ((time(9), time(17)),))
    assert [winter.holds_on(date(2026, month, 15)) for month in (10, 11, 1, 4)] == [False, True, True, False]


@pytest.mark.parametrize("windows", [(), ((time(12), time(8)),), ((time(8), time(12)), (time(11), time(18)))])
def test_windows_in_disorder_are_refused(windows):
    with pytest.raises(ClockError, match="由早到晚"):
        OfficeHours(windows=windows)


def test_the_last_day_lasts_until_midnight_in_china():
    course = Course(at(9, 14), workdays(20))
    assert CLOCK.due(course) == Due(date(2026, 10, 16), at(10, 17, 0))
    assert not CLOCK.standing(course, datetime(2026, 10, 16, 15, 59, 59, tzinfo=UTC)).is_overdue
    assert CLOCK.standing(course, datetime(2026, 10, 16, 16, tzinfo=UTC)).is_overdue


def test_the_day_of_an_event_is_that_of_china():
    """Received at 00:30 in China is still yesterday in UTC; the period begins after the Chinese day."""
    received = datetime(2026, 9, 14, 16, 30, tzinfo=UTC)
    assert CLOCK.due(Course(received, workdays(1))).day == date(2026, 9, 16)


def test_a_moment_without_a_zone_is_refused():
    naive = datetime(2026, 9, 14, 10)
    with pytest.raises(ClockError, match="没有时区"):
        Course(naive, workdays(1))
    with pytest.raises(ClockError, match="没有时区"):
        Course(at(9, 14), workdays(9), pauses=(Pause(at(9, 15), at(9, 16), "x"), Pause(naive, None, "y")))


@pytest.mark.parametrize("amount", [0, -3])
def test_a_period_is_positive(amount):
    with pytest.raises(ClockError, match="期限应为正数"):
        workdays(amount)


def test_a_period_by_the_hour_has_no_last_day():
    with pytest.raises(ClockError, match="按小时计算"):
        CLOCK.last_day(date(2026, 9, 14), work_hours(4))


def test_a_deadline_in_a_year_without_a_table_is_refused():
    """city.md X.15; a period that does not ask whether its last day is worked needs no table."""
    for period in (workdays(20), days(30), Period(1, Unit.MONTH), work_hours(80)):
        with pytest.raises(YearWithoutCalendar, match="2027"):
            CLOCK.due(Course(at(12, 20), period))
    assert CLOCK.last_day(date(2026, 12, 20), days(30, postponed=False)) == date(2027, 1, 19)


@pytest.mark.parametrize(
    ("event", "period", "latest"),
    [
        (date(2026, 9, 18), days(7), date(2026, 9, 11)),  # city.md K.1: hearing material seven days before
        (
            date(2026, 5, 8),
            days(7),
            date(2026, 4, 30),
        ),  # 1 May is off: the day before it, not after the holiday
        (date(2026, 10, 12), workdays(5), date(2026, 9, 29)),  # 10, 9, 8 October, 30 and 29 September
        (date(2026, 5, 31), Period(3, Unit.MONTH), date(2026, 2, 28)),
        (date(2026, 5, 31), Period(1, Unit.YEAR, postponed=False), date(2025, 5, 31)),
    ],
)
def test_what_is_due_before_an_event(event, period, latest):
    assert CLOCK.latest_day_before(event, period) == latest


# Pauses and extensions


def asked_third_party(since, until):
    return Pause(since, until, "third_party", "政府信息公开条例第三十二条")


def test_what_was_left_at_the_pause_is_left_at_its_end():
    """Of 20 working days from 14 September, 5 passed by the 20th (a worked Sunday... 15, 16, 17, 18, 20): 15 are left."""
    course = Course(at(9, 14), workdays(20), pauses=(asked_third_party(at(9, 20), at(10, 12)),))
    assert CLOCK.due(course).day == CLOCK.calendar.add_workdays(date(2026, 10, 12), 15) == date(2026, 11, 2)


def test_a_pause_of_natural_days_takes_the_days_after_its_first():
    course = Course(at(3, 2), days(60), pauses=(Pause(at(3, 10), at(3, 20), "hearing"),))
    assert CLOCK.due(course).day == date(2026, 3, 2) + timedelta(days=60 + 10)


def test_a_pause_within_one_day_takes_no_day():
    course = Course(at(3, 2), workdays(10))
    paused = Course(at(3, 2), workdays(10), pauses=(Pause(at(3, 4, 9), at(3, 4, 17), "test"),))
    assert CLOCK.due(paused) == CLOCK.due(course)


def test_a_pause_of_a_working_hours_clock_is_exact():
    course = Course(at(9, 14, 9), work_hours(4), pauses=(Pause(at(9, 14, 10), at(9, 15, 16, 30), "delay"),))
    assert CLOCK.due(course).at == at(9, 16, 9, 30)


def test_pauses_may_follow_one_another_without_a_gap():
    one = Course(at(9, 14), workdays(20), pauses=(Pause(at(9, 16), at(9, 24), "hearing"),))
    parts = (Pause(at(9, 16), at(9, 21), "hearing"), Pause(at(9, 21), at(9, 24), "test"))
    assert CLOCK.due(Course(at(9, 14), workdays(20), pauses=parts)) == CLOCK.due(one)


def test_a_pause_on_the_last_day_leaves_the_day_it_ends_on():
    course = Course(at(2, 5), days(15), pauses=(Pause(at(2, 24), at(3, 3), "hearing"),))
    assert CLOCK.due(course).day == date(2026, 3, 3)


def test_a_stopped_clock_has_no_end_and_keeps_what_is_left():
    course = Course(at(9, 14), workdays(20), pauses=(asked_third_party(at(9, 18), None),))
    assert course.is_stopped
    assert CLOCK.due(course) is None
    standing = CLOCK.standing(course, at(11, 20))
    assert (standing.is_stopped, standing.left, standing.total, standing.is_overdue) == (True, 16, 20, False)


def test_an_extension_adds_to_the_end():
    """city.md K.2: 20 working days and 20 more; economy.md E.2: 20 and 10."""
    for more in (20, 10):
        course = Course(at(9, 14), workdays(20), extensions=(Extension(at(10, 16), workdays(more), "复杂"),))
        assert CLOCK.due(course).day == CLOCK.last_day(date(2026, 9, 14), workdays(20 + more))


def test_a_petition_of_sixty_days_and_thirty_more():
    course = Course(at(1, 30), days(60), extensions=(Extension(at(3, 30), days(30), "情况复杂"),))
    assert CLOCK.due(course).day == date(2026, 4, 30)


def test_an_extension_may_be_granted_while_the_clock_is_stopped():
    course = Course(
        at(9, 14),
        workdays(20),
        pauses=(asked_third_party(at(9, 18), None),),
        extensions=(Extension(at(11, 16), workdays(20), "复杂"),),
    )
    assert CLOCK.standing(course, at(11, 20)).left == 36


def test_an_extension_after_the_end_is_refused():
    course = Course(at(9, 14), workdays(20), extensions=(Extension(at(10, 17), workdays(20), "复杂"),))
    with pytest.raises(ClockError, match="期限已于 2026-10-16 届满"):
        CLOCK.due(course)


def test_a_pause_after_the_end_is_refused():
    course = Course(at(9, 14, 9), work_hours(2), pauses=(Pause(at(9, 14, 15), at(9, 15), "delay"),))
    with pytest.raises(ClockError, match="届满"):
        CLOCK.due(course)


@pytest.mark.parametrize(
    ("pauses", "said"),
    [
        ((Pause(at(9, 16), at(9, 15), "hearing"),), "结束早于开始"),
        ((Pause(at(9, 13), at(9, 15), "hearing"),), "早于期限起算"),
        ((Pause(at(9, 15), at(9, 18), "hearing"), Pause(at(9, 17), at(9, 20), "test")), "重叠"),
        ((Pause(at(9, 15), None, "hearing"), Pause(at(9, 17), at(9, 20), "test")), "重叠"),
        ((Pause(at(9, 15), at(9, 16), "holiday"),), "“holiday”不是该期限规定的中止事由"),
    ],
)
def test_pauses_that_cannot_be(pauses, said):
    with pytest.raises(ClockError, match=said):
        Course(at(9, 14), workdays(20), pauses=pauses, lawful_reasons=frozenset({"hearing", "test"}))


def test_an_extension_in_another_unit_is_refused():
    with pytest.raises(ClockError, match="期限为20 个工作日，不能延长30 日"):
        Course(at(9, 14), workdays(20), extensions=(Extension(at(9, 20), days(30), "复杂"),))
    months_and_days = Course(
        at(3, 11), Period(3, Unit.MONTH), extensions=(Extension(at(6, 1), days(30), "x"),)
    )
    assert CLOCK.due(months_and_days).day == date(2026, 7, 13)  # 11 July is a Saturday


# How a course stands


def test_standing_by_working_days():
    course = Course(at(9, 14), workdays(20))
    half, last, late = (CLOCK.standing(course, now) for now in (at(9, 28), at(10, 16), at(10, 20)))
    assert (half.left, half.share_left) == (10, 0.5)
    assert (last.left, last.is_overdue) == (0, False)
    assert (late.left, late.is_overdue) == (-2, True)


def test_standing_by_working_hours():
    standing = CLOCK.standing(Course(at(9, 18, 16, 30), work_hours(4)), at(9, 19, 12))
    assert (standing.left, standing.total, standing.share_left) == (2.5, 4, 0.625)


def test_a_postponed_end_is_no_more_than_the_whole():
    standing = CLOCK.standing(Course(at(2, 5), days(15)), at(2, 5))
    assert (standing.left, standing.total, standing.share_left) == (19, 15, 1)


def test_the_past_stands_as_it_was_known_then():
    """A pause that has ended by now had not ended then; an extension granted later did not yet help."""
    course = Course(
        at(9, 14),
        workdays(20),
        pauses=(asked_third_party(at(9, 18), at(10, 12)),),
        extensions=(Extension(at(10, 30), workdays(20), "复杂"),),
    )
    assert CLOCK.standing(course, at(9, 22)).is_stopped
    assert not CLOCK.standing(course, at(10, 12)).is_stopped
    assert CLOCK.standing(course, at(9, 17)).total == 20
    assert CLOCK.standing(course, at(10, 30)).total == 40


def test_a_course_cannot_stand_before_it_begins():
    with pytest.raises(ClockError, match="晚于当前时间"):
        CLOCK.standing(Course(at(9, 14), workdays(20)), at(9, 13))


# What holds for all

moments = st.datetimes(datetime(2014, 1, 1), datetime(2016, 1, 1)).map(
    lambda when: when.replace(tzinfo=CHINA)
)
units = st.sampled_from(list(Unit))


@given(moments, st.integers(1, 9), units)
def test_a_longer_period_never_ends_earlier(start, amount, unit):
    shorter, longer = (CLOCK.due(Course(start, Period(n, unit))) for n in (amount, amount + 1))
    assert start < shorter.at <= longer.at


@given(moments, st.integers(1, 9), units, st.integers(0, 2000), st.integers(0, 2000))
def test_a_pause_never_shortens_and_keeps_what_was_left(start, amount, unit, into, length):
    course = Course(start, Period(amount, unit, postponed=False))
    due = CLOCK.due(course)
    since = min(start + timedelta(minutes=into), due.at - timedelta(microseconds=1))
    paused = Course(start, course.period, pauses=(Pause(since, since + timedelta(minutes=length), "x"),))
    later = CLOCK.due(paused)
    assert later.at >= due.at
    assert later.at - due.at <= timedelta(minutes=length) + timedelta(days=12)


@given(moments, st.integers(1, 300), st.integers(0, 60 * 24 * 30))
def test_working_hours_add_up(start, hours, minutes):
    due = CLOCK.due(Course(start, work_hours(hours))).at
    assert CLOCK.hours.between(start, due, CLOCK.calendar) == timedelta(hours=hours)
    middle = min(start + timedelta(minutes=minutes), due)
    parts = (CLOCK.hours.between(a, b, CLOCK.calendar) for a, b in ((start, middle), (middle, due)))
    assert sum(parts, timedelta()) == timedelta(hours=hours)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-600, 600))
def test_months_keep_the_day_or_take_the_last(day, months):
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)
