"""Sums that are the same to the bit everywhere.

SQLite has no decimals: it keeps 0.1 as the nearest binary fraction, and adding those up depends on their order. So a
decimal is scaled to a whole number of its last place before it is added there; all other engines add decimals as such.
A decimal of up to fifteen digits is exact in SQLite; one with more lost its last digits when SQLite stored it.
"""

from __future__ import annotations

from decimal import Decimal

import ibis
import ibis.expr.datatypes as dt

CHINA_HOURS = 8
"""China's time is eight hours ahead of UTC all year."""


def scaled(column: ibis.Value) -> ibis.Value:
    """Whole numbers that add up exactly; undo with `unscaled`."""
    kind = column.type()
    if isinstance(kind, dt.Decimal):
        return (column * 10 ** (kind.scale or 0)).round().cast("int64")
    if kind.is_integer():
        return column.cast("int64")
    raise TypeError(f"{column.get_name()} is {kind}: only whole numbers and decimals add up exactly")


def total(column: ibis.Value, has_decimals: bool) -> ibis.Value:
    """The exact sum of a column; undo with `unscaled`. Where the engine has decimals it adds them as they are."""
    return column.sum() if has_decimals and isinstance(column.type(), dt.Decimal) else scaled(column).sum()


def unscaled(found: int | Decimal, column: ibis.Value) -> Decimal:
    """What `total` or `scaled` gave, as the column's own figure."""
    kind = column.type()
    places = (kind.scale or 0) if isinstance(kind, dt.Decimal) else 0
    return found if isinstance(found, Decimal) else Decimal(found).scaleb(-places)


def day(column: ibis.Value) -> ibis.Value:
    """The day in China of a moment that the database keeps in UTC; a date is itself."""
    if column.type().is_date():
        return column
    return (column + ibis.interval(hours=CHINA_HOURS)).date()
