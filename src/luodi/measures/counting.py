"""From a declared measure to its numbers, per division, unit and period. One question to the engine for each tally.

Sums add up: a county's rows are also its city's, a unit's rows are counted in the division at the top. Which months a
value covers is settled here and not in SQL, so every engine gets the same simple question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import ibis
from django.apps import apps

from luodi.engines import Engine
from luodi.engines.exact import day, total, unscaled
from luodi.engines.tables import column_at, joined
from luodi.measures.declare import SPANS, Measure, Span, Tally
from luodi.measures.periods import LENGTHS, first_day, index_of

Cell = tuple[int, int | None]
"""A division and, for the numbers of one unit, the unit; by their keys."""


@dataclass(frozen=True, slots=True)
class Amount:
    """What a tally comes to, and over how many records."""

    total: Decimal = Decimal(0)
    records: int = 0

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.total + other.total, self.records + other.records)


@dataclass(frozen=True, slots=True)
class Counted:
    """One number as counted. `value` is None with a reason when the denominator is zero."""

    division: int
    owner: int | None
    period: date
    value: Decimal | None
    numerator: Decimal
    denominator: Decimal | None
    records: int
    why_null: str = ""


def counted(
    measure: Measure, engine: Engine, parents: Mapping[int, int | None], until: date
) -> list[Counted]:
    """Every number of the measure from its first record to the period that `until` lies in.

    `parents` gives each division's key the key of the division above it.
    """
    tallies = [tally for tally in (measure.numerator, measure.denominator) if tally]
    engine.refresh(labels_of(measure))
    by_cell = [
        _by_cell(tally, engine.answer(question(tally, engine.has_decimals)), parents) for tally in tallies
    ]
    months = [month for cells in by_cell for amounts in cells.values() for month in amounts]
    if not months:
        return []
    cells = sorted({cell for found in by_cell for cell in found}, key=lambda cell: (cell[0], cell[1] or 0))
    length, last = LENGTHS[measure.period], index_of(until)
    starts = range(min(months) // length * length, last + 1, length)
    out = []
    for cell in cells:
        sides = [list(_running(found.get(cell, {}), starts, length, measure.span, last)) for found in by_cell]
        for start, *amounts in zip(starts, *sides, strict=True):
            out.append(_number(measure, cell, first_day(start), amounts))
    return out


def question(tally: Tally, has_decimals: bool) -> ibis.Table:
    """Records and their sum by division, unit and month."""
    rows = selected(tally)
    on = day(rows[column_at(tally.table, tally.dated)])
    keys = {"division": rows[column_at(tally.table, tally.division)], "year": on.year(), "month": on.month()}
    if tally.unit:
        keys["owner"] = rows[column_at(tally.table, tally.unit)]
    adds = total(rows[column_at(tally.table, tally.adds)], has_decimals) if tally.adds else ibis._.count()
    found = rows.group_by(**keys).aggregate(records=ibis._.count(), total=adds)
    # grouping by one more column, though it holds nothing, would cost half as much again
    owner = found["owner"] if tally.unit else ibis.null("int64")
    return found.select("division", "year", "month", owner=owner, records="records", total="total")


def selected(tally: Tally) -> ibis.Table:
    """The records that the tally counts, in every period."""
    rows = joined(tally.table, tally.paths)
    rows = rows.filter(rows[column_at(tally.table, tally.dated)].notnull())
    if tally.where is None:
        return rows
    asked = tally.where(rows)
    return rows.filter(*(asked if isinstance(asked, tuple) else (asked,)))


def labels_of(measure: Measure) -> list[str]:
    """The tables that the measure reads, those along its links included."""
    found = {}
    for tally in filter(None, (measure.numerator, measure.denominator)):
        found[tally.table] = None
        for path in tally.paths:
            model = apps.get_model(tally.table)
            for step in path.split("__"):
                model = model._meta.get_field(step).related_model
                found[model._meta.label] = None
    return list(found)


def formula(measure: Measure) -> str:
    """How the number comes about, in words: "按期开工 ÷ 应开工 × 100（年初累计）"."""
    words = in_words(measure.numerator)
    if measure.denominator:
        words = f"{words} ÷ {in_words(measure.denominator)}"
    if measure.times != 1:
        words += f" × {measure.times}"
    return f"{words}（{SPANS[measure.span]}）"


def in_words(tally: Tally) -> str:
    """ "重点项目·完成投资 合计，条件：在库" or "重点项目 件数"."""
    model = apps.get_model(tally.table)
    what = f"{model._meta.verbose_name} 件数"
    if tally.adds:
        *links, last = tally.adds.split("__")
        at = model
        for step in links:
            at = at._meta.get_field(step).related_model
        what = f"{model._meta.verbose_name}·{at._meta.get_field(last).verbose_name} 合计"
    return f"{what}[{tally.says}]" if tally.says else what


def window(span: Span, period: str, start: date) -> tuple[date | None, date]:
    """First and last day of the records that a value counts; no first day for a stock."""
    after = first_day(index_of(start) + LENGTHS[period])
    first = {"period": start, "year": start.replace(month=1), "ever": None}[span]
    return first, after - timedelta(days=1)


def _by_cell(
    tally: Tally, answer: list[tuple[Any, ...]], parents: Mapping[int, int | None]
) -> dict[Cell, dict[int, Amount]]:
    """Amounts by month for every division, those above it, and every unit."""
    names = list(question(tally, has_decimals=True).columns)
    column = selected(tally)[column_at(tally.table, tally.adds)] if tally.adds else None
    found: dict[Cell, dict[int, Amount]] = defaultdict(lambda: defaultdict(Amount))
    for row in answer:
        told = dict(zip(names, row, strict=True))
        if told["division"] is None:
            continue
        whole = told["total"] or 0  # no row of the group has the column filled
        amount = Amount(unscaled(whole, column) if column is not None else Decimal(whole), told["records"])
        month, line = told["year"] * 12 + told["month"] - 1, list(_upwards(told["division"], parents))
        for division in line:
            found[division, None][month] += amount
        if told["owner"] is not None:
            found[line[-1], told["owner"]][month] += amount
    return found


def _upwards(division: int, parents: Mapping[int, int | None]) -> Iterator[int]:
    at: int | None = division
    while at is not None:
        yield at
        at = parents.get(at)


def _running(
    by_month: Mapping[int, Amount], starts: range, length: int, span: Span, last: int
) -> Iterator[Amount]:
    """What a value of each period counts: its own months, those since January, or all so far."""
    total = sum((amount for month, amount in by_month.items() if month < starts.start), Amount())
    for start in starts:
        if span == "period" or (span == "year" and start % 12 == 0):
            total = Amount()
        for month in range(start, min(start + length, last + 1)):
            total += by_month.get(month, Amount())
        yield total


def _number(measure: Measure, cell: Cell, period: date, amounts: list[Amount]) -> Counted:
    top = amounts[0].total
    below = amounts[1].total if measure.denominator else None
    records = sum(amount.records for amount in amounts)
    if below == 0:
        says = in_words(measure.denominator)
        why = f"分母为 0：{period:%Y-%m} 止没有“{says}”的记录，无法计算。"
        return Counted(*cell, period, None, top, below, records, why)
    exact = top * Decimal(measure.times) if below is None else top * Decimal(measure.times) / below
    value = exact.quantize(Decimal(1).scaleb(-measure.kept_places), ROUND_HALF_UP)
    return Counted(*cell, period, value, top, below, records)
