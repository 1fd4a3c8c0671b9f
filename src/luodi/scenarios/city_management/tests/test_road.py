"""A case from the street to its closing through the database, and what is refused on the way."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from luodi.kernel import evidence
from luodi.kernel.action import Refused
from luodi.kernel.clock import CHINA
from luodi.kernel.models import Division, Unit
from luodi.scenarios.city_management import actions
from luodi.scenarios.city_management.models import CityCase, Component, UnitGrid
from luodi.scenarios.city_management.pages import CITY
from luodi.scenarios.city_management.tests.conftest import INSIDE, MONDAY, photo, square
from luodi.shapes.cases import actions as cases
from luodi.shapes.cases.chain import first_broken_step
from luodi.shapes.cases.duplicates import duplicates_of

pytestmark = pytest.mark.django_db


def reported(by, at=MONDAY, **more):
    values = {
        "title": "江畔路垃圾",
        "body": "垃圾成堆",
        "category": "20102",
        "channel": "collector",
        **INSIDE,
        **more,
    }
    return cases.bring(by, CITY, values, at)


def go(case, *moves):
    """Each move: (person, name, values, minutes after Monday nine o'clock)."""
    for by, name, values, minutes in moves:
        case = cases.take(by, case, name, values, MONDAY + timedelta(minutes=minutes))
    return case


def sent(city, collector, lead="chenglan", standard="20102-1", **more):
    case = reported(collector, **more)
    return go(
        case,
        (city["chengguan"], "accept", {}, 10),
        (city["chengguan"], "file", {"category": case.category, "standard": standard}, 20),
        (city["chengguan"], "dispatch", {"lead": Unit.objects.get(key=lead)}, 60),
        (city[lead], "receive", {}, 70),
    )


def mended(city, case, minutes=180, lead="chenglan"):
    evidence.attach(city[lead], case, "after.jpg", photo(), "处置后")
    return go(case, (city[lead], "feedback", {"words": "已清理"}, minutes))


def test_from_the_street_to_the_closing(city, ground, collector):
    case = sent(city, collector)
    assert (case.grid, case.division.code, case.collector, case.is_filed_in_time) == (
        ground[0],
        "990102",
        collector,
        True,
    )
    assert case.due_at == datetime(2026, 9, 14, 16, 0, tzinfo=CHINA), (
        "four working hours from ten o'clock, the noon left out"
    )
    case = mended(city, case)
    assert case.handling_hours == 2
    case = go(
        case,
        (collector, "pass_check", {"words": "干净"}, 240),
        (city["chengguan2"], "close", {"outcome": "fixed"}, 250),
    )
    assert (case.state, case.outcome, case.was_late, case.is_checked_in_time) == (
        "closed",
        "fixed",
        False,
        True,
    )
    assert first_broken_step(case.steps.order_by("number")) is None


def test_four_working_hours_given_on_a_friday_afternoon(city, ground, collector):
    """Golden vector 3: from Friday 2026-09-18 16:30, with the Sunday worked, to Sunday 10:30."""
    friday = datetime(2026, 9, 18, 16, 30, tzinfo=CHINA)
    case = reported(collector, at=friday - timedelta(minutes=30))
    for name, values, at in (
        ("accept", {}, friday - timedelta(minutes=20)),
        ("file", {"category": "20102", "standard": "20102-1"}, friday - timedelta(minutes=10)),
        ("dispatch", {"lead": Unit.objects.get(key="chenglan")}, friday),
    ):
        case = cases.take(city["chengguan"], case, name, values, at)
    assert case.due_at == datetime(2026, 9, 20, 10, 30, tzinfo=CHINA)


def test_an_emergency_runs_through_the_night(city, ground, collector, lamp):
    case = sent(city, collector, category="10103", standard="10103-1", lead="zhujian")
    assert case.is_urgent
    assert case.due_at == MONDAY + timedelta(hours=5), "four hours on end from ten"


def test_a_working_day_is_eight_hours_on_end(city, ground, collector):
    case = sent(city, collector, category="20103", standard="20103-2")
    assert case.due_at == datetime(2026, 9, 16, 10, 0, tzinfo=CHINA)


def test_late_filing_is_noted(city, ground, collector):
    case = go(
        reported(collector),
        (city["chengguan"], "accept", {}, 10),
        (city["chengguan"], "file", {"category": "20102", "standard": "20102-1"}, 41),
    )
    assert case.is_filed_in_time is False, "half an hour from the acceptance at 9:10"


def test_what_a_citizen_reports_is_verified_on_the_ground_first(city, ground, collector):
    case = reported(None, channel="public")
    assert case.is_public_source
    with pytest.raises(Refused, match="先派采集员核实"):
        go(case, (city["chengguan"], "accept", {}, 5))
    case = go(
        case,
        (city["chengguan"], "send_to_verify", {}, 5),
        (collector, "verify", {"found": False, "words": "没有看到"}, 50),
    )
    assert case.is_verified_in_time is True
    with pytest.raises(Refused, match="核实未发现问题"):
        go(case, (city["chengguan"], "accept", {}, 55))
    case = go(case, (city["chengguan"], "reject", {"reason": "核实未发现"}, 60))
    assert (case.state, case.outcome) == ("rejected", "out_of_scope")


def test_no_feedback_without_a_photo_after(city, ground, collector):
    case = sent(city, collector)
    with pytest.raises(Refused, match="须附处置后的照片"):
        go(case, (city["chenglan"], "feedback", {"words": "已清理"}, 100))
    same = photo()
    other = sent(city, collector)
    evidence.attach(city["chenglan"], other, "a.jpg", same, "处置后")
    evidence.attach(city["chenglan"], case, "a.jpg", same, "处置后")
    with pytest.raises(Refused, match="已经用过"):
        go(case, (city["chenglan"], "feedback", {"words": "已清理"}, 100))
    case.refresh_from_db()
    assert case.state == "handling"


def test_who_watches_does_not_handle_and_who_handles_does_not_close(city, ground, collector):
    case = go(
        reported(collector),
        (city["chengguan"], "accept", {}, 10),
        (city["chengguan"], "file", {"category": "20102", "standard": "20102-1"}, 20),
    )
    with pytest.raises(Refused, match="监管分离"):
        go(case, (city["chengguan"], "dispatch", {"lead": Unit.objects.get(key="chengguan")}, 30))
    case = mended(city, sent(city, collector))
    with pytest.raises(PermissionDenied):
        go(case, (city["chenglan"], "pass_check", {"words": "自己看过"}, 200))
    with pytest.raises(Refused, match="不能结案"):
        go(case, (city["chengguan"], "close", {"outcome": "fixed"}, 200))
    case = go(case, (collector, "pass_check", {"words": "好"}, 210))
    with pytest.raises(Refused, match="重复、撤回等走各自的步骤"):
        go(case, (city["chengguan"], "close", {"outcome": "duplicate"}, 220))


def test_rework_lets_the_same_clock_run_on(city, ground, collector):
    case = mended(city, sent(city, collector))
    due = case.due_at
    case = go(case, (collector, "fail_check", {"reason": "还有残留"}, 200))
    assert (case.state, case.reworks, case.due_at, case.finished_at) == ("handling", 1, due, None)
    with pytest.raises(Refused, match="已经用过"):
        go(case, (city["chenglan"], "feedback", {"words": "又清理了"}, 220))
    later = datetime(2026, 9, 15, 9, tzinfo=CHINA)
    evidence.attach(city["chenglan"], case, "again.jpg", photo(), "返工后")
    case = cases.take(city["chenglan"], case, "feedback", {"words": "又清理了"}, later)
    assert case.was_late is True


def test_a_wrong_unit_returns_it_and_the_right_one_gets_its_own_time(city, ground, collector):
    case = go(
        reported(collector),
        (city["chengguan"], "accept", {}, 10),
        (city["chengguan"], "file", {"category": "20102", "standard": "20102-1"}, 20),
        (city["chengguan"], "dispatch", {"lead": Unit.objects.get(key="zhujian")}, 30),
    )
    with pytest.raises(PermissionDenied):
        go(case, (city["chengguan"], "return", {"reason": "代退", "basis": "无"}, 40))
    handler = city["zhujian"]
    case = go(case, (handler, "return", {"reason": "不是水利设施", "basis": "三定方案"}, 40))
    assert (case.state, case.lead, case.returns) == ("returned", None, 1)
    case = go(
        case,
        (
            city["chengguan"],
            "redispatch",
            {"lead": Unit.objects.get(key="chenglan"), "reason": "属街道保洁"},
            90,
        ),
    )
    assert case.due_at == datetime(2026, 9, 14, 16, 30, tzinfo=CHINA), "four working hours from half past ten"


def test_postponing_needs_a_lawful_reason_and_another_person(city, ground, collector):
    case = sent(city, collector)
    on = date(2026, 12, 1)
    case = go(case, (city["chenglan"], "ask_suspend", {"reason": "等拆迁", "review_on": on}, 80))
    with pytest.raises(Refused, match="不是该期限规定的中止事由"):
        go(
            case,
            (city["chengguan"], "grant_suspend", {"reason": "等等看", "basis": "踏勘", "review_on": on}, 90),
        )
    with pytest.raises(Refused, match="复核日期不能晚于申请的"):
        go(
            case,
            (
                city["chengguan"],
                "grant_suspend",
                {"reason": "涉及征地拆迁", "basis": "踏勘", "review_on": date(2027, 1, 1)},
                90,
            ),
        )
    case = go(
        case,
        (
            city["chengguan"],
            "grant_suspend",
            {"reason": "涉及征地拆迁", "basis": "踏勘", "review_on": on},
            90,
        ),
    )
    assert (case.is_paused, case.due_at, case.review_on) == (True, None, on)
    case = go(case, (city["chengguan"], "resume", {}, 60 * 24))
    assert case.is_paused is False
    assert case.due_at is not None


def test_closing_by_force_takes_two_offices(city, ground, collector):
    case = go(sent(city, collector), (city["chengguan"], "ask_force", {"reason": "权属灭失"}, 100))
    with pytest.raises(PermissionDenied):
        go(case, (city["chengguan"], "grant_force", {"reason": "同意"}, 110))
    case = go(case, (city["ducha"], "grant_force", {"reason": "属实"}, 110))
    assert (case.state, case.outcome) == ("forced", "forced")


def test_a_collector_mends_it_on_the_spot_with_a_photo(city, ground, collector):
    case = reported(collector)
    with pytest.raises(Refused, match="照片"):
        go(case, (collector, "self_handle", {"words": "捡走了"}, 5))
    evidence.attach(collector, case, "done.jpg", photo(), "处置后")
    case = go(case, (collector, "self_handle", {"words": "捡走了"}, 5))
    assert (case.state, case.outcome) == ("self_handled", "fixed")


def test_places_that_can_not_be_are_refused(city, ground, collector, lamp):
    with pytest.raises(Refused, match="不在本市任何单元网格内"):
        reported(collector, lon=110.0, lat=35.1)
    with pytest.raises(Refused, match="请定位，或者写明地点"):
        reported(collector, lon=None, lat=None)
    with pytest.raises(Refused, match="与所选类别不一致"):
        reported(collector, component=lamp)
    with pytest.raises(Refused, match="不在这个部件所在的单元网格里"):
        reported(collector, category="10118", component=lamp, lon=109.2025)
    with pytest.raises(Refused, match="不在部件和事件的分类里"):
        reported(collector, category="29999")
    case = reported(collector, category="10118", component=lamp, lon=None, lat=None)
    assert (case.lon, case.grid) == (109.2004, ground[0])
    assert CityCase.objects.count() == 1


def test_a_condition_of_another_class_is_refused_with_those_that_fit(city, ground, collector):
    case = go(reported(collector), (city["chengguan"], "accept", {}, 10))
    with pytest.raises(Refused, match="可选：20102-1 主次干道垃圾成堆成片"):
        go(case, (city["chengguan"], "file", {"category": "20102", "standard": "20104-1"}, 20))


def test_the_same_corner_again_is_proposed_for_merging(city, ground, collector):
    first, again = reported(collector), reported(None, channel="public", at=MONDAY + timedelta(days=2))
    ((other, likeness),) = duplicates_of(again)
    assert (other.pk, likeness.reasons[0]) == (first.pk, "相距 0 米")
    merged = cases.take(
        city["chengguan"],
        again,
        "merge",
        {"into": first.number, "reason": "同一堆"},
        MONDAY + timedelta(days=2),
    )
    assert (merged.state, merged.outcome) == ("merged", "duplicate")


def test_what_passed_its_end_unhandled_is_noted_once(city, ground, collector):
    case = sent(city, collector)
    assert actions.mark_overdue(None, case.due_at - timedelta(minutes=1)) == 0
    assert actions.mark_overdue(None, case.due_at) == 1
    assert actions.mark_overdue(None, case.due_at) == 0
    case.refresh_from_db()
    assert case.overdue_on == date(2026, 9, 14)


def test_grids_come_whole_or_not_at_all(city, ground):
    feature = lambda code, border: actions.Feature(code, "cjt213", border, {})  # noqa: E731
    with pytest.raises(Refused, match="重叠"):
        actions.import_grids(
            city["chengguan"], [feature("99010200100111", square(8)), feature("99010200100112", square(8.5))]
        )
    with pytest.raises(Refused, match="与 99010200100101 重叠"):
        actions.import_grids(
            city["chengguan"], [feature("99010200100111", square(8)), feature("99010200100112", square(0.5))]
        )
    assert UnitGrid.objects.count() == 4
    rows = [feature("99010200100111", square(8)), feature("99010300100112", square(9))]
    assert actions.import_grids(city["chengguan"], rows) == 2
    assert actions.import_grids(city["chengguan"], rows) == 0, "the same file again changes nothing"
    with pytest.raises(PermissionDenied):
        actions.import_grids(city["chenglan"], rows)


def test_registers_check_their_codes(city, ground):
    keep = actions.keep_component
    with pytest.raises(Refused, match="区划 990103 与所在单元网格的区划 990102 不一致"):
        keep(city["chengguan"], Component(), {"code": "9901030118000001", "name": "路灯", "grid": ground[0]})
    with pytest.raises(Refused, match="坐标不在所填的单元网格里"):
        keep(
            city["chengguan"],
            Component(),
            {"code": "9901020118000001", "name": "路灯", "grid": ground[0], "lon": 109.3, "lat": 35.1},
        )
    with pytest.raises(Refused, match="变更日期早于初始日期"):
        keep(
            city["chengguan"],
            Component(),
            {
                "code": "9901020118000001",
                "name": "路灯",
                "grid": ground[0],
                "placed_on": date(2026, 2, 1),
                "changed_on": date(2026, 1, 1),
            },
        )
    kept = keep(
        city["chengguan"], Component(), {"code": "9901020118000001", "name": "路灯", "grid": ground[0]}
    )
    assert kept.category == "10118"
    with pytest.raises(Refused, match="不是澄岚区的区划代码"):
        actions.keep_grid(
            city["chengguan"],
            UnitGrid(code="99010300100105"),
            {"division": Division.objects.get(code="990102"), "border": square(9)},
        )


def test_a_component_is_broken_from_the_filing_until_it_is_mended(city, ground, collector, lamp):
    case = sent(
        city,
        collector,
        category="10118",
        standard="10118-1",
        component=lamp,
        lon=None,
        lat=None,
        lead="zhujian",
    )
    lamp.refresh_from_db()
    assert (lamp.state, lamp.changed_on) == ("broken", date(2026, 9, 14))
    case = mended(city, case, lead="zhujian")
    go(
        case,
        (collector, "pass_check", {"words": "亮了"}, 240),
        (city["chengguan"], "close", {"outcome": "fixed"}, 250),
    )
    lamp.refresh_from_db()
    assert lamp.state == "sound"


def test_a_feigned_mending_is_found_by_who_watches(city, ground, collector):
    case = mended(city, sent(city, collector))
    with pytest.raises(PermissionDenied):
        go(case, (city["chenglan"], "find_fault", {"reason": "自认"}, 190))
    assert go(case, (city["chengguan"], "find_fault", {"reason": "照片是别处的"}, 190)).faults == 1


def test_grids_tile_their_community(city):
    grids = [actions.Feature(f"990102001001{n:02}", "cjt213", square(n), {}) for n in (1, 2)]
    whole = [(109.201, 35.1), (109.203, 35.1), (109.203, 35.101), (109.201, 35.101)]
    with pytest.raises(Refused, match="没有铺满上级范围，还空着"):
        actions.import_grids(city["chengguan"], grids[:1], {"990102001001": whole})
    assert actions.import_grids(city["chengguan"], grids, {"990102001001": whole}) == 2
