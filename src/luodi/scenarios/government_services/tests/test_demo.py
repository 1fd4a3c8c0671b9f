"""The demonstration: a catalogue without a contradiction, cases at every stage, and the figures that the plan asks for."""

from __future__ import annotations

from time import process_time

import pytest

from luodi.scenarios.government_services import demo
from luodi.scenarios.government_services.actions.catalogue import catalogue_faults
from luodi.scenarios.government_services.models import BadReview, BuildFirst, Item, Opening, ServiceCase
from luodi.shapes.cases.chain import first_broken_step
from luodi.shapes.cases.models import Case
from luodi.shapes.registers import demo as registers

pytestmark = pytest.mark.django_db


def test_a_year_of_services(city):
    registers.load()
    began = process_time()
    demo.load()
    assert process_time() - began < 10, "the first start of the demonstration waits for it"
    assert catalogue_faults() == []
    assert {"supplement", "review", "denied", "archived", "rated"} <= set(
        ServiceCase.objects.values_list("state", flat=True)
    )
    assert set(BadReview.objects.values_list("state", flat=True)) == {"bad", "closed"}
    assert set(BuildFirst.objects.values_list("state", flat=True)) == {"building", "accepted"}
    assert not Opening.objects.filter(workdays=None).exists()
    assert all(first_broken_step(case.steps.order_by("number")) is None for case in Case.objects.all())
    count = Item.objects.count()
    demo.load()
    assert Item.objects.count() == count
