"""The indicators with known numbers, from checks that were really drawn and published."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from luodi.engines import engine
from luodi.kernel.clock import CHINA
from luodi.kernel.models import Division
from luodi.measures.counting import counted
from luodi.scenarios.random_inspections.measures import MEASURES
from luodi.scenarios.random_inspections.models import Coverage, SpotCheck
from luodi.scenarios.random_inspections.pages.kinds import CHECKS
from luodi.scenarios.random_inspections.tests.conftest import make_task
from luodi.scenarios.random_inspections.tests.draws import MONDAY, drawn
from luodi.scenarios.random_inspections.tests.test_road import take, visited
from luodi.shapes.cases import actions as cases

pytestmark = pytest.mark.django_db

BY_KEY = {measure.key: measure for measure in MEASURES}


def of_the_city(key, month):
    city = Division.objects.get(code="990100").pk
    parents = dict(Division.objects.values_list("pk", "parent_id"))
    with engine() as counting:
        found = counted(BY_KEY[key], counting, parents, date(2026, 10, 31))
    return next((each for each in found if each.division == city and each.period == month), None)


@pytest.fixture
def year(task, libraries, second):
    """18 firms drawn jointly in September; 4 published, one of them late and one with a problem; one not joint task."""
    for division in Division.objects.filter(code__in=("990100", "990102", "990103", "990121")):
        Coverage.objects.create(plan=task.plan, division=division, planned_on=date(2026, 1, 20))
    task = drawn(libraries, task)
    rows = list(SpotCheck.objects.filter(task=task, level="D")[:4])
    for number, row in enumerate(rows):
        found = (
            {"SC-01": ("5", "未公示"), "ST-01": ("1", "")}
            if number == 0
            else {"SC-01": ("1", ""), "ST-01": ("1", "")}
        )
        check = visited(libraries, second, row, found)
        at = datetime(2026, 10, 30 if number == 1 else 9, 10, tzinfo=CHINA)
        take(libraries["shichang"], check, "publish", at)
    drawn(
        libraries, make_task("RW-S", items=("SC-01",), partners=(), ratio_d=100), MONDAY + timedelta(days=14)
    )
    again = SpotCheck.objects.filter(task=task, level="B").first().firm
    lead = cases.bring(
        libraries["shichang"], CHECKS,
        {
            "title": "举报核查", "body": "举报", "category": "site", "firm": again, "division": again.division,
            "channel": "complaint", "lead_number": "T-1",
        },
        datetime(2026, 10, 12, 10, tzinfo=CHINA),
    )  # fmt: skip
    cases.take(
        libraries["shichang"], lead, "assign", {"lead": task.lead, "items": ["SC-01"]}, lead.received_at
    )
    return task


KNOWN = {
    ("inspections_covered", date(2026, 9, 1)): "75.00",  # 3 of 4 divisions of the plan
    ("inspections_joint", date(2026, 9, 1)): "50.00",  # 1 of 2 tasks
    ("inspections_in_time", date(2026, 10, 1)): "75.00",  # 3 of 4 published
    ("inspections_found_d", date(2026, 10, 1)): "25.00",
    ("inspections_unplanned", date(2026, 10, 1)): "1",
    ("inspections_beyond_cap", date(2026, 10, 1)): "1",
    ("inspections_recused", date(2026, 9, 1)): "0.00",
}


def test_known_numbers(year):
    told = {(key, month): of_the_city(key, month).value for key, month in KNOWN}
    assert told == {where: Decimal(value) for where, value in KNOWN.items()}
    found = of_the_city("inspections_done", date(2026, 9, 1))
    assert (found.numerator, found.denominator) == (4, SpotCheck.objects.exclude(task=None).count())
    nothing = of_the_city("inspections_found_a", date(2026, 10, 1))
    assert nothing is None or nothing.value is None, "a share of nothing is unknown"
