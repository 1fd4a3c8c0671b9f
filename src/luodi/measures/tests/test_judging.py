"""What the words of a plan ask of a number: one story for each modifier."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from luodi.measures.judging import (
    Promise,
    Standing,
    factor,
    judge,
    judge_all,
    judge_milestone,
    margin,
    plain,
    promise_of,
)

D = Decimal


def standing(promise, *actuals, unit=None):
    numbers = [(f"2026年{month}月", None if a is None else D(str(a))) for month, a in enumerate(actuals, 1)]
    return judge(promise, numbers, unit or promise.unit).standing


@pytest.mark.parametrize(
    ("words", "promise", "kept", "missed"),
    [
        ("320亿元以上", Promise("ge", D(320), "亿元"), 320, 319.9),
        ("突破210万吨: reaching it is not enough", Promise("gt", D(210), "万吨"), 210.1, 210),
        ("5.4%以内", Promise("le", D("5.4"), "%", better="down"), 5.4, 5.5),
        ("1%以下", Promise("lt", D(1), "%", better="down"), 0.9, 1),
        ("6000个, a floor where more is better", Promise("eq", D(6000), "个"), 6500, 5999),
        ("0.5个工作日, a ceiling where less is", Promise("eq", D("0.5"), "个工作日", better="down"), 0.4, 0.6),
        ("6.2%左右 allows half a point", Promise("approx", D("6.2"), "%", is_growth=True), 5.7, 5.6),
        ("620万吨左右 allows 5 %", Promise("approx", D(620), "万吨"), 589, 588),
        ("消费价格 2%左右 has no better side", Promise("approx", D(2), "%", better="near"), 2.5, 2.6),
        ("增长4%—5%: above is better still", Promise("range", D(4), "%", D(5), is_growth=True), 5.6, 3.9),
        ("18至20个, where it matters to be within", Promise("range", D(18), "个", D(20), better="near"), 19, 21),
        ("下降3.1%以上: the size of the fall", Promise("ge", D("3.1"), "%", is_growth=True, falls=True), -3.2, -3),
        ("全覆盖: nothing less than all", Promise("eq", D(100), "%", is_all=True), 100, 99.9),
    ],
)  # fmt: skip
def test_comparators(words, promise, kept, missed):
    assert standing(promise, kept) == Standing.MET, words
    assert standing(promise, missed) == Standing.SHORT, words


def test_a_stretch_target_missed_is_told_but_is_no_failure():
    hoped = Promise("gt", D(60), "亿元", stretch=True)
    assert standing(hoped, 52.4) == Standing.STRETCH_SHORT
    assert standing(hoped, 61) == Standing.MET


def test_to_hold_is_judged_by_the_worst_period_and_not_the_last():
    held = Promise("ge", D(95), "%", holds=True)
    assert standing(held, 96, 94, 97) == Standing.SHORT
    judged = judge(held, [("1月", D(96)), ("2月", D(94)), ("3月", D(97))], "%")
    assert judged.why == "2月数值 94%，目标 95%以上：未达到，差 1%（稳定在：3 期中取最差的一期）。"
    assert standing(Promise("approx", D(620), "万吨", holds=True), 700) == Standing.SHORT  # 稳定在620万吨左右


def test_before_its_day_a_promise_is_open_unless_it_was_to_hold():
    months = [("8月", D(290)), ("9月", D(310))]
    assert judge(Promise("ge", D(320), "亿元"), months, "亿元", is_due=False).standing == Standing.OPEN
    assert judge(Promise("ge", D(300), "亿元"), months, "亿元", is_due=False).standing == Standing.MET
    assert (
        judge(Promise("ge", D(300), "亿元", holds=True), months, "亿元", is_due=False).standing
        == Standing.SHORT
    )


def test_a_mask_and_a_missing_number_are_unknown_and_never_zero():
    assert standing(Promise("ge", None, "亿元"), 5) == Standing.UNKNOWN
    assert standing(Promise("le", D(5), "%"), None) == Standing.UNKNOWN
    assert standing(Promise("ge", D(5), "%"), 6, None) == Standing.MET  # the last known one


def test_units_are_converted_or_refused():
    assert standing(Promise("ge", D(3), "亿元"), 30_000, unit="万元") == Standing.MET
    assert standing(Promise("ge", D(3), "亿元"), 30_000, unit="个") == Standing.UNKNOWN
    assert factor("户", "家") == 1
    assert factor("万元", "亿元") == D("0.0001")


def test_respectively_is_kept_when_each_part_is():
    met = judge(Promise("ge", D(48), "%"), [("6月", D(49))], "%")
    short = judge(Promise("ge", D(84), "%"), [("6月", D(80))], "%")
    both = judge_all([("农村生活污水治理率", met), ("畜禽粪污综合利用率", short)])
    assert both.standing == Standing.SHORT
    assert both.why == "2 项中 1 项达到，畜禽粪污综合利用率没有。"
    assert judge_all([("农村生活污水治理率", met)]).is_met


def test_a_project_in_operation_has_been_started_and_built():
    june = date(2026, 6, 30)
    reached = {"operate": date(2026, 6, 10)}
    assert judge_milestone("start", june, reached, date(2026, 7, 1)).is_met
    late = judge_milestone("finish", june, {"finish": date(2026, 7, 5)}, date(2026, 8, 1))
    assert (late.standing, late.margin) == (Standing.MET, D(-5))
    assert (
        judge_milestone("operate", june, {"start": date(2026, 1, 5)}, date(2026, 6, 1)).standing
        == Standing.UNKNOWN
    )
    over = judge_milestone("operate", june, {}, date(2026, 7, 3))
    assert (over.standing, over.why) == (Standing.SHORT, "尚未投产，已超过时限 2026-06-30 3 天。")
    assert judge_milestone("other", june, {}, june).standing == Standing.UNKNOWN


def test_the_words_of_a_ledger_target_become_a_promise():
    row = SimpleNamespace(
        quote="稳定在138万亩以上", comparator="ge", value=D(138), value_high=None, unit="万亩", change="level", ambition="firm"
    )  # fmt: skip
    assert promise_of(row).holds
    assert not promise_of(row).falls
    row.quote, row.change, row.unit = "单位地区生产总值能耗下降3.1%以上", "growth", "%"
    assert promise_of(row).falls
    row.quote, row.ambition = "县乡两级全覆盖", "stretch"
    assert (promise_of(row).is_all, promise_of(row).stretch) == (True, True)


def test_margin_tells_how_far():
    assert margin(Promise("ge", D(320), "亿元"), D(291)) == -29
    assert plain(D("3.100000")) == "3.1"
    assert plain(None) == "待补"
