"""A figure of a text agrees with a known one, differs from it, or is unknown; nothing is guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from luodi.drafting.figures import Kind, Known, Verdict, check, figures_of

BERTHS = Known("新增停车位", Decimal(6840), "个", source="指标“新增停车位”")
GROWTH = Known("地区生产总值", Decimal("6.149"), "%", is_growth=True, source="统计局")
ENERGY = Known("单位地区生产总值能耗", Decimal("-3.2"), "%", is_growth=True, source="统计局")
FARMLAND = Known("新建高标准农田", Decimal(112_000), "亩", source="农业农村局")
PROMISED = Known("新增停车位", Decimal(6000), "个", Kind.PROMISE, source="台账")


def verdicts(text: str, *known: Known, places: tuple[str, ...] = ()) -> list[Verdict]:
    return [each.verdict for each in check(figures_of(text, places=places), known)]


@pytest.mark.parametrize(
    ("text", "known", "verdict"),
    [
        ("新增停车位6840个。", BERTHS, Verdict.AGREES),
        ("新增停车位6850个。", BERTHS, Verdict.DIFFERS),
        ("新增养老床位1240张。", BERTHS, Verdict.UNKNOWN),
        ("地区生产总值增长6.1%。", GROWTH, Verdict.AGREES),  # 6.149 as rounded to the one decimal printed
        ("地区生产总值增长6.2%。", GROWTH, Verdict.DIFFERS),
        ("单位地区生产总值能耗下降3.2%。", ENERGY, Verdict.AGREES),
        ("单位地区生产总值能耗增长3.2%。", ENERGY, Verdict.DIFFERS),  # the same size the other way
        ("新建高标准农田11.2万亩。", FARMLAND, Verdict.AGREES),  # in another unit of area
        ("新建高标准农田12万亩。", FARMLAND, Verdict.DIFFERS),
    ],
)
def test_a_figure_is_compared_as_it_is_printed(text, known, verdict):
    assert verdicts(text, known) == [verdict]


def test_a_promise_is_no_result():
    assert verdicts("新增停车位6000个。", PROMISED) == [Verdict.UNKNOWN]
    assert verdicts("按照计划，今年目标是新增停车位6000个。", PROMISED) == [Verdict.AGREES]


def test_a_district_is_not_the_city():
    assert verdicts("澄岚区新增停车位6840个。", BERTHS, places=("澄岚区",)) == [Verdict.UNKNOWN]
    own = Known("新增停车位", Decimal(1200), "个", place="澄岚区")
    assert verdicts("澄岚区新增停车位1200个。", BERTHS, own, places=("澄岚区",)) == [Verdict.AGREES]


def test_what_is_new_is_not_all_there_are():
    new = Known("高新技术企业", Decimal(36), "户", phrase="新增高新技术企业35户以上")
    assert verdicts("新增高新技术企业36户。", new) == [Verdict.AGREES]
    assert verdicts("高新技术企业总数达到231户。", new) == [Verdict.UNKNOWN]


def test_another_year_is_not_this_one():
    text = (
        "云川市政府工作报告\n一、2026年工作回顾\n新增停车位6840个。\n二、2027年工作安排\n新增停车位5000个。\n"
    )
    from luodi.reading.reader import read_text

    report = read_text(text)
    said = figures_of(text, report.headings, report.horizons, year=report.year)
    known = [
        Known("新增停车位", Decimal(6840), "个", year=2026),
        Known("新增停车位", Decimal(5000), "个", Kind.PROMISE, year=2027),
    ]
    assert [each.verdict for each in check(said, known)] == [Verdict.AGREES, Verdict.AGREES]
    assert [each.verdict for each in check(said, known[:1])] == [Verdict.AGREES, Verdict.UNKNOWN]


def test_the_finding_names_both_sides():
    (found,) = check(figures_of("新增停车位7000个。"), [BERTHS])
    assert found.why == "文中“新增停车位7000个”，指标“新增停车位”6840个。"
