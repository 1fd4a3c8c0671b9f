"""The second factor: a code by the clock, compulsory for the three administrators, and codes for a lost telephone."""

from __future__ import annotations

import hashlib
import secrets
import time

from django.db import transaction

from luodi.kernel import audit
from luodi.kernel.accounts import totp
from luodi.kernel.accounts.passwords import account_of
from luodi.kernel.action import Refused
from luodi.kernel.models import Account, Person

RECOVERY_CODES = 10


@transaction.atomic
def enrol(person: Person, secret: str, code: str) -> list[str]:
    """Keep a secret once a code shows that the person's telephone has it; returns the recovery codes, shown once."""
    step = totp.matching_step(secret, code, time.time(), after=0)
    if step is None:
        raise Refused("口令不对。请确认手机时间准确，再输入当前显示的 6 位数字。")
    account = account_of(person)
    codes = [secrets.token_hex(5) for _ in range(RECOVERY_CODES)]
    account.totp_secret, account.totp_step = secret, step
    account.recovery_codes = [_hash(code) for code in codes]
    account.save(update_fields=["totp_secret", "totp_step", "recovery_codes"])
    audit.record(person, "accounts.second_factor_on", person)
    return codes


@transaction.atomic
def verify(person: Person, code: str) -> bool:
    """Whether a code opens: the clock's, once, or one of the recovery codes, which is then used up."""
    account = Account.objects.select_for_update().get(person=person)
    step = totp.matching_step(account.totp_secret, code, time.time(), after=account.totp_step)
    if step is not None:
        account.totp_step = step
        account.save(update_fields=["totp_step"])
        return True
    given = _hash("".join(code.lower().split()).replace("-", ""))
    if given not in account.recovery_codes:
        return False
    account.recovery_codes = [kept for kept in account.recovery_codes if kept != given]
    account.save(update_fields=["recovery_codes"])
    audit.record(person, "accounts.recovery_code_used", person, {"left": len(account.recovery_codes)})
    return True


@transaction.atomic
def switch_off(person: Person) -> None:
    """For those who chose it freely. Raises Refused for an administrator."""
    if person.is_administrator:
        raise Refused("三类管理员必须使用动态口令，不能停用。")
    forget(account_of(person))
    audit.record(person, "accounts.second_factor_off", person)


def forget(account: Account) -> None:
    account.totp_secret, account.totp_step, account.recovery_codes = "", 0, []
    account.save(update_fields=["totp_secret", "totp_step", "recovery_codes"])


def _hash(code: str) -> str:
    # 40 random bits each, ten of them, behind the lock-out: a plain hash will do.
    return hashlib.sha256(code.encode()).hexdigest()
