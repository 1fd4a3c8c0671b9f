"""What happened to a row, from the audit log: who did what when, in the words of its desk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from luodi.kernel.models import AuditEntry, Person
from luodi.kernel.personal import masked
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
    """The newest events first: two queries, and one for each register that values point into."""
    subject = f"{row._meta.label_lower}:{row.pk}"
    entries = list(AuditEntry.objects.filter(subject=subject).order_by("-id")[:SHOWN])
    names = dict(
        Person.objects.filter(login__in={entry.by for entry in entries}).values_list("login", "name")
    )
    what_of = _titles(desk)
    lines = _Lines(desk, entries)
    return [
        Event(
            entry.at, names.get(entry.by, entry.by or "系统"),
            "新增" if _is_beginning(desk, entry) else what_of.get(entry.action, entry.action), list(lines.of(entry)),
        )
        for entry in entries
    ]  # fmt: skip


def _titles(desk: Desk) -> dict[str, str]:
    """What an action is called on the row's page, by its name."""
    titles = {bulk.name: bulk.title for bulk in desk.bulk}
    titles |= {"workbench.reveal": "查看个人信息", "evidence.attach": "上传佐证"}
    for action, title in ((desk.create, "新增"), (desk.edit, "修改")):
        if action is not None:
            titles[action.action_name] = title  # type: ignore[attr-defined]
    return titles


def _is_beginning(desk: Desk, entry: AuditEntry) -> bool:
    """Whether the entry gave a row all that no row can be without: only a new one gets that at once."""
    needed = {column.name for column in desk.editable if column.is_needed}
    return bool(needed) and needed <= _values(entry).keys()


def _values(entry: AuditEntry) -> dict[str, Any]:
    found = masked(entry.detail.get("values"))
    return found if isinstance(found, dict) else {}


class _Lines:
    """Each value that was written, with the one before it where the log knows it: 泊位（个）：320 → 400."""

    def __init__(self, desk: Desk, entries: list[AuditEntry]) -> None:
        self.desk = desk
        self.linked = self._linked(entries)
        self.before: dict[tuple[int, str], Any] = {}
        last: dict[str, Any] = {}
        for entry in reversed(entries):
            for name, value in _values(entry).items():
                if name in last:
                    self.before[entry.pk, name] = last[name]
                last[name] = value

    def of(self, entry: AuditEntry) -> Iterator[str]:
        if reason := entry.detail.get("reason"):
            yield f"事由：{masked(reason)}"
        for name, value in _values(entry).items():
            is_known = (entry.pk, name) in self.before
            if name in self.desk.names and (is_known or value not in (None, "", [])):
                old = f"{self._said(name, self.before[entry.pk, name])} → " if is_known else ""
                yield f"{self.desk.column(name).heading}：{old}{self._said(name, value)}"

    def _said(self, name: str, value: Any) -> str:
        """The log keeps texts and figures as they are, and a link as "kernel.unit:3"."""
        column = self.desk.column(name)
        if value in (None, "", []):
            return column.unknown
        if isinstance(column.kind, Link):
            return column.said(self.linked.get(str(value)))
        if isinstance(column.kind, Choice | Text) or column.kind.is_figure:
            return column.said(value)
        if isinstance(value, list):
            return "、".join(map(str, value))
        return {True: "是", False: "否"}.get(value, str(value)) if isinstance(value, bool) else str(value)

    def _linked(self, entries: list[AuditEntry]) -> dict[str, Any]:
        """The rows that the log's links point to, by the name the log gives them."""
        wanted: dict[Any, set[str]] = defaultdict(set)
        for entry in entries:
            for name, value in _values(entry).items():
                kind = self.desk.column(name).kind if name in self.desk.names else None
                if isinstance(kind, Link) and value:
                    wanted[kind.model].add(str(value).rpartition(":")[2])
        return {
            f"{model._meta.label_lower}:{row.pk}": row
            for model, pks in wanted.items()
            for row in model._default_manager.filter(pk__in=pks)
        }
