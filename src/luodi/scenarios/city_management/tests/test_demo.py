"""The demonstration has cases in every stage, keeps the rules, and loads in a moment."""

from __future__ import annotations

import time

import pytest

from luodi.scenarios.city_management import demo
from luodi.scenarios.city_management.models import CityCase, Component, UnitGrid
from luodi.scenarios.city_management.rules import geometry
from luodi.shapes.cases.chain import first_broken_step

pytestmark = pytest.mark.django_db


def test_a_year_of_cases_on_a_ground_that_is_tiled(city):
    started = time.perf_counter()
    demo.load()
    assert time.perf_counter() - started < 10, "the house asks for two seconds on a quiet machine"
    assert geometry.tiling_faults({grid.code: grid.border for grid in UnitGrid.objects.all()}) == []
    assert {"closed", "self_handled", "rejected", "handling", "checking", "dispatched"} <= set(
        CityCase.objects.values_list("state", flat=True)
    )
    assert CityCase.objects.filter(is_paused=True, due_at=None).exists(), "a postponed case has no end"
    assert CityCase.objects.filter(round__gt=1, state="closed").exists()
    assert CityCase.objects.filter(returns__gt=0).exists()
    due = CityCase.objects.filter(due_on__year=2026).exclude(state="dispatched")
    assert (due.count(), due.filter(was_late=False).count()) == (26, 25), "the city reports 96.1 percent"
    assert all(
        first_broken_step(case.steps.order_by("number")) is None for case in CityCase.objects.all()[:10]
    )
    for component in Component.objects.select_related("grid__division")[:20]:
        component.full_clean()
    count = CityCase.objects.count()
    demo.load()
    assert CityCase.objects.count() == count
