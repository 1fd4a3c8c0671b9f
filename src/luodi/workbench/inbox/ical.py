"""A person's 待办 as an iCalendar feed (RFC 5545): one all-day event for each kind of work and day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext as _

from luodi.workbench.inbox import Due

FOLD = 75
"""Octets a line may have (RFC 5545 3.1)."""


def feed(dues: Iterable[Due], name: str, host: str, now: datetime) -> str:
    """The feed. The same work has the same UID each day, so a calendar moves an event and never doubles it."""
    days: dict[tuple[str, date], list[Due]] = defaultdict(list)
    for due in dues:
        if due.by is not None:
            days[due.kind, due.by].append(due)
    lines: list[str] = []
    for (kind, day), each in sorted(days.items(), key=lambda item: (item[0][1], item[0][0])):
        title = _("%(kind)s %(n)d 项") % {"kind": each[0].title, "n": len(each)}
        told = "\n".join(f"{due.about[:60]}：{due.what}" for due in each[:20])
        lines += [
            "BEGIN:VEVENT",
            f"UID:{kind}-{day:%Y%m%d}@{host}",
            f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escaped(title)}",
            f"DESCRIPTION:{escaped(told)}",
            "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15H", f"DESCRIPTION:{escaped(title)}", "END:VALARM",
            "END:VEVENT",
        ]  # fmt: skip
    return calendar_of(name, lines)


def calendar_of(name: str, events: Iterable[str]) -> str:
    """A whole calendar around the lines of its events, folded as the standard asks."""
    head = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//luodi//todo//ZH",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
    )
    return "".join(f"{_folded(line)}\r\n" for line in (*head, *events, "END:VCALENDAR"))


def escaped(value: str) -> str:
    """A value of a property, with what the format gives a meaning to made plain."""
    plain = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, never cutting a character."""
    pieces, piece, size = [], "", 0
    for char in line:
        width = len(char.encode())
        if size + width > FOLD:
            pieces.append(piece)
            piece, size = " ", 1
        piece += char
        size += width
    return "\r\n".join([*pieces, piece])
