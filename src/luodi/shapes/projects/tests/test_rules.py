"""The pure rules of projects, with the figures that bulletins published."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from luodi.kernel.rulesets import declaration
from luodi.kernel.rulesets.shape import values_of
from luodi.shapes.projects import rules
from luodi.shapes.projects.life import (
    LIFE,
    PAPERS,
    Facts,
    Gate,
    Lifecycle,
    PaperFact,
    PaperState,
    Stage,
    Yield,
    energy_review,
    faults_at,
    start_faults,
)
from luodi.shapes.projects.rules import Pace, Piece, Report, standing

WAN = 1_000_000
YI = 10_000 * WAN


def lines(on=date(2026, 1, 1)):
    about = declaration.declared()["projects.lines"]
    seed = [each for each in about.seeds if each.valid_from <= on][-1]
    return values_of(about.shape, seed.content)


LINES = lines()
PAPER = {paper.code: paper for paper in PAPERS}


def pace(done, plan, month, first=None):
    return Pace(2026, plan, first or plan, {date(2026, month, 1): done})


def test_rate_time_and_gap_of_a_published_bulletin():
    """January to October: 97.2 % done, "超过时间进度13.8个百分点" (83.3 %, within rounding)."""
    october = pace(972, 1000, 10)
    assert round(october.rate, 1) == Decimal("97.2")
    assert round(october.time, 1) == Decimal("83.3")
    assert abs(october.gap - Decimal("13.8")) < Decimal("0.1")


def test_a_changed_plan_shows_both_rates():
    changed = pace(60 * WAN, 80 * WAN, 6, first=120 * WAN)
    assert (changed.rate, changed.rate_of_first_plan, changed.is_replanned) == (75, 50, True)


def test_without_plan_or_report_nothing_is_said():
    assert pace(5, None, 3).rate is None
    nothing = Pace(2026, 100, 100, {})
    assert (nothing.rate, nothing.gap, nothing.time) == (None, None, None)
    assert rules.percent(115, 137).quantize(Decimal("0.1")) == Decimal("83.9"), (
        "铜川 2024: 115 of 137 started"
    )


def test_a_plan_by_months_is_its_own_time():
    months = [0, 0, 10, 30, 60, 100, 150, 200, 250, 280, 300, 300]
    started_in_march = Pace(2026, 300, 300, {date(2026, 6, 1): 90}, tuple(months))
    assert (round(started_in_march.time, 1), round(started_in_march.gap, 1)) == (
        Decimal("33.3"),
        Decimal("-3.3"),
    )
    assert rules.month_faults(months, 300) == rules.month_faults([], 300) == []
    assert "12 个数" in rules.month_faults(months[:11], 300)[0]
    assert "不能回落" in rules.month_faults([*months[:10], 290, 280], 280)[0]
    assert "不等" in rules.month_faults(months, 301 * WAN)[0]


def report(month, ytd, stat=None, works=(), **sources):
    by_work = dict(zip([name for name, _ in rules.KINDS_OF_WORK], works, strict=False))
    return Report(date(2026, month, 1), ytd, by_work, sources, stat)


def test_cumulated_figures_never_fall():
    said = rules.report_faults(
        report(5, 90 * WAN), report(4, 100 * WAN), report(6, 80 * WAN), has_started=True
    )
    assert said == [
        "累计完成投资 90 万元，少于 4 月的 100 万元：累计数不能回落，4 月报错了的请先更正那个月。",
        "累计完成投资 90 万元，多于 6 月的 80 万元：累计数不能回落，6 月报错了的请先更正那个月。",
    ]
    fallen = rules.report_faults(
        report(5, 100, loans_fen=4), report(4, 100, loans_fen=5), None, has_started=True
    )
    assert "国内贷款" in fallen[0]


def test_nothing_is_invested_before_the_start():
    assert "还没有登记开工" in rules.report_faults(report(2, 1), None, None, has_started=False)[0]
    assert rules.report_faults(report(2, 0), None, None, has_started=False) == []


def test_the_four_kinds_of_work_add_up_when_all_are_known():
    whole = report(5, 100 * WAN, works=(50 * WAN, 20 * WAN, 20 * WAN, 5 * WAN))
    assert rules.report_faults(whole, None, None, has_started=True) == [
        "四项构成合计 95 万元，与累计完成投资 100 万元不等。"
    ]
    partly = report(5, 100 * WAN, works=(50 * WAN,))
    assert rules.report_faults(partly, None, None, has_started=True) == []
    over = report(5, 100 * WAN, works=(150 * WAN,))
    assert "多于累计完成投资" in rules.report_faults(over, None, None, has_started=True)[0]


@pytest.mark.parametrize(
    ("value", "word"), [(300_000 * WAN, "100 倍以上"), (20 * WAN, "百分之一"), (2500 * WAN, "")]
)
def test_a_slip_of_unit_is_pointed_out(value, word):
    said = rules.unit_slip(value, 2800 * WAN)
    assert word in said if word else said == ""


def test_suspicions():
    even = [report(month, 10 * WAN * month) for month in (1, 2, 3)]
    given = {"plan_fen": 120 * WAN, "total_fen": 1000 * WAN, "is_finished": False, "lines": LINES}
    assert rules.suspicions(even, ever_fen=30 * WAN, **given) == [
        "有 3 个月的完成投资正好是年度计划的十二分之一。"
    ]
    assert rules.suspicions(even[:2], ever_fen=20 * WAN, **given) == []
    assert "超过总投资" in rules.suspicions(even[:1], ever_fen=1101 * WAN, **given)[0]
    assert rules.suspicions(even[:1], ever_fen=1100 * WAN, **given) == []
    finished = rules.suspicions(even[:1], ever_fen=590 * WAN, **{**given, "is_finished": True})
    assert "59.0%" in finished[0]
    apart = rules.suspicions([report(2, 100 * WAN, stat=70 * WAN)], ever_fen=None, **given)
    assert "统计上报 70 万元" in apart[0]


def test_a_plan_that_contradicts_itself():
    said = rules.plan_faults(
        {
            "total_fen": 10 * WAN,
            "plan_fen": 11 * WAN,
            "start_due_on": date(2026, 5, 1),
            "finish_due_on": date(2026, 4, 1),
        }
    )
    assert len(said) == 2
    assert said[0] == "年度计划 11 万元超过总投资 10 万元。"


def test_a_split_project_is_told_by_person_parcel_and_size():
    one = Piece(1, "一期", 7, "D-1", 400 * WAN)
    other = Piece(2, "二期", 7, "D-1", 300 * WAN)
    assert "“二期”" in rules.split_from(one, [other], LINES)[0]
    assert "500 万元" in rules.split_from(one, [other], LINES)[0]
    assert rules.split_from(one, [Piece(2, "二期", 8, "D-1", 300 * WAN)], LINES) == []
    assert rules.split_from(one, [Piece(2, "二期", 7, "D-1", 50 * WAN)], LINES) == []
    assert rules.split_from(Piece(1, "一期", None, "D-1", 400 * WAN), [other], LINES) == []


def test_a_problem_missed_twice_goes_up():
    first, second = date(2026, 9, 1), date(2026, 9, 20)
    assert standing(1, [first], None, date(2026, 9, 1), LINES).missed == 0
    assert standing(1, [first], None, date(2026, 9, 2), LINES) == rules.Standing(1, 1, True, 1)
    seen_again = standing(1, [first], None, date(2026, 9, 8), LINES)
    assert (seen_again.missed, seen_again.level) == (2, 2), "the next weekly dispatch found it open again"
    put_off_twice = standing(2, [first, second], None, date(2026, 9, 21), LINES)
    assert (put_off_twice.missed, put_off_twice.level) == (2, 3)
    in_time = standing(1, [first, second], date(2026, 9, 19), date(2026, 11, 1), LINES)
    assert (in_time.missed, in_time.level, in_time.is_late) == (1, 1, False)
    assert standing(4, [first], None, date(2026, 11, 1), LINES).level == 4


@pytest.mark.parametrize(
    ("tce", "kwh", "year", "level"),
    [
        (999, 4_999_999, 2026, "none"), (1000, 0, 2026, "city"), (0, 5_000_000, 2026, "city"), (9999, 0, 2026, "city"),
        (10000, 0, 2026, "province"), (5000, 0, 2022, "province"), (4999, 0, 2022, "city"), (None, 100, 2026, None), (None, 6_000_000, 2026, "city"),
    ],
)  # fmt: skip
def test_who_reviews_energy(tce, kwh, year, level):
    """The provincial line was 5000 tce until June 2023, 10000 since."""
    known = None if tce is None else Decimal(tce)
    assert energy_review(known, kwh, lines(date(year, 1, 1))) == level


def test_what_statistics_asks_for():
    small, large = rules.entry_papers(600 * WAN, "new", LINES), rules.entry_papers(5000 * WAN, "new", LINES)
    assert small == ("main_content", "approval", "contract", "site_photos")
    assert large == (*small, "licence", "legal_person_proof")
    assert rules.entry_papers(600 * WAN, "purchase", LINES) == ("main_content", "voucher", "arrival_photos")
    titles = {paper.code: paper.title for paper in PAPERS}
    said = rules.entry_faults(499 * WAN, "new", None, small, titles, LINES)
    assert said == [
        "总投资 499 万元，不足 500 万元，不纳入固定资产投资项目统计。",
        "还没有开工，不能入库纳统。",
    ]
    assert rules.entry_faults(500 * WAN, "new", date(2026, 3, 1), small, titles, LINES) == []
    assert [rules.entry_level(total * WAN, LINES) for total in (499, 500, 10_000, 100_000)] == [
        "",
        "市统计局",
        "省统计局",
        "国家统计局",
    ]
    assert rules.entry_due(date(2026, 1, 31), LINES) == (date(2026, 2, 28), date(2026, 3, 31))


@pytest.mark.parametrize("works", ["levelling", "demolition", "supplies", "survey", "ceremony"])
def test_what_is_no_start(works):
    said = start_faults(works, 1, 104.0, 30.5, "演示核实人")
    assert len(said) == 1
    assert "不算开工" in said[0]


def test_a_start_needs_photo_place_and_a_person():
    assert start_faults("trench", 1, 104.0, 30.5, "张三") == []
    assert len(start_faults("pile", 0, None, None, " ")) == 3


def facts(stage_fields=None, papers=(), **more):
    fields = {"energy_tce": Decimal(10), "electricity_kwh": 10, **(stage_fields or {})}
    return Facts(fields, date(2026, 6, 1), papers, lines=LINES, **more)


def test_the_gate_of_the_start_says_everything_at_once():
    papers = (
        PaperFact(PAPER["approval"], PaperState.OBTAINED),
        PaperFact(PAPER["land"], PaperState.MISSING),
        PaperFact(PAPER["construction"], PaperState.PROMISED, promised_until=date(2026, 7, 1)),
        PaperFact(PAPER["water"], PaperState.PROMISED, promised_until=date(2026, 5, 1)),
        PaperFact(PAPER["plan_work"], PaperState.OBTAINED, valid_until=date(2026, 5, 31)),
        PaperFact(PAPER["acceptance"], PaperState.MISSING),
    )
    said = faults_at(LIFE.gate("prelim", "started"), facts(papers=papers))
    assert said == [
        "“用地批准或出让合同”还没有取得。",
        "“水土保持方案”承诺 2026-05-01 前办结，已逾期。",
        "“建设工程规划许可证”已于 2026-05-31 过期，请延期或重新办理。",
        "还没有开工记录：请登记开工内容、地点和现场照片。",
    ]


def test_a_large_user_of_energy_cannot_do_without_the_review():
    paper = PaperFact(PAPER["energy"], PaperState.NOT_NEEDED)
    said = faults_at(
        LIFE.gate("prelim", "started"), facts({"energy_tce": Decimal(12000)}, (paper,), has_start_record=True)
    )
    assert said == ["按能耗应由省级节能审查机关审查，“节能审查意见”不能标为不需要。"]
    unknown = faults_at(
        LIFE.gate("prelim", "started"), facts({"energy_tce": None}, (paper,), has_start_record=True)
    )
    assert "不能判断" in unknown[0]


def test_three_parts_and_three_people_before_a_project_is_under_management():
    gate = LIFE.gate("reserve", "prelim")
    code = {"code": "2603-000099-04-01-123456"}
    whole = ("leader", "department", "division")
    assert faults_at(gate, facts(code, parts_in_charge=whole, people_in_charge=("甲", "乙", "丙"))) == []
    assert faults_at(gate, facts(code, parts_in_charge=whole, people_in_charge=("甲", "甲", "丙"))) == [
        "包抓的三方应是三个不同的人。"
    ]
    assert faults_at(gate, facts({}, parts_in_charge=("leader",), people_in_charge=("甲",))) == [
        "“投资项目代码”还没有填写。", "包抓不完整：还没有明确责任单位负责人。", "包抓不完整：还没有明确园区（属地）负责人。",
    ]  # fmt: skip


def months(values, last=6, **same):
    return tuple(
        Yield(date(2026, last - len(values) + at + 1, 1), Decimal(value), **same)
        for at, value in enumerate(values)
    )


def test_capacity_is_three_months_in_a_row_at_four_fifths():
    gate = LIFE.gate("producing", "at_capacity")
    design = {"capacity": Decimal(1200)}
    assert faults_at(gate, facts(design, yields=months([80, 80, 80]))) == []
    assert "现有 2 个月符合" in faults_at(gate, facts(design, yields=months([79, 80, 80])))[0]
    gap = (*months([80, 80], last=3), *months([80], last=6))
    assert faults_at(gate, facts(design, yields=gap)), "three months, not in a row"
    assert faults_at(gate, facts({}, yields=months([80, 80, 80]))) == ["设计产能待补，不能判断是否达产。"]


def test_target_is_a_year_of_output_and_tax():
    gate = LIFE.gate("at_capacity", "at_target")
    design = {"design_output_fen": 120 * WAN, "design_tax_fen": 12 * WAN}
    year = tuple(
        Yield(date(2025 + (at + 6) // 12, (at + 6) % 12 + 1, 1), None, 10 * WAN, 1 * WAN) for at in range(12)
    )
    assert faults_at(gate, facts(design, yields=year)) == []
    poor = faults_at(gate, facts({**design, "design_tax_fen": 13 * WAN}, yields=year))
    assert poor == ["近 12 个月税收 12 万元，低于设计的 13 万元。"]
    assert "不全" in faults_at(gate, facts(design, yields=year[1:]))[0]


def test_a_life_that_names_an_unknown_stage_is_refused():
    with pytest.raises(ValueError, match="nowhere"):
        Lifecycle((Stage("lead", "谋划"),), (Gate(("lead",), "nowhere", "走失"),))


def test_the_road_knows_what_lies_behind():
    assert LIFE.has_reached("building", "started")
    assert not LIFE.has_reached("prelim", "started")
    assert not LIFE.has_reached("suspended", "started")
