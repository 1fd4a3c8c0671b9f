"""The audit chain beside a bare one: the same hashes and the same rows, without models, people or requests."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench import field
from bench.runner import ROUNDS, Row, exponent, in_turn

FULL = 1_000_000
APPENDED = 200
TOGETHER = 5_000
GENESIS = "0" * 64
GOAL_EVENTS, GOAL_SECONDS = 10_000_000, 60


def rows(quick: bool) -> Iterator[Row]:
    home = Path(field.set_up())
    yield _append(home)
    yield _append_together(home)
    yield _verify(home, FULL // 10 if quick else FULL)


def _append(home: Path) -> Row:
    """One entry a transaction, as a write of a person leaves it; the bare one commits as often and as safely."""
    from luodi.kernel import audit

    bare = BareChain(home / "bare-append.sqlite3")
    seconds = in_turn(
        {
            "ours": lambda: [audit.record(None, "bench.write", None, {"n": n}) for n in range(APPENDED)],
            "limit": lambda: [bare.append({"n": n}) for n in range(APPENDED)],
        }
    )
    return Row(
        f"audit: append {APPENDED} entries, a commit each",
        seconds,
        goal="ratio only",
        extra={"entries a second": APPENDED / seconds["ours"]},
    )


def _append_together(home: Path) -> Row:
    """The entries of an import: all in one transaction, the bare ones too."""
    from luodi.kernel import audit

    bare = BareChain(home / "bare-together.sqlite3")

    def ours() -> None:
        with audit.together(), audit.one_request():
            for n in range(TOGETHER):
                audit.record(None, "bench.write", None, {"n": n})

    seconds = in_turn({"ours": ours, "limit": lambda: bare.append_all({"n": n} for n in range(TOGETHER))})
    return Row(
        f"audit: append {TOGETHER:,} entries, one commit",
        seconds,
        goal="ratio only",
        note="ours has nine fields and six indexes, the limit two fields and none",
        extra={"entries a second": TOGETHER / seconds["ours"]},
    )


def _verify(home: Path, size: int) -> Row:
    """The whole chain, read from the database and hashed again; at a tenth, a third and the whole of the size."""
    from tools.seed import Size, fill_log

    from luodi.kernel import audit

    sizes = [size // 10, size // 3, size]
    measured = []
    bare = BareChain(home / "bare-verify.sqlite3")
    for each in sizes:
        _empty()
        fill_log(Size(audit=each))
        bare.fill(each)
        contenders = {
            "ours": lambda: _sound(audit.first_broken_entry(os.cpu_count() or 1)),
            "one process": lambda: _sound(audit.first_broken_entry()),
            "limit": bare.verify,
            "hashing alone": bare.hash_again,
        }
        measured.append(in_turn(contenders, ROUNDS))
    seconds = measured[-1]
    began = time.process_time()
    _sound(audit.first_broken_entry())
    worked = time.process_time() - began
    rate = size / seconds["one process"]
    return Row(
        f"audit: verify {size:,} entries",
        seconds,
        goal=f"{GOAL_EVENTS:,} entries in {GOAL_SECONDS} s",
        exponent=exponent(sizes, [each["one process"] for each in measured]),
        note="the exponent is of one process; sharing starts at chain.WORTH_SHARING entries",
        extra={
            "entries a second": rate,
            "seconds for 10,000,000": GOAL_EVENTS / rate,
            "processor us an entry": worked / size * 1e6,
        },
    )


def _empty() -> None:
    """A new log. The models would refuse: entries are never removed."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_auditentry")
        cursor.execute("DELETE FROM kernel_chainhead")


def _sound(fault: str | None) -> None:
    if fault:
        raise RuntimeError(fault)


class BareChain:
    """What no log can undercut: a row of text and its hash upon the one before, in the same kind of database."""

    def __init__(self, place: Path) -> None:
        self.database = sqlite3.connect(place, isolation_level=None)
        self.database.execute("PRAGMA journal_mode=WAL")
        self.database.execute("PRAGMA synchronous=NORMAL")
        self.database.execute("CREATE TABLE chain (id INTEGER PRIMARY KEY, content TEXT, seal TEXT)")
        self.seal = GENESIS
        self.rows: list[tuple[str, str]] = []

    def append(self, content: dict[str, object]) -> None:
        text = json.dumps(content)
        self.seal = _seal(self.seal, text)
        self.database.execute("INSERT INTO chain (content, seal) VALUES (?, ?)", (text, self.seal))

    def append_all(self, contents: Iterable[dict[str, object]]) -> None:
        self.database.execute("BEGIN")
        for content in contents:
            self.append(content)
        self.database.execute("COMMIT")

    def fill(self, size: int) -> None:
        """So many entries of the weight that the product's have, in one transaction."""
        self.database.execute("DELETE FROM chain")
        self.seal = GENESIS
        self.append_all(
            {
                "at": "2026-01-01T00:00:00.000000+00:00", "by": "liaison007", "action": "commitments.save_report",
                "subject": f"commitments.commitment:{n}", "request": f"{n:032}",
                "detail": {"synthetic": True, "n": n},
            }
            for n in range(size)
        )  # fmt: skip
        self.rows = self.database.execute("SELECT content, seal FROM chain ORDER BY id").fetchall()

    def hash_again(self) -> None:
        """No database at all: rows that lie in memory."""
        previous = GENESIS
        for text, seal in self.rows:
            previous = _seal(previous, text)
            if previous != seal:
                raise RuntimeError("the bare chain is broken")

    def verify(self) -> None:
        previous = GENESIS
        for text, seal in self.database.execute("SELECT content, seal FROM chain ORDER BY id"):
            previous = _seal(previous, text)
            if previous != seal:
                raise RuntimeError("the bare chain is broken")


def _seal(previous: str, text: str) -> str:
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()
