"""The indicators of the plan, counted from dangers really worked and accidents really entered."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from luodi.engines import engine
from luodi.kernel.models import Division
from luodi.measures.counting import counted
from luodi.reading.likeness import likeness, normal
from luodi.scenarios.work_safety import actions
from luodi.scenarios.work_safety.measures import MEASURES
from luodi.scenarios.work_safety.models import Accident, YearBase
from luodi.scenarios.work_safety.tests.conftest import MONDAY
from luodi.scenarios.work_safety.tests.test_road import PLAN, general, go, listed, mended, risk

pytestmark = pytest.mark.django_db
BY_KEY = {measure.key: measure for measure in MEASURES}


def city_value(key, until=date(2026, 11, 30), period=None):
    """The city's newest number until a day, or that of a period."""
    top = Division.objects.get(code="990100").pk
    parents = dict(Division.objects.values_list("pk", "parent_id"))
    with engine() as counting:
        found = counted(BY_KEY[key], counting, parents, until)
    own = [each for each in found if each.division == top and (period is None or each.period == period)]
    return own[-1].value if own else None


def test_major_dangers_mended_over_those_that_fell_due(city, mine, workshop):
    danger = go(
        listed(city, mine),
        (city["yingji"], "announce", {"words": "网站"}, 2),
        (city["fagai"], "plan_major", PLAN, 5),
    )
    danger = go(
        mended(city, danger, 40),
        (city["yingji"], "accept_pass", {"experts": "专家", "words": "合格"}, 45),
        (city["yingji"], "strike_off", {"notice": "公告"}, 46),
    )
    assert city_value("danger_major_mended") == 100
    listed(city, mine)  # due on 2026-11-13, never mended
    assert city_value("danger_major_mended") == 100, "it still has time"
    assert actions.mark_overdue(None, MONDAY + timedelta(days=61)) == 1
    assert city_value("danger_major_mended") == 50
    assert city_value("danger_struck_off") == 50
    go(
        mended(city, general(city, workshop), 3, "baidushi"),
        (city["yingji"], "recheck_pass", {"words": "合格"}, 4),
    )
    assert city_value("danger_mended") == Decimal("66.67")
    assert city_value("danger_days") == Decimal("21.0"), "thirty-nine days since the listing, and three"
    assert city_value("danger_found") == 3


def accident(city, number, on, **more):
    values = {
        "number": number,
        "name": number,
        "division": Division.objects.get(code="990181"),
        "sector": "coal",
        "happened_on": on,
        **more,
    }
    return actions.keep_accident(city["yingji"], Accident(), values, date(2026, 11, 20))


def test_unknown_deaths_are_counted_as_unknown(city):
    accident(city, "A", date(2026, 3, 1), deaths=2)
    accident(city, "B", date(2026, 5, 1), deaths=0)
    accident(city, "C", date(2026, 10, 1), deaths=None)
    assert city_value("accident_count") == 3
    assert city_value("accident_deaths") == 2
    assert city_value("accident_unknown") == 1


def test_deaths_over_gdp_and_over_coal(city):
    accident(city, "A", date(2025, 3, 1), deaths=3)
    top = Division.objects.get(code="990100")
    actions.keep_base(
        city["tongji"],
        YearBase(),
        {
            "division": top,
            "ended_on": date(2025, 12, 31),
            "gdp_yi": Decimal("1200"),
            "coal_wan_t": Decimal("600"),
        },
    )
    year = date(2025, 1, 1)
    assert city_value("accident_by_gdp", period=year) == Decimal("0.0025")
    assert city_value("accident_by_coal", period=year) == Decimal("0.500"), (
        "three deaths over six million tonnes"
    )


def test_checks_made_in_time(city, mine):
    row = risk(city, mine, likely=Decimal(1))
    actions.record_check(city["yingji"], row, {"is_sound": True, "by_name": "甲"}, date(2026, 9, 8))
    assert city_value("risk_checked") == 100
    assert actions.note_missed(None, date(2026, 9, 20)) == 1
    assert city_value("risk_checked") == 50


@pytest.mark.parametrize("promised", ["重大事故隐患整改率", "生产安全事故起数", "死亡人数"])
def test_the_targets_of_the_plan_find_their_measures(promised):
    assert max(likeness(normal(promised), normal(measure.title)) for measure in MEASURES) == 1
