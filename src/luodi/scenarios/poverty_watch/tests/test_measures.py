"""The indicators that the plan promises about, with known numbers."""

from __future__ import annotations

from datetime import date

import pytest

from luodi.engines import engine
from luodi.kernel.models import Division, Unit
from luodi.measures.counting import counted
from luodi.scenarios.poverty_watch.measures import MEASURES
from luodi.scenarios.poverty_watch.models import Fund, Household

pytestmark = pytest.mark.django_db
BY_KEY = {measure.key: measure for measure in MEASURES}


def in_year(key, code="990100", until=date(2026, 11, 30)):
    parents = dict(Division.objects.values_list("pk", "parent_id"))
    place = Division.objects.get(code=code).pk
    with engine() as counting:
        found = counted(BY_KEY[key], counting, parents, until)
    return next(
        each.value for each in found if each.division == place and each.period == until.replace(day=1)
    )


def test_cleared_over_ever_listed_and_identified_in_time(city, listed):
    household = listed()
    assert (
        in_year("watched_households"),
        in_year("watched_people"),
        in_year("watch_identified_in_time"),
    ) == (1, 3, 100)
    assert in_year("watch_help_in_place") == 0
    Household.objects.filter(pk=household.pk).update(
        state="cleared",
        helped_on="2026-03-20",
        cleared_on="2026-10-10",
        proposed_by=city["nongye"],
        confirmed_by=city["nongye2"],
    )
    assert (
        in_year("watch_risk_cleared"),
        in_year("watch_risk_cleared", "990121"),
        in_year("watch_help_in_place"),
    ) == (100, 100, 100)


def test_linked_funds_of_the_year(city):
    unit, place = Unit.objects.get(key="songpi"), Division.objects.get(code="990121")
    for number, (allotted, paid, is_industry) in enumerate(
        (
            (20_000_000_000, 18_000_000_000, True),
            (10_000_000_000, 9_600_000_000, False),
            (6_000_000_000, 6_000_000_000, None),
        )
    ):
        Fund.objects.create(
            number=f"X{number}",
            name="项目",
            division=place,
            unit=unit,
            level="central",
            allotted_fen=allotted,
            paid_fen=paid,
            is_industry=is_industry,
            allotted_on="2026-03-01",
            reported_on="2026-11-15",
        )
    assert float(in_year("linked_funds")) == 3.6
    assert (float(in_year("linked_funds_industry")), float(in_year("linked_funds_paid"))) == (55.56, 93.33)
