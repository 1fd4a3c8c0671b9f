"""From the reader's result to what a form shows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from luodi.reading.forms import FormLine, deadline_in_words, head_of, lines_of, target_in_words
from luodi.reading.forms.wording import horizon_in_words, support_in_words
from luodi.reading.model import Heading, Report, Target


def test_lines_carry_the_numbers_of_the_paper_and_only_known_facts(report: Report) -> None:
    first, bridge, reform, power = lines_of(report)
    assert [line.number for line in (first, bridge, reform, power)] == [
        "3.1-01",
        "3.1-02",
        "3.2-01",
        "3.2-02",
    ]
    assert (first.part, first.section) == (
        "（一）扩大有效投资",
        "",
    )  # all stand under 三, which says nothing then
    assert first.targets == ("开工重点项目 ＝ ＿＿ 个", "年度投资 ≥ 120 亿元")
    assert (first.lead, first.suggested, first.confidence, first.support) == (
        "市发展改革委",
        True,
        0.71,
        ("市财政局",),
    )
    assert first.deadline == "全年"
    assert first.sentence == "全年开工重点项目X个，年度投资120亿元以上。"
    assert (bridge.lead, bridge.suggested, bridge.deadline) == (None, False, "2027-09-30")
    assert bridge.sentence == "建成青石河大桥。"
    assert power.targets == ("工业用电量 增速 7.5—8 %（2027年第一季度，力争）",)


def test_parts_and_sections_stay_apart_when_the_plan_has_several_parts(report: Report) -> None:
    four = Heading("h4", 1, "四", "民生", 200, 204)
    moved = report.commitments[2]._replace(heading="h4")
    plan = replace(report, headings=(*report.headings, four), commitments=(*report.commitments[:2], moved))
    first, _, last = lines_of(plan)
    assert (first.part, first.section) == ("三、2027年主要工作", "（一）扩大有效投资")
    assert last.number == "4-01"


def test_headings_without_numbers_count_among_their_siblings(report: Report) -> None:
    plain = tuple(heading._replace(number="") for heading in report.headings)
    assert [line.number for line in lines_of(replace(report, headings=plain))] == [
        "1.1-01",
        "1.1-02",
        "1.2-01",
        "1.2-02",
    ]


@pytest.mark.parametrize(
    ("marker", "ordinal"), [("十二", 12), ("一是", 1), ("第三", 3), ("（4）", 4), ("——", 1)]
)
def test_markers_of_every_kind_give_the_ordinal(report: Report, marker: str, ordinal: int) -> None:
    top = report.headings[0]._replace(number=marker)
    assert lines_of(replace(report, headings=(top, *report.headings[1:])))[0].number == f"{ordinal}.1-01"


def test_numbers_stay_unique_when_a_plan_numbers_two_parts_alike(report: Report) -> None:
    alike = tuple(heading._replace(number="一") for heading in report.headings)
    assert [line.number for line in lines_of(replace(report, headings=alike))] == [
        "1.1-01",
        "1.1-02",
        "1.1-03",
        "1.1-04",
    ]


def test_a_plan_without_headings_is_numbered_through(report: Report) -> None:
    bare = tuple(commitment._replace(heading=None) for commitment in report.commitments)
    assert [line.number for line in lines_of(replace(report, headings=(), commitments=bare))] == [
        "01",
        "02",
        "03",
        "04",
    ]


def test_head_names_city_and_year_and_leaves_the_unknown_open(report: Report) -> None:
    assert head_of(report).title == "云川市2027年《政府工作报告》重点任务"
    unknown = replace(report, title=None, division=None, year=None)
    assert head_of(unknown).title == "＿＿人民政府＿＿年《政府工作报告》重点任务"
    assert head_of(replace(report, title="云川市2027年工作要点")).title == "《云川市2027年工作要点》任务"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": 6.5, "comparator": "ge", "change": "growth", "unit": "%"}, "指标 增速 ≥ 6.5 %"),
        ({"value": 0.1 + 0.2, "comparator": "approx", "unit": "亿元"}, "指标 ≈ 0.3 亿元"),
        ({"value": 1e22, "unit": "元"}, "指标 ＝ 10000000000000000000000 元"),
        ({"value": 100.0, "unit": "%"}, "指标 ＝ 100 %"),
        (
            {"comparator": "le", "change": "growth", "unit": "%", "quote": "能耗下降X%以内"},
            "指标 降幅 ≤ ＿＿ %",
        ),
        ({"value": 2, "change": "growth", "unit": "个百分点"}, "指标 提高 ＝ 2 个百分点"),
        ({"value": 3, "change": "growth", "unit": "万户", "comparator": "gt"}, "指标 增加 ＞ 3 万户"),
        ({"comparator": "range", "unit": "万亩"}, "指标 ＿＿—＿＿ 万亩"),
        ({"value": 80, "horizon": "2030", "unit": "户"}, "指标 ＝ 80 户（2030年）"),
        ({"value": 5, "change": "growth", "unit": "%", "indicator": "投资增速"}, "投资增速 ＝ 5 %"),
    ],
)
def test_targets_are_printed_with_sign_and_unit(fields: dict[str, Any], words: str) -> None:
    usual: dict[str, Any] = {
        "id": "t", "start": 0, "end": 0, "quote": "", "indicator": "指标", "number": "", "value": None, "value_high": None,
        "unit": "", "comparator": "eq", "change": "level", "ambition": "firm", "horizon": "year",
    }  # fmt: skip
    assert target_in_words(Target(**(usual | fields))) == words


def test_deadlines_and_horizons_in_the_words_of_a_form() -> None:
    assert deadline_in_words("2027-03-31") == "2027年3月底"
    assert deadline_in_words("2028-02-29") == "2028年2月底"
    assert deadline_in_words("2027-09-15") == "2027年9月15日"
    assert deadline_in_words("长期坚持") == "长期坚持"
    assert deadline_in_words(None) == "待补"
    assert [horizon_in_words(h) for h in ("2027Q3", "2027-06", "2030", "multi")] == [
        "2027年第三季度", "2027年6月", "2030年", "multi",
    ]  # fmt: skip


def test_no_support_unit_is_unknown_until_people_settled_the_line() -> None:
    line = FormLine("1", "做好防汛", lead="市水务局")
    assert support_in_words(line) == "—"
    assert support_in_words(replace(line, suggested=True)) == "待补"
    assert support_in_words(replace(line, lead=None)) == "待补"
