"""What is published: due by the calendar, imported from the catalogue, counted, put into the year's report."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from luodi.engines import engine
from luodi.kernel.action import Refused
from luodi.kernel.models import Division, Unit
from luodi.measures.counting import counted
from luodi.measures.declare import declared
from luodi.scenarios.disclosure import demo
from luodi.scenarios.disclosure.actions import keep_publication
from luodi.scenarios.disclosure.models import Application, Publication
from luodi.shapes.cases.chain import first_broken_step

pytestmark = pytest.mark.django_db


def keep(city, by="fagai", **more):
    values = {
        "number": "FG-1", "title": "年度计划草案", "item": "plans", "unit": Unit.objects.get(key="fagai"),
        "formed_on": date(2026, 9, 14), "published_on": date(2026, 10, 9), **more,
    }  # fmt: skip
    return keep_publication(city[by], Publication(), values)


def test_the_day_it_is_due_follows_from_the_day_it_was_made(city):
    row = keep(city)
    assert (row.due_on, row.is_late) == (date(2026, 10, 16), False)


def test_published_before_it_was_made_is_refused(city):
    with pytest.raises(Refused):
        keep(city, published_on=date(2026, 9, 1))


def test_another_bureau_does_not_publish_for_it(city):
    with pytest.raises(Refused, match="本单位"):
        keep(city, by="gongxin")


def test_a_year_without_calendar_leaves_the_day_open(city):
    row = keep(city, formed_on=date(2027, 3, 1), published_on=None)
    assert row.due_on is None and row.is_late is None


def value_of(key: str, until: date):
    parents = dict(Division.objects.values_list("pk", "parent_id"))
    city = Division.objects.get(parent=None)
    with engine() as counting:
        found = counted(declared()[key], counting, parents, until)
    found = [each for each in found if each.division == city.pk and each.owner is None]
    return next(each for each in found if each.period == until.replace(day=1))


def test_the_share_published_in_time_is_counted(city):
    keep(city)
    keep(city, number="FG-2", published_on=date(2026, 10, 20))
    keep(city, number="FG-3", published_on=None)
    found = value_of("publishing_in_time", date(2026, 10, 31))
    assert (found.numerator, found.denominator, round(found.value, 2)) == (1, 3, Decimal("33.33"))


def test_the_demonstration_is_whole_and_loaded_once(city):
    demo.load()
    demo.load()
    assert Application.objects.count() == demo.HOW_MANY
    assert Publication.objects.filter(due_on__isnull=False).exists()
    assert {"closed", "handling"} <= set(Application.objects.values_list("state", flat=True))
    assert all(first_broken_step(case.steps.order_by("number")) is None for case in Application.objects.all())
    assert value_of("disclosure_in_time", date(2026, 10, 31)).value is not None


def test_the_years_report_balances_on_the_page_and_in_the_sheet(client, city, django_assert_max_num_queries):
    demo.load()
    client.force_login(city["zhengwu"])
    client.get("/disclosure/years/2026/")
    with django_assert_max_num_queries(12):
        page = client.get("/disclosure/years/2026/").content.decode()
    assert "勾稽关系成立" in page and "2027-03-31" in page
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(client.get("/disclosure/years/2026/?form=xlsx").content))
        .get_sheet_by_index(0)
        .to_python()
    )
    assert rows[1][0] == "一、本年新收" and rows[1][-1] == demo.HOW_MANY
