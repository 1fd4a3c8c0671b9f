"""Five failures in a quarter of an hour shut the door for a quarter of an hour: for an account, and for an address.

Logins that do not exist are counted alike, so that the answer does not tell which exist.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_noop

from luodi.kernel.models import SignInAttempt
from luodi.kernel.spoken import Spoken

WINDOW = timedelta(minutes=15)
KEPT = timedelta(days=1)


LOCKED = gettext_noop("失败次数过多，已锁定到 {until}。忘记密码请找系统管理员。")


class Locked(Spoken):
    """Too many failures; `until` is when the door opens again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(LOCKED, until=f"{timezone.localtime(until):%H:%M}")
        self.until = until


@transaction.atomic
def begin(login: str, address: str) -> SignInAttempt:
    """Note a try before the secret is compared: it is a failure until `succeed` says otherwise. Raises Locked."""
    now = timezone.now()
    of_account = SignInAttempt.objects.filter(who=_digest(login))
    success = of_account.filter(succeeded=True).order_by("-id").values_list("id", flat=True).first()
    since_success = of_account.filter(id__gt=success) if success else of_account
    _refuse_when_shut(since_success, settings.LUODI_LOCK_AFTER, now)
    from_address = SignInAttempt.objects.filter(address=address, succeeded=False)
    _refuse_when_shut(from_address, settings.LUODI_LOCK_ADDRESS_AFTER, now)
    return SignInAttempt.objects.create(who=_digest(login), address=address, at=now)


def succeed(attempt: SignInAttempt) -> None:
    SignInAttempt.objects.filter(at__lt=attempt.at - KEPT).delete()
    attempt.succeeded = True
    attempt.save(update_fields=["succeeded"])


def _refuse_when_shut(failures: QuerySet[SignInAttempt], most: int, now: datetime) -> None:
    last = list(failures.order_by("-id").values_list("at", flat=True)[:most])
    if len(last) == most and last[0] - last[-1] <= WINDOW and now < last[0] + WINDOW:
        raise Locked(last[0] + WINDOW)


def _digest(login: str) -> str:
    return salted_hmac("luodi.sign-in", login.strip().lower()[:100], algorithm="sha256").hexdigest()
