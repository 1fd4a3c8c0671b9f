"""The pages of cases on appeals: brought by phone, worked at the desk, asked and rated from outside, printed as letters."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from luodi.kernel import evidence
from luodi.kernel.models import AuditEntry, Unit
from luodi.scenarios.enterprise_appeals.models import Appeal
from luodi.scenarios.enterprise_appeals.pages import DESKS
from luodi.shapes.cases import actions
from luodi.shapes.cases.models import Case
from luodi.shapes.cases.tests.photos import photo

pytestmark = [pytest.mark.django_db, pytest.mark.urls("luodi.shapes.cases.tests.urls")]

TYPED = {
    "category": "land", "title": "扩建厂房缺用地指标", "body": "二期厂房需要三十亩工业用地。", "reporter_name": "陈厂长",
    "reporter_phone": "13800001234", "lon": "104.061234", "lat": "30.661234",
}  # fmt: skip


def bring(client, firm, **more):
    """From outside; returns the case and its code."""
    answer = client.post("/ask/enterprise_appeals/", {**TYPED, "firm": firm.uscc, **more})
    assert answer.status_code == 200
    return Appeal.objects.latest("pk"), re.search(r"查询码 <b>(\d{8})</b>", answer.content.decode())[1]


def take(client, case, move, **values):
    return client.post(f"/cases/{case.pk}/take/{move}", values)


def to_the_lead(client, city, case):
    client.force_login(city["xingzheng"])
    take(client, case, "triage", level="II", category=case.category)
    take(client, case, "accept")
    take(client, case, "dispatch", lead="市工信局", co="市财政局、市发改委")
    client.force_login(city["gongxin"])


def test_a_firm_brings_asks_and_rates_without_signing_in(client, city, firm):
    case, code = bring(client, firm, photo=photo())
    assert (case.state, case.home.key, case.lon) == ("submitted", "xingzheng", 104.061234)
    assert evidence.of(case).count() == 1
    to_the_lead(client, city, case)
    take(client, case, "contact", words="当天通话", channel="phone")
    assert take(client, case, "reply", outcome="solved", reply="指标已经落实").status_code == 302
    client.logout()
    page = client.post("/ask/", {"number": case.number, "code": code}).content.decode()
    assert "指标已经落实" in page
    assert "连成链" not in page, "no handler is named"
    assert "当天通话" not in page
    assert client.post("/ask/rate", {"number": case.number, "code": code, "score": "4"}).status_code == 422
    client.post("/ask/rate", {"number": case.number, "code": code, "score": "4", "resolved": "是"})
    case.refresh_from_db()
    assert (case.state, case.score, case.is_resolved) == ("called_back", 4, True)


def test_a_wrong_code_tells_nothing_and_ten_shut_the_door(client, city, firm):
    case, code = bring(client, firm)
    unknown = client.post("/ask/", {"number": "QS0", "code": code})
    wrong = client.post("/ask/", {"number": case.number, "code": "00000000"})
    plain = [
        re.sub(r"csrf\w*\" value=\"\w+|\{\"X-CSRFToken.*?\}", "", each.content.decode())
        for each in (unknown, wrong)
    ]
    assert (unknown.status_code, wrong.status_code) == (404, 404)
    assert plain[0] == plain[1]
    for _ in range(9):
        client.post("/ask/", {"number": case.number, "code": "1"})
    assert client.post("/ask/", {"number": case.number, "code": code}).status_code == 404
    renewed = actions.renew_code(city["xingzheng"], case)
    assert client.post("/ask/", {"number": case.number, "code": renewed.code_once}).status_code == 200
    assert client.post("/ask/", {"number": case.number, "code": code}).status_code == 404


def test_what_is_wrong_stands_beside_its_field(client, city, firm):
    answer = client.post("/ask/enterprise_appeals/", {**TYPED, "firm": "没有这家", "title": ""})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "名录里没有“没有这家”" in page
    assert "请填写。" in page
    assert firm.name not in page
    assert not Case.objects.exists()


def test_the_desk_sees_what_may_be_done_and_others_see_less(client, city, firm):
    case, _ = bring(client, firm)
    client.force_login(city["xingzheng"])
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert f"/cases/{case.pk}/take/triage" in page
    assert f"/cases/{case.pk}/take/reply" not in page
    assert "13800001234" not in page
    assert "138****1234" in page
    assert client.post(f"/cases/{case.pk}/reveal", {"reason": "x"}).status_code in {302, 422}
    assert (
        "13800001234" in client.post(f"/cases/{case.pk}/reveal", {"reason": "电话核实情况"}).content.decode()
    )
    assert AuditEntry.objects.get(action="cases.reveal").detail == {"reason": "电话核实情况"}
    client.force_login(city["fagai"])
    assert client.get(f"/cases/{case.pk}/").status_code == 404
    client.force_login(city["xitong"])
    assert client.get(f"/cases/{case.pk}/").status_code == 404
    assert client.get("/cases/").status_code == 404


def test_a_debtor_finds_nothing_anywhere(client, city, firm):
    case, _ = bring(client, firm, category="arrears")
    case.debtor = Unit.objects.get(key="gongxin")
    case.save()
    to_the_lead(client, city, case)
    assert client.get(f"/cases/{case.pk}/").status_code == 404
    assert take(client, case, "contact", words="别告了", channel="phone").status_code == 404
    assert case.title not in client.get("/cases/").content.decode()
    for desk in DESKS[:2]:
        assert not desk.seen_by(city["gongxin"]).exists()
        assert desk.seen_by(city["xingzheng"]).get().firm_shown == "已保密"


def test_a_refused_move_keeps_what_was_typed(client, city, firm):
    case, _ = bring(client, firm)
    to_the_lead(client, city, case)
    answer = take(client, case, "contact", words="当天通话")
    assert answer.status_code == 422
    assert "当天通话" in answer.content.decode()
    take(client, case, "contact", words="当天通话", channel="phone")
    answer = take(client, case, "reply", outcome="not_ours", reply="不归我")
    assert "答复须选解决、部分解决或解释说明" in answer.content.decode()
    assert take(client, case, "nonsense").status_code == 404


def test_letters_are_word_papers_and_come_with_their_cause(client, city, firm):
    case, _ = bring(client, firm)
    client.force_login(city["xingzheng"])
    assert client.get(f"/cases/{case.pk}/letters/accepted").status_code == 302
    to_the_lead(client, city, case)
    client.force_login(city["xingzheng"])
    answer = client.get(f"/cases/{case.pk}/letters/accepted")
    words = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    assert firm.name in words
    assert case.number in words
    assert "云川市工业和信息化局主办" in words
    assert "未核实" in words, "rules that nobody verified are never told as official"
    assert client.get(f"/cases/{case.pk}/letters/nonsense").status_code == 404


def test_the_queue_the_desk_and_the_statistics_answer_in_few_questions(
    client, city, firm, django_assert_max_num_queries
):
    for number in range(6):
        case, _ = bring(client, firm, title=f"第 {number} 件诉求")
    to_the_lead(client, city, case)
    client.force_login(city["xingzheng"])
    for address in (
        "/cases/",
        "/cases/enterprise_appeals/statistics",
        "/work/enterprise-appeals/",
        "/work/arrears/",
    ):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
    with django_assert_max_num_queries(12):
        assert client.get(f"/cases/{case.pk}/").status_code == 200
    assert case.title in client.get(f"/work/enterprise-appeals/?q={firm.uscc}").content.decode()
    rows = list(DESKS[0].seen_by(city["xingzheng"]))
    assert {row.light for row in rows} == {"unknown", "calm"}


def test_statistics_say_nothing_where_there_is_nothing(client, city, firm):
    client.force_login(city["ducha"])
    page = client.get(
        "/cases/enterprise_appeals/statistics?first=2026-01-01&last=2026-12-31"
    ).content.decode()
    assert page.count('title="0 / 0">—') == 3


def test_a_sealed_firm_is_named_to_no_handler(client, city, firm):
    case, _ = bring(client, firm, category="arrears")
    to_the_lead(client, city, case)
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert "已保密" in page
    assert firm.name not in page
    assert client.get(f"/cases/{case.pk}/letters/accepted").status_code == 404
    for view in ("export?format=csv", "print", ""):
        assert firm.name not in client.get(f"/work/enterprise-appeals/{view}").content.decode()
    assert firm.name not in client.get("/work/api/enterprise-appeals").content.decode()
    assert case.title not in client.get(f"/work/enterprise-appeals/?q={firm.uscc}").content.decode(), (
        "nor found by its code"
    )
    client.force_login(city["xingzheng"])
    assert client.get(f"/cases/{case.pk}/letters/accepted").status_code == 200
