"""The demonstration has firms in every grade, a run sealed after an objection, and one under notice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Sum

from luodi.assessment.keeping import recomputed
from luodi.assessment.models import Objection, Run
from luodi.kernel.rulesets import ruleset_by_id
from luodi.kernel.rulesets.seeds import load_seeds
from luodi.scenarios.land_productivity import demo
from luodi.scenarios.land_productivity.models import LowUseLand, Outcome, YearRecord

pytestmark = pytest.mark.django_db


def test_two_years_of_land(city):
    load_seeds()
    demo.load()
    assert set(Outcome.objects.values_list("grade", flat=True)) == set("ABCD")
    assert Outcome.objects.filter(d_years=2, surcharge_li=100).exists()
    sealed = Run.objects.get(code="land_large", period=date(2025, 1, 1), state="published")
    assert sealed.corrects is not None and sealed.version == 2
    assert all(recomputed(run, ruleset_by_id(run.ruleset_id)) == [] for run in Run.objects.all())
    assert Run.objects.get(code="land_small", period=date(2025, 1, 1)).state == "notice"
    assert Objection.objects.filter(state="open").count() == 1
    disposed = LowUseLand.objects.filter(accepted_on__year=2026).aggregate(mu=Sum("disposed_mu"))["mu"]
    assert disposed > Decimal(1000)
    assert not YearRecord.objects.filter(scale="large", year=2025, graded_on=None).exists()
    before = Outcome.objects.count()
    demo.load()
    assert Outcome.objects.count() == before
