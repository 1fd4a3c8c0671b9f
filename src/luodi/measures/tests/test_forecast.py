"""A forecast beside the light: silent when history is short, the same every time, and open about its width."""

import math
from datetime import date
from decimal import Decimal

import pytest

from luodi.measures.backtest import back_test
from luodi.measures.forecast import Forecast, Silent, chance_in_words, forecast
from luodi.measures.periods import earlier

YEARS = range(2022, 2027)


def invested(last, skips_january=False):
    """Cumulative investment that grows by a tenth a year, with most of it in the fourth quarter, up to `last`."""
    out = {}
    for year in YEARS:
        total = 0.0
        for month in range(1, 13):
            wave = 1 + 0.5 * math.sin(month) + (0.6 if month > 9 else 0) + 0.04 * math.cos(7 * month * year)
            total += 10 * 1.1 ** (year - 2022) * wave
            if date(year, month, 1) <= last and not (skips_january and month == 1):
                out[date(year, month, 1)] = Decimal(f"{total:.4f}")
    return out


END = date(2026, 12, 1)
TRUTH = float(invested(END)[END])


def test_a_year_with_a_heavy_end_is_not_taken_as_even():
    found = forecast(invested(date(2026, 8, 1)), END, lambda total: total >= TRUTH * 0.9)
    assert isinstance(found, Forecast)
    assert found.steps[-1].middle == pytest.approx(TRUTH, rel=0.05)
    assert found.steps[-1].low <= found.steps[-1].middle <= found.steps[-1].high
    assert found.probability > 0.9
    assert [step.period.month for step in found.steps] == [9, 10, 11, 12]
    assert found.in_words.startswith("达到目标的可能性在 95% 以上；按 56 期历史")


def test_out_of_reach_is_unlikely_and_never_said_to_be_impossible():
    found = forecast(invested(date(2026, 8, 1)), END, lambda total: total >= TRUTH * 1.5)
    assert found.probability < 0.05
    assert "不到 5%" in found.in_words


def test_a_bureau_that_skips_january_is_read_as_eleven_periods():
    found = forecast(invested(date(2026, 8, 1), skips_january=True), END)
    assert isinstance(found, Forecast)
    assert found.steps[-1].middle == pytest.approx(TRUTH, rel=0.06)
    assert found.probability is None


def test_the_next_year_begins_at_nothing():
    found = forecast(invested(date(2026, 12, 1)), date(2027, 2, 1))
    assert found.steps[-1].middle < TRUTH / 3


def test_short_or_broken_history_is_silent():
    short = {each: value for each, value in invested(date(2026, 8, 1)).items() if each.year > 2024}
    assert "不足 36 期" in forecast(short, END).why
    broken = invested(date(2026, 8, 1))
    del broken[date(2026, 5, 1)]
    assert isinstance(forecast(broken, END), Silent)
    assert isinstance(forecast({}, END), Silent)
    assert isinstance(forecast(invested(END), END), Silent)


def test_the_same_numbers_give_the_same_forecast():
    from luodi.measures.forecast import _simulate

    first = forecast(invested(date(2026, 8, 1)), END)
    _simulate.cache_clear()
    assert forecast(invested(date(2026, 8, 1)), END) == first


def test_a_series_that_never_moved_is_expected_to_stand():
    flat = {date(y, m, 1): Decimal(95) for y in (2023, 2024, 2025) for m in range(1, 13)}
    found = forecast(flat, date(2026, 3, 1), lambda rate: rate >= 95, is_cumulative=False)
    assert (found.probability, found.steps[-1].high) == (1.0, 95.0)


def test_chances_are_told_in_steps_of_five():
    assert [chance_in_words(p) for p in (0.01, 0.62, 0.99)] == ["不到 5%", "约 60%", "在 95% 以上"]


def test_on_a_real_series_the_interval_holds_about_as_often_as_it_says():
    """Carbon dioxide at Mauna Loa by month, half a year ahead, at twelve past days (the data come with statsmodels)."""
    import statsmodels.api as sm

    weekly = sm.datasets.co2.load_pandas().data["co2"]
    monthly = weekly.resample("MS").mean().interpolate()["1985":"2001"]
    numbers = {when.date(): Decimal(f"{value:.3f}") for when, value in monthly.items()}
    known = sorted(numbers)[36:-6:13]
    found = back_test(numbers, [(each, earlier(each, -6)) for each in known], is_cumulative=False)
    assert (found.told, found.silent) == (len(known), 0)
    assert 0.6 <= found.coverage <= 1
