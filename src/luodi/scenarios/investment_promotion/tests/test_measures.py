"""Measures with known numbers, and the plan's targets bound by their words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest

from luodi.engines import engine
from luodi.measures.actions import count, series_of
from luodi.measures.declare import declared
from luodi.measures.models import Value
from luodi.scenarios.investment_promotion import actions
from luodi.scenarios.investment_promotion.measures import MEASURES
from luodi.scenarios.investment_promotion.models import Arrival
from luodi.scenarios.investment_promotion.pages import look
from luodi.scenarios.investment_promotion.tests.conftest import TODAY, YI
from luodi.scenarios.investment_promotion.tests.test_road import sum_of, verified

pytestmark = pytest.mark.django_db


def counted(city, division="990100"):
    with engine("database") as counting:
        for measure in MEASURES:
            count(
                city["tongji"], series_of(city["tongji"], declared()[measure.key]), measure, counting, date(2026, 11, 30)
            )  # fmt: skip
    rows = Value.objects.filter(
        series__key__in=[each.key for each in MEASURES], division__code=division, owner=None, period=date(2026, 11, 1), is_current=True
    )  # fmt: skip
    return {row.series.key: row.value for row in rows.select_related("series")}


def test_one_deal_and_its_money(day, signed):
    verified(day, signed, YI)
    actions.keep_arrival(day["touzi2"], Arrival(), sum_of(signed, YI // 2, "HD2"))  # not verified: not added
    found = counted(day)
    assert found["investment_large_signed"] == 1 and found["investment_signed_sum"] == D("2.00")
    assert found["investment_outside"] == found["investment_province"] == found["investment_manufacturing"] == D("1.00")  # fmt: skip
    assert found["investment_begun_in_year"] == 0 and found["investment_arrived"] == D("50.00")
    assert counted(day, "990121")["investment_outside"] == D("1.00")


def test_the_year_agrees_with_the_pages(year):
    found, city = counted(year), look.picture(TODAY).city()
    own = city.standing
    assert found["investment_large_signed"] == own.large and found["investment_signed"] == own.signed
    assert found["investment_outside"] == round(D(own.outside_fen) / YI, 2)
    for key, name in (
        ("investment_kept", "kept"),
        ("investment_begun", "begun"),
        ("investment_begun_in_year", "begun_in_year"),
        ("investment_landed", "landed"),
        ("investment_producing", "producing"),
        ("investment_arrived", "arrived"),
    ):
        assert found[key] == own.percent(name), key
    assert 80 <= own.large <= 104 and 45 < own.percent("begun_in_year") < 60
    assert 180 < own.outside_fen / YI < 213 and found["chain_gaps_filled"] > 0 and found["investment_fdi"] > 0


def test_targets_of_the_plan_find_their_measures(day):
    titles = {each.title for each in declared().values()}
    assert {"签约亿元以上项目", "市外到位资金", "签约项目当年开工率"} <= titles
