"""A deputy's suggestion handed out to the housing bureau."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from luodi.kernel.clock import CHINA
from luodi.kernel.models import Unit
from luodi.scenarios.proposals.pages.kind import PROPOSALS
from luodi.shapes.cases import actions

START = datetime(2026, 2, 9, 10, 0, tzinfo=CHINA)


@pytest.fixture
def bring(city):
    def brought(by="yian", **more):
        values = {
            "title": "增建停车楼的建议", "body": "停车难。", "category": "city", "body_of": "deputies", "session": "六届一次会议",
            "makers": "言如山", **more,
        }  # fmt: skip
        return actions.bring(city[by], PROPOSALS, values, START)

    return brought


@pytest.fixture
def go(city):
    def gone(case, *steps):
        for login, move, values, days in steps:
            case = actions.take(city[login], case, move, values, START + timedelta(days=days))
        return case

    return gone


@pytest.fixture
def handling(bring, go):
    def taken(level="normal"):
        lead = Unit.objects.get(key="zhujian")
        return go(bring(), ("yian", "assign", {"lead": lead, "level": level}, 0), ("zhujian", "sign", {}, 2))

    return taken
