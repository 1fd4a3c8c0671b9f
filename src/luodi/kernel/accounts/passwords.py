"""Password rules: long enough, of several kinds of characters, changed in time, not one of the last (GB/T 22239 level 3)."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from luodi.kernel.action import Refused
from luodi.kernel.models import Account, OldPassword, Person
from luodi.kernel.spoken import say

KEPT_PASSWORDS = 5
KINDS_NEEDED = 3
# Without 0 O o, 1 l I: a one-time password is read out over the telephone.
ALPHABETS = ("abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789")


class SeveralKinds:
    """Of lower case, upper case, digits and others, at least three."""

    def validate(self, password: str, user: Any = None) -> None:
        kinds = {
            "lower"
            if sign.islower()
            else "upper"
            if sign.isupper()
            else "digit"
            if sign.isdigit()
            else "other"
            for sign in password
        }
        if len(kinds) < KINDS_NEEDED:
            raise ValidationError(self.get_help_text(), code="few_kinds")

    def get_help_text(self) -> str:
        return say("密码应含大写字母、小写字母、数字、符号中的至少三种。")


class NotTheName:
    """Neither the login nor the name occurs in it."""

    def validate(self, password: str, user: Any = None) -> None:
        for word in (getattr(user, "login", ""), getattr(user, "name", "")):
            if len(word) > 1 and word.lower() in password.lower():
                raise ValidationError(self.get_help_text(), code="holds_the_name")

    def get_help_text(self) -> str:
        return say("密码里不能有登录名或姓名。")


class NotUsedLately:
    """Not the present one, nor one of the four before it."""

    def validate(self, password: str, user: Any = None) -> None:
        if not isinstance(user, Person) or user.pk is None:
            return
        hashes = [user.password, *(old.hash for old in user.old_passwords.all()[: KEPT_PASSWORDS - 1])]
        if any(check_password(password, hash) for hash in hashes):
            raise ValidationError(self.get_help_text(), code="used_lately")

    def get_help_text(self) -> str:
        return say("不能用最近 {count} 次用过的密码。", count=KEPT_PASSWORDS)


def account_of(person: Person) -> Account:
    return Account.objects.get_or_create(person=person, defaults={"password_changed_at": timezone.now()})[0]


def must_change(account: Account) -> bool:
    """After a reset, and when the password is older than the rule allows."""
    limit = timedelta(days=settings.LUODI_PASSWORD_DAYS)
    changed = account.password_changed_at
    return account.must_change_password or (changed is not None and timezone.now() - changed > limit)


@transaction.atomic
def set_password(person: Person, password: str) -> None:
    """A password that the person chose. Raises Refused with every rule that it breaks. Ends other sessions."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Refused("\n".join(error.messages)) from error
    _keep(person, password, must_change=False)


@transaction.atomic
def set_one_time_password(person: Person) -> str:
    """A password that opens once, for choosing another; returns it, nothing else ever knows it."""
    letters = [secrets.choice(alphabet) for alphabet in ALPHABETS]
    letters += [secrets.choice("".join(ALPHABETS)) for _ in range(9)]
    secrets.SystemRandom().shuffle(letters)
    password = "".join(letters)
    _keep(person, password, must_change=True)
    return password


def _keep(person: Person, password: str, *, must_change: bool) -> None:
    if person.has_usable_password():
        OldPassword.objects.create(person=person, hash=person.password)
    outdated = person.old_passwords.values_list("pk", flat=True)[KEPT_PASSWORDS:]
    OldPassword.objects.filter(pk__in=list(outdated)).delete()
    person.set_password(password)
    person.save(update_fields=["password"])
    account = account_of(person)
    account.password_changed_at, account.must_change_password = timezone.now(), must_change
    account.save(update_fields=["password_changed_at", "must_change_password"])
