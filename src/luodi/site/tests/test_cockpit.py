"""总览: counts that agree with the ledger, in few questions, on a desk and on a wall."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from luodi.commitments import actions, intake
from luodi.commitments.models import Commitment, Document
from luodi.kernel.jobs import Progress

pytestmark = pytest.mark.django_db
PLAN = "云川市2026年政府工作计划\n一、抓好项目\n（一）用项目说话。实施技术改造项目45个。建成澄岚大桥。\n二、办好实事\n（一）停车。新增停车位6000个以上。\n"


@pytest.fixture
def plan(city) -> Document:
    officer = city["ducha"]
    document, _ = intake.deliver_text(officer, PLAN)
    intake.read_document(Progress(document.job), officer, document.pk)
    document = Document.objects.get(pk=document.pk)
    for line in document.commitments.all():
        actions.assign(officer, line, ["市住建局"])
        actions.confirm(officer, line)
    actions.issue(officer, document)
    return document


def test_the_counts_are_those_of_the_ledger(client, city, plan):
    late = plan.commitments.get(text__contains="大桥")
    Commitment.objects.filter(pk=late.pk).update(deadline=timezone.localdate() - timedelta(days=1))
    Commitment.objects.filter(text__contains="停车").update(state=Commitment.State.CLOSED)
    client.force_login(city["changwu"])
    lines = client.get("/overview/").context["lines"]
    assert (lines.total, lines.closed, lines.late) == (3, 1, 1)
    assert [(part.title, part.total, part.done, part.late) for part in lines.parts] == [
        ("一、抓好项目", 2, 0, 1), ("二、办好实事", 1, 1, 0),
    ]  # fmt: skip
    assert lines.parts[0].shares == (0, 50, 50)


def test_it_asks_at_most_twelve_questions(client, city, plan, django_assert_max_num_queries):
    client.force_login(city["ducha"])
    client.get("/overview/")
    with django_assert_max_num_queries(14):
        assert client.get("/overview/?wall=1").status_code == 200


def test_without_a_plan_it_says_what_to_do(client, city):
    client.force_login(city["ducha"])
    page = client.get("/overview/").content.decode()
    assert "先在“读报告”里放进今年的计划" in page


def test_the_front_door_leads_staff_to_it(client, city):
    client.force_login(city["changwu"])
    assert client.get("/").url == "/overview/"


def test_a_part_without_reports_has_no_silent_unit():
    from luodi.site.cockpit import Part, _hear

    part = Part("一", 0)
    _hear(part, "市住建局", None, date(2026, 11, 1))
    assert part.silent_days is None
