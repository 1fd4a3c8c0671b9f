"""Append to the audit log. What is written in one request or job carries one id.

    with audit.together():            # in a transaction: the entries of many writes in one statement, at the end
        for row in rows:
            keep(by, row, values)     # every action records as usual

Entries are written as plain rows. Their text is made once: what is stored is what is sealed.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from luodi.kernel import chain
from luodi.kernel.chain import GENESIS
from luodi.kernel.models import AuditEntry, ChainHead, Person

# The id of the request, and the address that it came from.
_request: ContextVar[tuple[str, str] | None] = ContextVar("audit_request", default=None)
# Entries that wait for the end of `together`.
_waiting: ContextVar[list[_Told] | None] = ContextVar("audit_waiting", default=None)

FIELDS = ("at", "by", "address", "action", "subject", "request", "detail", "seal")
INSERT = 'INSERT INTO kernel_auditentry ("{}") VALUES ({})'.format('", "'.join(FIELDS), ", ".join(["%s"] * 8))
HEAD = "SELECT seal, length FROM kernel_chainhead WHERE id = 1"
MOVE_HEAD = "UPDATE kernel_chainhead SET seal = %s, length = %s WHERE id = 1"


class _Told:
    """The fields of an entry as they are stored: moment, by, address, action, subject, request, detail."""

    __slots__ = ("fields",)

    def __init__(self, *fields: str) -> None:
        self.fields = fields

    def __call__(self) -> None:
        """Does nothing on commit. It is registered for that: with a savepoint that is rolled back Django forgets it."""


@contextmanager
def one_request(address: str = "") -> Iterator[str]:
    """Everything written inside carries the same request id and address."""
    name = uuid.uuid4().hex
    token = _request.set((name, address))
    try:
        yield name
    finally:
        _request.reset(token)


def address_of_request() -> str:
    """Where the present request came from; empty outside a request."""
    return (_request.get() or ("", ""))[1]


@contextmanager
def together() -> Iterator[None]:
    """Entries of everything inside are appended at the end in one statement, in their order.

    Inside a transaction; what a savepoint took back is not told. Inside another `together` it changes nothing.
    """
    if _waiting.get() is not None:
        yield
        return
    with transaction.atomic():
        waiting: list[_Told] = []
        token = _waiting.set(waiting)
        try:
            yield
        finally:
            _waiting.reset(token)
        standing = {each[1] for each in connection.run_on_commit}
        _append([told.fields for told in waiting if told in standing])
        # their marks are needed no more: a long transaction of many such blocks stays as small as one
        over = set(waiting)
        connection.run_on_commit = [each for each in connection.run_on_commit if each[1] not in over]


def record(
    by: Person | None,
    action: str,
    subject: object = None,
    detail: dict[str, Any] | None = None,
    *,
    address: str | None = None,
) -> None:
    """Append one entry, inside the transaction of the write it tells of; it came from the request's address."""
    request = _request.get() or (uuid.uuid4().hex, "")
    told = _Told(
        chain.moment(timezone.now()),
        _line(by.login if by else "", 40),
        _line(request[1] if address is None else address, 45),
        _line(action, 80),
        _line(name_of(subject), 80),
        request[0],
        _text(detail or {}),
    )
    waiting = _waiting.get()
    if waiting is None:
        _append([told.fields])
    else:
        waiting.append(told)
        transaction.on_commit(told)


def seal_of(previous: str, entry: AuditEntry) -> str:
    """The seal of an entry after the one that carries `previous`."""
    stored = AuditEntry._meta.get_field("detail").get_prep_value(entry.detail)
    fields = (entry.by, entry.address, entry.action, entry.subject, entry.request, stored)
    return chain.seal_of(previous, chain.moment(entry.at), *fields)


def first_broken_entry(processes: int = 1) -> str | None:
    """None when every seal holds; else a sentence that names the first entry that does not fit."""
    return chain.verify(processes=processes).fault


def _append(entries: Sequence[tuple[str, ...]]) -> None:
    """Seal entries upon the head, which stays locked until the transaction ends, and move it."""
    if not entries:
        return
    is_postgres = connection.vendor == "postgresql"
    zone = "+00" if is_postgres else ""  # a moment is text in UTC; PostgreSQL has to be told
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(f"{HEAD} FOR UPDATE" if is_postgres else HEAD)
        seal, length = cursor.fetchone() or _first_head()
        rows = []
        for fields in entries:
            seal = chain.seal_of(seal, *fields)
            rows.append((fields[0] + zone, *fields[1:], seal))
        if len(rows) == 1:
            cursor.execute(INSERT, rows[0])
        else:
            cursor.executemany(INSERT, rows)
        cursor.execute(MOVE_HEAD, (seal, length + len(rows)))


def _first_head() -> tuple[str, int]:
    ChainHead.objects.get_or_create(pk=1, defaults={"seal": GENESIS})
    head = ChainHead.objects.select_for_update().get(pk=1)
    return head.seal, head.length


def _line(text: str, most: int) -> str:
    """One line: the seal parts the fields by line ends."""
    return " ".join(text.splitlines())[:most]


def _text(detail: dict[str, Any]) -> str:
    """As `SealedJSON` keeps it."""
    try:
        return _ENCODER.encode(detail)
    except TypeError:  # keys of several types have no order but as text
        return _ENCODER.encode(json.loads(json.dumps(detail, default=_plain)))


def name_of(subject: object) -> str:
    """What the log calls an object: `kernel.unit:3`, or its own text."""
    if subject is None:
        return ""
    meta = getattr(subject, "_meta", None)
    return f"{meta.label_lower}:{subject.pk}" if meta else str(subject)  # type: ignore[attr-defined]


def _plain(value: Any) -> Any:
    if hasattr(value, "_meta"):
        return name_of(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    if isinstance(value, (set, frozenset, tuple)):
        return sorted(value) if isinstance(value, (set, frozenset)) else list(value)
    return str(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
