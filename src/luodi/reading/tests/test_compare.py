"""Last year's promises beside this year's results."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from luodi.reading.achievements import find_achievements
from luodi.reading.compare import Match, compare
from luodi.reading.likeness import is_flow
from luodi.reading.model import Horizon, Report
from luodi.reading.targets import find_targets
from luodi.reading.verdicts import to_base


def report(text: str, year: int, review: str = "") -> Report:
    """A report whose text is a review, a line break, and a plan."""
    body = f"{review}\n{text}"
    horizons = (Horizon("review", 0, len(review)), Horizon("year", len(review) + 1, len(body)))
    return Report(
        source=f"{year}.txt",
        encoding="text",
        text_sha256="",
        text=body,
        title=None,
        year=year,
        division=None,
        horizons=horizons,
        targets=find_targets(body, horizons, (), year),
        achievements=find_achievements(body, horizons, ()),
    )


def matches(promised: str, told: str) -> list[Match]:
    return list(compare(report(promised, 2021), report("", 2022, review=told)).matches)


def verdicts(promised: str, told: str) -> list[str]:
    return [match.verdict for match in matches(promised, told)]


@pytest.mark.parametrize(
    ("promised", "told", "verdict"),
    [
        ("地区生产总值增长6%。", "GDP增长6.3%。", "reached"),
        ("地区生产总值增长6%。", "生产总值增长5.9%。", "missed"),
        ("地区生产总值增长6%左右。", "生产总值增长5.6%。", "reached"),
        ("地区生产总值增长6%左右。", "生产总值下降1.2%。", "missed"),
        ("社会消费品零售总额增长8%以上。", "社会消费品零售总额增长9.4%。", "exceeded"),
        ("城镇登记失业率控制在4.5%以内。", "城镇登记失业率3.1%。", "reached"),
        ("居民消费价格涨幅3%左右。", "居民消费价格上涨4.1%。", "missed"),
        ("单位生产总值能耗下降3%。", "万元GDP能耗下降3.2%。", "reached"),
        ("新建高标准农田2万亩。", "建成高标准农田1.8万亩。", "missed"),
        ("新增城市绿地100公顷。", "新增城市绿地1500亩。", "reached"),
        ("园区产值突破千亿。", "园区产值达到1100亿元。", "exceeded"),
        ("新增停车位5000个。", "新增停车位1.2万个。", "exceeded"),
    ],
)
def test_a_result_is_judged_by_the_words_of_the_promise(promised: str, told: str, verdict: str) -> None:
    assert verdicts(promised, told) == [verdict]


def test_what_cannot_be_compared_is_said_to_be_unclear_and_why() -> None:
    (match,) = matches("进出口总额达到135亿美元。", "全市进出口总额908亿元。")
    assert match.verdict == "unclear"
    assert "单位不同" in match.why
    (match,) = matches("网络零售额突破600亿元。", "网络零售额增长21%。")
    assert (match.verdict, match.achievement is not None) == ("unclear", True)
    (match,) = matches("新增高新技术企业30家。", "高新技术企业达到400家。")
    assert (match.verdict, match.achievement) == ("unclear", None), (
        "all there are say nothing of what was added"
    )


def test_a_masked_promise_is_unknown_never_kept() -> None:
    assert verdicts("地区生产总值增长X%。", "地区生产总值增长7%。") == ["unclear"]


@pytest.mark.parametrize(
    ("promised", "told"),
    [
        ("城镇居民人均可支配收入增长7%。", "农村居民人均可支配收入增长8%。"),
        ("外贸出口增长5%。", "外贸进口增长9%。"),
        ("城镇登记失业率控制在4.5%以内。", "城镇调查失业率5.2%。"),
        ("地区生产总值增长6%。", "高新区地区生产总值增长12%。"),
        ("地区生产总值增长6%。", "五年来，地区生产总值年均增长8%。"),
    ],
)
def test_a_different_measure_is_not_taken_for_the_promised_one(promised: str, told: str) -> None:
    assert verdicts(promised, told) == ["not_mentioned"]


def test_town_and_country_are_told_apart_in_a_pair() -> None:
    town, country = matches("城镇、农村居民人均可支配收入分别增长7%和8%。", "城乡居民收入分别增长6%和9%。")
    assert (town.verdict, country.verdict) == ("missed", "exceeded")


def test_words_of_completion_count_where_no_figure_is_told() -> None:
    (match,) = matches("新建社区综合服务中心12个。", "社区综合服务中心建设任务圆满完成。")
    assert (match.verdict, match.achievement) == ("reached", None)


def test_each_match_carries_both_sentences() -> None:
    promised, told = "今年要更稳。地区生产总值增长6%。", "一年来成绩很好。地区生产总值增长6.1%。"
    data = json.loads(json.dumps(compare(report(promised, 2021), report("", 2022, review=told)).to_dict()))
    (match,) = data["matches"]
    assert (match["promised"]["text"], match["told"]["text"]) == (
        "地区生产总值增长6%。",
        "地区生产总值增长6.1%。",
    )
    assert data["counts"] == {"reached": 1}


@pytest.mark.parametrize(
    ("value", "unit", "base"),
    [
        (3, "万亩", (2e7, "m2")),
        (2, "亿千瓦时", (2e8, "kWh")),
        (5, "千公里", (5e6, "m")),
        (4, "‰", (0.4, "%")),
        (7, "万吨", (7e7, "kg")),
    ],
)
def test_units_of_one_family_are_brought_to_one_base(
    value: float, unit: str, base: tuple[float, str]
) -> None:
    got, family = to_base(value, unit)
    assert family == base[1]
    assert got == pytest.approx(base[0])


@pytest.mark.corpus
def test_a_real_pair_of_reports(shared: Path) -> None:
    """杭州 promised 6.5 % for 2020, a year of the epidemic, and told of 3.9 %."""
    from luodi.reading.reader import read

    last, this = (read(shared / f"corpus/reports/{year}-city-hangzhou.txt") for year in (2020, 2021))
    found = {match.target.indicator: match for match in compare(last, this).matches}
    assert found["地区生产总值"].verdict == "missed"
    assert found["新增学位"].verdict == "exceeded"


def test_a_title_with_new_in_it_is_no_flow() -> None:
    assert is_flow("专精特新中小企业达到15户") is False
    assert is_flow("新增专精特新中小企业15户") is True
