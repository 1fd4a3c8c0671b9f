"""A row in few words, for the places that have no room for all of its columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template

from luodi.workbench.asking import Asked
from luodi.workbench.desk import Column

register = template.Library()

MORE = 4


@dataclass(frozen=True, slots=True)
class Said:
    column: Column
    text: str

    @property
    def is_unknown(self) -> bool:
        return self.text == self.column.kind.unknown


@dataclass(frozen=True, slots=True)
class Card:
    """The frozen columns as a title, the light of the state, and the next few columns."""

    title: str
    lamp: str
    more: list[Said]


@register.simple_tag
def card(asked: Asked, row: Any) -> Card:
    desk = asked.desk
    frozen = [column for column in asked.columns if column.frozen] or list(asked.columns[:1])
    others = [column for column in asked.columns if column not in frozen and column.name != desk.board][:MORE]
    state = desk.column(desk.board) if desk.board else None
    lamp = state.kind.lamp(state.value(row)) if state else ""
    return Card(
        " ".join(column.show(row) for column in frozen),
        lamp,
        [Said(column, column.show(row)) for column in others],
    )
