"""A stolen database tells nobody's number: sealed at rest, found by index, masked on pages, opened with a reason."""

import base64
import os
import subprocess
import sys

import pytest
from django.core.exceptions import FieldError, PermissionDenied
from django.db import connection
from django.template import Context, Template

from luodi.kernel import masking, rotation, secrets
from luodi.kernel.accounts.passwords import account_of
from luodi.kernel.accounts.people import reveal_phone, set_phone
from luodi.kernel.action import Refused
from luodi.kernel.models import Account, AuditEntry

NUMBER = "13812345678"


def stored(account: Account) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM kernel_account WHERE id = %s", [account.pk])
        return cursor.fetchone()[0]


@pytest.fixture
def account(city):
    return set_phone(city["xitong"], city["fagai"], NUMBER)


def test_the_database_holds_no_number_and_says_by_which_key_and_algorithm(account):
    text = stored(account)
    assert NUMBER not in text and text.startswith(f"sm4gcm:{secrets.keyring().current.name}:")
    assert Account.objects.get(pk=account.pk).phone == NUMBER


def test_the_same_number_twice_looks_different_and_is_found_by_its_index(account, city):
    other = account_of(city["gongxin"])
    other.phone = NUMBER
    other.save()
    assert stored(other) != stored(account)
    assert set(Account.objects.filter(phone_index="138-1234-5678")) == {account, other}
    with pytest.raises(FieldError, match="blind index"):
        Account.objects.filter(phone=NUMBER).exists()


def test_the_log_never_holds_the_number(account):
    entry = AuditEntry.objects.get(action="accounts.set_phone")
    assert NUMBER not in str(entry.detail) + entry.subject


def test_the_keys_are_readable_by_their_owner_only(home):
    secrets.encrypt("x", "test")
    assert secrets.key_file().stat().st_mode & 0o777 == 0o600


def test_without_its_key_a_value_stays_shut_and_the_sentence_names_the_key(account):
    name = secrets.keyring().current.name
    secrets.key_file().unlink()
    with pytest.raises(secrets.Undecryptable, match=f"找不到密钥“{name}”"):
        Account.objects.get(pk=account.pk)


def test_a_wrong_key_of_the_same_name_is_told_apart(home):
    sealed = secrets.encrypt("甲", "test.field")
    lines = secrets.key_file().read_text().splitlines()
    name = lines[0].split()[0]
    wrong = base64.b64encode(os.urandom(16)).decode()
    secrets.key_file().unlink()
    secrets.key_file().write_text("\n".join([f"{name} sm4gcm {wrong}", lines[-1]]))
    with pytest.raises(secrets.Undecryptable, match="密钥不对，或内容被改动过"):
        secrets.decrypt(sealed, "test.field")


def test_a_value_moved_to_another_field_or_altered_does_not_open(home):
    sealed = secrets.encrypt("甲", "kernel.account.phone")
    with pytest.raises(secrets.Undecryptable):
        secrets.decrypt(sealed, "kernel.account.totp_secret")
    head, body = sealed.rsplit(":", 1)
    raw = bytearray(base64.b64decode(body))
    raw[13] ^= 1
    with pytest.raises(secrets.Undecryptable):
        secrets.decrypt(f"{head}:{base64.b64encode(raw).decode()}", "kernel.account.phone")
    with pytest.raises(secrets.Undecryptable, match="存的不是加密内容"):
        secrets.decrypt(NUMBER, "kernel.account.phone")


def test_keys_given_by_the_environment_are_used(settings):
    aes, sm4, index = (
        base64.b64encode(bytes([n]) * size).decode() for n, size in ((1, 32), (2, 16), (3, 32))
    )
    settings.LUODI_KEYS = f"old sm4gcm {sm4},index index {index}"
    sealed = secrets.encrypt("甲", "test")
    settings.LUODI_KEYS = f"new aes256gcm {aes},old sm4gcm {sm4},index index {index}"
    assert secrets.encrypt("乙", "test").startswith("aes256gcm:new:")
    assert secrets.decrypt(sealed, "test") == "甲"
    with pytest.raises(secrets.BadKeys, match="写在最前面"):
        secrets.new_key()
    settings.LUODI_KEYS = f"new aes256gcm {sm4},index index {index}"
    with pytest.raises(secrets.BadKeys, match="长度不对"):
        secrets.encrypt("甲", "test")


def test_after_a_rotation_everything_opens_and_nothing_is_under_the_old_key(account, city):
    old = stored(account)
    secrets.new_key()
    assert rotation.under_older_keys() == 1
    assert rotation.rotate() == 1
    assert rotation.under_older_keys() == 0 and stored(account) != old
    assert Account.objects.get(phone_index=NUMBER).phone == NUMBER
    assert secrets.decrypt(old, "kernel.account.phone") == NUMBER  # a backup of yesterday


@pytest.mark.django_db(transaction=True)
def test_a_rotation_killed_midway_goes_on_where_it_stood(city, tmp_path):
    numbers = {}
    for place, person in enumerate(city.values()):
        account = account_of(person)
        account.phone = numbers[person.pk] = f"1380000{place:04}"
        account.save()
    secrets.new_key()
    # Another process rotates and is killed by the kernel after the fifth value.
    script = f"""
import os, signal
os.environ["DJANGO_SETTINGS_MODULE"] = "luodi.settings"
import django; django.setup()
from django.db import connections
connections["default"].settings_dict["NAME"] = {str(connection.settings_dict["NAME"])!r}
from luodi.kernel import rotation, secrets
done = 0
def is_current(stored, real=rotation.is_current):
    global done
    done += 1
    if done > 5: os.kill(os.getpid(), signal.SIGKILL)
    return real(stored)
rotation.is_current = is_current
rotation.rotate()
"""
    killed = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, "LUODI_HOME": str(tmp_path)}, check=False
    )
    assert killed.returncode == -9
    assert rotation.under_older_keys() == len(city) - 5
    assert rotation.rotate() == len(city) - 5
    assert {account.person_id: account.phone for account in Account.objects.all()} == numbers


@pytest.mark.parametrize(
    ("kind", "plain", "shown"),
    [
        ("name", "张三", "张*"),
        ("name", "欧阳修远", "欧**远"),
        ("phone", "138 1234 5678", "138****5678"),
        ("phone", "0535-6612345", "*********45"),
        ("citizen_id", "11010519491231002X", "1101************2X"),
        ("citizen_id", "123", "***"),
        ("bank_card", "6222021234567890", "************7890"),
        ("plate", "陕B12345", "陕B·***45"),
        ("address", "云川市澄岚区建设街道12号3单元", "云川市澄岚区建设街道****"),
    ],
)
def test_masks_keep_what_a_list_may_show(kind, plain, shown):
    assert masking.MASKS[kind](plain) == shown


def test_a_page_masks_by_one_filter_and_never_without_a_kind():
    page = "{% load personal %}{{ value|masked:kind }}"
    assert Template(page).render(Context({"value": NUMBER, "kind": "phone"})) == "138****5678"
    with pytest.raises(KeyError):
        Template(page).render(Context({"value": NUMBER, "kind": "number"}))


def test_seeing_a_number_whole_needs_a_post_and_a_reason_and_is_logged(account, city):
    with pytest.raises(PermissionDenied):
        reveal_phone(city["ducha"], account, "联系联络员")
    with pytest.raises(Refused, match="写明事由"):
        reveal_phone(city["xitong"], account, " 看 ")
    assert reveal_phone(city["xitong"], account, "联系联络员") == NUMBER
    entry = AuditEntry.objects.get(action="accounts.reveal_phone")
    assert (entry.by, entry.subject, entry.detail) == (
        "xitong",
        f"kernel.account:{account.pk}",
        {"reason": "联系联络员"},
    )
