"""Work that comes again: on its day, once, made good after a stop, whoever's worker is first."""

from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied

from luodi.kernel import schedule
from luodi.kernel.action import Refused
from luodi.kernel.clock import CHINA, national_calendar
from luodi.kernel.models import AuditEntry, Occurrence, Recurring
from luodi.kernel.schedule import read_cadence, recurring

pytestmark = pytest.mark.django_db

RAN: list[datetime] = []


@recurring("test.noted", "记一笔", "daily 03:10")
def noted(due):
    RAN.append(due)
    return f"第 {len(RAN)} 次"


@recurring("test.refuses", "会拒绝", "daily 03:10")
def refuses(due):
    raise Refused("上月数据还没有报齐。")


@recurring("test.breaks", "会出错", "daily 03:10")
def breaks(due):
    Recurring.objects.update(title="半途而废")
    raise ZeroDivisionError


def no_work(due):
    return None


@pytest.fixture(autouse=True)
def table(db, monkeypatch):
    """Only the work of this test is known."""
    RAN.clear()
    monkeypatch.setattr(
        schedule,
        "_declared",
        {key: each for key, each in schedule._declared.items() if key.startswith("test.")},
    )


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=CHINA)


def installed(key="test.noted", cadence="daily 03:10", now="2026-09-13 12:00"):
    schedule.install(at(now))
    Recurring.objects.exclude(key=key).delete()
    Recurring.objects.update(cadence=cadence)
    return Recurring.objects.get()


def due(cadence, after, until):
    found = read_cadence(cadence).moments(at(after), at(until), national_calendar())
    return [f"{moment:%m-%d %H:%M}" for moment in found]


def test_rhythms_fall_on_their_days():
    assert due("daily 03:10", "2026-09-13 03:10", "2026-09-15 03:10") == ["09-14 03:10", "09-15 03:10"]
    assert due("weekly 1 08:30", "2026-09-13 00:00", "2026-09-28 08:29") == ["09-14 08:30", "09-21 08:30"]


def test_the_fifth_working_day_of_october_comes_after_the_holiday():
    # 2026: 1 to 7 October are free, Saturday 10 October is worked
    assert due("monthly 5 09:00", "2026-09-30 00:00", "2026-10-31 00:00") == ["10-13 09:00"]
    assert due("monthly 1 09:00", "2026-09-30 00:00", "2026-10-31 00:00") == ["10-08 09:00"]


@pytest.mark.parametrize(
    "text", ["", "hourly", "weekly 8 08:00", "monthly 0 08:00", "monthly 31 08:00", "daily 25:00"]
)
def test_what_is_no_rhythm_is_not_guessed(text):
    with pytest.raises(ValueError):
        read_cadence(text)


def test_nothing_runs_for_moments_before_it_was_installed():
    installed()
    assert schedule.run_due(at("2026-09-13 23:59")) == []


def test_a_due_moment_runs_once_with_its_own_time():
    installed()
    first = schedule.run_due(at("2026-09-14 03:11"))
    again = schedule.run_due(at("2026-09-14 03:12"))
    assert [occurrence.message for occurrence in first] == ["第 1 次"]
    assert again == []
    assert [at("2026-09-14 03:10")] == RAN


def test_three_days_of_standstill_are_made_good_by_one_run():
    installed()
    (occurrence,) = schedule.run_due(at("2026-09-17 08:00"))
    assert (occurrence.due_at, occurrence.missed) == (at("2026-09-17 03:10"), 3)
    assert len(RAN) == 1


def test_a_worker_that_comes_second_finds_nothing_to_do():
    row = installed()
    moments = schedule._due(row, at("2026-09-14 04:00"), national_calendar())
    assert schedule._run(row, moments, at("2026-09-14 04:00")) is not None
    assert schedule._run(row, moments, at("2026-09-14 04:00")) is None
    assert len(RAN) == Occurrence.objects.count() == 1


def test_a_refusal_is_shown_and_does_not_come_back_until_the_next_moment():
    installed("test.refuses")
    (occurrence,) = schedule.run_due(at("2026-09-14 04:00"))
    assert (occurrence.state, occurrence.message) == (Occurrence.State.REFUSED, "上月数据还没有报齐。")
    assert schedule.run_due(at("2026-09-14 05:00")) == []


def test_what_broken_work_did_is_undone_and_the_rest_still_runs(caplog):
    schedule.install(at("2026-09-13 12:00"))
    ran = {
        occurrence.recurring.key: occurrence.state for occurrence in schedule.run_due(at("2026-09-14 04:00"))
    }
    assert ran == {"test.noted": "done", "test.refuses": "refused", "test.breaks": "broken"}
    assert not Recurring.objects.filter(title="半途而废").exists()
    assert "ZeroDivisionError" in caplog.text


def test_a_year_without_holidays_holds_up_only_what_counts_working_days(caplog):
    schedule.install(at("2040-01-01 00:00"))
    Recurring.objects.exclude(key="test.noted").update(cadence="monthly 5 09:00")
    assert [each.recurring.key for each in schedule.run_due(at("2040-01-20 00:00"))] == ["test.noted"]
    assert "2040 年的节假日安排尚未录入" in caplog.text


def test_a_new_rhythm_is_a_new_row_and_the_old_runs_stay():
    installed()
    schedule.run_due(at("2026-09-14 04:00"))
    schedule.change_rhythm("test.noted", "weekly 3 08:30", at("2026-09-15 01:00"))
    assert schedule.run_due(at("2026-09-15 23:00")) == []
    (occurrence,) = schedule.run_due(at("2026-09-16 09:00"))
    assert occurrence.due_at == at("2026-09-16 08:30")
    assert Recurring.objects.filter(key="test.noted").count() == Occurrence.objects.count() == 2


def test_the_page_tells_rhythm_last_run_and_next():
    installed(cadence="monthly 5 09:00", now="2026-09-30 12:00")
    schedule.run_due(at("2026-10-14 00:00"))
    (standing,) = schedule.overview(at("2026-10-14 00:00"))
    assert standing.rhythm == "每月第 5 个工作日 09:00"
    assert standing.last.due_at == at("2026-10-13 09:00")
    assert standing.next_due == at("2026-11-06 09:00")


def test_installed_twice_it_is_there_once_and_keeps_its_rhythm():
    installed(cadence="weekly 2 10:00")
    schedule.install(at("2026-09-20 12:00"))
    assert Recurring.objects.get(key="test.noted").cadence == "weekly 2 10:00"


def test_only_declared_functions_are_called(caplog):
    row = installed()
    row.work = f"{__name__}.no_work"
    row.save()
    (occurrence,) = schedule.run_due(at("2026-09-14 04:00"))
    assert occurrence.state == Occurrence.State.BROKEN


def test_all_entries_of_one_run_carry_one_request(monkeypatch):
    from luodi.kernel import audit

    def writes(due):
        audit.record(None, "test.one")
        audit.record(None, "test.two")

    installed()
    monkeypatch.setattr(schedule, "_work_of", lambda row: writes)
    schedule.run_due(at("2026-09-14 04:00"))
    written = AuditEntry.objects.filter(action__in=["test.one", "test.two"])
    assert written.count() == 2
    assert len(set(written.values_list("request", flat=True))) == 1


def test_an_administrator_runs_it_at_once_and_its_rhythm_goes_on(city):
    row = installed()
    occurrence = schedule.run_now(city["xitong"], row, at("2026-09-14 10:00"))
    assert (occurrence.state, occurrence.message, occurrence.missed) == (Occurrence.State.DONE, "第 1 次", 1)
    assert AuditEntry.objects.get(action="kernel.run_recurring").by == "xitong"
    assert schedule.run_due(at("2026-09-14 10:01")) == []
    assert len(schedule.run_due(at("2026-09-15 03:11"))) == 1
    with pytest.raises(PermissionDenied):
        schedule.run_now(city["ducha"], row, at("2026-09-15 10:00"))


def test_what_breaks_at_once_is_said_and_undone(city):
    row = installed("test.breaks")
    occurrence = schedule.run_now(city["xitong"], row, at("2026-09-14 10:00"))
    assert (occurrence.state, Recurring.objects.get().title) == (Occurrence.State.BROKEN, "会出错")


def test_the_overview_asks_two_questions_for_any_number(django_assert_num_queries):
    schedule.install(at("2026-09-13 12:00"))
    schedule.run_due(at("2026-09-14 04:00"))
    schedule.run_due(at("2026-09-15 04:00"))
    with django_assert_num_queries(2):
        rows = schedule.overview(at("2026-09-15 05:00"))
    ends = {row.recurring.key: (row.last.state, row.last.due_at) for row in rows}
    assert ends["test.refuses"] == (Occurrence.State.REFUSED, at("2026-09-15 03:10"))
