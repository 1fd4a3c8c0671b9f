"""A village, a clue in it and how it walks: brought by 松陂县, sent by the office, decided by its second person."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from luodi.kernel.clock import CHINA
from luodi.kernel.identifiers import CitizenId
from luodi.kernel.models import Division, Unit
from luodi.scenarios.poverty_watch.actions import households
from luodi.scenarios.poverty_watch.models import Clue, Household, Village
from luodi.scenarios.poverty_watch.pages.kind import CLUES
from luodi.scenarios.poverty_watch.rules.private import Private
from luodi.shapes.cases import actions

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=CHINA)
HEAD, NUMBER, PHONE = "郑念诚", "610204199001010018", "13900001234"
COUNTY, OFFICE, OTHER, THIRD = "songpi", "nongye", "nongye2", "chenglan"
SOUND = {
    "wages_fen": 1_000_000, "business_fen": 200_000, "property_fen": 0, "transfer_fen": 300_000, "spent_fen": 4_000_000,
    "education": True, "medical": False, "housing": True, "water": True, "is_burdened": True, "can_cope": False, "is_in_hardship": False,
}  # fmt: skip
"""15,000 yuan over three people: 5000 by head, under the line, without medical care."""


@pytest.fixture
def village(city):
    return Village.objects.create(
        division=Division.objects.get(code="990121102"), name="石桥村", households=120
    )


@pytest.fixture
def bring(city, village):
    def brought(at=MONDAY, by=COUNTY, **more):
        values = {
            "title": "大病自付费用高", "body": "一户家庭医疗支出大，请核实。", "category": "illness", "channel": "survey", "division": village.division, **more,
        }  # fmt: skip
        return actions.bring(city[by] if by else None, CLUES, values, at)

    return brought


@pytest.fixture
def enrol(city, village):
    def enrolled(clue, by=COUNTY, number=NUMBER, **more) -> Household:
        values = {
            "head_name": Private(HEAD), "citizen_id": CitizenId.parse(number), "phone": Private(PHONE), "village": village, "population": 3,
            "was_poor": True, "has_no_labour": False, "is_in_long_treatment": False, **more,
        }  # fmt: skip
        return households.enrol(city[by], clue, values)

    return enrolled


@pytest.fixture
def go(city):
    """Each step: (login, move, values, days after Monday)."""

    def gone(clue, *steps) -> Clue:
        for login, move, values, days in steps:
            clue = actions.take(
                city[login] if login else None, clue, move, values, MONDAY + timedelta(days=days)
            )
        return clue

    return gone


@pytest.fixture
def sent(bring, go):
    """Brought on Monday and sent to the county."""
    return lambda **more: go(bring(**more), (OFFICE, "send", {"lead": Unit.objects.get(key=COUNTY)}, 0))


WALK = (
    (COUNTY, "visit", {"visitors": "镇、村干部各一人", "words": "家庭医疗支出大"}, 1),
    (COUNTY, "authorise", {"signed_on": date(2026, 3, 3)}, 2),
    (COUNTY, "match", {"words": "与医保、民政数据比对一致"}, 3),
    (COUNTY, "meet", {"attended": 21, "agreed": 20}, 4),
    (COUNTY, "post", {"place": "村务公开栏"}, 5),
    (COUNTY, "town", {"objections": "no"}, 11),
    (OTHER, "approve", {"basis": "符合三类对象条件"}, 12),
)


@pytest.fixture
def listed(city, sent, enrol, go):
    """A household that went all nine steps and is on the list since 14 March."""

    def made(**more) -> Household:
        clue = sent()
        household = enrol(clue, **more)
        households.assess(city[COUNTY], household, {**SOUND, "kind": "unstable"}, date(2026, 3, 4))
        go(clue, *WALK)
        household.refresh_from_db()
        return household

    return made
