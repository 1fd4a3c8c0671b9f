"""The rhythm in the browser's eyes: pages in few questions, a ballot from the phone to the result."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from luodi.dispatch import actions
from luodi.dispatch.models import Ballot, Judge, Resolution, Visit
from luodi.kernel.models import Division

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/dispatch/", "/dispatch/starts/", "/dispatch/leaders/{leader}/"])
def test_pages_ask_few_questions(client, city, plan_line, project, address, django_assert_max_num_queries):
    client.force_login(city["ducha"])
    client.get("/dispatch/")
    with django_assert_max_num_queries(24):
        page = client.get(address.format(leader=city["chengjian"].pk))
    assert page.status_code == 200


def test_an_item_is_settled_on_the_page(client, city, plan_line):
    client.force_login(city["ducha"])
    page = client.get("/dispatch/").content.decode()
    assert "程更新" in page and plan_line.text in page
    key = f"line:{plan_line.pk}:line"
    assert key in page
    unit = plan_line.lead.unit_id
    client.post("/dispatch/settle", {"key": key, "owner": unit, "due_on": "2099-01-01", "words": "限期建成"})
    row = Resolution.objects.get()
    assert row.leader == city["chengjian"] and row.line == plan_line
    assert row.get_absolute_url() in client.get("/dispatch/").content.decode()


def test_what_was_mended_meanwhile_is_not_settled(client, city, plan_line):
    client.force_login(city["ducha"])
    sent = {"key": "line:999:line", "owner": plan_line.lead.unit_id, "due_on": "2099-01-01", "words": "限期"}
    answer = client.post("/dispatch/settle", sent, headers={"accept": "application/json"})
    assert answer.status_code == 422 and "已经消除" in answer.content.decode()


def test_an_order_is_sent_from_the_item(client, city, plan_line):
    client.force_login(city["ducha"])
    sent = {"key": f"line:{plan_line.pk}:line", "level": "orange"}
    answer = client.post("/dispatch/order", sent)
    order = plan_line.orders.get()
    assert answer.url == order.get_absolute_url()
    assert (order.level, order.lead.key) == ("orange", "zhujian")


@pytest.fixture
def visit(city, project) -> Visit:
    home = Division.objects.get(code="990102")
    judges = [Judge(person=city[login]) for login in ("changwu", "gongye", "sannong", "minsheng")]
    judges.append(Judge(person=city["chenglan"], division=home))
    made = actions.plan_visit(city["ducha"], "四季度观摩", date(2026, 10, 1), [project], judges)
    return actions.open_visit(city["ducha"], made)


def test_a_judge_scores_on_a_phone_and_nobody_reads_it(client, city, visit):
    stop = visit.stops.get()
    client.force_login(city["changwu"])
    assert "密封交票" in client.get(f"/dispatch/stops/{stop.pk}/").content.decode()
    client.post(
        f"/dispatch/stops/{stop.pk}/score", {"progress": 25, "quality": 26, "service": 17, "site": 18}
    )
    ballot = Ballot.objects.get()
    assert ballot.scores is None and len(ballot.seal) == 64
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select sealed from dispatch_ballot")
        assert "scores" not in cursor.fetchone()[0]
    client.force_login(city["ducha"])
    page = client.get(visit.get_absolute_url())
    assert page.context["results"] == [] and "得分" not in page.content.decode()


def test_the_own_division_is_not_scored(client, city, visit):
    stop = visit.stops.get()
    client.force_login(city["chenglan"])
    assert client.get(f"/dispatch/stops/{stop.pk}/").status_code == 404


def test_the_visit_is_opened_at_once_with_its_arithmetic(client, city, visit):
    stop = visit.stops.get()
    for login, points in (("changwu", 25), ("gongye", 20), ("sannong", 15), ("minsheng", 10)):
        actions.score(city[login], stop, {"progress": points, "quality": 20, "service": 10, "site": 10})
    client.force_login(city["ducha"])
    client.post(f"/dispatch/visits/{visit.pk}/close")
    page = client.get(visit.get_absolute_url()).content.decode()
    assert "去掉 50、65，（55 + 60）÷ 2 = 57.50" in page
    assert client.get(f"{visit.get_absolute_url()}?form=pdf").content.startswith(b"%PDF")


def test_a_changed_ballot_stops_the_opening(client, city, visit):
    stop = visit.stops.get()
    actions.score(city["changwu"], stop, {"progress": 25, "quality": 20, "service": 10, "site": 10})
    ballot = Ballot.objects.get()
    ballot.sealed = ballot.sealed.replace("25", "30")
    ballot.save()
    client.force_login(city["ducha"])
    answer = client.post(f"/dispatch/visits/{visit.pk}/close", headers={"accept": "application/json"})
    assert answer.status_code == 422 and "封签不符" in answer.content.decode()


def test_the_bulletin_is_drafted_from_facts(client, city, plan_line):
    client.force_login(city["ducha"])
    today = timezone.localdate()
    page = client.get(f"/dispatch/bulletin/?month={today:%Y-%m}").content.decode()
    assert "全年任务 1 项" in page and "超过时限尚未销号 1 项" in page
    assert client.get(f"/dispatch/bulletin/?month={today:%Y-%m}&form=docx").content.startswith(b"PK")


def test_meetings_leave_as_a_calendar(client, city):
    actions.call_meeting(
        city["ducha"], "weekly", timezone.make_aware(timezone.datetime(2026, 12, 1, 20, 0)), "一会议室"
    )
    client.force_login(city["fagai"])
    feed = client.get("/dispatch/meetings.ics").content.decode()
    assert "DTSTART:20261201T120000Z" in feed and "SUMMARY:周调度" in feed and "LOCATION:一会议室" in feed
