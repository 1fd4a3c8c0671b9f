"""Cases in the inbox: whose turn it is finds the step there, with the earlier of the two clocks; nobody else does."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luodi.kernel.clock import CHINA
from luodi.kernel.identifiers.credit_code import check_of
from luodi.kernel.identifiers.org_code import check_of as inner_check_of
from luodi.kernel.models import Unit
from luodi.scenarios.enterprise_appeals.pages import APPEALS
from luodi.shapes.cases import actions
from luodi.shapes.cases.due import due_from
from luodi.shapes.registers.models import Enterprise

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 9, 14, 12, tzinfo=CHINA)


@pytest.fixture
def case(city):
    body = "91610204" + "MA6TX8Y3" + inner_check_of("MA6TX8Y3")
    firm = Enterprise.objects.create(uscc=body + check_of(body), name="云川岚光电子有限公司")
    return actions.bring(
        None, APPEALS,
        {"title": "缺用地指标", "body": "二期厂房", "category": "land", "firm": firm, "reporter_name": "陈厂长", "reporter_phone": "13800001234"},
        NOON,
    )  # fmt: skip


def kinds_due(person):
    return [
        (due.kind, due.what, due.by.isoformat() if due.by else None) for due in due_from(person, NOON.date())
    ]


def test_each_finds_the_own_turn_only(city, case):
    desk, lead, beside = city["xingzheng"], city["gongxin"], city["caizheng"]
    assert kinds_due(desk) == [("cases.desk", "研判", "2026-09-15")]
    actions.take(desk, case, "triage", {"level": "II", "category": "land"}, NOON)
    actions.take(desk, case, "accept", {}, NOON)
    assert kinds_due(desk) == [("cases.desk", "派单", "2026-09-22")]
    actions.take(
        desk,
        case,
        "dispatch",
        {"lead": Unit.objects.get(key="gongxin"), "co": [Unit.objects.get(key="caizheng")]},
        NOON,
    )
    assert kinds_due(desk) == []
    assert kinds_due(lead)[0][0] == "cases.handle"
    assert kinds_due(beside) == [("cases.join", "反馈会办意见", "2026-09-14")]
    actions.take(lead, case, "contact", {"words": "通话", "channel": "phone"}, NOON)
    actions.take(lead, case, "ask_extension", {"reason": "等批复", "length": 3}, NOON)
    assert ("cases.decide", "审批单位的申请", "2026-09-17") in kinds_due(desk)
    actions.take(beside, case, "co_reply", {"words": "无意见"}, NOON)
    assert kinds_due(beside) == []
    assert kinds_due(city["ducha"]) == kinds_due(city["fagai"]) == []


def test_what_is_due_is_asked_in_two_queries_however_much_it_is(city, case):
    for number in range(12):
        actions.bring(
            None, APPEALS,
            {"title": f"第 {number} 件", "body": "又一件", "category": "labour", "firm": case.firm}, NOON,
        )  # fmt: skip
    person = city["xingzheng"]
    list(person.current_posts)
    with CaptureQueriesContext(connection) as queries:
        assert len(list(due_from(person, NOON.date()))) == 13
    assert len(queries) <= 3
