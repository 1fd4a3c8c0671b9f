"""Who sees the month's watch and the bulletins: the staff."""

from __future__ import annotations

from datetime import date

import pytest
from tests.matrix import check, staff

from luodi.assessment.models import Run
from luodi.kernel.rulesets import ruleset
from luodi.kernel.rulesets.seeds import load_seeds

MATRIX = {
    "county_performance/": ("get", {}, staff(200)),
    "county_performance/bulletins/<int:pk>/": ("get", {}, staff(200)),
}

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("route", MATRIX)
def test_each_role_gets_its_answer(client, city, route):
    load_seeds()
    rules = ruleset("county_performance.quarterly", on=date(2026, 3, 31))
    run = Run.objects.create(
        code="county_quarterly",
        period=date(2026, 1, 1),
        ruleset_id=rules.id,
        by=city["fagai"],
        cut_off="2026-04-20T08:00:00Z",
        hash="0" * 64,
    )
    check(client, city, "/" + route.replace("<int:pk>", str(run.pk)), MATRIX[route])


def test_a_bulletin_that_does_not_exist(client, city):
    client.force_login(city["ducha"])
    assert client.get("/county_performance/bulletins/999/").status_code == 404
