"""A petition in the demonstration city, and how one walks it on."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from luodi.kernel.clock import CHINA
from luodi.kernel.models import Division, Unit
from luodi.scenarios.petitions.pages.kind import PETITIONS
from luodi.shapes.cases import actions

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=CHINA)
ANSWER = {
    "outcome": "supported",
    "facts": "查阅档案，情况属实。",
    "reply": "月底前办理。",
    "basis": "《不动产登记暂行条例》第十四条",
}


@pytest.fixture
def bring(city):
    def brought(at=MONDAY, by="xinfang", **more):
        values = {
            "title": "小区房产证迟迟办不下来", "body": "2019 年入住，至今没有产权证。", "category": "building", "stream": "claim", "channel": "letter",
            "division": Division.objects.get(code="990102"), "reporter_name": "郑念诚", "reporter_phone": "13900001234", **more,
        }  # fmt: skip
        return actions.bring(city[by] if by else None, PETITIONS, values, at)

    return brought


@pytest.fixture
def go(city):
    """Each step: (login or "" for the public, move, values, days after Monday)."""

    def gone(case, *steps):
        for login, move, values, days in steps:
            at = MONDAY + timedelta(days=days)
            case = actions.take(city[login] if login else None, case, move, values, at)
        return case

    return gone


@pytest.fixture
def handling(bring, go):
    """Sorted, sent to the housing bureau and accepted on the tenth day."""

    def taken(**more):
        return go(
            bring(**more),
            ("xinfang", "classify", {"stream": more.get("stream", "claim"), "nature": "first"}, 1),
            ("xinfang", "transfer", {"lead": Unit.objects.get(key="zhujian"), "manner": "assigned"}, 3),
            ("zhujian", "accept", {}, 10),
        )

    return taken


@pytest.fixture
def replied(handling, go):
    def answered(served=42, **more):
        on = (MONDAY + timedelta(days=served)).date()
        case = go(
            handling(**more),
            ("zhujian", "reply", {**ANSWER, **{key: more[key] for key in ("outcome",) if key in more}}, 40),
        )
        return go(case, ("zhujian", "serve", {"served_on": on, "service": "direct"}, served))

    return answered
