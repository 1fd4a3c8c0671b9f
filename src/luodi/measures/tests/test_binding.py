"""Targets of growth, of blanks and of half-years beside a series: what is judged, by when, and what is proposed."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from luodi.measures.binding import deadline_of, stands, suggested
from luodi.measures.judging import Standing
from luodi.measures.models import Series, Value

D = Decimal


def target(**told):
    plain = {
        "quote": "社会消费品零售总额增长6%以上", "indicator": "社会消费品零售总额", "value": D(6), "value_high": None, "unit": "%",
        "comparator": "ge", "change": "growth", "ambition": "firm", "horizon": "year", "commitment": SimpleNamespace(deadline=None),
    }  # fmt: skip
    return SimpleNamespace(**{**plain, **told})


def retail(**told):
    return Series(key="retail", title="社会消费品零售总额", unit="亿元", **told)


def year_end(*amounts, growth=None):
    """December totals of 2025 and 2026."""
    return [
        Value(period=date(2025 + n, 12, 1), value=a, growth=growth if n else None)
        for n, a in enumerate(amounts)
    ]


def test_a_growth_target_is_judged_by_growth_and_the_chart_draws_the_amount_that_it_takes():
    stand = stands(target(), retail(), year_end(D(200), D(214)), 2026, with_outlook=False)
    assert (stand.judged.standing, stand.judged.why) == (
        Standing.MET,
        "2026年12月增减 7%，目标 6%以上：已达到。",
    )
    assert stand.line == D(212)


def test_the_growth_that_a_bureau_prints_goes_before_the_one_that_amounts_give():
    """Comparable prices: 214 over 200 is 7 %, printed is 5.8 %."""
    stand = stands(target(), retail(), year_end(D(200), D(214), growth=D("5.8")), 2026, with_outlook=False)
    assert stand.judged.standing == Standing.SHORT


def test_growth_without_last_year_is_unknown():
    stand = stands(
        target(), retail(), [Value(period=date(2026, 12, 1), value=D(214))], 2026, with_outlook=False
    )
    assert (stand.judged.standing, stand.line) == (Standing.UNKNOWN, None)


def test_amounts_are_compared_across_units():
    wanted = target(quote="达到300万元以上", change="level", unit="万元", value=D(300))
    stand = stands(wanted, retail(), year_end(D(1), D("0.04")), 2026, with_outlook=False)
    assert (stand.judged.standing, stand.line) == (Standing.MET, D("0.03"))


@pytest.mark.parametrize(
    ("horizon", "deadline", "every", "due"),
    [
        ("year", None, "month", date(2026, 12, 1)),
        ("2026-06", None, "month", date(2026, 6, 1)),
        ("2026Q3", None, "quarter", date(2026, 7, 1)),
        ("2030", None, "year", date(2030, 1, 1)),
        ("year", date(2026, 9, 30), "month", date(2026, 9, 1)),
    ],
)
def test_by_when(horizon, deadline, every, due):
    asked = target(horizon=horizon, commitment=SimpleNamespace(deadline=deadline))
    assert deadline_of(asked, 2026, every) == due


def test_what_is_proposed():
    """社零总额 is the same indicator; another thing, or a count of it, is not."""
    others = [
        Series(key="a", title="社零总额", unit="亿元"),
        Series(key="b", title="城镇新增就业", unit="人"),
    ]
    assert [(each.series.key, each.why) for each in suggested(target(), others)] == [
        ("a", "名称相同，单位可比")
    ]
    level = target(change="level", unit="亿元")
    assert suggested(level, [Series(key="c", title="社会消费品零售总额", unit="个")]) == []
