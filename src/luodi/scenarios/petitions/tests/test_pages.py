"""The pages: registered by phone, worked by the bureau and the unit, asked and appealed from outside, papers, the overview."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luodi.kernel import evidence
from luodi.kernel.models import AuditEntry
from luodi.scenarios.petitions import demo
from luodi.scenarios.petitions.models import Backlog, Petition, Sitting
from luodi.scenarios.petitions.pages import DESKS

pytestmark = pytest.mark.django_db

TYPED = {
    "category": "building", "stream": "claim", "division": "澄岚区", "title": "房产证迟迟办不下来", "body": "2019 年入住，至今没有产权证。",
    "reporter_name": "郑念诚", "reporter_phone": "13900001234", "lon": "104.061234", "lat": "30.661234",
}  # fmt: skip


def take(client, case, move, **values):
    return client.post(f"/cases/{case.pk}/take/{move}", values)


def words_of(answer):
    return re.sub(
        r"<[^>]+>", "", zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    )


def test_registered_at_the_desk_answered_and_appealed_from_outside(client, city):
    client.force_login(city["xinfang"])
    assert "上级编号" in client.get("/cases/petitions/new").content.decode()
    answer = client.post(
        "/cases/petitions/new", {**TYPED, "channel": "来信", "received_on": "2026-11-02"}, follow=True
    )
    code = re.search(r"查询码 (\d{8})", answer.content.decode())[1]
    case = Petition.objects.get()
    assert (case.channel, case.received_on.isoformat(), case.due_on.isoformat()) == (
        "letter",
        "2026-11-02",
        "2026-11-17",
    )
    take(client, case, "classify", stream="claim", nature="first")
    take(client, case, "transfer", lead="市住房城乡建设局", manner="assigned")
    assert "15 日内决定是否受理" in words_of(client.get(f"/cases/{case.pk}/letters/received"))
    client.force_login(city["zhujian"])
    take(client, case, "accept")
    assert "郑念诚" in words_of(client.get(f"/cases/{case.pk}/letters/accepted"))
    assert (
        take(client, case, "reply", outcome="supported", facts="属实", reply="月底前办理").status_code == 422
    )
    take(
        client,
        case,
        "reply",
        outcome="supported",
        facts="属实",
        reply="月底前办理",
        basis="第十四条",
        served_on=f"{demo.timezone.localdate()}",
    )
    opinion = words_of(client.get(f"/cases/{case.pk}/letters/opinion"))
    assert "申请复查" in opinion
    assert "第十四条" in opinion
    client.logout()
    page = client.post("/ask/", {"number": case.number, "code": code}).content.decode()
    assert "月底前办理" in page
    assert "申请复查" in page
    assert "安居乐" not in page
    assert client.post("/ask/take/ask_review", {"number": case.number, "code": code}).status_code == 422
    assert (
        client.post("/ask/take/reply", {"number": case.number, "code": code, "reply": "自答"}).status_code
        == 404
    )
    client.post("/ask/take/ask_review", {"number": case.number, "code": code, "reason": "补偿标准有误"})
    case.refresh_from_db()
    assert case.state == "review_asked"


def test_the_public_form_takes_a_petition_and_tells_nobody_who(client, city):
    answer = client.post("/ask/petitions/", {**TYPED, "channel": "领导接访", "received_on": "2020-01-01"})
    assert answer.status_code == 200
    case = Petition.objects.get()
    assert (case.channel, case.received_on) == ("online", demo.timezone.localdate())
    client.force_login(city["xinfang"])
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert "郑*诚 139****1234" in page
    assert "13900001234" not in page
    assert (
        "13900001234" in client.post(f"/cases/{case.pk}/reveal", {"reason": "电话核实情况"}).content.decode()
    )
    assert AuditEntry.objects.filter(action="cases.reveal").exists()
    for view in ("", "export?format=csv", "print"):
        assert "13900001234" not in client.get(f"/work/petitions/{view}").content.decode()


@pytest.fixture
def lived(city):
    demo.load()
    return city


def test_every_page_answers_in_twelve_questions_or_fewer(client, lived):
    old, sitting = (
        Backlog.objects.filter(state="verified").first(),
        Sitting.objects.filter(items__isnull=False).first(),
    )
    common = (
        "/petitions/",
        *(f"/work/{desk.code}/" for desk in DESKS),
        "/petitions/receptions/",
        "/cases/petitions/statistics",
    )
    own = (f"/petitions/backlogs/{old.pk}/", f"/petitions/sittings/{sitting.pk}/")
    counts = {}
    for login, addresses in (
        ("xinfang", (*common, *own)),
        ("ducha", (*common, *own)),
        ("chengjian", common),
        ("zhujian", common),
    ):
        client.force_login(lived[login])
        client.get("/petitions/")
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200, (login, address)
            counts[login, address] = len(queries)
    assert {where: count for where, count in counts.items() if count > 12} == {}


def test_the_overview_counts_what_the_person_sees(client, lived):
    client.force_login(lived["ducha"])
    page = client.get("/petitions/").content.decode()
    assert f"{demo.CLOSED} / {demo.BACKLOGS}" in page
    assert "程更新" in page
    client.force_login(lived["fagai"])
    page = client.get("/petitions/").content.decode()
    assert "0 / 0" in page
    assert "台账里还没有积案" in page


def test_an_old_case_is_worked_on_its_page(client, lived):
    old = Backlog.objects.filter(state="open").first()
    client.force_login(lived["xinfang"])
    address = f"/petitions/backlogs/{old.pk}/"
    assert client.post(address + "settle", {"way": "pledged", "words": "签了"}).status_code == 422
    assert client.post(address + "nonsense", {}).status_code == 404
    assert client.post(address + "agree", {"words": "分期兑付", "on": "不是日期"}).status_code == 422
    assert client.post(address + "agree", {"words": "分期兑付"}).status_code == 302
    old.refresh_from_db()
    assert (old.state, old.plan) == ("agreed", "分期兑付")
    assert "观察" in client.get(address).content.decode()
    assert not evidence.of(old).exists()


def test_the_calendar_is_public_and_names_only_what_it_must(client, lived):
    page = client.get("/petitions/receptions/").content.decode()
    assert "2026-" in page or "天内没有排期" in page
    assert "代表不超过 5 人" in page
    assert "演示信访人" not in page
