"""The supervision office looks at last month's lights and tries another city's rule before asking for it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from luodi.assessment.alike import sure_pairs
from luodi.assessment.foreseeing import foresee_year
from luodi.commitments.models import Target
from luodi.measures import actions as measures
from luodi.measures.importing import bring_in
from luodi.measures.models import Binding, Series, Value

pytestmark = [pytest.mark.django_db, pytest.mark.urls("luodi.assessment.tests.urls")]


def test_lights_say_their_arithmetic_and_replay_says_whose_would_change(
    client, city, bound, django_assert_max_num_queries
):
    client.force_login(city["ducha"])
    with django_assert_max_num_queries(12):
        page = client.get(
            reverse("assessment:lights"), {"month": "2026-09", "other": "460200"}
        ).content.decode()
    assert "完成 270 ÷ 序时 360 = 75%，少 25%，超过 20 为黄灯。" in page
    assert "已连续 9 个月未完成，满 2 个月为红灯。" in page  # 三亚
    assert "1 项的灯会变" in page
    assert "比率、上限或期末数没有序时进度" in page
    assert "［未核实］" in page


def test_a_month_that_was_not_over_is_not_looked_ahead_of(client, city, bound):
    client.force_login(city["ducha"])
    page = client.get(reverse("assessment:lights"), {"month": "2026-03"}).content.decode()
    assert "完成 90 ÷ 序时 120" in page
    assert "会变" not in page.split("试算：")[1].partition("</form>")[2]


def test_without_bindings_the_page_says_what_to_do_and_administrators_see_none(client, city):
    client.force_login(city["fagai"])
    assert "确认建议之后这里就会亮灯" in client.get(reverse("assessment:lights")).content.decode()
    client.force_login(city["xitong"])
    assert client.get(reverse("assessment:lights")).status_code == 404


def test_sure_names_are_bound_at_once_by_a_person(client, city, plan_with_series):
    Binding.objects.all().delete()
    client.force_login(city["ducha"])
    assert (
        "确认 2 个名称相同的指标"
        in client.get(reverse("assessment:lights"), {"month": "2026-09"}).content.decode()
    )
    client.post(reverse("assessment:bind_alike"), {"month": "2026-09"})
    assert set(Binding.objects.values_list("series__title", "by__login", "why")) == {
        ("固定资产投资", "ducha", "名称相同，单位一致"), ("城镇调查失业率", "ducha", "名称相同，单位一致"),
    }  # fmt: skip
    page = client.get(reverse("assessment:lights"), {"month": "2026-09"}).content.decode()
    assert "名称相同的指标" not in page and "黄灯 1" in page


def test_a_target_without_numbers_is_not_bound(city, plan_with_series):
    Binding.objects.all().delete()
    Value.objects.filter(series__title="城镇调查失业率").delete()
    assert [pair.series.title for pair in sure_pairs(2026)] == ["固定资产投资"]


def test_the_outlook_stands_beside_the_light_and_is_computed_once(client, city, bound):
    assert foresee_year(2026) == 2
    assert foresee_year(2026) == 0
    bring_in(
        city["tongji"],
        "十月.csv",
        "指标,区划,期,数值,单位,口径,方向\n固定资产投资,云川市,2026-10,310,亿元,年初累计,越高越好".encode(),
    )
    assert foresee_year(2026) == 1
    client.force_login(city["ducha"])
    page = client.get(reverse("assessment:lights"), {"month": "2026-10"}).content.decode()
    assert "连续的历史只有 10 期，不足" in page and "尚未达到，时限未到" in page


def test_a_target_below_three_years_is_said_to_be_low(client, city, bound):
    series = Series.objects.get(title="固定资产投资")
    rows = ["指标,区划,期,数值,单位,口径,方向"]
    rows += [
        f"固定资产投资,云川市,{year}-12,{amount},亿元,年初累计,越高越好"
        for year, amount in ((2023, 520), (2024, 530), (2025, 540))
    ]
    bring_in(city["tongji"], "历年.csv", "\n".join(rows).encode())
    client.force_login(city["ducha"])
    page = client.get(reverse("assessment:lights"), {"month": "2026-09"}).content.decode()
    assert "低于前三年平均 530.00，可能定低了" in page
    assert "连续 9 个月增量相同" in page
    assert series.values.filter(is_current=True).count() == 12


def test_a_growth_is_answered_by_an_amount(city, plan_with_series):
    """增长8% of what is published in 亿元: proposed by name, so it can be confirmed too."""
    series = Series.objects.get(title="固定资产投资")
    target = Target.objects.get(indicator="固定资产投资")
    target.change, target.unit, target.value = "growth", "%", 8
    target.save()
    assert measures.bind(city["tongji"], target, series, plan_with_series.division).state == "confirmed"


def test_a_growth_has_the_pace_of_the_year_before(client, city, plan_with_series):
    """Investment comes late in the year: a twelfth a month would light red each spring and be right each December."""
    rows = ["指标,区划,期,数值,单位,口径"]
    rows += [
        f"固定资产投资,云川市,2025-{month:02},{total},亿元,年初累计"
        for month, total in ((3, 40), (9, 250), (12, 440))
    ]
    bring_in(city["tongji"], "上年.csv", "\n".join(rows).encode())
    target = Target.objects.get(indicator="固定资产投资")
    target.change, target.unit, target.value = "growth", "%", 8
    target.save()
    measures.bind(city["tongji"], target, Series.objects.get(title="固定资产投资"), plan_with_series.division)
    client.force_login(city["ducha"])
    page = client.get(reverse("assessment:lights"), {"month": "2026-09"}).content.decode()
    assert "完成 270 ÷ 序时 270 = 100%" in page
