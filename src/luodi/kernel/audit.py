"""Append to the audit log. What is written in one request or job carries one id."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from luodi.kernel import chain
from luodi.kernel.chain import GENESIS
from luodi.kernel.models import AuditEntry, ChainHead, Person

# The id of the request, and the address that it came from.
_request: ContextVar[tuple[str, str] | None] = ContextVar("audit_request", default=None)


@contextmanager
def one_request(address: str = "") -> Iterator[str]:
    """Everything written inside carries the same request id and address."""
    name = uuid.uuid4().hex
    token = _request.set((name, address))
    try:
        yield name
    finally:
        _request.reset(token)


def record(
    by: Person | None, action: str, subject: object = None, detail: dict[str, Any] | None = None
) -> AuditEntry:
    """Append one entry, inside the transaction of the write it tells of."""
    request, address = _request.get() or (uuid.uuid4().hex, "")
    with transaction.atomic(savepoint=False):
        head = ChainHead.objects.select_for_update().filter(pk=1).first() or _first_head()
        entry = AuditEntry(
            at=timezone.now(),
            by=_line(by.login if by else "", 40),
            address=_line(address, 45),
            action=_line(action, 80),
            subject=_line(_name_of(subject), 80),
            request=request,
            detail=json.loads(json.dumps(detail or {}, default=_plain)),
        )
        entry.seal = seal_of(head.seal, entry)
        entry.save()
        head.seal, head.length = entry.seal, head.length + 1
        head.save()
        return entry


def _first_head() -> ChainHead:
    ChainHead.objects.get_or_create(pk=1, defaults={"seal": GENESIS})
    return ChainHead.objects.select_for_update().get(pk=1)


def seal_of(previous: str, entry: AuditEntry) -> str:
    """The seal of an entry after the one that carries `previous`."""
    stored = AuditEntry._meta.get_field("detail").get_prep_value(entry.detail)
    fields = (entry.by, entry.address, entry.action, entry.subject, entry.request, stored)
    return chain.seal_of(previous, chain.moment(entry.at), *fields)


def first_broken_entry(processes: int = 1) -> str | None:
    """None when every seal holds; else a sentence that names the first entry that does not fit."""
    return chain.verify(processes=processes).fault


def _line(text: str, most: int) -> str:
    """One line: the seal parts the fields by line ends."""
    return " ".join(text.splitlines())[:most]


def _name_of(subject: object) -> str:
    if subject is None:
        return ""
    meta = getattr(subject, "_meta", None)
    return f"{meta.label_lower}:{subject.pk}" if meta else str(subject)  # type: ignore[attr-defined]


def _plain(value: Any) -> Any:
    if hasattr(value, "_meta"):
        return _name_of(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    if isinstance(value, (set, frozenset, tuple)):
        return sorted(value) if isinstance(value, (set, frozenset)) else list(value)
    return str(value)
