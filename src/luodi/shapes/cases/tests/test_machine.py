"""What a machine allows: broken lamps sent, mended, checked by another unit; and what it refuses to be declared."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from luodi.kernel.clock import CHINA, Clock, Period, Unit, national_calendar
from luodi.shapes.cases.clocks import Light, Shares, light, reckon
from luodi.shapes.cases.limits import period_of, plain, read_limits
from luodi.shapes.cases.machine import Effect, Machine, Move, State
from luodi.shapes.cases.moves import pause
from luodi.shapes.cases.record import Actor, NotAllowed, NotYours, advance, opened
from luodi.shapes.cases.tests.histories import histories
from luodi.shapes.cases.tests.lamps import LAMPS

CLOCK = Clock(national_calendar())
DESK = Actor("wang", frozenset({"desk"}), frozenset({"centre"}))
MENDER = Actor("zhao", frozenset({"lead"}), frozenset({"lighting"}))
FRIDAY = datetime(2026, 9, 18, 16, 30, tzinfo=CHINA)


def timed(record, **periods):
    event = record.events[-1]
    return replace(record, events=(*record.events[:-1], replace(event, **periods)))


FOUR_HOURS = Period(4, Unit.WORK_HOUR)


def sent(period=FOUR_HOURS, at=FRIDAY):
    record = advance(opened(LAMPS, DESK, at, {}), "dispatch", DESK, at, {"lead": "lighting"})
    return timed(record, period=period, state_period=Period(1, Unit.WORK_HOUR))


def mended(record, at):
    record = advance(record, "sign", MENDER, at, {})
    return advance(record, "mended", MENDER, at, {"words": "换了灯泡"})


def test_four_working_hours_from_friday_afternoon_end_on_the_sunday_that_is_worked():
    found = reckon(CLOCK, sent())
    assert found.due_at == datetime(2026, 9, 20, 10, 30, tzinfo=CHINA)
    assert found.state_due_at == datetime(2026, 9, 18, 17, 30, tzinfo=CHINA)


def test_the_state_clock_starts_with_each_state_and_the_business_clock_runs_on():
    record = advance(sent(), "sign", MENDER, FRIDAY + timedelta(minutes=20), {})
    found = reckon(CLOCK, record)
    assert found.state_since == FRIDAY + timedelta(minutes=20)
    assert found.state_due_at is None
    assert found.due_at == datetime(2026, 9, 20, 10, 30, tzinfo=CHINA)


def test_who_mended_does_not_check():
    record = mended(sent(), FRIDAY)
    mender_at_the_desk = replace(MENDER, roles=frozenset({"desk"}))
    with pytest.raises(NotYours, match="须由另一单位办理"):
        advance(record, "check", mender_at_the_desk, FRIDAY, {})
    assert advance(record, "check", DESK, FRIDAY, {}).state == "closed"


def test_a_closed_case_has_its_proof():
    shortcut = replace(
        LAMPS, moves=(*LAMPS.moves, Move("skip", "直接结案", ("sent",), "closed", by=("desk",)))
    )
    record = replace(sent(), machine=shortcut)
    with pytest.raises(NotAllowed, match="还没有报告修复、核查通过的记录"):
        advance(record, "skip", DESK, FRIDAY, {})


def test_rework_runs_on_the_same_clock_and_a_late_case_stays_late():
    late = FRIDAY + timedelta(days=3)
    record = mended(sent(), late)
    assert reckon(CLOCK, record).was_late is True
    record = advance(record, "rework", DESK, late, {"reason": "又灭了"})
    found = reckon(CLOCK, record)
    assert found.finished_at is None
    assert found.due_at == datetime(2026, 9, 20, 10, 30, tzinfo=CHINA)
    with pytest.raises(NotAllowed, match="现在是“维修中”"):
        advance(record, "check", DESK, late, {})


def test_a_pause_needs_a_lawful_reason_and_keeps_what_was_left():
    record = sent(Period(5, Unit.WORK_DAY), datetime(2026, 3, 2, 9, tzinfo=CHINA))
    paused = advance(
        record, "pause", DESK, datetime(2026, 3, 4, 9, tzinfo=CHINA), {"reason": "鉴定", "basis": "第十条"}
    )
    with pytest.raises(NotAllowed, match="不是该期限规定的中止事由"):
        reckon(CLOCK, paused, lawful_pauses=frozenset({"听证"}))
    found = reckon(CLOCK, paused, lawful_pauses=frozenset({"鉴定"}))
    assert found.is_paused
    assert found.due_at is None
    with pytest.raises(NotAllowed, match="先恢复办理"):
        advance(paused, "sign", MENDER, datetime(2026, 3, 5, 9, tzinfo=CHINA), {})
    resumed = advance(paused, "resume", DESK, datetime(2026, 3, 11, 9, tzinfo=CHINA), {})
    # Monday + 5 was the next Monday; two days were used, three are left after Wednesday the 11th.
    assert reckon(CLOCK, resumed, lawful_pauses=frozenset({"鉴定"})).due_on.date().isoformat() == "2026-03-16"


def test_an_extension_is_asked_decided_by_another_and_never_after_the_end():
    monday = datetime(2026, 3, 2, 9, tzinfo=CHINA)
    record = sent(Period(5, Unit.WORK_DAY), monday)
    asked = advance(record, "ask_extension", MENDER, monday, {"reason": "等灯杆", "length": 3})
    assert asked.pending == "extension"
    with pytest.raises(NotYours):
        advance(asked, "grant_extension", MENDER, monday, {"length": 3, "reason": "属实"})
    granted = advance(asked, "grant_extension", DESK, monday, {"length": 3, "reason": "属实"})
    granted = timed(granted, period=Period(3, Unit.WORK_DAY))
    assert granted.pending == ""
    assert reckon(CLOCK, granted).due_on.date().isoformat() == "2026-03-12"
    too_late = advance(
        asked,
        "grant_extension",
        DESK,
        datetime(2026, 3, 10, 9, tzinfo=CHINA),
        {"length": 3, "reason": "属实"},
    )
    with pytest.raises(NotAllowed, match="期限已于 2026-03-09 届满"):
        reckon(CLOCK, timed(too_late, period=Period(3, Unit.WORK_DAY)))
    with pytest.raises(NotAllowed, match="没有待审批的申请"):
        advance(granted, "refuse_extension", DESK, monday, {"reason": "晚了"})


def test_a_year_without_holidays_leaves_the_day_open_and_says_why():
    found = reckon(CLOCK, sent(Period(60, Unit.WORK_DAY), datetime(2026, 11, 24, 9, tzinfo=CHINA)))
    assert found.due_at is None
    assert "2027 年的节假日安排尚未录入" in found.fault
    assert found.started_at is not None


def test_a_stage_that_ends_in_such_a_year_does_not_hide_the_day_of_the_case():
    record = sent(at=datetime(2026, 11, 24, 9, tzinfo=CHINA))
    found = reckon(CLOCK, timed(record, state_period=Period(60, Unit.WORK_DAY)))
    assert (found.due_at, found.state_due_at) == (datetime(2026, 11, 24, 15, tzinfo=CHINA), None)
    assert "2027 年" in found.fault


def test_the_history_keeps_whether_a_last_day_gives_way_to_a_working_day():
    for period in (Period(7, Unit.WORK_DAY), Period(60, Unit.NATURAL_DAY, postponed=False)):
        assert period_of(plain(period)) == period
    assert period_of([7, "work_day"]) == Period(7, Unit.WORK_DAY)


@pytest.mark.parametrize(
    ("day", "wanted"),
    [("2026-03-02", Light.CALM), ("2026-03-09", Light.SOON), ("2026-03-13", Light.URGENT), ("2026-03-16", Light.URGENT),
     ("2026-03-17", Light.OVER)],
)  # fmt: skip
def test_ten_working_days_turn_blue_at_half_yellow_at_four_fifths_red_past_the_end(day, wanted):
    found = reckon(
        CLOCK, sent(Period(10, Unit.WORK_DAY), datetime(2026, 3, 2, 9, tzinfo=CHINA)), Shares(0.5, 0.8)
    )
    moment = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=CHINA)
    shown = light(
        moment, started=True, soon_at=found.soon_at, urgent_at=found.urgent_at, due_at=found.due_at,
        is_paused=False, is_finished=False, was_late=None,
    )  # fmt: skip
    assert shown is wanted


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"moves": (Move("a", "甲", ("one",), "three"),)}, "no state is called three"),
        ({"moves": (Move("a", "甲", ("one",), "two", by=("king",)),)}, "no role is called king"),
        ({"moves": (Move("a", "甲", ("two",), "one"), Move("b", "乙", ("one",), "two"))}, "is an end"),
        ({"moves": (Move("a", "甲", ("one",), effect=Effect.START),)}, "no move leads to two"),
        ({"moves": (Move("a", "甲", ("one",), "two", apart_from=("b",)),)}, "no move is called b"),
    ],
)
def test_a_machine_that_contradicts_itself_is_refused(change, said):
    whole = {
        "start": "one",
        "states": (State("one", "一"), State("two", "二", is_end=True)),
        "moves": (Move("a", "甲", ("one",), "two"),),
    }
    assert Machine(**whole).open_states == ("one",)
    with pytest.raises(ValueError, match=said):
        Machine(**{**whole, **change})


VALUES = {"length": st.integers(1, 5), "grade": st.integers(0, 3), "reason": st.sampled_from(["鉴定", "听证", "等料"])}  # fmt: skip
TestLampHistories = histories(LAMPS, VALUES).TestCase
TestLampHistories.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


LADDER = Machine(
    start="registered",
    opening=Effect.START,
    states=(State("registered", "已登记"), State("handling", "办理中"), State("replied", "已答复"), State("reviewing", "复查中")),
    moves=(
        Move("accept", "受理", ("registered",), "handling", effect=Effect.NEXT),
        Move("reply", "答复", ("handling", "reviewing"), "replied", effect=Effect.FINISH),
        Move("review", "复查", ("replied",), "reviewing", effect=Effect.NEXT, limit="review"),
        *pause(("reviewing", "replied")),
    ),
)  # fmt: skip
CALENDAR_DAYS = {days: Period(days, Unit.NATURAL_DAY) for days in (15, 30, 60)}


def climbed(*steps):
    """A petition's ladder: each step is a move, its day, and the days that it gives."""
    record = timed(opened(LADDER, DESK, datetime(2026, 1, 20, 9, tzinfo=CHINA), {}), period=CALENDAR_DAYS[15])
    for move, day, days in steps:
        at = datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=CHINA)
        record = advance(
            record, move, DESK, at, {"reason": "听证", "basis": "第三十六条"} if move == "pause" else {}
        )
        record = timed(record, period=CALENDAR_DAYS.get(days))
    return record


def due_of(record):
    return reckon(CLOCK, record).due_on.date().isoformat()


def test_each_proceeding_has_a_run_of_its_own_and_the_first_begins_on_receipt():
    assert due_of(climbed()) == "2026-02-04"
    handling = climbed(("accept", "2026-01-30", 60))
    assert due_of(handling) == "2026-03-31"
    assert reckon(CLOCK, handling).was_late is False
    reviewing = climbed(
        ("accept", "2026-01-30", 60), ("reply", "2026-03-02", None), ("review", "2026-03-20", 30)
    )
    found = reckon(CLOCK, reviewing)
    assert (found.due_on.date().isoformat(), found.finished_at) == ("2026-04-20", None), (
        "the 19th is a Sunday"
    )
    late = climbed(("accept", "2026-02-10", 60))
    assert reckon(CLOCK, late).was_late is True, "registration took longer than its fifteen days"


def test_what_happens_after_an_answer_does_not_move_its_day():
    """A hearing while nothing runs stops nothing; the one in a later proceeding stops that one only."""
    replied = climbed(
        ("accept", "2026-01-30", 60), ("reply", "2026-03-02", None), ("pause", "2026-05-06", None)
    )
    assert due_of(replied) == "2026-03-31"
    heard = climbed(
        ("accept", "2026-01-30", 60), ("reply", "2026-03-02", None), ("review", "2026-03-20", 30), ("pause", "2026-04-01", None),
        ("resume", "2026-04-11", None),
    )  # fmt: skip
    assert due_of(heard) == "2026-04-29", "ten days of hearing do not count"


def test_the_row_that_fits_most_closely_sets_the_period():
    limits = read_limits(
        {"business": [
            {"level": None, "amount": 7, "unit": "work_day"}, {"level": "A", "amount": 3, "unit": "work_day"},
            {"category": "lamp", "amount": 4, "unit": "work_hour"}, {"category": "lamp", "condition": "storm", "amount": 1, "unit": "urgent_hour"},
        ], "states": [{"step": "sign", "amount": 2, "unit": "work_hour"}, {"step": "sign", "category": "lamp", "amount": 1, "unit": "work_hour"}]}
    )  # fmt: skip
    assert limits.business_for("B", "tree") == Period(7, Unit.WORK_DAY)
    assert limits.business_for("A", "tree") == Period(3, Unit.WORK_DAY)
    assert limits.business_for("A", "lamp") == Period(4, Unit.WORK_HOUR)
    assert limits.business_for("A", "lamp", "storm") == Period(1, Unit.URGENT_HOUR)
    assert limits.state_for("sign", category="lamp") == Period(1, Unit.WORK_HOUR)
    assert limits.state_for("sign", category="tree") == Period(2, Unit.WORK_HOUR)
    assert limits.state_for("contact") is None
