"""The demonstration has deals in every state, is loaded once, and contradicts none of its own rules."""

from __future__ import annotations

from time import process_time

import pytest

from luodi.scenarios.investment_promotion import demo
from luodi.scenarios.investment_promotion.models import Arrival, Chain, Deal
from luodi.scenarios.investment_promotion.rules import documents
from luodi.scenarios.investment_promotion.rules.life import ROAD

pytestmark = pytest.mark.django_db


def test_the_year_is_whole_and_loaded_once(year):
    states = set(Deal.objects.values_list("state", flat=True))
    assert states >= {*ROAD[:-1], "dispute", "out"}
    before = (Deal.objects.count(), Arrival.objects.count(), Chain.objects.count())
    demo.load()
    assert (Deal.objects.count(), Arrival.objects.count(), Chain.objects.count()) == before
    assert before[0] > 120


def test_it_keeps_its_own_rules(year):
    for deal in Deal.objects.select_related("enterprise"):
        assert documents.contradictions(deal) == [], deal
        deal.full_clean()
    for row in Arrival.objects.select_related("deal"):
        assert documents.arrival_contradictions(row) == [], row


def test_it_is_quick(day):
    from luodi.shapes.registers import demo as registers

    registers.load()
    began = process_time()
    demo.load()
    assert process_time() - began < 2
