"""The overview is for staff, carrying out for those who organise, the notice for anyone."""

from __future__ import annotations

from datetime import date

import pytest
from tests.matrix import check, everyone, staff

from luodi.assessment.models import Run
from luodi.kernel.rulesets import ruleset
from luodi.kernel.rulesets.seeds import load_seeds

MATRIX = {
    "land_productivity/": ("get", {}, staff(200)),
    "land_productivity/carry-out": (
        "post",
        {"year": "2025"},
        {**staff(403, ducha=302), "gongxin": 302, "gaoxin": 302},
    ),
    "land_productivity/notice/": ("get", {}, everyone(200)),
}

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("route", MATRIX)
def test_each_role_gets_its_answer(client, city, route):
    load_seeds()
    rules = ruleset("land_productivity.large", on=date(2025, 12, 31))
    Run.objects.create(
        code="land_large",
        period=date(2025, 1, 1),
        ruleset_id=rules.id,
        by=city["gongxin"],
        sealed_by=city["ducha"],
        state="final",
        cut_off="2026-09-20T08:00:00Z",
        hash="0" * 64,
    )
    check(client, city, f"/{route}", MATRIX[route])


def test_a_write_is_never_a_get(client, city):
    client.force_login(city["gongxin"])
    assert client.get("/land_productivity/carry-out").status_code == 405
