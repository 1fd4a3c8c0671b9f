"""Targets as a supervision officer would write them down from a sentence of the plan."""

from __future__ import annotations

from luodi.reading.model import Horizon, Target
from luodi.reading.targets import find_targets


def targets(text: str, label: str = "year", year: int = 2023) -> list[Target]:
    return list(find_targets(text, [Horizon(label, 0, len(text))], [], year))  # type: ignore[arg-type]


def judged(text: str) -> list[tuple[str, float | None, str, str, str]]:
    return [(t.indicator, t.value, t.unit, t.comparator, t.change) for t in targets(text)]


def test_words_around_the_figure_decide_how_it_is_judged() -> None:
    assert judged("生产总值增长6.5%左右，城镇调查失业率控制在5.5%以内，粮食产量稳定在30万吨以上。") == [
        ("生产总值", 6.5, "%", "approx", "growth"),
        ("城镇调查失业率", 5.5, "%", "le", "level"),
        ("粮食产量", 30, "万吨", "ge", "level"),
    ]


def test_a_list_with_its_own_order_shares_one_quote_and_its_last_modifier() -> None:
    first, second = targets("全年煤炭和洗煤产量分别稳定在900万吨、400万吨左右。")
    assert (first.indicator, first.value, first.comparator) == ("煤炭产量", 900, "approx")
    assert (second.indicator, second.value, second.comparator) == ("洗煤产量", 400, "approx")
    assert first.quote == second.quote == "煤炭和洗煤产量分别稳定在900万吨、400万吨左右"


def test_a_figure_before_its_noun_counts_it() -> None:
    assert judged("新增3个以上省级试点村庄，完成26个老旧小区改造。") == [
        ("新增省级试点村庄", 3, "个", "ge", "level"),
        ("老旧小区改造", 26, "个", "eq", "level"),
    ]


def test_figures_inside_names_and_descriptions_are_no_targets() -> None:
    assert (
        judged("推进年产30万吨骨料项目，建设330千伏变电站，落实“六稳”任务，引进总投资50亿元的电池项目。")
        == []
    )


def test_an_effort_is_marked_and_a_quarter_dates_the_figure() -> None:
    (target,) = targets("力争一季度开工项目12个。")
    assert (target.ambition, target.horizon) == ("stretch", "2023Q1")


def test_the_review_part_holds_no_targets() -> None:
    assert targets("生产总值增长6.5%。", label="review") == []
