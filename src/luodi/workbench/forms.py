"""A row on one page, as a person fills it: what was touched is written, and nothing that another changed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from luodi.workbench.desk import Column, Desk

WAS = "was."
"""Before a field's name: how the field read when the person opened the form."""


class Form:
    """The editable columns of a desk for `row` (None: a new one), with what was `sent`.

    Personal data is never printed into a form; left empty it stays as it is.
    """

    def __init__(self, desk: Desk, row: Any, sent: Mapping[str, str]) -> None:
        self.desk, self.row = desk, row
        source = desk.model() if row is None else row
        self.now = {column.name: _printed(column, source) for column in desk.editable}
        self.typed = self.now | {name: _plain(sent[name]) for name in self.now if name in sent}
        self.began = self.now | {name: _plain(sent[WAS + name]) for name in self.now if WAS + name in sent}
        self.errors: dict[str, str] = {}

    def values(self) -> dict[str, Any]:
        """What is to be written: of a kept row the fields that were touched. What is wrong is in `errors`."""
        values: dict[str, Any] = {}
        for column in self.desk.editable:
            name = column.name
            if self.row is not None and self.typed[name] == self.began[name]:
                continue
            if self.row is not None and self.began[name] != self.now[name]:
                self.errors[name] = _("这一格刚被别人改成“%(now)s”，请看过再改。") % {"now": self.now[name]}
                continue
            try:
                value = column.reader()(self.typed[name])
            except ValueError as error:
                self.errors[name] = f"{error}。"
                continue
            if column.is_needed and value in (None, ""):
                self.errors[name] = _("请填写。")
            values[name] = value
        return values

    @property
    def fields(self) -> list[dict[str, Any]]:
        return [
            {
                "column": column,
                "typed": self.typed[column.name],
                "was": self.now[column.name],
                "error": self.errors.get(column.name, ""),
            }
            for column in self.desk.editable
        ]


def _printed(column: Column, row: Any) -> str:
    return "" if column.kind.guarded else _plain(column.kind.typed(column.value(row)))


def _plain(text: str) -> str:
    """Browsers send line ends of their own kind."""
    return text.replace("\r\n", "\n")
