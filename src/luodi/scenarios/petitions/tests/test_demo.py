"""The demonstration: a year of petitions in every state, sound histories, an old list mostly settled; loading twice changes nothing."""

from __future__ import annotations

import time

import pytest

from luodi.scenarios.petitions import demo
from luodi.scenarios.petitions.models import Backlog, Petition, Sitting
from luodi.shapes.cases.chain import first_broken_step

pytestmark = pytest.mark.django_db


def test_a_year_of_petitions_and_the_ledger_of_old_cases(city):
    began = time.process_time()
    demo.load()
    seconds = time.process_time() - began
    states = set(Petition.objects.values_list("state", flat=True))
    assert {"handling", "replied", "closed", "handed_over", "guided", "not_accepted", "transferred"} <= states
    assert all(first_broken_step(each.steps.order_by("number")) is None for each in Petition.objects.all())
    assert Backlog.objects.filter(state="closed").count() == demo.CLOSED
    assert set(Backlog.objects.values_list("state", flat=True)) == {"open", "agreed", "verified", "closed"}
    assert Sitting.objects.filter(state="held").exists()
    counts = [model.objects.count() for model in (Petition, Backlog, Sitting)]
    demo.load()
    assert counts == [model.objects.count() for model in (Petition, Backlog, Sitting)]
    assert seconds < 6, "of this process; two on a quiet machine"
