"""Audit anchors 审计锚: once a day the length and the last seal of the log leave the database.

Who can write to the database can also seal the whole log anew, and nothing inside it would tell. An anchor kept
elsewhere does: on paper, on another machine, in a minute book. Each is one printable line,

    落地审计锚 2026-11-24 128 6f1c…64 hex…0a b7d2

the day, the number of entries, the seal of the last one, and four characters that catch a slip in copying by hand.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from luodi.kernel import audit, denials
from luodi.kernel.chain import Mark
from luodi.kernel.models import ChainHead, Person

HEAD = "落地审计锚"
LINE = re.compile(
    rf"{HEAD}\s+(\d{{4}}-\d\d-\d\d)\s+(\d+)\s+((?:[0-9a-f]{{4}}\s*){{16}})\s*([0-9a-f]{{4}})\s*"
)


class BadAnchor(ValueError):
    """A line that is no anchor, or was miscopied."""


@dataclass(frozen=True, slots=True)
class Anchor:
    day: date
    length: int
    seal: str

    @property
    def line(self) -> str:
        seal = " ".join(self.seal[place : place + 4] for place in range(0, 64, 4))
        return f"{HEAD} {self.day} {self.length} {seal} {self.check}"

    @property
    def check(self) -> str:
        return hashlib.sha256(f"{self.day} {self.length} {self.seal}".encode()).hexdigest()[:4]

    @property
    def mark(self) -> Mark:
        return Mark(self.length, self.seal, str(self.day))


def read_line(line: str) -> Anchor:
    """An anchor from its line, however it is spaced. Raises BadAnchor."""
    found = LINE.fullmatch(line.strip())
    if not found:
        raise BadAnchor(f"这一行不是审计锚：{line.strip()[:40]}")
    anchor = Anchor(date.fromisoformat(found[1]), int(found[2]), "".join(found[3].split()))
    if anchor.check != found[4]:
        raise BadAnchor(f"{found[1]} 的审计锚抄错了：末尾的校验不符。")
    return anchor


def read_anchors(lines: Iterable[str]) -> list[Anchor]:
    return [read_line(line) for line in lines if line.strip()]


def kept_anchors() -> list[Anchor]:
    """Those that this machine keeps. They tell of a rewrite only by somebody who did not think of this file."""
    place = anchor_file()
    return read_anchors(place.read_text(encoding="utf-8").splitlines()) if place.exists() else []


def anchor_file() -> Path:
    """LUODI_ANCHORS, best on another machine's disk; else anchors.txt in LUODI_HOME."""
    return Path(settings.LUODI_ANCHORS or Path(settings.LUODI_HOME) / "anchors.txt")


def drop_anchor(by: Person | None, on: date) -> Anchor:
    """The day's anchor: made once and written to the file; asked again the same day, the same one."""
    if kept := next((anchor for anchor in kept_anchors() if anchor.day == on), None):
        return kept
    with transaction.atomic():
        denials.tell_counted()
        audit.record(by, "audit.anchor", None, {"day": on})
        head = ChainHead.objects.get(pk=1)
    # Written only when the entry stands: an anchor of what was rolled back would cry wolf for ever.
    anchor = Anchor(on, head.length, head.seal)
    place = anchor_file()
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("a", encoding="utf-8") as out:
        out.write(anchor.line + "\n")
        out.flush()
        os.fsync(out.fileno())
    return anchor
