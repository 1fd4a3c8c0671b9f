"""Append to the audit log, and check that nobody has touched it.

An entry's seal is SHA-256 over the previous seal and the entry's content in one canonical JSON form, so a
changed, removed, swapped or inserted entry breaks every seal after it.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from itertools import pairwise
from multiprocessing import get_context
from typing import Any, NamedTuple

import django
from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone

from luodi.kernel.models import AuditEntry, ChainHead, Person

GENESIS = "0" * 64
SEALED = ("action", "at", "by", "detail", "request", "subject")
"""The fields of an entry that its seal covers, in the order of the canonical form."""

WORTH_SHARING = 100_000
"""With fewer entries starting another process takes longer than the walk."""

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
    return _seal(previous, *(getattr(entry, name) for name in SEALED))


def first_broken_entry(processes: int = 1) -> str | None:
    """None when every seal holds; else a sentence that names the first entry that does not fit.

    Every entry is held against the seal that is stored before it, so stretches may be walked by several processes at
    once. They see what is committed; writers wait only while the last few entries are walked.
    """
    stretches = _stretches(8 * processes)
    end = stretches[-1][1] if stretches else 0
    if processes > 1 and end - stretches[0][0] > WORTH_SHARING:
        with ProcessPoolExecutor(processes, get_context("spawn"), initializer=django.setup) as pool:
            walked = list(pool.map(_walk, *zip(*stretches, strict=True)))
    else:
        walked = [_walk(*stretch) for stretch in stretches]
    with transaction.atomic():
        head = ChainHead.objects.select_for_update().filter(pk=1).first()
        walked.append(_walk(end, None))
    broken = next((each.broken for each in walked if each.broken), None)
    if broken:
        return f"第 {broken} 号审计记录与封印不符：{AuditEntry.objects.get(pk=broken)}"
    length = sum(each.length for each in walked)
    last = next((each.seal for each in reversed(walked) if each.length), GENESIS)
    if (head.length if head else 0) != length or (head.seal if head else GENESIS) != last:
        return f"审计链尾部不全：应有 {head.length if head else 0} 条，实有 {length} 条"
    return None


class _Walked(NamedTuple):
    """A stretch of the chain: how many entries, the last seal, and the number of the first that does not fit."""

    length: int
    seal: str
    broken: int | None = None


def _stretches(count: int) -> list[tuple[int, int]]:
    """The numbers given so far, in so many parts: after the first of each pair, up to and with the second."""
    numbers = AuditEntry.objects.aggregate(Min("id"), Max("id"))
    if numbers["id__min"] is None:
        return []
    first, last = numbers["id__min"] - 1, numbers["id__max"]
    marks = [first + (last - first) * part // count for part in range(count + 1)]
    return list(pairwise(marks))


def _walk(after: int, until: int | None) -> _Walked:
    before = AuditEntry.objects.filter(id__lte=after).order_by("-id").values_list("seal", flat=True).first()
    entries = AuditEntry.objects.filter(id__gt=after, **({} if until is None else {"id__lte": until}))
    previous, length = before or GENESIS, 0
    for number, seal, *content in entries.order_by("id").values_list("id", "seal", *SEALED).iterator(2000):
        if seal != _seal(previous, *content):
            return _Walked(length, previous, number)
        previous, length = seal, length + 1
    return _Walked(length, previous)


def _seal(previous: str, action: str, at: datetime, by: str, detail: Any, request: str, subject: str) -> str:
    """The canonical form is written out by hand, since a chain of millions is walked entry by entry."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    content = (
        f'{{"action":{_quoted(action)},"at":"{moment}","by":{_quoted(by)},"detail":{_canonical(detail)},'
        f'"request":{_quoted(request)},"subject":{_quoted(subject)}}}'
    )
    return hashlib.sha256(f"{previous}\n{content}".encode()).hexdigest()


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
    if isinstance(value, (set, frozenset, tuple)):
        return sorted(value) if isinstance(value, (set, frozenset)) else list(value)
    return str(value)


_canonical = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
).encode
_quoted = json.encoder.encode_basestring
