"""Down to the records: which rows a counted number is made of, asked of the database as it is now. The number counts them
all; each person is shown those that exist for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
from django.apps import apps
from django.db.models import QuerySet

from luodi.engines.database import Database
from luodi.engines.exact import day, scaled, unscaled
from luodi.engines.tables import column_at
from luodi.measures.counting import in_words, selected, window
from luodi.measures.declare import Measure, Tally
from luodi.measures.models import Value

SHOWN = 50
Seen = Callable[[QuerySet[Any]], QuerySet[Any]]
"""Of some records, those that the person who asks may see."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record: itself, its day, and what it adds (1 for a count)."""

    record: Any
    on: date
    adds: Any

    @property
    def url(self) -> str:
        return self.record.get_absolute_url() if hasattr(self.record, "get_absolute_url") else ""


@dataclass(frozen=True, slots=True)
class Side:
    """Numerator or denominator: its words, how many records there are now, and of the first of them those one sees."""

    title: str
    says: str
    count: int
    rows: list[Row]
    hidden: int
    """How many of the first `SHOWN` do not exist for whoever asks."""

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.rows) + self.hidden


def sides_of(measure: Measure, value: Value, parents: Mapping[int, int | None], seen: Seen) -> list[Side]:
    """The records behind a number, three queries a side."""
    sides = [("分子" if measure.denominator else "", measure.numerator)]
    if measure.denominator:
        sides.append(("分母", measure.denominator))
    return [_side(title, tally, measure, value, parents, seen) for title, tally in sides]


def _side(
    title: str, tally: Tally, measure: Measure, value: Value, parents: Mapping[int, int | None], seen: Seen
) -> Side:
    rows = selected(tally)
    model = apps.get_model(tally.table)
    key, on = model._meta.pk.column, day(rows[column_at(tally.table, tally.dated)])
    first, last = window(measure.span, measure.period, value.period)
    inside = _inside(value.division_id, parents)
    rows = rows.filter(rows[column_at(tally.table, tally.division)].isin(inside), on <= last)
    if first:
        rows = rows.filter(on >= first)
    if value.owner_id and tally.unit:
        rows = rows.filter(rows[column_at(tally.table, tally.unit)] == value.owner_id)
    added = rows[column_at(tally.table, tally.adds)] if tally.adds else None
    adds = scaled(added) if added is not None else ibis.literal(1, "int64")
    asked = Database()
    ((count,),) = asked.answer(rows.aggregate(count=ibis._.count()))
    found = asked.answer(rows.select(key=rows[key], on=on, adds=adds).order_by("key").limit(SHOWN))
    records = seen(model._base_manager.all()).in_bulk([pk for pk, _, _ in found])
    shown = [
        Row(
            records[pk], when, unscaled(amount, added) if added is not None and amount is not None else amount
        )
        for pk, when, amount in found
        if pk in records
    ]
    return Side(title, in_words(tally), count, shown, len(found) - len(shown))


def _inside(division: int, parents: Mapping[int, int | None]) -> list[int]:
    """The division and every one below it."""
    found = {division}
    while more := {pk for pk, above in parents.items() if above in found} - found:
        found |= more
    return sorted(found)
