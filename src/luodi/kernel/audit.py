"""Append to the audit log, and check that nobody has touched it.

An entry's seal is SHA-256 over the previous seal and the entry's content in one canonical JSON form, so a
changed, removed, swapped or inserted entry breaks every seal after it.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from luodi.kernel.models import AuditEntry, ChainHead, Person

GENESIS = "0" * 64

_request: ContextVar[str | None] = ContextVar("audit_request", default=None)


@contextmanager
def one_request() -> Iterator[str]:
    """Everything written inside carries the same request id."""
    name = uuid.uuid4().hex
    token = _request.set(name)
    try:
        yield name
    finally:
        _request.reset(token)


def record(
    by: Person | None, action: str, subject: object = None, detail: dict[str, Any] | None = None
) -> AuditEntry:
    """Append one entry, inside the transaction of the write it tells of."""
    with transaction.atomic():
        ChainHead.objects.get_or_create(pk=1, defaults={"seal": GENESIS})
        head = ChainHead.objects.select_for_update().get(pk=1)
        entry = AuditEntry(
            at=timezone.now(),
            by=by.login if by else "",
            action=action,
            subject=_name_of(subject),
            request=_request.get() or uuid.uuid4().hex,
            detail=json.loads(_canonical(detail or {})),
        )
        entry.seal = seal_of(head.seal, entry)
        entry.save(force_insert=True)
        head.seal, head.length = entry.seal, head.length + 1
        head.save()
        return entry


def seal_of(previous: str, entry: AuditEntry) -> str:
    content = {
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": entry.by,
        "action": entry.action,
        "subject": entry.subject,
        "request": entry.request,
        "detail": entry.detail,
    }
    return hashlib.sha256(f"{previous}\n{_canonical(content)}".encode()).hexdigest()


def first_broken_entry() -> str | None:
    """None when every seal holds; else a sentence that names the first entry that does not fit."""
    previous, length = GENESIS, 0
    for entry in AuditEntry.objects.order_by("id").iterator(chunk_size=2000):
        if entry.seal != seal_of(previous, entry):
            return f"第 {entry.pk} 号审计记录与封印不符：{entry}"
        previous, length = entry.seal, length + 1
    head = ChainHead.objects.filter(pk=1).first()
    if (head.length if head else 0) != length or (head.seal if head else GENESIS) != previous:
        return f"审计链尾部不全：应有 {head.length if head else 0} 条，实有 {length} 条"
    return None


def _name_of(subject: object) -> str:
    if subject is None:
        return ""
    meta = getattr(subject, "_meta", None)
    return f"{meta.label_lower}:{subject.pk}" if meta else str(subject)  # type: ignore[attr-defined]


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> Any:
    if hasattr(value, "_meta"):
        return _name_of(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, (set, frozenset, tuple)):
        return sorted(value) if isinstance(value, (set, frozenset)) else list(value)
    return str(value)
