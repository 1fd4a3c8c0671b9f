"""A new liaison from registration to the first sign-in, by three people's hands."""

import re

import pytest
from django.test import Client

from luodi.kernel.models import AuditEntry, Person, PostProposal

NEW = "Qiu-Shi-2026-x"


@pytest.fixture
def signed_in(city):
    def enter(login: str) -> Client:
        client = Client()
        client.force_login(city[login])
        return client

    return enter


def test_a_new_liaison_gets_in_only_when_registered_and_approved(signed_in, city, client):
    system, security = signed_in("xitong"), signed_in("anquan")
    page = system.post("/people/new", {"login": "xinren", "name": "辛仁"}).content.decode()
    once = re.search(r"<code>(\w{12})</code>", page)[1]
    person = Person.objects.get(login="xinren")
    system.post(
        f"/people/{person.pk}/propose",
        {"unit": "caizheng", "role": "liaison", "valid_from": "2026-01-01", "reason": "财办〔2026〕1号"},
    )
    proposal = PostProposal.objects.get()
    assert 'value="approve"' not in system.get("/proposals/").content.decode()
    assert 'value="approve"' in security.get("/proposals/").content.decode()
    security.post(f"/proposals/{proposal.pk}/decide", {"decision": "approve"})
    assert client.post("/login", {"username": "xinren", "password": once}).url == "/login/password"
    client.post("/login/password", {"password": NEW, "again": NEW})
    assert client.get("/tasks/").status_code == 200
    assert once not in str(list(AuditEntry.objects.values_list("detail", flat=True)))


def test_a_number_is_masked_until_a_reason_is_given(signed_in, city):
    system, pk = signed_in("xitong"), city["fagai"].pk
    system.post(f"/people/{pk}/phone", {"phone": "13812345678"})
    for page in (f"/people/{pk}/", "/people/"):
        text = system.get(page).content.decode()
        assert "138****5678" in text and "13812345678" not in text
    assert "计长远" in system.get("/people/?q=138 1234 5678").content.decode()  # found by the index alone
    assert "13812345678" in system.post(f"/people/{pk}/reveal", {"reason": "核对通讯录"}).content.decode()
    assert AuditEntry.objects.get(action="accounts.reveal_phone").detail == {"reason": "核对通讯录"}


def test_what_cannot_be_is_said_in_a_sentence(signed_in, city):
    system, pk = signed_in("xitong"), city["fagai"].pk
    sent = {"unit": "没有这个局", "role": "liaison", "valid_from": "2026-01-01", "reason": "文号"}
    answer = system.post(f"/people/{pk}/propose", sent, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content.decode()) == (422, "没有“没有这个局”这个单位。")
    sent = {**sent, "unit": "caizheng", "role": "audit_admin"}
    answer = system.post(f"/people/{pk}/propose", sent, headers={"HX-Request": "true"})
    assert "互斥" in answer.content.decode()
    assert "已有人使用" in system.post("/people/new", {"login": "fagai", "name": "某"}).content.decode()


def test_standing_in_is_shown_with_its_days(signed_in, city):
    system, security = signed_in("xitong"), signed_in("anquan")
    post = city["fagai"].posts.get()
    sent = {"login": "gongxin", "valid_from": "2026-09-01", "last_day": "2026-09-14", "reason": "学习"}
    system.post(f"/posts/{post.pk}/stand-in", sent)
    security.post(f"/proposals/{PostProposal.objects.get().pk}/decide", {"decision": "approve"})
    page = system.get(f"/people/{city['gongxin'].pk}/").content.decode()
    assert "代 计长远" in page and "2026-09-15" in page


@pytest.mark.parametrize(
    ("login", "home"), [("xitong", "/people/"), ("anquan", "/proposals/"), ("rizhi", "/audit/")]
)
def test_each_administrator_lands_on_the_own_desk(signed_in, login, home):
    assert signed_in(login).get("/").url == home
