"""The indicators, counted by the engine of measures from appeals that were really worked and policies really paid."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from luodi.engines import engine
from luodi.kernel.clock import CHINA
from luodi.kernel.models import Division, Unit
from luodi.measures.counting import counted
from luodi.scenarios.enterprise_appeals.actions import match_clause, step
from luodi.scenarios.enterprise_appeals.measures import MEASURES
from luodi.scenarios.enterprise_appeals.models import Clause, Match, Policy
from luodi.scenarios.enterprise_appeals.pages import APPEALS
from luodi.shapes.cases import actions

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 9, 14, 9, 30, tzinfo=CHINA)
BY_KEY = {measure.key: measure for measure in MEASURES}


def september(key):
    """The city's number for September 2026."""
    city = Division.objects.get(code="990100").pk
    return next(each for each in every(key) if each.division == city and each.period == date(2026, 9, 1))


def every(key):
    """All numbers up to September, of every division and month."""
    parents = dict(Division.objects.values_list("pk", "parent_id"))
    with engine() as counting:
        return counted(BY_KEY[key], counting, parents, date(2026, 9, 30))


def serve(city, firm, outcome, score, days):
    """One appeal from the first word to the end, answered after so many days."""
    case = actions.bring(
        None, APPEALS, {"title": "缺用地指标", "body": "二期厂房", "category": "land", "firm": firm, "division": firm.division}, MONDAY
    )  # fmt: skip
    desk, lead = city["xingzheng"], city["gongxin"]
    for by, move, values, day in (
        (desk, "triage", {"level": "II", "category": "land"}, 0),
        (desk, "accept", {}, 0),
        (desk, "dispatch", {"lead": Unit.objects.get(key="gongxin")}, 0),
        (lead, "contact", {"words": "通话", "channel": "phone"}, 0),
        (lead, "reply", {"outcome": outcome, "reply": "已办"}, days),
        (
            desk,
            "call_back",
            {"channel": "phone", "reached": True, "resolved": outcome == "solved", "score": score},
            days,
        ),
        (desk, "close", {}, days),
    ):
        case = actions.take(by, case, move, values, MONDAY + timedelta(days=day))


def test_solved_in_time_and_satisfied_are_three_things(city, firm):
    serve(city, firm, "solved", 5, 2)
    serve(city, firm, "explained", 3, 4)
    serve(city, firm, "solved", 4, 12)  # due on the 22nd, answered on the 26th
    assert september("appeals_received").value == 3
    assert september("appeals_in_time").value == Decimal("66.67")
    assert september("appeals_solved").value == Decimal("66.67")
    assert september("appeals_satisfied").value == 100
    assert every("appeals_hung") == [], "before the first record nothing is known"


def test_nothing_closed_gives_no_rate(city, firm):
    actions.bring(
        None,
        APPEALS,
        {"title": "缺", "body": "二期", "category": "land", "firm": firm, "division": firm.division},
        MONDAY,
    )
    solved = [each for each in every("appeals_solved") if each.value is not None]
    assert solved == []


def test_money_paid_over_money_granted(city, firm):
    policy = Policy.objects.create(
        doc_no="1号", title="措施", issuer=Unit.objects.get(key="gongxin"), issued_on=date(2026, 9, 1)
    )
    clause = Clause.objects.create(
        policy=policy, code="C1", title="奖励", track="no_application", formula={"fixed_fen": 20_000_000},
        conditions=[{"fact": "scale", "sign": "is", "value": "small", "title": "规模"}],
    )  # fmt: skip
    match_clause(city["gongxin"], clause, date(2026, 9, 2))
    match = Match.objects.get()
    assert september("policy_missed").value == 1
    for to in ("notified", "confirmed", "public_notice", "approved"):
        match = step(city["gongxin"], match, to, on=date(2026, 9, 3))
    step(city["gongxin"], match, "paid", {"paid_fen": 5_000_000}, date(2026, 9, 4))
    assert september("policy_paid").value == 25
    assert september("policy_direct").value == 100
    assert every("policy_missed") == []
