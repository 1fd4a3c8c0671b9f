"""A row in few words, for the places that have no room for all of its columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luodi.workbench.asking import Asked
from luodi.workbench.desk import Column, title_of
from luodi.workbench.drawing import is_unknown
from luodi.workbench.inbox import SOON_DAYS, Due

register = template.Library()

MORE = 4


@dataclass(frozen=True, slots=True)
class Said:
    column: Column
    text: str
    is_unknown: bool


@dataclass(frozen=True, slots=True)
class Card:
    """The frozen columns as a title, the light of the state, and the next few columns."""

    title: str
    address: str
    lamp: str
    more: list[Said]


@register.simple_tag
def card(asked: Asked, row: Any) -> Card:
    desk = asked.desk
    state = desk.column(desk.board) if desk.board else None
    others = [column for column in asked.columns if not column.frozen and column is not state][:MORE]
    texts = [(column, column.show(row)) for column in others]
    more = [Said(column, text, is_unknown(column, text)) for column, text in texts]
    return Card(
        title_of(desk, row), desk.address(row), state.kind.lamp(state.value(row)) if state else "", more
    )


@register.simple_tag
def due_day(due: Due, today: date) -> SafeString:
    """The last day, with how late or how near it is."""
    left = due.days_left(today)
    if due.by is None or left is None:
        return format_html('<span class="src">{}</span>', "—")
    day = f"{due.by:%m-%d}" if due.by.year == today.year else f"{due.by:%Y-%m-%d}"
    if left < 0:
        return format_html('{} <span class="late">{}</span>', day, _("已超 %(n)d 天") % {"n": -left})
    if left > SOON_DAYS:
        return format_html("{}", day)
    near = _("还有 %(n)d 天") % {"n": left} if left else _("今天")
    return format_html('{} <span class="warn">{}</span>', day, near)
