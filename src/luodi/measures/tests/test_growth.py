"""A bureau publishes 年初累计 and skips January: what can be told from it, and what can't."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.measures.growth import cumulated, growth, months_of
from luodi.measures.periods import in_words, period_from

D = Decimal


def month(n, year=2026):
    return date(year, n, 1)


def test_february_is_unknown_where_only_january_to_february_is_published():
    own = months_of({month(2): D(10), month(3): D(18)})
    assert own == {month(2): None, month(3): D(8)}


def test_a_gap_is_never_filled_in():
    total = cumulated({month(1): D(3), month(2): None, month(3): D(5)})
    assert total == {month(1): D(3), month(2): None, month(3): None}


@given(st.lists(st.decimals(-1000, 1000, places=2), min_size=1, max_size=12))
def test_cumulating_and_taking_apart_are_opposites(amounts):
    months = {month(n): amount for n, amount in enumerate(amounts, 1)}
    assert months_of(cumulated(months)) == months


def test_growth_is_against_the_same_period_and_unknown_without_it():
    numbers = {month(6, 2025): D(80), month(6): D(92)}
    assert growth(numbers, month(6)) == D("15.00")
    assert growth(numbers, month(7)) is None
    assert growth({month(6, 2025): D(0), month(6): D(9)}, month(6)) is None


@pytest.mark.parametrize(
    ("words", "length", "first"),
    [
        ("2026年3月", "month", month(3)),
        ("202603", "month", month(3)),
        ("2026-03-01 00:00:00", "month", month(3)),
        ("2026年1-3月", "month", month(3)),
        ("2026年1—2月", "month", month(2)),
        ("2026Q2", "quarter", month(4)),
        ("2026年三季度", "quarter", month(7)),
        ("2026年上半年", "quarter", month(4)),
        ("2026年", "year", month(1)),
    ],
)
def test_periods_as_sheets_write_them(words, length, first):
    assert period_from(words, length) == first


@pytest.mark.parametrize("words", ["", "去年", "2026年13月", "3月", "2026年1-15月"])
def test_what_names_no_period_is_said(words):
    with pytest.raises(ValueError, match=r"不是期别|没有 \d+ 月|没有写明"):
        period_from(words, "month")


def test_periods_in_words():
    assert in_words(month(4), "quarter") == "2026年二季度"
    assert in_words(month(4), "month") == "2026年4月"
