"""Signing in as people do it, and as those do it who should not get in."""

import re
import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from luodi.kernel.accounts import people, second_factor, totp
from luodi.kernel.accounts.passwords import account_of
from luodi.kernel.models import AuditEntry, Person
from luodi.site.addresses import address_of

PASSWORD = "luodi-yunchuan"  # of everybody in the demonstration city
NEW = "Qiu-Shi-2026-x"


def knock(client, login: str, password: str = PASSWORD, **extra):
    return client.post("/login", {"username": login, "password": password, **extra})


def is_in(client) -> bool:
    return client.get("/nothing-here").status_code == 200


def told(action: str) -> list[tuple[str, str]]:
    return list(AuditEntry.objects.filter(action=action).values_list("by", "subject"))


@pytest.fixture
def code_of(monkeypatch):
    """The code that a person's authenticator shows; every call is a step later, as codes open once."""
    now = [time.time()]
    monkeypatch.setattr("time.time", lambda: now[0])

    def code(secret: str) -> str:
        now[0] += totp.STEP_SECONDS
        return totp.code_at(secret, int(now[0]) // totp.STEP_SECONDS)

    return code


def test_login_and_password_open_and_both_tries_are_in_the_log(client, city):
    assert "登录名或密码不对" in knock(client, "fagai", "wrong").content.decode()
    assert not is_in(client)
    assert knock(client, "fagai", next="/tasks/").url == "/tasks/"
    assert is_in(client)
    subject = f"kernel.person:{city['fagai'].pk}"
    assert told("denied.accounts.sign_in") == [("", subject)]
    assert told("accounts.sign_in") == [("fagai", subject)]
    assert AuditEntry.objects.get(action="accounts.sign_in").address == "127.0.0.1"
    client.post("/logout")
    assert told("accounts.sign_out") == [("fagai", subject)] and not is_in(client)


def test_a_password_typed_as_login_is_written_nowhere(client, city):
    knock(client, "My-Secret-2026")
    assert told("denied.accounts.sign_in") == [("", "")]
    assert "My-Secret" not in str(list(AuditEntry.objects.values()))


def test_after_five_failures_even_the_right_password_stays_out(client, city):
    for _ in range(5):
        knock(client, "fagai", "wrong")
    answer = knock(client, "fagai")
    assert answer.status_code == 403 and "已锁定到" in answer.content.decode()
    assert not is_in(client)
    assert told("denied.accounts.locked_out") == [("", f"kernel.person:{city['fagai'].pk}")]


def test_the_answer_does_not_tell_which_logins_exist(client, city):
    pages = [
        knock(client, login, "wrong").content.decode().replace(login, "") for login in ("fagai", "nobody")
    ]
    known, unknown = (re.sub(r'"[A-Za-z0-9]{64}"', "", page) for page in pages)  # the form's token
    assert known == unknown


def test_a_planted_session_is_worth_nothing_after_signing_in(client, city):
    client.get("/login")
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    knock(client, "fagai")
    assert client.session.session_key != planted and not Session.objects.filter(session_key=planted).exists()


def test_nobody_is_sent_to_another_host(client, city):
    assert knock(client, "fagai", next="https://evil.example/").url == "/"


def test_an_administrator_gets_a_second_factor_before_anything_else(client, city, code_of):
    assert knock(client, "xitong").url == "/login/enrol"
    assert not is_in(client)
    page = client.get("/login/enrol").content.decode()
    assert "<svg" in page
    secret = client.session["door"]["secret"]
    assert "口令不对" in client.post("/login/enrol", {"code": "000000"}).content.decode()
    assert "恢复码，只显示这一次" in client.post("/login/enrol", {"code": code_of(secret)}).content.decode()
    assert is_in(client)
    client.post("/logout")
    assert knock(client, "xitong").url == "/login/code"
    assert not is_in(client)
    assert client.get("/login/enrol").url == "/login"  # no way round by enrolling another telephone
    code = code_of(secret)
    assert client.post("/login/code", {"code": code}).status_code == 302
    assert is_in(client)
    client.post("/logout")
    knock(client, "xitong")
    assert client.post("/login/code", {"code": code}).status_code == 403  # seen over the shoulder


def test_wrong_codes_lock_like_wrong_passwords(client, city, code_of):
    secret = totp.new_secret()
    second_factor.enrol(city["fagai"], secret, code_of(secret))
    knock(client, "fagai")
    for _ in range(5):
        client.post("/login/code", {"code": "000000"})
    answer = client.post("/login/code", {"code": code_of(secret)})
    assert answer.status_code == 403 and "已锁定到" in answer.content.decode() and not is_in(client)


def test_nobody_stands_at_the_door_for_ever_or_walks_past_it(client, city, code_of, monkeypatch):
    for page in ("/login/code", "/login/enrol", "/login/password"):
        assert client.get(page).url == "/login"
    knock(client, "xitong")
    assert client.get("/login/code").url == "/login" and client.get("/login/password").url == "/login"
    later = time.time() + 601
    monkeypatch.setattr("time.time", lambda: later)
    assert client.get("/login/enrol").url == "/login"


def test_a_one_time_password_has_to_be_changed_before_entering(client, city):
    once = people.reset_password(city["xitong"], city["fagai"])
    assert knock(client, "fagai", once).url == "/login/password"
    assert not is_in(client)
    assert (
        "两次输入的密码不一样"
        in client.post("/login/password", {"password": NEW, "again": "x"}).content.decode()
    )
    assert "最近 5 次" in client.post("/login/password", {"password": once, "again": once}).content.decode()
    client.post("/login/password", {"password": NEW, "again": NEW})
    assert is_in(client)
    assert Person.objects.get(login="fagai").check_password(NEW)


def test_a_session_ends_after_half_an_hour_without_a_click(client, city, monkeypatch):
    start = time.time()
    knock(client, "fagai")
    for minutes, stays in ((29, True), (58, True), (89, False)):
        monkeypatch.setattr("time.time", lambda at=start + 60 * minutes: at)
        assert is_in(client) is stays
    assert told("accounts.session_ended") == [("fagai", f"kernel.person:{city['fagai'].pk}")]


def test_a_session_ends_after_a_working_day_however_busy(client, city, monkeypatch):
    start = time.time()
    knock(client, "fagai")
    for minutes in range(20, 8 * 60, 20):
        monkeypatch.setattr("time.time", lambda at=start + 60 * minutes: at)
        assert is_in(client)
    monkeypatch.setattr("time.time", lambda: start + 8 * 3600 + 1)
    assert not is_in(client)


def test_changing_the_password_asks_for_the_present_one_and_ends_other_sessions(
    client, city, django_user_model
):
    other = Client()
    for browser in (client, other):
        knock(browser, "fagai")
    sent = {"password": NEW, "again": NEW}
    assert "现在的密码不对" in client.post("/account/password", {**sent, "present": "x"}).content.decode()
    assert client.post("/account/password", {**sent, "present": PASSWORD}).status_code == 302
    assert is_in(client) and not is_in(other)


def test_a_second_factor_by_choice_and_given_up_again(client, city, code_of):
    knock(client, "fagai")
    client.get("/account/second")
    client.post("/account/second", {"code": code_of(client.session["enrolling"])})
    assert "还有 10 个恢复码" in client.get("/account/").content.decode()
    client.post("/account/second/off", {"present": PASSWORD})
    assert not account_of(city["fagai"]).has_second_factor


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        ([], "6.6.6.6", "10.0.0.1"),  # nobody believes a visitor's own word
        (["10.0.0.1"], "6.6.6.6, 172.16.0.9", "172.16.0.9"),
        (["10.0.0.1", "172.16.0.9"], "6.6.6.6, 192.168.1.5, 172.16.0.9", "192.168.1.5"),
        (["10.0.0.1"], "", "10.0.0.1"),
    ],
)
def test_a_forwarded_address_is_believed_as_far_as_our_own_proxies(rf, settings, proxies, forwarded, address):
    settings.LUODI_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded} if forwarded else {})
    assert address_of(request) == address
