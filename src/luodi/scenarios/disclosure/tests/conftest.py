"""An application at the window of the government's office, and how one walks it on."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from luodi.kernel.clock import CHINA
from luodi.scenarios.disclosure.pages.kind import APPLICATIONS
from luodi.shapes.cases import actions

MONDAY = datetime(2026, 9, 14, 10, 0, tzinfo=CHINA)
ANSWER = {"outcome": "disclosed", "reply": "随本答复提供。", "basis": "条例第三十六条第二项"}


@pytest.fixture
def bring(city):
    def brought(by="zhengwu", at=MONDAY, **more):
        values = {
            "title": "停车楼环评批复", "body": "申请公开停车楼环评批复。", "category": "project", "channel": "visit",
            "reporter_name": "郑念诚", "reporter_phone": "13900001234", **more,
        }  # fmt: skip
        return actions.bring(city[by] if by else None, APPLICATIONS, values, at)

    return brought


@pytest.fixture
def go(city):
    def gone(case, *steps):
        for login, move, values, days in steps:
            at = MONDAY + timedelta(days=days, hours=1)
            case = actions.take(city[login] if login else None, case, move, values, at)
        return case

    return gone
