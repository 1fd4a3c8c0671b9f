"""Risks, accidents and major dangers with the field's own vectors: no database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from luodi.scenarios.work_safety.rules import accidents, majors, risks
from luodi.scenarios.work_safety.rules.accidents import WAN_FEN, YI_FEN, classify
from luodi.scenarios.work_safety.rules.machine import FIVE, MACHINE
from luodi.scenarios.work_safety.rules.risks import BLUE, ORANGE, RED, YELLOW, WrongRisk

BOUNDS = {
    "lec_red": Decimal(320),
    "lec_orange": Decimal(160),
    "lec_yellow": Decimal(70),
    "ls_red": 20,
    "ls_orange": 15,
    "ls_yellow": 9,
}


@pytest.mark.parametrize(
    ("score", "level"),
    [
        ("320", ORANGE),
        ("320.1", RED),
        ("160", YELLOW),
        ("160.1", ORANGE),
        ("70", BLUE),
        ("70.1", YELLOW),
        ("20", BLUE),
        ("0.05", BLUE),
        ("10000", RED),
    ],
)
def test_boundaries_of_lec_belong_to_the_lower_colour(score, level):
    """Golden vector 8: strictly greater."""
    assert risks.lec_level(Decimal(score), BOUNDS) == level


@pytest.mark.parametrize(
    ("l", "s", "level"),
    [(5, 5, RED), (3, 5, ORANGE), (3, 3, YELLOW), (2, 4, BLUE), (4, 5, RED), (4, 4, ORANGE), (3, 4, YELLOW)],
)
def test_colours_of_the_matrix(l, s, level):  # noqa: E741
    """Golden vector 8: 25 red, 15 orange, 9 yellow, 8 blue."""
    found = risks.assess("ls", {"l": l, "s": s}, BOUNDS)
    assert (found.level, found.score) == (level, Decimal(l * s))


def test_an_assessment_tells_its_arithmetic():
    found = risks.assess("lec", {"l": Decimal(3), "e": Decimal(6), "c": Decimal(40)}, BOUNDS)
    assert (found.score, found.level, found.said) == (Decimal(720), RED, "D = 3×6×40 = 720")
    assert risks.assess("lec", {"l": Decimal("0.5"), "e": Decimal(6), "c": Decimal(7)}, BOUNDS).level == BLUE


@pytest.mark.parametrize(
    ("method", "values", "said"),
    [
        (
            "lec",
            {"l": Decimal(5), "e": Decimal(6), "c": Decimal(15)},
            "L 只能取 10、6、3、1、0.5、0.2、0.1，不是 5",
        ),
        ("lec", {"l": Decimal(3), "e": None, "c": Decimal(15)}, "E 只能取"),
        ("lec", {"l": Decimal(3), "e": Decimal(6), "c": Decimal(20)}, "C 只能取"),
        ("ls", {"l": 6, "s": 1}, "L 只能取 1 至 5"),
        ("ls", {"l": Decimal("1.5"), "s": 1}, "L 只能取 1 至 5"),
        ("mes", {}, "评估方法只有"),
    ],
)
def test_a_factor_off_the_table_is_refused(method, values, said):
    with pytest.raises(WrongRisk, match=said):
        risks.assess(method, values, BOUNDS)


def test_measures_do_not_make_a_risk_greater():
    low = risks.assess("ls", {"l": 1, "s": 5}, BOUNDS)
    high = risks.assess("ls", {"l": 2, "s": 5}, BOUNDS)
    assert "剩余风险 10 大于固有风险 5" in risks.residual_fault(low, high)
    assert risks.residual_fault(high, low) == ""


def test_when_a_point_is_checked_and_assessed_again():
    rows = [{"level": RED, "days": 1}, {"level": BLUE, "days": 90}]
    assert risks.next_check(RED, date(2026, 2, 28), rows) == date(2026, 3, 1)
    assert risks.next_check(BLUE, date(2026, 1, 1), rows) == date(2026, 4, 1)
    assert risks.reassess_by(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert risks.worst([BLUE, ORANGE, YELLOW]) == ORANGE
    assert risks.worst([]) == ""


@pytest.mark.parametrize(
    ("deaths", "injured", "loss", "least"),
    [
        (30, 0, 0, "most_grave"), (29, 0, 0, "grave"), (10, 0, 0, "grave"), (9, 0, 0, "major"), (3, 0, 0, "major"), (2, 0, 0, "ordinary"), (0, 100, 0, "most_grave"),
        (0, 99, 0, "grave"), (0, 50, 0, "grave"), (0, 49, 0, "major"), (0, 10, 0, "major"), (0, 9, 0, "ordinary"), (0, 0, YI_FEN, "most_grave"), (0, 0, YI_FEN - 1, "grave"),
        (0, 0, 5000 * WAN_FEN, "grave"), (0, 0, 1000 * WAN_FEN, "major"), (0, 0, 1000 * WAN_FEN - 1, "ordinary"),
    ],
)  # fmt: skip
def test_classes_of_the_regulation(deaths, injured, loss, least):
    """条例第三条: 以上 includes the number itself, 以下 does not."""
    found = classify(deaths, injured, loss)
    assert (found.least, found.is_certain) == (least, True)


def test_unknown_is_not_zero():
    found = classify(3, None, None)
    assert (found.least, found.is_certain, found.title) == (
        "major",
        False,
        "较大事故以上（重伤人数、直接经济损失待补）",
    )
    assert classify(None, 0, 0).title == "一般事故以上（死亡人数待补）"
    assert classify(30, None, None).is_certain, "no figure could make it graver"


def test_until_when_a_death_still_counts():
    """条例第十三条: 30 days, traffic accidents and fires 7."""
    assert accidents.counts_until(date(2026, 9, 1), "coal") == date(2026, 10, 1)
    assert accidents.counts_until(date(2026, 9, 1), "road") == date(2026, 9, 8)
    assert accidents.counts_until(date(2026, 9, 1), "fire") == date(2026, 9, 8)


def test_level_of_the_listing_by_possible_deaths():
    rows = [{"level": "一级", "floor": 30}, {"level": "二级", "floor": 10}, {"level": "三级", "floor": 0}]
    assert [majors.listing_level(n, rows) for n in (30, 29, 10, 9, 0, None)] == [
        "一级",
        "二级",
        "二级",
        "三级",
        "三级",
        "",
    ]


def test_when_closure_may_be_asked_for():
    """安全生产法第一百一十三条: three penalties in 180 days or four in a year, with a major danger."""
    rows, on = {"closure_180": 3, "closure_365": 4}, date(2026, 7, 1)
    near = [date(2026, 1, 3), date(2026, 3, 1), date(2026, 6, 1)]
    assert "180 日内受到 3 次" in majors.closure_ground(near, True, on, rows)
    assert majors.closure_ground(near, False, on, rows) == "", "not without a major danger"
    assert majors.closure_ground([date(2026, 1, 2), *near[1:]], True, on, rows) == "", (
        "the first lies 180 days back"
    )
    year = [date(2025, 7, 2), date(2025, 9, 1), date(2025, 11, 1), date(2026, 6, 1)]
    assert "一年内受到 4 次" in majors.closure_ground(year, True, on, rows)
    assert majors.closure_ground([date(2026, 8, 1)] * 4, True, on, rows) == "", (
        "what is to come does not count"
    )


def test_a_major_danger_is_never_closed_like_a_general_one():
    assert [title for _, title in FIVE] == ["整改措施", "整改资金", "整改期限", "责任人", "应急预案"]
    assert {"fix_measures", "fix_funds", "fix_person", "fix_plan", "told"} <= set(
        MACHINE.move("plan_major").needs
    )
    assert "fix_by" in MACHINE.move("list").needs
    assert MACHINE.state("struck_off").proof == ("self_accept", "accept_pass", "strike_off")
    assert "self_accept" in MACHINE.move("recheck_pass").apart_from


def test_whose_turn_it_is():
    """The inbox asks the unit of the first step that leads on."""
    turns = {
        code: MACHINE.next_step(code).name
        for code in ("found", "graded", "planning", "fixing", "self_accepted", "accepted")
    }
    assert turns == {
        "found": "grade", "graded": "assign", "planning": "plan", "fixing": "self_accept", "self_accepted": "recheck_pass", "accepted": "strike_off",
    }  # fmt: skip
