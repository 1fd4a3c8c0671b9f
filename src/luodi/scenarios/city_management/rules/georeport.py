"""Open311 GeoReport v2 as values: what a request may ask, and answers in JSON and in XML.

Source: GeoReport v2 (wiki.open311.org/GeoReport_v2). All states of a case map to open or closed; the fine state stands in
`status_notes`, and closed is never said to mean fixed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

RANGE_MOST = timedelta(days=90)
PAGE_MOST, PAGE_USUAL = 1000, 100
OPEN, CLOSED = "open", "closed"
REALTIME, BATCH = "realtime", "batch"
"""A request of a realtime service has its number at once; a batch one has a token until it is taken in."""
MEDIA_TYPES = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
# the root of an answer in XML, and the element of each of its rows
ROOTS = {
    "services": ("services", "service"),
    "requests": ("service_requests", "request"),
    "errors": ("errors", "error"),
    "definition": ("service_definition", ""),
    "discovery": ("discovery", ""),
}
ROWS_WITHIN = {"attributes": "attribute", "values": "value", "endpoints": "endpoint", "formats": "format"}


class BadRequest(ValueError):
    """What was asked can't be answered; `code` is the HTTP status."""

    def __init__(self, said: str, code: int = 400) -> None:
        super().__init__(said)
        self.code = code


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of requests was asked for. Numbers override everything else."""

    numbers: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    status: str = ""
    first: datetime | None = None
    last: datetime | None = None
    page: int = 1
    page_size: int = PAGE_USUAL


def wanted(asked: Mapping[str, str], now: datetime) -> Wanted:
    """Raises BadRequest for a range of more than 90 days, a status or a date that can't be read.

    Without a range it is the last 90 days; with one end of it, the 90 days on from there or back to there.
    """
    if numbers := _words(asked.get("service_request_id", "")):
        return Wanted(numbers=numbers, page_size=PAGE_MOST)
    status = asked.get("status", "").strip().lower()
    if set(_words(status)) - {OPEN, CLOSED}:
        raise BadRequest("status 只能是 open 或 closed。")
    first, last = (_moment(asked.get(name, ""), name) for name in ("start_date", "end_date"))
    if first is None:
        last = last or now
        first = last - RANGE_MOST
    else:
        last = last or first + RANGE_MOST
    if last < first:
        raise BadRequest("end_date 早于 start_date。")
    if last - first > RANGE_MOST:
        raise BadRequest("start_date 与 end_date 相距不能超过 90 天。")
    return Wanted(
        services=_words(asked.get("service_code", "")), status="" if len(_words(status)) > 1 else status, first=first, last=last,
        page=_whole(asked.get("page", ""), 1, 10**6), page_size=_whole(asked.get("page_size", ""), PAGE_USUAL, PAGE_MOST),
    )  # fmt: skip


def coordinate(text: str, low: float, high: float, name: str) -> float | None:
    """A number of degrees within bounds, None for a blank. Raises BadRequest, also for NaN and infinity."""
    if not text.strip():
        return None
    try:
        value = float(text)
    except ValueError:
        raise BadRequest(f"{name} 应为度数，不是“{text[:20]}”。") from None
    if not low <= value <= high:
        raise BadRequest(f"{name} 应在 {low:g} 到 {high:g} 之间（WGS-84）。")
    return value


def moment(at: datetime | None) -> str | None:
    """As W3C writes it, in UTC."""
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def written(what: str, answer: Any, form: str) -> bytes:
    """An answer of kind `what` (a key of ROOTS) in "json" or "xml". What is not known is null, in XML an empty element."""
    if form == "json":
        return json.dumps(answer, ensure_ascii=False).encode()
    root, row = ROOTS[what]
    top = ElementTree.Element(root)
    if row:
        for each in answer:
            _fill(ElementTree.SubElement(top, row), each)
    else:
        _fill(top, answer)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(top, encoding="utf-8")


def errors(code: int, said: str) -> list[dict[str, Any]]:
    return [{"code": code, "description": said}]


def _fill(element: Any, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        child = ElementTree.SubElement(element, name)
        if isinstance(value, Mapping):
            _fill(child, value)
        elif isinstance(value, list | tuple):
            _rows(child, ROWS_WITHIN[name], value)
        elif value is not None:
            child.text = _legal(str(value).lower() if isinstance(value, bool) else str(value))


def _rows(parent: Any, name: str, rows: Iterable[Any]) -> None:
    for row in rows:
        child = ElementTree.SubElement(parent, name)
        if isinstance(row, Mapping):
            _fill(child, row)
        else:
            child.text = str(row)


def _legal(text: str) -> str:
    """Without the control characters that XML can't hold."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))


def _moment(text: str, name: str) -> datetime | None:
    if not text.strip():
        return None
    try:
        found = datetime.fromisoformat(text.strip().replace(" ", "+"))  # a plus sign that the address lost
    except ValueError:
        raise BadRequest(f"{name} 应写成 2026-09-14T09:30:00Z 的样子。") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _whole(text: str, usual: int, most: int) -> int:
    if not text.strip():
        return usual
    if not text.strip().isdecimal() or int(text) < 1:
        raise BadRequest("page 和 page_size 应为正整数。")
    return min(int(text), most)
