"""What happened to a row, from the audit log: who did what when, in the words of its desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from luodi.kernel.models import AuditEntry, Person
from luodi.workbench.desk import Desk
from luodi.workbench.kinds import Choice, Link, Text

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    by: str
    what: str
    lines: list[str]


def timeline_of(desk: Desk, row: Any) -> list[Event]:
    """The newest events first: two queries."""
    subject = f"{row._meta.label_lower}:{row.pk}"
    entries = list(AuditEntry.objects.filter(subject=subject).order_by("-id")[:SHOWN])
    names = dict(
        Person.objects.filter(login__in={entry.by for entry in entries}).values_list("login", "name")
    )
    return [
        Event(entry.at, names.get(entry.by, entry.by or "系统"), _what(desk, entry), _lines(desk, entry))
        for entry in entries
    ]


def _what(desk: Desk, entry: AuditEntry) -> str:
    named = {bulk.name: bulk.title for bulk in desk.bulk}
    for action, title in ((desk.attach, "上传文件"), (desk.create, "新增"), (desk.edit, "修改")):
        if action is not None:
            named[action.action_name] = title  # type: ignore[attr-defined]
    if desk.create is desk.edit and desk.create is not None and entry.action == desk.create.action_name:  # type: ignore[attr-defined]
        return "新增" if _is_beginning(desk, entry) else "修改"
    return named.get(entry.action, entry.action)


def _is_beginning(desk: Desk, entry: AuditEntry) -> bool:
    """Whether the entry gave a row all that no row can be without: only a new one gets that at once."""
    needed = {column.name for column in desk.editable if column.is_needed}
    return bool(needed) and needed <= set(entry.detail.get("values") or ())


def _lines(desk: Desk, entry: AuditEntry) -> list[str]:
    """Each value that was written: 泊位（个）：120."""
    values = entry.detail.get("values")
    if not isinstance(values, dict):
        return []
    return [
        f"{desk.column(name).heading}：{_said(desk, name, value)}"
        for name, value in values.items()
        if name in desk.names
    ]


def _said(desk: Desk, name: str, value: Any) -> str:
    """The log keeps texts; a link is kept as "kernel.unit:3" and looked up only by its page."""
    kind = desk.column(name).kind
    if value is None:
        return desk.column(name).unknown
    if isinstance(kind, Link):
        row = kind.model._default_manager.filter(pk=str(value).rpartition(":")[2]).first()
        return kind.show(row)
    if isinstance(kind, Choice) or kind.is_figure or isinstance(kind, Text):
        return kind.show(value)
    return str(value)
