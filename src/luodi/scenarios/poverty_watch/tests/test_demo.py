"""The demonstration: a list mostly cleared, clues in every place of the road, funds; loading twice changes nothing."""

from __future__ import annotations

import time

import pytest

from luodi.scenarios.poverty_watch import demo
from luodi.scenarios.poverty_watch.models import Clue, Fund, Household
from luodi.shapes.cases.chain import first_broken_step

pytestmark = pytest.mark.django_db


def test_a_list_clues_and_funds(city):
    began = time.process_time()
    demo.load()
    seconds = time.process_time() - began
    assert Household.objects.filter(state="cleared").count() == demo.CLEARED
    assert {"listed", "rejected", "visited", "met"} & set(Clue.objects.values_list("state", flat=True)) >= {
        "listed",
        "rejected",
    }
    assert all(first_broken_step(each.steps.order_by("number")) is None for each in Clue.objects.all())
    assert sum(Fund.objects.values_list("allotted_fen", flat=True)) == demo.FUNDS_FEN
    counts = [model.objects.count() for model in (Clue, Household, Fund)]
    demo.load()
    assert counts == [model.objects.count() for model in (Clue, Household, Fund)]
    assert seconds < 6, "of this process; two on a quiet machine"
