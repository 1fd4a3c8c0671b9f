"""The demonstration: three draws that anyone can verify, checks at every stage, one task that waits for commitments."""

from __future__ import annotations

import runpy
from time import process_time

import pytest
from django.utils import timezone

from luodi.scenarios.random_inspections import demo
from luodi.scenarios.random_inspections.actions.pooling import VERIFIER
from luodi.scenarios.random_inspections.due import due_from
from luodi.scenarios.random_inspections.models import Coverage, Seat, SpotCheck, Task
from luodi.scenarios.random_inspections.pages.package import told_of
from luodi.shapes.cases.chain import first_broken_step
from luodi.shapes.registers import demo as registers
from luodi.workbench.inbox import answered

pytestmark = pytest.mark.django_db


def test_draws_of_a_year_verify_and_checks_stand_at_every_stage(city):
    registers.load()
    began = process_time()
    demo.load()
    assert process_time() - began < 10, "the first start of the demonstration waits for it"
    faults = runpy.run_path(str(VERIFIER))["faults"]
    for task in Task.objects.filter(state="drawn"):
        assert faults(told_of(task)) == []
    assert {"closed", "notified", "following"} <= set(SpotCheck.objects.values_list("state", flat=True))
    assert Seat.objects.filter(state="recused").count() == 1
    assert not Coverage.objects.filter(plan__year=2026, drawn_on=None).exists()
    assert SpotCheck.objects.filter(was_late=True).exists()
    assert all(first_broken_step(case.steps.order_by("number")) is None for case in SpotCheck.objects.all())
    waiting = [
        due.what
        for login in ("shichang", "ducha")
        for due in answered(due_from(city[login], timezone.localdate()))
    ]
    assert waiting == ["产生随机数并承诺", "产生随机数并承诺"]
    assert answered(due_from(city["nongye"], timezone.localdate())) == []
    count = SpotCheck.objects.count()
    demo.load()
    assert SpotCheck.objects.count() == count
