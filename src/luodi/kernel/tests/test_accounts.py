"""Accounts by the rows of the security baseline: passwords, lock-out, second factor, three administrators, posts."""

import base64
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from luodi.kernel.accounts import lockout, passwords, people, posts, second_factor, totp
from luodi.kernel.action import Refused
from luodi.kernel.models import AuditEntry, OldPassword, Person, Posting, PostProposal, SignInAttempt, Unit

GOOD = "Chengtian-2026"
FIRST = date(2026, 9, 1)

# --- passwords ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("Ab3!xyz", "10"),
        ("abcdefghij12", "至少三种"),
        ("Password12", "常见"),
        ("Fagai-2026-x", "登录名或姓名"),
    ],
)
def test_a_weak_password_is_refused_with_its_rule(city, password, sentence):
    with pytest.raises(Refused, match=sentence):
        passwords.set_password(city["fagai"], password)


def test_the_last_five_passwords_do_not_come_back_and_the_sixth_may(city):
    person = city["fagai"]
    for number in range(6):
        passwords.set_password(person, f"{GOOD}-{number}")
        with pytest.raises(Refused, match="最近 5 次"):
            passwords.set_password(person, f"{GOOD}-{number}")
    with pytest.raises(Refused, match="最近 5 次"):
        passwords.set_password(person, f"{GOOD}-1")
    passwords.set_password(person, f"{GOOD}-0")
    assert OldPassword.objects.filter(person=person).count() == 5


def test_a_password_is_changed_after_ninety_days_and_after_a_reset(city):
    passwords.set_password(city["fagai"], GOOD)
    account = passwords.account_of(city["fagai"])
    assert not passwords.must_change(account)
    account.password_changed_at = timezone.now() - timedelta(days=91)
    assert passwords.must_change(account)
    people.reset_password(city["xitong"], city["gongxin"])
    assert passwords.must_change(passwords.account_of(city["gongxin"]))


def test_a_one_time_password_opens_is_in_no_log_and_ends_the_old_one(city):
    password = people.reset_password(city["xitong"], city["fagai"])
    person = Person.objects.get(login="fagai")
    assert person.check_password(password) and not person.check_password("luodi-yunchuan")
    entry = AuditEntry.objects.get(action="accounts.reset_password")
    assert (entry.by, entry.subject, entry.detail) == ("xitong", f"kernel.person:{person.pk}", {})
    assert password not in str(list(AuditEntry.objects.values_list("detail", "subject")))


# --- lock-out ----------------------------------------------------------------------------------------------------


def fail(login: str, address: str, times: int) -> None:
    for _ in range(times):
        lockout.begin(login, address)


def test_five_failures_lock_an_account_wherever_they_come_from(db):
    for number in range(5):
        fail("fagai", f"10.0.0.{number}", 1)
    with pytest.raises(lockout.Locked, match="已锁定到"):
        lockout.begin("fagai", "10.0.0.9")
    lockout.begin("gongxin", "10.0.0.9")


def test_five_failures_lock_an_address_whatever_login_they_try(db):
    for number in range(5):
        fail(f"nobody{number}", "10.0.0.1", 1)
    with pytest.raises(lockout.Locked):
        lockout.begin("fagai", "10.0.0.1")
    lockout.begin("fagai", "10.0.0.2")


def test_the_door_opens_after_a_quarter_of_an_hour_and_knocking_does_not_lengthen_it(db):
    fail("fagai", "10.0.0.1", 5)
    with pytest.raises(lockout.Locked):
        lockout.begin("fagai", "10.0.0.1")
    assert SignInAttempt.objects.count() == 5
    SignInAttempt.objects.update(at=timezone.now() - timedelta(minutes=15, seconds=1))
    lockout.begin("fagai", "10.0.0.1")


def test_a_success_forgives_the_account_but_not_the_address(db):
    fail("fagai", "10.0.0.1", 4)
    lockout.succeed(lockout.begin("fagai", "10.0.0.1"))
    lockout.begin("fagai", "10.0.0.2")
    fail("fagai", "10.0.0.1", 1)
    with pytest.raises(lockout.Locked):
        lockout.begin("gongxin", "10.0.0.1")


def test_what_was_typed_as_a_login_is_not_kept(db):
    fail("my-password-by-mistake", "10.0.0.1", 1)
    assert "my-password" not in str(SignInAttempt.objects.values())


# --- second factor -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"), (2000000000, "69279037")],
)  # fmt: skip
def test_codes_are_those_of_rfc_6238(seconds, code):
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert totp.code_at(secret, seconds // 30, digits=8) == code


def test_a_code_opens_a_step_early_or_late_and_only_once():
    secret = totp.new_secret()
    code = totp.code_at(secret, 100)
    assert [totp.matching_step(secret, code, 30 * step, 0) for step in (98, 99, 100, 101, 102)] == [
        None,
        100,
        100,
        100,
        None,
    ]
    assert totp.matching_step(secret, f"{code[:3]} {code[3:]}", 3000, after=100) is None


def test_a_recovery_code_opens_once(city, monkeypatch):
    monkeypatch.setattr("time.time", lambda: 3000.0)
    secret = totp.new_secret()
    codes = second_factor.enrol(city["xitong"], secret, totp.code_at(secret, 100))
    assert not second_factor.verify(city["xitong"], totp.code_at(secret, 100))  # used to enrol
    assert second_factor.verify(city["xitong"], codes[0].upper())
    assert not second_factor.verify(city["xitong"], codes[0])
    assert AuditEntry.objects.get(action="accounts.recovery_code_used").detail == {"left": 9}


def test_an_administrator_cannot_do_without_and_others_may(city, monkeypatch):
    monkeypatch.setattr("time.time", lambda: 3000.0)
    secret = totp.new_secret()
    for login in ("rizhi", "fagai"):
        second_factor.enrol(city[login], secret, totp.code_at(secret, 100))
    with pytest.raises(Refused, match="必须使用动态口令"):
        second_factor.switch_off(city["rizhi"])
    second_factor.switch_off(city["fagai"])
    assert not passwords.account_of(city["fagai"]).has_second_factor


def test_a_lost_telephone_is_the_security_administrators_matter(city):
    with pytest.raises(PermissionDenied):
        people.forget_second_factor(city["xitong"], city["fagai"])
    with pytest.raises(Refused, match="自己的动态口令"):
        people.forget_second_factor(city["anquan"], city["anquan"])


# --- the three administrators and posts --------------------------------------------------------------------------


def proposed(city, login: str, role: str, unit: str = "caizheng", **told) -> PostProposal:
    words = {"valid_from": FIRST, "reason": "云编〔2026〕3号", **told}
    return posts.propose_post(city["xitong"], city[login], Unit.objects.get(key=unit), role, **words)


def test_a_post_is_proposed_by_one_administrator_and_given_by_another(city):
    proposal = proposed(city, "fagai", "liaison")
    assert not Posting.objects.filter(person=city["fagai"], unit__key="caizheng").exists()
    with pytest.raises(PermissionDenied):
        posts.approve_post(city["xitong"], proposal)
    post = posts.approve_post(city["anquan"], proposal, "同意")
    assert (post.person, post.role, post.valid_from) == (city["fagai"], "liaison", FIRST)
    with pytest.raises(Refused, match="已批准，不能再办理"):
        posts.approve_post(city["anquan"], proposal)


def test_a_security_administrator_gives_nothing_to_themselves(city):
    proposal = proposed(city, "anquan", "security_admin", "caizheng")
    with pytest.raises(Refused, match="不能办理自己的岗位"):
        posts.approve_post(city["anquan"], proposal)


@pytest.mark.parametrize(("login", "role"), [("xitong", "audit_admin"), ("rizhi", "system_admin"), ("anquan", "liaison"), ("fagai", "security_admin")])  # fmt: skip
def test_the_three_administrators_exclude_one_another_and_every_other_post(city, login, role):
    with pytest.raises(Refused, match="互斥"):
        proposed(city, login, role)
    post = Posting(person=city[login], unit=Unit.objects.get(key="caizheng"), role=role)
    with pytest.raises(IntegrityError, match="exclusive administrator roles"), transaction.atomic():
        post.save()


def test_the_database_refuses_an_update_too_and_allows_posts_one_after_another(city):
    held = Posting.objects.get(person=city["rizhi"])
    Posting.objects.filter(pk=held.pk).update(valid_until=FIRST)
    later = Posting.objects.create(person=city["rizhi"], unit=held.unit, role="liaison", valid_from=FIRST)
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.filter(pk=later.pk).update(valid_from=FIRST - timedelta(days=1))
    assert set(city["rizhi"].posts.on(FIRST)) == {later}


def test_who_becomes_an_administrator_has_to_sign_in_again(city, client):
    Posting.objects.filter(person=city["fagai"]).update(valid_until=FIRST)
    client.force_login(city["fagai"])
    posts.approve_post(city["anquan"], proposed(city, "fagai", "audit_admin"))
    assert client.get("/nothing-here").status_code == 302


def test_somebody_away_is_stood_in_for_from_a_day_until_a_day(city):
    post = Posting.objects.get(person=city["fagai"])
    proposal = posts.propose_stand_in(
        city["xitong"], post, city["gongxin"], valid_from=FIRST, valid_until=FIRST + timedelta(days=14), reason="学习"
    )  # fmt: skip
    posts.approve_post(city["anquan"], proposal)
    acting = city["gongxin"].posts.on(FIRST).get(on_behalf_of=post)
    assert (acting.unit, acting.role, acting.title) == (post.unit, "liaison", "代计长远")
    assert not city["gongxin"].posts.on(FIRST + timedelta(days=14)).filter(pk=acting.pk).exists()
    posts.end_post(city["xitong"], post, FIRST + timedelta(days=7))
    acting.refresh_from_db()
    assert acting.valid_until == FIRST + timedelta(days=7)


def test_an_administrators_post_is_never_stood_in_for(city):
    post = Posting.objects.get(person=city["anquan"])
    with pytest.raises(Refused, match="管理员岗位不能代理"):
        posts.propose_stand_in(city["xitong"], post, city["fagai"], valid_from=FIRST, valid_until=FIRST + timedelta(days=1), reason="出差")  # fmt: skip


def test_a_shut_account_is_out_at_once_and_nobody_shuts_their_own(city, client):
    client.force_login(city["fagai"])
    people.set_active(city["xitong"], city["fagai"], False)
    assert client.get("/nothing-here").status_code == 302
    with pytest.raises(Refused, match="自己的账号"):
        people.set_active(city["xitong"], city["xitong"], False)


def test_a_new_person_has_no_rights_until_a_post_is_given(city):
    person = people.create_person(city["xitong"], "xinren", "辛仁")
    assert person.current_posts == [] and not person.has_usable_password()
    with pytest.raises(Refused, match="已有人使用"):
        people.create_person(city["xitong"], "xinren", "另一人")
    with pytest.raises(Refused, match="小写字母"):
        people.create_person(city["xitong"], "Xin Ren", "辛仁")
