"""Targets as a supervision officer would write them down from the sentences of a plan."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luodi.reading.achievements import find_achievements
from luodi.reading.model import Horizon, HorizonLabel, Target
from luodi.reading.targets import find_targets


def targets(text: str, label: HorizonLabel = "year", year: int = 2023) -> list[Target]:
    return list(find_targets(text, [Horizon(label, 0, len(text))], [], year))


def judged(text: str) -> list[tuple[str, float | None, str, str, str]]:
    return [(t.indicator, t.value, t.unit, t.comparator, t.change) for t in targets(text)]


def test_words_around_the_figure_decide_how_it_is_judged() -> None:
    assert judged(
        "生产总值增长6.5%左右，城镇调查失业率控制在5.5%以内，粮食产量稳定在30万吨以上，外贸进出口突破80亿元。"
    ) == [
        ("生产总值", 6.5, "%", "approx", "growth"),
        ("城镇调查失业率", 5.5, "%", "le", "level"),
        ("粮食产量", 30, "万吨", "ge", "level"),
        ("外贸进出口", 80, "亿元", "gt", "level"),
    ]


@pytest.mark.parametrize(
    ("printed", "comparator"),
    [
        ("绿色建筑占比达到70%", "eq"),
        ("绿色建筑占比不低于70%", "ge"),
        ("绿色建筑占比超70%", "gt"),
        ("绿色建筑占比低于70%", "lt"),
        ("绿色建筑占比不超过70%", "le"),
        ("绿色建筑占比约70%", "approx"),
        ("绿色建筑占比突破70%左右", "approx"),
        ("绿色建筑占比65%—70%", "range"),
    ],
)
def test_each_comparator_has_its_words(printed: str, comparator: str) -> None:
    (target,) = targets(f"{printed}。")
    assert (target.indicator, target.comparator) == ("绿色建筑占比", comparator)


def test_a_reached_level_is_not_a_growth() -> None:
    assert judged("城镇化率提高到62%，森林覆盖率提高2个百分点，能耗下降3%。") == [
        ("城镇化率", 62, "%", "eq", "level"),
        ("森林覆盖率", 2, "个百分点", "eq", "growth"),
        ("能耗", 3, "%", "eq", "growth"),
    ]


def test_a_list_with_its_own_order_shares_one_quote_and_its_last_modifier() -> None:
    first, second = targets("生产安全事故起数和死亡人数分别下降8%和10%以上。")
    assert (first.indicator, second.indicator) == ("生产安全事故起数", "生产安全事故死亡人数")
    first, second = targets("全年煤炭和洗煤产量分别稳定在900万吨、400万吨左右。")
    assert (first.indicator, first.value, first.comparator) == ("煤炭产量", 900, "approx")
    assert (second.indicator, second.value, second.comparator) == ("洗煤产量", 400, "approx")
    assert first.quote == second.quote == "煤炭和洗煤产量分别稳定在900万吨、400万吨左右"


def test_one_figure_may_hold_for_each_thing_of_a_list() -> None:
    assert [t.indicator for t in targets("示范家庭农场、农民合作社各20个。")] == [
        "示范家庭农场",
        "农民合作社",
    ]
    assert [t.indicator for t in targets("固定资产投资、社会消费品零售总额均增长8%。")] == [
        "固定资产投资",
        "社会消费品零售总额",
    ]


def test_a_figure_before_its_noun_counts_it() -> None:
    assert judged("新增3个以上省级试点村庄，完成26个老旧小区改造。") == [
        ("新增省级试点村庄", 3, "个", "ge", "level"),
        ("老旧小区改造", 26, "个", "eq", "level"),
    ]


def test_examples_named_before_等_are_not_what_is_counted() -> None:
    assert [
        t.indicator for t in targets("加快建设青溪大桥、北岭隧道等12个重点项目，新增东港智造等规上企业20家。")
    ] == [
        "重点项目",
        "新增规上企业",
    ]


def test_an_ellipsis_is_filled_from_what_was_said_before() -> None:
    assert judged("财政总收入80亿元、税收收入50亿元，分别增长6%、8%。") == [
        ("财政总收入", 80, "亿元", "eq", "level"),
        ("税收收入", 50, "亿元", "eq", "level"),
        ("财政总收入", 6, "%", "eq", "growth"),
        ("税收收入", 8, "%", "eq", "growth"),
    ]
    assert [t.indicator for t in targets("粮食播种面积稳定在90万亩，产量30万吨以上。")] == [
        "粮食播种面积",
        "粮食产量",
    ]
    assert [t.indicator for t in targets("加快老旧小区改造，新开工40个。")] == ["新开工老旧小区改造"]


def test_words_that_are_figures_and_chinese_numerals() -> None:
    assert judged("管网延伸全覆盖，营业收入翻一番，化肥使用量零增长，培训技工万名，新设两至三家分行。") == [
        ("管网延伸", 100, "%", "eq", "level"),
        ("营业收入", 2, "倍", "eq", "growth"),
        ("化肥使用量", 0, "%", "eq", "growth"),
        ("培训技工", 10_000, "名", "eq", "level"),
        ("新设分行", 2, "家", "range", "level"),
    ]


def test_a_place_in_a_ranking_is_a_target() -> None:
    (target,) = targets("经济总量力争进入全国50强。")
    assert (target.indicator, target.value, target.unit, target.ambition) == ("经济总量", 50, "强", "stretch")


@pytest.mark.parametrize(
    "text",
    [
        "推进年产30万吨骨料项目。",
        "建设330千伏变电站。",
        "落实“六稳”任务。",
        "引进总投资50亿元的电池项目。",
        "打造15分钟便民生活圈。",
        "举办第六届博览会。",
        "引进世界500强企业。",
        "关爱65岁以上老人。",
        "围绕16条产业链开展招商。",
        "去年粮食产量达到30万吨。",
        "落实支持民营经济25条措施。",
        "做到两个维护。",
        "以9条主干路为重点整治交通。",
        "健全覆盖城乡的服务体系。",
    ],
)
def test_names_descriptions_and_the_past_are_no_targets(text: str) -> None:
    assert judged(text) == []


def test_a_qualifier_stays_in_the_name_of_what_is_counted() -> None:
    (target,) = targets("开工5亿元以上工业项目16个。")
    assert (target.indicator, target.value) == ("开工5亿元以上工业项目", 16)


def test_a_masked_figure_is_unknown() -> None:
    (target,) = targets("X等企业新增产值X亿元以上。")
    assert (target.number, target.value, target.unit, target.comparator) == ("X", None, "亿元", "ge")


def test_dates_and_efforts_hold_until_others_take_their_place() -> None:
    plan = "力争一季度开工项目12个，总投资80亿元，全年完成投资300亿元。"
    assert [(t.ambition, t.horizon) for t in targets(plan)] == [
        ("stretch", "2023Q1"),
        ("stretch", "2023Q1"),
        ("firm", "year"),
    ]
    goals = "到2025年，制造业占比稳定在35%左右。上市企业达到40家以上。"
    assert [t.horizon for t in targets(goals, label="multi")] == ["2025", "2025"]


def test_the_review_part_holds_no_targets() -> None:
    assert targets("生产总值增长6.5%。", label="review") == []


def test_a_table_run_together_costs_linear_time() -> None:
    began = time.process_time()
    assert len(targets("新增示范村5个、" * 5_000)) == 5_000
    assert time.process_time() - began < 5


@settings(deadline=None)  # machines are shared
@given(
    st.text(
        alphabet="增长达到新建个万亩%以上左右、，。；分别和（）“”的等0123.X１至—全覆盖翻番一两百亿元级年\n"
    )
)
def test_whatever_the_text_quotes_are_verbatim_and_in_order(text: str) -> None:
    half = len(text) // 2
    promised = find_targets(text, [Horizon("year", 0, half)], [], 2023)
    told = find_achievements(text, [Horizon("review", half, len(text))], [])
    assert all(one.quote and one.quote == text[one.start : one.end] for one in promised)
    assert all(one.quote and one.quote == text[one.start : one.end] for one in told)
    assert all(target.number in target.quote and target.end <= half for target in promised)


@pytest.mark.corpus
def test_every_report_is_read_without_failing(shared: Path) -> None:
    reports = sorted((shared / "corpus/reports").glob("*.txt"))
    found = 0
    for report in reports:
        text = report.read_text(encoding="utf-8")
        found += len(find_targets(text, [Horizon("year", 0, len(text))], [], 2020))
    assert found > 100 * len(reports)
