"""The demonstration has dangers in every stage and accidents of two years."""

from __future__ import annotations

import pytest

from luodi.scenarios.work_safety import actions, demo
from luodi.scenarios.work_safety.models import Accident, Danger, RiskPoint
from luodi.shapes.registers import demo as registers
from luodi.shapes.registers.models import Enterprise

pytestmark = pytest.mark.django_db


def test_two_years_of_safety(city):
    registers.load()
    demo.load()
    assert {"closed", "struck_off", "fixing", "dismissed"} <= set(
        Danger.objects.values_list("state", flat=True)
    )
    assert {"red", "orange", "yellow", "blue"} == set(RiskPoint.objects.values_list("level", flat=True))
    now, before = (Accident.objects.filter(happened_on__year=year) for year in (2026, 2025))
    assert (now.count(), before.count()) == (29, 32), "a fall of 9.4 percent, as the city reports"
    deaths = [sum(row.deaths or 0 for row in rows) for rows in (now, before)]
    assert deaths == [14, 15], "6.7 percent"
    assert now.filter(deaths=None).count() == 1
    assert any(
        actions.closure_ground(firm) for firm in Enterprise.objects.filter(risks__isnull=False).distinct()
    )
    count = Danger.objects.count()
    demo.load()
    assert Danger.objects.count() == count
