"""Codes as they were decoded from a live item, the catalogue's own contradictions, and the two clocks of a case."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from luodi.kernel.clock import CHINA, Clock, OfficeHours, Period, Unit, national_calendar
from luodi.scenarios.government_services.rules import catalogue, codes, reviews, service
from luodi.shapes.cases.machine import Actor
from luodi.shapes.cases.record import Record, advance, opened

LIVE = "TEFT110106000100063110718017000"
CALENDAR = national_calendar()
CLOCK = Clock(CALENDAR)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


# codes


def test_a_live_item_of_beijing_is_read_in_its_parts():
    code = codes.read(LIVE)
    assert (code.body, code.level, code.basic) == ("TEFT11010600010006", "3", "110718017000")
    assert (code.area, code.type, code.department, code.main, code.sub) == ("11", "07", "18", "017", "000")
    assert dict(codes.TYPES)[code.type] == "行政确认"
    assert str(code) == LIVE
    assert not code.has_credit_code, "a doubt, no fault: bodies are numbered in several ways"


def test_a_body_with_a_credit_code_is_known_as_such():
    assert codes.read("11610200MB0000019L" + "4" + "610131001000").has_credit_code


def test_full_width_and_small_letters_are_put_right():
    assert str(codes.read("ｔｅｆｔ１１０１０６０００１０００６3110718017000")) == LIVE


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LIVE[:-1], "应为 31 位"),
        (LIVE[:18] + "0" + LIVE[19:], "行使层级“0”"),
        (LIVE[:19] + "99" + LIVE[21:], "区域“99”"),
        (LIVE[:21] + "30" + LIVE[23:], "事项类型“30”"),
        (LIVE[:25] + "000000", "主项不能是 000"),
        (LIVE[:18] + "3" + "1107180170A0", "后 13 位应为数字"),
        ("!" + LIVE[1:], "前 18 位"),
    ],
)
def test_a_wrong_code_is_told_where_it_is_wrong(text, said):
    with pytest.raises(codes.CodeFault, match=said):
        codes.read(text)


def test_a_business_has_two_places_more():
    code, number = codes.read_business(LIVE + "01")
    assert (str(code), number) == (LIVE, "01")
    with pytest.raises(codes.CodeFault, match="33 位"):
        codes.read_business(LIVE)


# catalogue


def facts(**more) -> catalogue.Facts:
    given = {
        "code": LIVE, "basic": LIVE[19:], "name": "食品经营许可", "type": "01", "legal_basis": "食品安全法", "handling": "promised",
        "legal_days": 20, "promised_days": 5, "depth": 4, "visits": 0, **more,
    }  # fmt: skip
    return catalogue.Facts(**given)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, ""),
        ({"legal_basis": " "}, "没有设定依据"),
        ({"promised_days": 21}, "超过法定时限 20"),
        ({"legal_days": None, "promised_days": 99}, ""),
        ({"handling": "instant", "promised_days": 1}, "即办件当日办结"),
        ({"handling": "instant", "promised_days": None}, ""),
        ({"promised_days": None}, "承诺件须填承诺时限"),
        ({"visits": 1}, "到现场次数应为 0"),
        ({"depth": 2}, "到现场次数不能是 0"),
        ({"materials": ("其他材料",)}, "兜底条款"),
        ({"materials": ("法律法规规定的其他材料",)}, "兜底条款"),
        ({"materials": ("其他组织登记证书",)}, "兜底条款"),
        ({"materials": ("营业执照",)}, ""),
    ],
)
def test_an_item_says_nothing_against_itself(more, said):
    found = "".join(catalogue.faults_of(facts(**more)))
    assert (said in found) if said else found == ""


def test_the_same_item_is_the_same_at_every_level():
    county = facts(code=LIVE.replace("TEFT", "TEFU"), name="食品经营许可证核发")
    assert catalogue.differences([facts(), county]) == [
        "110718017000 的名称不一致：食品经营许可；食品经营许可证核发。"
    ]
    assert catalogue.differences([facts(), facts(code="x")]) == []
    assert catalogue.differences([facts(), facts(basic="110718018000", name="别的")]) == []


def test_compression_counts_promises_with_a_legal_limit_only():
    rows = [
        facts(),
        facts(legal_days=40, promised_days=10),
        facts(legal_days=None),
        facts(handling="instant", promised_days=None),
    ]
    assert catalogue.compression(rows) == Decimal("75.00")  # 1 - 15/60
    assert catalogue.compression([facts(legal_days=None)]) is None


def test_a_package_spares_papers_visits_and_days():
    saved = catalogue.saved_by([(5, 1, 10), (4, 2, 5)], materials=6, visits=1, days=6)
    assert (saved.materials, saved.visits, saved.days) == (3, 2, 9)
    assert catalogue.saved_by([(5, 1, None), (4, 2, 5)], 6, 1, 6).days is None


# clocks


def test_five_working_days_over_the_spring_festival_of_2022():
    assert CLOCK.last_day(date(2022, 1, 28), Period(5, Unit.WORK_DAY)) == date(2022, 2, 9)


@pytest.mark.parametrize(
    ("handling", "promised", "legal", "days"),
    [("promised", 5, 20, 5), ("promised", None, 20, 20), ("promised", 7, None, 7), ("instant", None, 20, None), ("promised", None, None, None)],
)  # fmt: skip
def test_the_shorter_of_promise_and_law_counts(handling, promised, legal, days):
    assert service.promise(handling, promised, legal) == days


@pytest.mark.parametrize(
    ("accepted", "minutes"),
    [
        ("2026-09-14 09:00", 15 * 60),
        ("2026-09-14 23:30", 30),
        ("2026-09-19 10:00", 38 * 60),
    ],  # Saturday; Sunday 20 is worked
)
def test_a_matter_of_the_same_day_ends_with_the_day(accepted, minutes):
    assert service.minutes_left_today(at(accepted), CALENDAR) == minutes


def lived(*moves) -> Record:
    """A record through the machine; (move, when, values) by whoever may."""
    machine = service.MACHINE
    record = opened(machine, Actor("", frozenset({"public"})), at("2026-09-14 09:00"), {})
    for name, when, values in moves:
        move = machine.move(name)
        record = advance(record, name, Actor("a", frozenset(move.by)), at(when), values)
    return record


ROAD = (("receive", "2026-09-14 09:30", {"lead": "shichang"}), ("accept", "2026-09-14 10:00", {}))


def test_the_laws_own_days_stop_with_a_pause_and_are_lengthened_with_an_extension():
    assert service.legal_due_on(CLOCK, lived(*ROAD), 20) == date(2026, 10, 16)
    paused = lived(*ROAD, ("pause", "2026-09-15 09:00", {"reason": "听证", "basis": "第四十五条"}))
    assert service.legal_due_on(CLOCK, paused, 20) is None
    resumed = lived(
        *ROAD,
        ("pause", "2026-09-15 09:00", {"reason": "听证", "basis": "第四十五条"}),
        ("resume", "2026-09-17 09:00", {}),
    )
    assert service.legal_due_on(CLOCK, resumed, 20) == date(2026, 10, 20), "two working days do not count"
    assert service.legal_due_on(CLOCK, lived(*ROAD), None) is None


def test_late_by_promise_is_yellow_and_by_law_red():
    on = date(2026, 9, 21), date(2026, 10, 16)
    assert [service.standing(day, *on).lamp for day in (date(2026, 9, 21), date(2026, 9, 22), date(2026, 10, 17))] == ["green", "yellow", "red"]  # fmt: skip
    assert service.standing(date(2026, 12, 1), None, None).lamp == "green"


@pytest.mark.parametrize(
    ("filed", "ready", "days"),
    [
        ("2026-09-14 08:00", "2026-09-14 12:00", "0.50"),
        ("2026-09-14 11:00", "2026-09-14 15:00", "0.25"),  # noon does not count
        ("2026-09-18 17:00", "2026-09-20 09:00", "0.25"),  # Saturday off, Sunday worked
        ("2026-09-24 17:00", "2026-09-28 09:00", "0.25"),  # Mid-Autumn
        ("2026-09-14 20:00", "2026-09-15 07:00", "0.00"),
    ],
)
def test_opening_a_firm_is_counted_in_working_time(filed, ready, days):
    assert service.workdays_taken(at(filed), at(ready), OfficeHours(), CALENDAR) == Decimal(days)


def test_an_end_before_its_start_is_no_time():
    with pytest.raises(ValueError, match="before"):
        service.workdays_taken(at("2026-09-15 09:00"), at("2026-09-14 09:00"), OfficeHours(), CALENDAR)


# ratings


def test_dimensions_are_those_of_the_channel():
    finished, rated = at("2026-09-14 09:00"), at("2026-09-14 10:00")
    assert reviews.fault_of(5, "window", ["服务态度"], finished, rated) == ""
    assert "不是这个渠道" in reviews.fault_of(5, "app", ["服务态度"], finished, rated)
    assert "1 至 5" in reviews.fault_of(6, "app", [], finished, rated)
    assert "早于办结" in reviews.fault_of(5, "app", [], rated, finished)
    assert [reviews.is_bad(stars) for stars in (1, 2, 3, 4, 5)] == [True, True, False, False, False]


def test_a_burst_on_one_device_is_seen():
    times = [at("2026-09-14 09:00") + timedelta(minutes=n) for n in range(5)]
    assert reviews.is_burst(times, times[-1] + timedelta(minutes=1), most=5, minutes=10)
    assert not reviews.is_burst(times, times[-1] + timedelta(hours=1), most=5, minutes=10)
    assert not reviews.is_burst(times[:4], times[-1], most=5, minutes=10)
