"""The indicators, counted from cases that were really worked."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from luodi.engines import engine
from luodi.kernel.models import Division
from luodi.measures.counting import counted
from luodi.scenarios.city_management import actions
from luodi.scenarios.city_management.measures import MEASURES
from luodi.scenarios.city_management.tests.conftest import MONDAY
from luodi.scenarios.city_management.tests.test_road import go, mended, reported, sent

pytestmark = pytest.mark.django_db
BY_KEY = {measure.key: measure for measure in MEASURES}


def september(key):
    """The city's number for September 2026."""
    city = Division.objects.get(code="990100").pk
    parents = dict(Division.objects.values_list("pk", "parent_id"))
    with engine() as counting:
        found = counted(BY_KEY[key], counting, parents, date(2026, 9, 30))
    last = [each for each in found if each.division == city and each.period.month in {7, 9}]
    return last[-1].value if last else None


def test_rates_of_a_month(city, ground, collector):
    case = mended(city, sent(city, collector))
    go(
        case,
        (collector, "pass_check", {"words": "好"}, 240),
        (city["chengguan2"], "close", {"outcome": "fixed"}, 250),
    )
    mended(city, sent(city, collector), minutes=60 * 24)  # answered the next day
    sent(city, collector)  # never handled
    reported(None, channel="public")
    assert september("city_handled_in_time") == 50, "before the night's run the third is not known to be late"
    assert actions.mark_overdue(None, MONDAY + timedelta(days=1)) == 1
    assert september("city_handled_in_time") == Decimal("33.33")
    assert september("city_closed") == Decimal("33.33")
    assert september("city_closed_in_time") == Decimal("33.33")
    assert september("city_reworked") == 0
    assert september("city_filed") == 3
    assert september("city_by_public") == 25
    assert september("city_hours") == Decimal("12.5"), "two hours and twenty-three"
    assert september("city_components_sound") is None, "no component was ever registered"


def test_the_target_of_the_plan_finds_its_measure():
    from luodi.reading.likeness import likeness, normal

    assert likeness(normal("城管案件按期处置率"), normal(BY_KEY["city_handled_in_time"].title)) == 1
