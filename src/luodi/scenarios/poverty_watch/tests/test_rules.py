"""Pure rules: windows, the three kinds, gates, suppressed cells, rows of warnings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from luodi.scenarios.poverty_watch.rules import alerts, judging, standing, words
from luodi.scenarios.poverty_watch.rules.judging import Facts, Income, judge
from luodi.scenarios.poverty_watch.rules.private import Private

SAFE = dict.fromkeys(("education", "medical", "housing", "water"), True)


def facts(
    per_capita=500_000, *, line=600_000, poor=True, guarantees=SAFE, burdened=False, copes=True, hard=False
):
    return Facts(per_capita, line, poor, dict(guarantees), burdened, copes, hard)


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (facts(burdened=True), words.UNSTABLE),
        (facts(burdened=True, poor=False), words.EDGE),
        (facts(600_000, guarantees=SAFE | {"water": False}), words.UNSTABLE),
        (facts(600_001, burdened=True, hard=True), words.SUDDEN),
        (facts(600_001, burdened=True, hard=True, poor=False), words.SUDDEN),
        (facts(900_000, burdened=True, hard=False), ""),
        (facts(900_000, guarantees=SAFE | {"housing": False}), ""),
        (facts(300_000), ""),
        (facts(300_000, copes=False, poor=False), words.EDGE),
    ],
)
def test_three_kinds_by_the_line_and_by_risk(found, kind):
    assert judge(found).kind == kind and not judge(found).missing


def test_an_unknown_fact_leaves_the_kind_open():
    found = judge(facts(None, poor=None, burdened=None))
    assert (found.kind, found.missing) == ("", ("人均纯收入", "是否脱贫户", "刚性支出"))


def test_income_by_head():
    income = Income(1_000_000, 200_001, -50_000, 0)
    assert income.net_fen == 1_150_001
    assert judging.per_capita_fen(income, 3) == 383_334
    assert judging.per_capita_fen(Income(1, None, 0, 0), 3) is None
    with pytest.raises(ValueError, match="家庭人口不能为 0"):
        judging.per_capita_fen(income, 0)


@pytest.mark.parametrize(
    ("on", "case", "since", "until"),
    [
        (date(2022, 5, 17), judging.NEW, date(2021, 5, 1), date(2022, 4, 30)),
        (date(2022, 1, 31), judging.NEW, date(2021, 1, 1), date(2021, 12, 31)),
        (date(2022, 11, 1), judging.KEPT, date(2021, 10, 1), date(2022, 9, 30)),
        (date(2022, 9, 30), judging.KEPT, date(2020, 10, 1), date(2021, 9, 30)),
    ],
)
def test_the_months_that_income_is_counted_over(on, case, since, until):
    assert judging.window(on, case) == (since, until)


def test_gates_name_what_lacks_and_the_line_of_another_year_does_not_count():
    visit = standing.Visit(date(2026, 9, 1), 900_000, SAFE, True, False, True)
    helps = (standing.Help(date(2026, 3, 1), date(2026, 8, 1)),)
    good = standing.Facts(date(2026, 2, 20), visit, helps, 850_000, 2026, False, False)
    assert standing.may_clear(good, date(2026, 9, 1), 6) == ""
    assert "满到 2026-09-01" in standing.may_clear(good, date(2026, 8, 31), 6)
    from dataclasses import replace

    assert "2026 年的监测线还没有录入" in standing.may_clear(
        replace(good, line_year=2025), date(2026, 9, 1), 6
    )
    assert "基本医疗没有保障" in standing.may_clear(
        replace(good, visit=replace(visit, guarantees=SAFE | {"medical": False})), date(2026, 9, 1), 6
    )
    assert "有新的风险" in standing.may_clear(
        replace(good, visit=replace(visit, new_risk=True)), date(2026, 9, 1), 6
    )
    assert "刚性支出失控" in standing.may_clear(
        replace(good, visit=replace(visit, spending_held=False)), date(2026, 9, 1), 6
    )
    assert "持续监测" in standing.may_clear(replace(good, has_no_labour=True), date(2026, 9, 1), 6)
    assert "1 项还没有记成效" in standing.may_clear(
        replace(good, helps=(*helps, standing.Help(date(2026, 4, 1), None))), date(2026, 9, 1), 6
    )
    unknown = standing.gates(replace(good, visit=None, is_in_long_treatment=None), date(2026, 9, 1), 6)
    assert [gate.holds for gate in unknown] == [None, None, None, None, True, True, True, None]


def test_months_end_with_the_month():
    assert standing.months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)


def test_small_cells_are_hidden_and_can_not_be_reckoned():
    assert [alerts.suppressed(count, 3) for count in (0, 1, 2, 3)] == [0, None, None, 3]
    assert alerts.suppressed_row([9, 2, 5], 3) == [9, None, None]
    assert alerts.suppressed_row([9, 2, 1], 3) == [9, None, None]
    assert alerts.suppressed_row([9, 0, 5], 3) == [9, 0, 5]


def test_more_than_single_cases():
    assert (
        alerts.of_village("石桥村", 11, 10, 120, Decimal(8), Decimal(2)).said == "监测户占全村 9.2%，超过 8%"
    )
    assert "上升 2.5 个百分点" in alerts.of_village("石桥村", 5, 2, 120, Decimal(8), Decimal(2)).said
    assert alerts.of_village("石桥村", 3, 2, 120, Decimal(8), Decimal(2)) is None
    assert alerts.of_village("石桥村", 3, 2, None, Decimal(8), Decimal(2)) is None
    found = alerts.of_causes(
        "松陂县", ["illness"] * 3 + ["job"] * 2 + ["school"] * 5, dict(words.CAUSES), Decimal(30), 5
    )
    assert [each.said for each in found] == [
        "新增 10 户里“因学”5 户，占 50%",
        "新增 10 户里“因病”3 户，占 30%",
    ]
    assert alerts.of_causes("松陂县", ["illness"] * 4, dict(words.CAUSES), Decimal(30), 5) == []


def test_a_private_text_prints_as_its_mask():
    assert (str(Private("郑念诚")), f"{Private('郑二')!r}") == ("郑*诚", "郑*")
