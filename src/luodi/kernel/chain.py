"""The hash chain of the audit log: how an entry is sealed, and how the whole log is checked, fast and in little memory.

A seal is SHA-256 over the previous seal and the entry's fields, each on a line of its own. No field holds a line end
(`kernel.audit` sees to that), so one text can't stand for two entries. Everything is hashed as it is stored: checking
reads plain rows in pages and parses nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from multiprocessing import get_context
from typing import NamedTuple

import django
from django.db import connection, transaction
from django.db.models import Max, Min

from luodi.kernel.models import AuditEntry, ChainHead

GENESIS = "0" * 64
PAGE = 5000
PARTS = 32
WORTH_SHARING = 2_000_000
"""With fewer entries starting another process takes longer than the walk."""
MOST = 2**63 - 1

# An entry as one text, the way it was sealed: the database joins the fields, quicker than Python. The moment is UTC to
# the microsecond, whose .000000 SQLite may leave out. No field is ever NULL.
_FIELDS = "by", "address", "action", "subject", "request", "detail"
STORED = {
    vendor: f"SELECT id, seal, {text} FROM kernel_auditentry WHERE id > %s AND id <= %s ORDER BY id LIMIT {PAGE}"
    for vendor, text in {
        "sqlite": " || char(10) || ".join(("substr(at || '.000000', 1, 26)", *_FIELDS)),
        "postgresql": f"concat_ws(E'\n', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), {', '.join(_FIELDS)})",
    }.items()
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What the chain was at some time: so many entries, and the seal of the last of them."""

    length: int
    seal: str
    called: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many entries hold; `fault` is a sentence that names the first that does not, or what else is wrong."""

    length: int
    seal: str
    fault: str | None


def seal_of(previous: str, *fields: str) -> str:
    """The seal of an entry from the one before and its fields: moment, by, address, action, subject, request, detail."""
    return hashlib.sha256("\n".join((previous, *fields)).encode()).hexdigest()


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(" ", "microseconds")[:26]


def verify(
    marks: Iterable[Mark] = (),
    processes: int = 1,
    told: Callable[[int, int], None] = lambda _done, _all: None,
) -> Verdict:
    """Check every seal, the head, and that the chain passes through every mark; `told` hears how far it is.

    Every entry is held against the seal that is stored before it, so stretches may be walked by several processes at
    once. They see what is committed; writers wait only while the last few entries are walked.
    """
    stretches = _stretches(PARTS)
    end = stretches[-1][1] if stretches else 0
    walked: list[_Walked] = []
    for each in _walk_all(stretches, processes):
        walked.append(each)
        told(len(walked), len(stretches))
    with transaction.atomic():
        head = ChainHead.objects.select_for_update().filter(pk=1).first()
        walked.append(_walk(end, None))
    length = sum(each.length for each in walked)
    seal = next((each.seal for each in reversed(walked) if each.length), GENESIS)
    broken = next((each.broken for each in walked if each.broken is not None), None)
    if broken is not None:
        return Verdict(
            length,
            seal,
            f"第 {broken} 号审计记录与封印不符：{AuditEntry.objects.defer('detail').get(pk=broken)}",
        )
    if (head.length if head else 0, head.seal if head else GENESIS) != (length, seal):
        return Verdict(
            length, seal, f"审计链尾部不全：应有 {head.length if head else 0} 条，实有 {length} 条"
        )
    return Verdict(length, seal, _missed(marks, length))


class _Walked(NamedTuple):
    """A stretch of the chain: how many entries, the last seal, and the number of the first that does not fit."""

    length: int
    seal: str
    broken: int | None = None


def _missed(marks: Iterable[Mark], length: int) -> str | None:
    """In a chain that holds, a seal stands for everything before it: a mark whose seal is not there was written over."""
    for mark in sorted(marks, key=lambda mark: mark.length):
        if AuditEntry.objects.filter(seal=mark.seal).exists():
            continue
        if mark.length > length:
            return f"审计锚（{mark.called}）记有 {mark.length} 条，实有 {length} 条：记录被截去。"
        return f"审计链与 {mark.called} 的审计锚不符：前 {mark.length} 条被改写过。"
    return None


def _stretches(count: int) -> list[tuple[int, int]]:
    """The numbers given so far, in so many parts: after the first of each pair, up to and with the second."""
    numbers = AuditEntry.objects.aggregate(Min("id"), Max("id"))
    if numbers["id__min"] is None:
        return []
    first, last = numbers["id__min"] - 1, numbers["id__max"]
    return list(pairwise(first + (last - first) * part // count for part in range(count + 1)))


def _walk_all(stretches: list[tuple[int, int]], processes: int) -> Iterator[_Walked]:
    if processes > 1 and stretches and stretches[-1][1] - stretches[0][0] > WORTH_SHARING:
        with ProcessPoolExecutor(processes, get_context("spawn"), initializer=django.setup) as pool:
            yield from pool.map(_walk, *zip(*stretches, strict=True))
    else:
        yield from (_walk(*stretch) for stretch in stretches)


def _walk(after: int, until: int | None) -> _Walked:
    """Check the entries with numbers in a stretch, as they are stored, a page at a time."""
    sha256, length, last = hashlib.sha256, 0, after
    until = MOST if until is None else until
    with connection.cursor() as cursor:
        cursor.execute("SELECT seal FROM kernel_auditentry WHERE id <= %s ORDER BY id DESC LIMIT 1", [after])
        row = cursor.fetchone()
        previous = row[0] if row else GENESIS
        while True:
            cursor.execute(STORED[connection.vendor], [last, until])
            page = cursor.fetchall()
            for number, seal, text in page:
                if sha256(f"{previous}\n{text}".encode()).hexdigest() != seal:
                    return _Walked(length, previous, number)
                previous = seal
            if not page:
                return _Walked(length, previous)
            length, last = length + len(page), page[-1][0]
