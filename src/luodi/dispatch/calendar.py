"""Meetings as iCalendar (RFC 5545): one event each, with the time of the place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta

from luodi.dispatch.models import Meeting
from luodi.workbench.inbox.ical import calendar_of, escaped

LENGTH = timedelta(hours=2)
_STATUS = {
    Meeting.State.PLANNED: "CONFIRMED",
    Meeting.State.HELD: "CONFIRMED",
    Meeting.State.CANCELLED: "CANCELLED",
}


def meetings_feed(meetings: Iterable[Meeting], host: str) -> str:
    lines: list[str] = []
    for each in meetings:
        lines += [
            "BEGIN:VEVENT",
            f"UID:meeting-{each.pk}@{host}",
            f"DTSTAMP:{each.at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART:{each.at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTEND:{(each.at + LENGTH).astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"SUMMARY:{escaped(each.get_kind_display())}",
            f"LOCATION:{escaped(each.place)}",
            f"DESCRIPTION:{escaped(f'主持：{each.chair.name}' if each.chair else '')}",
            f"STATUS:{_STATUS[Meeting.State(each.state)]}",
            "END:VEVENT",
        ]
    return calendar_of("调度会", lines)
