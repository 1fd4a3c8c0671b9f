"""Counties from signed figures to a sealed result: gates, targets of their own, pages, the demonstration."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from luodi.assessment import actions as assessment
from luodi.assessment.kinds import scheme_kind
from luodi.assessment.models import Run
from luodi.engines import engine
from luodi.kernel.action import Refused
from luodi.kernel.models import Division
from luodi.kernel.rulesets.seeds import load_seeds
from luodi.measures.actions import count, series_of
from luodi.measures.declare import declared
from luodi.measures.models import Value
from luodi.scenarios.county_performance import actions, demo
from luodi.scenarios.county_performance.models import Signing, Town, TownInvestment, YearTarget

pytestmark = pytest.mark.django_db
YEAR = date(2025, 1, 1)


@pytest.fixture
def lived(city):
    load_seeds()
    demo.load()
    return city


def newest(code, period):
    return Run.objects.filter(code=code, period=period).exclude(state="replaced").get()


def test_the_demonstration_has_a_sealed_year_three_quarters_and_an_objection(lived):
    year = newest("county_yearly", YEAR)
    assert (year.state, year.results.count()) == ("published", 6)
    assert {row.group for row in year.results.all()} == {"市辖区", "县（市）"}
    assert not any(item["value"] is None for row in year.results.all() for item in row.items)
    quarters = [newest("county_quarterly", date(2026, month, 1)) for month in (1, 4, 7)]
    assert [run.state for run in quarters] == ["published", "published", "notice"]
    assert quarters[2].last == quarters[1]
    hefeng = quarters[2].results.get(key="990123")
    assert any(item["key"] == "talk_month" and D(item["points"]) == D("-0.5") for item in hefeng.extras)
    assert quarters[2].results.get(key="990122").objections.get().state == "open"


def test_level_counts_four_tenths_and_growth_six(lived):
    kind = scheme_kind("county_quarterly")
    scheme = kind.scheme(date(2026, 1, 1))
    by_block = {
        block: sum(each.weight for each in scheme.indicators if each.block == block)
        for block in ("静态", "动态")
    }
    assert by_block == {"静态": D("40.0"), "动态": D("60.0")}


def test_a_value_says_which_number_it_is_and_leads_to_it(lived):
    row = newest("county_quarterly", date(2026, 4, 1)).results.get(key="990121")
    given = row.values["fai_growth"]
    value = Value.objects.get(pk=int(given["address"].split("/")[-2]))
    assert given["says"] == "固定资产投资同比 2026年6月"
    assert D(given["value"]) == value.growth
    assert given["address"] == reverse("measures:why", args=[value.pk])


def test_what_is_not_signed_is_not_scored(lived):
    kind = scheme_kind("county_yearly")
    with pytest.raises(Refused, match="还有 24 项指标没有部门签认"):
        assessment.score_run(lived["fagai"], kind, date(2026, 1, 1))
    signing = Signing.objects.get(year=2026, indicator="rd")
    with pytest.raises(PermissionDenied):
        actions.sign(lived["fagai"], signing)
    assert actions.sign(lived["keji"], signing).by == lived["keji"]
    with pytest.raises(Refused, match="已经签认"):
        actions.sign(lived["keji"], signing)


def test_a_county_has_targets_of_its_own_until_the_year_is_sealed(lived):
    place = Division.objects.get(code="990122")
    told = {
        "year": 2026,
        "division": place,
        "indicator": "fai",
        "value": D("7.5"),
        "document": "一县一策责任书",
    }
    target = actions.keep_target(lived["fagai"], YearTarget(), told)
    assert (target.title, target.unit) == ("固定资产投资增速", "%")
    with pytest.raises(Refused, match="没有代号为“gdpp”的指标"):
        actions.keep_target(lived["fagai"], YearTarget(), {**told, "indicator": "gdpp"})
    with pytest.raises(Refused, match="2025年已经定案"):
        actions.keep_target(lived["fagai"], YearTarget(), {**told, "year": 2025})
    with pytest.raises(PermissionDenied):
        actions.keep_target(lived["qingwu"], YearTarget(), told)


def test_a_county_reports_investment_for_its_own_towns_only(lived):
    own, other = Town.objects.get(name="青坞镇"), Town.objects.get(name="禾丰镇")
    values = {"month": date(2026, 2, 1), "project": "老街改造", "amount_fen": 100}
    actions.keep_investment(lived["qingwu"], TownInvestment(town=own), {"town": own, **values})
    with pytest.raises(PermissionDenied):
        actions.keep_investment(lived["qingwu"], TownInvestment(town=other), {"town": other, **values})
    with pytest.raises(Refused, match="还没有到这个月"):
        actions.keep_investment(
            lived["qingwu"], TownInvestment(town=own), {"town": own, **values, "month": date(2999, 1, 1)}
        )


def test_measures_have_known_numbers(lived):
    last = date(2026, 10, 31)
    top = Division.objects.get(code="990100")
    with engine("database") as counting:
        for key in ("town_investment", "honoured", "county_score", "pilots"):
            measure = declared()[key]
            count(lived["tongji"], series_of(lived["tongji"], measure), measure, counting, last)
    total = sum(row.amount_fen for row in TownInvestment.objects.all())
    at = {
        key: Value.objects.filter(series__key=key, division=top, owner=None, is_current=True)
        .order_by("-period")
        .first()
        for key in ("town_investment", "honoured", "pilots")
    }
    assert at["town_investment"].value == (D(total) / 10**10).quantize(D("0.01"))
    assert (at["honoured"].value, at["pilots"].value) == (2, 10)
    scores = Value.objects.get(
        series__key="county_score", division__code="990102", period=YEAR, is_current=True
    )
    assert scores.value == newest("county_yearly", YEAR).results.get(key="990102").score.quantize(D("0.01"))


def test_pages(client, lived, django_assert_max_num_queries):
    client.force_login(lived["ducha"])
    quarter = newest("county_quarterly", date(2026, 7, 1))
    for address, words in {
        reverse("county_performance:watch") + "?month=2026-10": "固定资产投资增速",
        reverse("county_performance:bulletin", args=[quarter.pk]): "公示稿，未定案",
        reverse("county_performance:bulletin", args=[newest("county_yearly", YEAR).pk]): "奖励（万元）",
    }.items():
        with django_assert_max_num_queries(12, info=address):
            assert words in client.get(address).content.decode()
    word = client.get(reverse("county_performance:bulletin", args=[quarter.pk]), {"format": "docx"})
    assert word.content[:2] == b"PK"
