"""The demonstration has appeals in every stage, and every one of them keeps the rules."""

from __future__ import annotations

import pytest

from luodi.scenarios.enterprise_appeals import demo
from luodi.scenarios.enterprise_appeals.models import Appeal, Match
from luodi.shapes.cases.chain import first_broken_step
from luodi.shapes.registers import demo as registers

pytestmark = pytest.mark.django_db


def test_a_year_of_appeals_and_a_policy_paid_out(city):
    registers.load()
    demo.load()
    assert Appeal.objects.count() == demo.APPEALS_A_YEAR
    assert {"closed", "in_work"} < set(Appeal.objects.values_list("state", flat=True))
    assert set(Appeal.objects.filter(state="closed").values_list("was_late", flat=True)) <= {True, False}
    assert all(first_broken_step(case.steps.order_by("number")) is None for case in Appeal.objects.all())
    assert Match.objects.filter(state="paid").exists()
    demo.load()
    assert Appeal.objects.count() == demo.APPEALS_A_YEAR
