"""What stands ready on a line's report, so that its unit does not type what the house has counted."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from luodi.commitments import actions as ledger
from luodi.commitments.periods import span_of
from luodi.measures.models import Value
from luodi.workbench.beside import computed_beside

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 30)


@pytest.fixture
def invested(bound, city):
    """The line of 480 亿元, led and signed by the commission of development."""
    line = bound.commitments.get(text__contains="固定资产投资")
    bound.commitments.update(state="draft")
    for each in bound.commitments.all():
        ledger.assign(city["ducha"], each, ["市发展改革委"], [])
        ledger.confirm(city["ducha"], each)
    ledger.issue(city["ducha"], bound, "云政办发〔2026〕1号")
    line.refresh_from_db()
    ledger.sign_all(city["fagai"], bound)
    return line


def test_the_newest_number_known_by_then_its_share_and_its_light(city, bound, django_assert_max_num_queries):
    line, rate = bound.commitments.order_by("start")
    assert city["fagai"].current_posts
    with django_assert_max_num_queries(4):
        (found,) = computed_beside(city["fagai"], line, SEPTEMBER)
    assert found.words == "截至2026年9月，固定资产投资累计270亿元"
    assert (found.percent, found.why_percent) == (56, "按指标计算：270÷480亿元")
    assert found.lamp == "yellow"
    assert "完成 270 ÷ 序时 360 = 75%" in found.why
    (may,) = computed_beside(city["fagai"], line, date(2026, 5, 31))
    assert (may.words, may.percent) == ("截至2026年5月，固定资产投资累计150亿元", 31)
    (unemployed,) = computed_beside(city["fagai"], rate, SEPTEMBER)
    assert (unemployed.percent, unemployed.lamp) == (None, "")
    assert "没有序时进度" in unemployed.why
    Value.objects.update(is_current=False)
    assert computed_beside(city["fagai"], line, SEPTEMBER) == []


def test_an_administrator_is_told_no_number(city, bound):
    assert computed_beside(city["xitong"], bound.commitments.first(), SEPTEMBER) == []


def test_the_form_of_the_lead_unit_has_it_filled_in(client, city, invested, django_assert_max_num_queries):
    form = reverse("commitments:report", args=[invested.pk]) + "?period=2026-09-01"
    client.force_login(city["fagai"])
    client.get(form)
    with django_assert_max_num_queries(12):
        page = client.get(form)
    report = page.context["report"]
    assert report.facts == "截至2026年9月，固定资产投资累计270亿元。"
    assert (report.percent, report.percent_why) == (56, "按指标计算：270÷480亿元")
    assert ">截至2026年9月，固定资产投资累计270亿元。</textarea>" in page.content.decode()
    ledger.save_report(
        city["fagai"], invested, span_of(SEPTEMBER, "month", 5), {"facts": "九月又开工两个项目。"}
    )
    assert client.get(form).context["report"].facts == "九月又开工两个项目。", "what a person wrote stands"
