"""What a person may set up on the workbench: views of desks, keys to the API and the calendar, a mailbox. Rows are written by the desks' actions."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person
from luodi.kernel.permission import is_staff_of_the_city
from luodi.workbench.models import ApiToken, CalendarKey, Mailbox, SavedView


def is_own(person: Any, thing: Any) -> bool:
    """One's own view or key, or a new one."""
    return bool(person.is_active) and getattr(thing, "person_id", person.pk) == person.pk


@action("workbench.save_view", may=is_own)
def save_view(by: Person, view: SavedView, query: str, columns: Sequence[str]) -> SavedView:
    """Keep filters, order and columns under the view's name; the same name again replaces it."""
    if len(query) > 1000:
        raise Refused("筛选条件太长，存不下；请减少条件。")
    view.pk = (
        SavedView.objects.filter(person=by, desk=view.desk, name=view.name)
        .values_list("pk", flat=True)
        .first()
    )
    view.query, view.columns = query, list(columns)
    view.save()
    return view


@action("workbench.drop_view", may=is_own)
def drop_view(by: Person, view: SavedView) -> SavedView:
    SavedView.objects.filter(pk=view.pk).delete()
    return view


@action("workbench.reveal", may=lambda person, _row: person.is_active)
def reveal(by: Person, row: Any, reason: str) -> Any:
    """See the masked values of a row one sees; what stays is who saw them and why."""
    if len(reason.strip()) < 2:
        raise Refused("请写明查看个人信息的事由，事由会留在审计记录里。")
    return row


@action("workbench.export", may=lambda person, _format: person.is_active)
def note_export(by: Person, format: str, desk: str, rows: int, filters: str) -> str:
    """Who took which rows away, and in what form."""
    return f"desk:{desk}"


@action("workbench.issue_token", may=is_own)
def issue_token(by: Person, token: ApiToken) -> ApiToken:
    """Keep a new key's hash; the key itself is shown once by whoever made it, and is in no log."""
    if not token.title:
        raise Refused("请写明这个密钥给哪个系统用。")
    token.save()
    return token


@action("workbench.revoke_token", may=is_own)
def revoke_token(by: Person, token: ApiToken) -> ApiToken:
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    return token


@action("workbench.renew_calendar_key", may=is_staff_of_the_city)
def renew_calendar_key(by: Person) -> CalendarKey:
    """A new address for one's calendar feed; the old one answers nothing from now on."""
    row, _ = CalendarKey.objects.update_or_create(person=by, defaults={"key": secrets.token_urlsafe(24)})
    return row


@action("workbench.set_mailbox", may=is_staff_of_the_city)
def set_mailbox(by: Person, address: str, wants: bool) -> Mailbox:
    """Where one's daily mail goes, or that there is to be none."""
    address = address.strip()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Refused("邮箱地址不完整，应当像 name@example.gov.cn。") from error
    row, _ = Mailbox.objects.update_or_create(person=by, defaults={"address": address, "wants": wants})
    return row


def hash_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
