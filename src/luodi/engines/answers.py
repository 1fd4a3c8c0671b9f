"""Drivers give the same figure as an int, a Decimal or a text; an answer has one form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

import ibis

from luodi.engines import Answer


def tidy(question: ibis.Table, rows: Iterable[Sequence[Any]]) -> Answer:
    """Values by the types of the question, rows in one order (None first)."""
    forms = [_form(kind) for kind in question.schema().types]
    found = [
        tuple(None if value is None else form(value) for form, value in zip(forms, row, strict=True))
        for row in rows
    ]
    return sorted(found, key=lambda row: [(value is not None, value) for value in row])


def _form(kind: Any) -> Callable[[Any], Any]:
    if kind.is_integer():
        return int
    if kind.is_boolean():
        return bool
    if kind.is_date():
        return _day
    return lambda value: value


def _day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
