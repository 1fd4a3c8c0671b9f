"""What the system administrator does with people, and the security administrator with their second factor."""

from __future__ import annotations

import re

from luodi.kernel.accounts import second_factor
from luodi.kernel.accounts.passwords import account_of, set_one_time_password
from luodi.kernel.action import Refused, action
from luodi.kernel.models import Account, Person
from luodi.kernel.permission import is_security_admin, is_system_admin, keeps_accounts
from luodi.kernel.personal import reveals

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
PHONE = re.compile(r"\+?[0-9][0-9 -]{5,19}")


@action("accounts.create", may=is_system_admin)
def create_person(by: Person, login: str, name: str) -> Person:
    """Someone who may sign in once a password is given. Brings no rights: those come with a post."""
    refuse_login_or_name(login, name)
    person = Person.objects.create_person(login=login, name=name.strip())
    account_of(person)
    return person


def refuse_login_or_name(login: str, name: str) -> None:
    """Raises Refused for what nobody new can be called."""
    if not LOGIN.fullmatch(login):
        raise Refused("登录名应为 2 到 40 个小写字母、数字、点、横线或下划线，以字母或数字开头。")
    if not 1 <= len(name.strip()) <= 40:
        raise Refused("请填写姓名，不超过 40 字。")
    if Person.objects.filter(login=login).exists():
        raise Refused("登录名“{login}”已有人使用。", login=login)


@action("accounts.reset_password", may=is_system_admin)
def reset_password(by: Person, person: Person) -> str:
    """A one-time password, to be handed over and changed at the first sign-in. Ends the person's sessions."""
    if by.pk == person.pk:
        raise Refused("不能重置自己的密码；请在“我的账号”里修改。")
    return set_one_time_password(person)


@action("accounts.set_active", may=is_system_admin)
def set_active(by: Person, person: Person, is_active: bool) -> Person:
    """Shut an account, which ends its sessions at once, or open it again. It is never deleted: the log names it."""
    if by.pk == person.pk:
        raise Refused("不能停用自己的账号。")
    person.is_active = is_active
    person.save(update_fields=["is_active"])
    return person


def set_phone(by: Person, person: Person, phone: str) -> Account:
    """The number goes into its encrypted field, and not into the log."""
    number = phone.strip()
    if number and not PHONE.fullmatch(number):
        raise Refused("电话应为数字，可带区号、空格和横线。")
    account = account_of(person)
    if number and Account.objects.filter(phone_index=number).exclude(pk=account.pk).exists():
        raise Refused("这个号码已登记在别人名下。")
    account.phone = number
    return _keep_phone(by, account)


@action("accounts.set_phone", may=is_system_admin)
def _keep_phone(by: Person, account: Account) -> Account:
    account.save(update_fields=["phone", "phone_index"])
    return account


@action("accounts.forget_second_factor", may=is_security_admin)
def forget_second_factor(by: Person, person: Person) -> Person:
    """For a lost telephone without recovery codes. Not in the hand that resets passwords, and never one's own."""
    if by.pk == person.pk:
        raise Refused("不能解除自己的动态口令；请另一位安全管理员办理，或使用恢复码。")
    second_factor.forget(account_of(person))
    end_sessions(person)
    return person


reveal_phone = reveals("accounts.reveal_phone", "phone", may=keeps_accounts)


def end_sessions(person: Person) -> None:
    """Whatever browser the person is signed in with has to sign in again."""
    person.sessions_ended += 1
    person.save(update_fields=["sessions_ended"])
