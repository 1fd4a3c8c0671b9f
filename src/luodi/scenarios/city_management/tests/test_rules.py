"""Codes, borders, rates and points with the field's own vectors: no database."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.kernel.clock import Clock, Course, Period, Unit, national_calendar
from luodi.kernel.clock.hours import CHINA
from luodi.scenarios.city_management.rules import evaluation, geometry, georeport, photos
from luodi.scenarios.city_management.rules.classes import CATEGORIES, CLASSES, FOR_CITIZENS
from luodi.scenarios.city_management.rules.codes import WrongCode, component_code, disagreement, grid_code
from luodi.scenarios.city_management.rules.evaluation import Counts, Faults
from luodi.scenarios.city_management.rules.hotspots import hotspots
from luodi.scenarios.city_management.rules.machine import MACHINE, STAGES

JINHUA = {
    "in_time_from": Decimal(70), "in_time_points": Decimal(50), "in_time_step": Decimal(1), "closed_from": Decimal(90), "closed_points": Decimal(20),
    "closed_step": Decimal(1), "urgent_from": Decimal(100), "urgent_in_time_from": Decimal(95), "urgent_points": Decimal(10), "urgent_step": Decimal("0.5"),
    "rework_off": Decimal("0.2"), "third_off": Decimal("0.5"), "refusal_off": Decimal(1),
    "grades": [{"grade": "A", "floor": Decimal(90)}, {"grade": "B", "floor": Decimal(80)}, {"grade": "C", "floor": Decimal(70)}, {"grade": "D", "floor": Decimal(60)}, {"grade": "E", "floor": Decimal(0)}],
}  # fmt: skip


def test_a_real_component_code_of_suzhou():
    """3205080101000001: 姑苏区, 公用设施, 上水井盖, the first."""
    code = component_code("3205080101000001")
    assert (code.division, code.big, code.small, code.serial) == ("320508", "01", "01", "000001")
    assert CLASSES[code.category].title == "上水井盖"


def test_the_other_scheme_of_the_same_length_reads_the_same_digits_otherwise():
    code = component_code("3205080100100001", "cjt545")
    assert (code.big, code.small, code.serial, code.category) == ("01", "001", "00001", "10101")
    extension = component_code("3205080199900001", "cjt545")
    assert (extension.is_extension, extension.category) == (True, "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("320508010100000", "应为 16 位，实为 15 位"),
        ("32050801010000A1", "全为数字"),
        ("3205080199000001", "大类 01、小类 99 不在部件分类里"),
        ("3205080101000000", "顺序号应从 1 起"),
    ],
)
def test_a_bad_component_code_says_which_part(text, said):
    with pytest.raises(WrongCode, match=said):
        component_code(text)


def test_a_grid_has_fourteen_digits_and_a_component_its_division():
    grid = grid_code("32050800100101")
    assert (grid.division, grid.street, grid.community, grid.serial) == (
        "320508",
        "320508001",
        "320508001001",
        "01",
    )
    assert grid_code("3205080010010001", "city16").serial == "0001"
    assert disagreement(component_code("3205080101000001"), grid) == ""
    assert "320506 与所在单元网格的区划 320508 不一致" in disagreement(
        component_code("3205060101000001"), grid
    )
    with pytest.raises(WrongCode, match="应为 14 位"):
        grid_code("3205080010011")
    with pytest.raises(WrongCode, match="都不能全为 0"):
        grid_code("32050800000101")


def test_the_catalogue_names_each_class_once():
    assert len(CATEGORIES) == len(dict(CATEGORIES))
    assert (CLASSES["10138"].title, CLASSES["10217"].title, CLASSES["10410"].title) == (
        "治安岗亭",
        "交通岗亭",
        "喷泉",
    )
    assert CLASSES["20102"].title == "暴露垃圾"
    assert set(FOR_CITIZENS) <= set(CLASSES)
    assert not CLASSES["10110"].is_read, "热力井盖 was not read in a source"


SQUARE = [(109.2, 35.1), (109.201, 35.1), (109.201, 35.101), (109.2, 35.101)]
NEXT = [(109.201, 35.1), (109.202, 35.1), (109.202, 35.101), (109.201, 35.101)]
BOTH = [(109.2, 35.1), (109.202, 35.1), (109.202, 35.101), (109.2, 35.101)]


def test_a_point_on_a_border_is_inside_so_that_none_falls_between():
    assert geometry.contains(SQUARE, 109.2005, 35.1005)
    assert geometry.contains(SQUARE, 109.201, 35.1005)
    assert geometry.contains(SQUARE, 109.2, 35.1)
    assert not geometry.contains(SQUARE, 109.2011, 35.1005)


def test_a_bay_is_outside():
    bay = [(0, 0), (4, 0), (4, 4), (2, 1), (0, 4)]
    assert not geometry.contains(bay, 2, 2)
    assert geometry.contains(bay, 0.5, 2)


def test_a_grid_of_a_thousandth_degree_measures_about_ten_thousand_square_metres():
    assert geometry.area_m2(SQUARE) == pytest.approx(10_116, rel=0.01)


def test_tiles_touch_and_do_not_overlap_nor_leave_gaps():
    assert geometry.tiling_faults({"1": SQUARE, "2": NEXT}, BOTH) == []
    assert geometry.tiling_faults({"1": SQUARE, "2": BOTH}) == ["单元网格 1 与 2 重叠。"]
    assert geometry.tiling_faults({"1": SQUARE, "2": list(SQUARE)}) == ["单元网格 1 与 2 重叠。"]
    assert "还空着 50.0%" in geometry.tiling_faults({"1": SQUARE}, BOTH)[0]
    assert geometry.tiling_faults({"2": NEXT}, SQUARE) == ["单元网格 2 有一部分在上级范围之外。"]


def test_a_border_that_crosses_itself_or_lies_elsewhere_is_refused():
    assert "自己和自己相交" in geometry.ring_fault([(109, 35), (109.1, 35.1), (109.1, 35), (109, 35.1)])
    assert "中国之外" in geometry.ring_fault([(35, 109), (35.1, 109), (35.1, 109.1)])
    assert geometry.ring_fault([(109, 35), (109.1, 35)]) == "边界至少要有三个角点。"


@given(st.floats(109.1995, 109.2025), st.floats(35.0995, 35.1015))
def test_every_point_of_the_community_lies_in_a_grid(lon, lat):
    assert geometry.contains(BOTH, lon, lat) == (
        geometry.contains(SQUARE, lon, lat) or geometry.contains(NEXT, lon, lat)
    )


def test_limits_of_working_hours_over_the_holidays():
    """Golden vectors 3 of the domain: Friday 16:30 and four hours; forty hours over the National Day."""
    clock = Clock(national_calendar())
    at = lambda *parts: datetime(2026, *parts, tzinfo=CHINA)  # noqa: E731
    assert clock.due(Course(at(9, 18, 16, 30), Period(4, Unit.WORK_HOUR))).at == at(9, 20, 10, 30)
    assert clock.due(Course(at(9, 29, 10), Period(5, Unit.WORK_DAY).in_work_hours())).at == at(10, 12, 10)


def test_rates_leave_the_postponed_out_of_the_denominator():
    """结案率 = 结案数 /（应结案数 − 缓办数）: of 100 that should be closed 10 are postponed, 81 are closed."""
    counts = Counts(
        due=90,
        suspended=10,
        handled=85,
        handled_in_time=80,
        closed=81,
        closed_in_time=72,
        reworked=9,
        dispatched=95,
        returned=5,
    )
    found = {name: rate.percent for name, rate in evaluation.rates(counts).items()}
    assert found["closed"] == Decimal("90.00")
    assert found["closed_in_time"] == Decimal("80.00")
    assert found["handled_in_time"] == Decimal("88.89")
    assert found["reworked"] == Decimal("11.11")
    assert found["accurate"] == Decimal("94.74")
    assert found["urgent_closed"] is None, "nothing urgent fell due"


def test_points_of_jinhua():
    """按期结案率 68 % loses two of fifty, 结案率 85 % five of twenty, 紧急 100 and 93 % one of ten; two failed checks take 0.4."""
    counts = Counts(
        due=100, closed=85, closed_in_time=68, urgent_due=100, urgent_closed=100, urgent_closed_in_time=93
    )
    found = evaluation.score(counts, Faults(failed=2), JINHUA)
    assert [item.points for item in found.items] == [Decimal("48.00"), Decimal("15.00"), Decimal("9.00")]
    assert found.points == Decimal("71.60")
    assert (found.full, found.share) == (Decimal(80), Decimal("89.50"))
    assert evaluation.grade(found.share, JINHUA["grades"]) == "B"


def test_a_third_failure_and_marked_cases_cost_more():
    full = Counts(
        due=10, closed=10, closed_in_time=10, urgent_due=1, urgent_closed=1, urgent_closed_in_time=1
    )
    assert evaluation.score(full, Faults(), JINHUA).points == Decimal("80.00")
    assert evaluation.score(full, Faults(failed=3, failed_thrice=1), JINHUA).points == Decimal("79.10"), (
        "0.2 + 0.2 + 0.5"
    )
    assert evaluation.score(full, Faults(failed=1, failed_marked=1), JINHUA).points == Decimal("79.60"), (
        "a leader's case counts double"
    )
    assert evaluation.score(full, Faults(refused=2), JINHUA).points == Decimal("78.00")


def test_nothing_due_is_not_scored_and_full_marks_shrink_with_it():
    found = evaluation.score(Counts(due=10, closed=10, closed_in_time=10), Faults(), JINHUA)
    assert (found.full, found.points, found.share) == (Decimal(70), Decimal("70.00"), Decimal("100.00"))
    nothing = evaluation.score(Counts(), Faults(), JINHUA)
    assert (nothing.points, nothing.share, evaluation.grade(nothing.share, JINHUA["grades"])) == (
        None,
        None,
        "",
    )


def test_grades_begin_at_their_floor():
    grades = [
        evaluation.grade(Decimal(share), JINHUA["grades"])
        for share in ("90", "89.99", "80", "70", "60", "59.99")
    ]
    assert grades == ["A", "B", "B", "C", "D", "E"]


def test_five_of_one_class_in_seven_days_in_one_grid():
    start = date(2026, 11, 1)
    days = [start + timedelta(days=each) for each in (0, 2, 3, 5, 6)]
    (spot,) = hotspots([(1, "20102", day) for day in days])
    assert (spot.cases, spot.first, spot.last) == (5, start, date(2026, 11, 7))
    assert hotspots([(1, "20102", day) for day in [*days[:4], start + timedelta(days=7)]]) == [], (
        "the fifth came on the eighth day"
    )
    assert hotspots([(1, "20102" if at % 2 else "20104", start) for at in range(8)]) == [], "four of each"


def test_old_and_far_photos_are_doubted_and_used_ones_refused():
    reported = datetime(2026, 9, 14, 9, tzinfo=CHINA)
    shot = photos.Shot("a", reported - timedelta(hours=25), 501, reported)
    assert photos.doubts(shot, reported) == [
        "照片拍摄于上报前 25 小时，超过 24 小时。",
        "拍摄地点距上报位置约 501 米，超过 500 米。",
    ]
    assert photos.doubts(photos.Shot("a", reported - timedelta(hours=24), 500, reported), reported) == []
    assert photos.doubts(photos.Shot("a", None, None, reported), reported) == [], (
        "a photo that does not say is not doubted"
    )
    assert "须附处置后的照片" in photos.after_photo_fault([shot], reported + timedelta(hours=1), frozenset())
    assert "已经用过" in photos.after_photo_fault([shot], reported, frozenset({"a"}))
    assert photos.after_photo_fault([shot], reported, frozenset()) == ""


def test_the_machine_has_eight_stages_and_no_handler_closes():
    assert len(STAGES) + 1 == 8
    assert MACHINE.move("close").apart_from_unit == ("feedback",)
    assert MACHINE.state("closed").proof == ("feedback", "pass_check")


NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


def test_open311_asks_for_at_most_ninety_days():
    assert georeport.wanted({}, NOW).first == NOW - timedelta(days=90)
    asked = {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-04-01T00:00:00Z"}
    assert georeport.wanted(asked, NOW).last == datetime(2026, 4, 1, tzinfo=UTC)
    with pytest.raises(georeport.BadRequest, match="不能超过 90 天"):
        georeport.wanted({**asked, "end_date": "2026-04-01T00:00:01Z"}, NOW)
    with pytest.raises(georeport.BadRequest, match="早于"):
        georeport.wanted({"start_date": "2026-04-01T00:00:00Z", "end_date": "2026-01-01T00:00:00Z"}, NOW)
    for wrong in ({"status": "fixed"}, {"start_date": "九月"}, {"page": "-1"}, {"page_size": "0"}):
        with pytest.raises(georeport.BadRequest):
            georeport.wanted(wrong, NOW)
    numbers = georeport.wanted(
        {"service_request_id": "CG1,CG2", "status": "nonsense", "start_date": "nonsense"}, NOW
    )
    assert numbers.numbers == ("CG1", "CG2"), "numbers override all other arguments"


@pytest.mark.parametrize("text", ["nan", "inf", "1e400", "九", "91"])
def test_a_coordinate_that_is_none_is_refused(text):
    with pytest.raises(georeport.BadRequest):
        georeport.coordinate(text, 3, 54, "lat")
    assert georeport.coordinate("", 3, 54, "lat") is None


def test_answers_in_both_forms_say_the_same():
    rows = [
        {
            "service_request_id": "CG1",
            "lat": 35.1,
            "metadata": True,
            "zipcode": None,
            "description": "井盖 <缺失>\x0b",
        }
    ]
    assert json.loads(georeport.written("requests", rows, "json"))[0]["zipcode"] is None
    root = ElementTree.fromstring(georeport.written("requests", rows, "xml"))
    assert (root.tag, root[0].tag, root[0].findtext("metadata"), root[0].findtext("description")) == (
        "service_requests",
        "request",
        "true",
        "井盖 <缺失>",
    )
    definition = {
        "service_code": "20102",
        "attributes": [{"variable": True, "values": [{"key": "1", "name": "一"}]}],
    }
    root = ElementTree.fromstring(georeport.written("definition", definition, "xml"))
    assert root.find("attributes/attribute/values/value/name").text == "一"


def test_whose_turn_it_is():
    """The inbox asks the unit of the first step that leads on."""
    turns = {
        code: MACHINE.next_step(code).name
        for code in ("reported", "accepted", "filed", "dispatched", "handling", "checking", "checked")
    }
    assert turns == {
        "reported": "accept", "accepted": "file", "filed": "dispatch", "dispatched": "receive", "handling": "feedback", "checking": "pass_check", "checked": "close",
    }  # fmt: skip
