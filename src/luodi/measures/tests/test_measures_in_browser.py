"""The pages of step 4 in a real browser, wide and on a phone: nothing spills over, nothing is asked of another host."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.seat import IN_A_BROWSER, WIDTHS

from luodi.measures.models import Value
from luodi.measures.tests.test_measure_pages import bound, invested, plan

__all__ = ["invested", "plan"]  # fixtures

pytestmark = [*IN_A_BROWSER, pytest.mark.urls("luodi.measures.tests.urls")]


@pytest.mark.parametrize("wide", WIDTHS)
def test_the_pages_fit(wide, city, plan, invested, sit):
    _, target = bound(city, plan, invested)
    newest = Value.objects.filter(series=invested, division__code="990100").last()
    statistician = sit(city["tongji"], wide)
    statistician.visit(reverse("measures:measures"), "list")
    statistician.visit(reverse("measures:measure", args=[invested.pk]), "measure")
    statistician.visit(reverse("measures:why", args=[newest.pk]), "why")
    statistician.visit(reverse("measures:line", args=[target.commitment_id]), "line")
