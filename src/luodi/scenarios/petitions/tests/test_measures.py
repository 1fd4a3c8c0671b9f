"""The indicators, counted by the engine of measures from petitions that went their way."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from luodi.engines import engine
from luodi.kernel.models import Division, Unit
from luodi.measures.counting import counted
from luodi.scenarios.petitions.measures import MEASURES
from luodi.scenarios.petitions.models import Backlog

pytestmark = pytest.mark.django_db
BY_KEY = {measure.key: measure for measure in MEASURES}


def in_year(key, until=date(2026, 9, 30)):
    """The city's number of the year up to a month."""
    parents = dict(Division.objects.values_list("pk", "parent_id"))
    city = Division.objects.get(code="990100").pk
    with engine() as counting:
        found = counted(BY_KEY[key], counting, parents, until)
    return next(each for each in found if each.division == city and each.period == until.replace(day=1))


def test_rates_of_four_petitions(replied, handling, bring, go):
    executed = ("zhujian", "executed", {"words": "已办"}, 44)
    go(replied(), executed, ("", "rate", {"score": 5, "resolved": True}, 45), ("xinfang", "close", {}, 80))
    reviewed = go(
        replied(), executed, ("xinfang", "ask_review", {"reason": "不服"}, 50), ("xinfang", "send_review", {"lead": Unit.objects.get(key="zhengfuban")}, 51),
        ("zhengwu", "review", {"finding": "maintained", "reply": "维持", "basis": "三十五条"}, 60), ("xinfang", "serve", {"served_on": date(2026, 5, 2), "service": "post"}, 61),
        ("", "rate", {"score": 2, "resolved": False}, 62), ("xinfang", "close_reviewed", {}, 95),
    )  # fmt: skip
    late = go(
        handling(),
        (
            "zhujian",
            "reply",
            {"outcome": "explained", "facts": "属实", "reply": "说明", "basis": "十四条"},
            75,
        ),
    )
    go(bring(), ("xinfang", "classify", {"stream": "claim", "nature": "repeat", "same_as": late.number}, 20),
       ("xinfang", "not_accept", {"refusal": "in_process", "reason": "正在办理", "basis": "十九条"}, 21))  # fmt: skip
    assert reviewed.finding == "maintained"
    values = {key: in_year(key).value for key in BY_KEY if key.startswith("petition")}
    assert values == {
        "petitions_received": 4, "petitions_decided_in_time": 75, "petitions_answered_in_time": Decimal("66.67"), "petitions_repeated": 25,
        "petitions_settled_once": 50, "petitions_first_settled": 50, "petitions_satisfied": 50, "petitions_rated": 100, "petition_reviews_maintained": 100,
    }  # fmt: skip


def test_old_cases_count_when_they_are_struck_off(city):

    division, unit = Division.objects.get(code="990102"), Unit.objects.get(key="zhujian")
    for number in range(4):
        closed = date(2026, 8, 3) if number < 3 else None
        Backlog.objects.create(
            number=str(number), title="积案", category="land", origin="own", division=division, unit=unit, assigned_on=date(2026, 1, 5), state="closed" if closed else "open",
            way="executed" if closed else "", settled_on=closed and date(2026, 4, 1), verified_on=closed and date(2026, 8, 1), closed_on=closed,
        )  # fmt: skip
    assert in_year("backlogs_closed").value == 3
    assert in_year("backlogs_closed_share").value == 75
