"""How a scenario declares its measures 指标: plain values in its `measures.py`, no query and no database.

    MEASURES = (
        Measure("berths_added", "新增停车位", "个",
                Tally("parking.Berth", dated="accepted_on", division="lot__division", says="已备案、编码、验收")),
        Measure("started_in_time", "按期开工率", "%", times=100,
                numerator=Tally("key_projects.Project", dated="start_due_on", says="按期开工",
                                where=lambda row: row.started_on <= row.start_due_on),
                denominator=Tally("key_projects.Project", dated="start_due_on", says="应开工")),
    )

`where` is given the table as an Ibis expression and answers a condition (or a tuple of them, which must all hold),
so the same words count in SQLite, PostgreSQL, DuckDB and Spark. Columns have the names of the model's fields, foreign
keys end in `_id`; columns of a linked table are named along the link (`lot__state`) when `links` names that link.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from luodi.kernel.scenario import packages

Better = Literal["up", "down", "near"]
Period = Literal["month", "quarter", "year"]
Span = Literal["period", "year", "ever"]
SPANS: dict[Span, str] = {"period": "当期", "year": "年初累计", "ever": "期末累计"}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of a table there are, or what one of their columns adds up to.

    `table` is a model's label. `dated` names the column with the day on which a row begins to count; a row without
    that day never does. `division` and `unit` are foreign keys, over links where needed (`lot__division`).
    `says` puts `where` into words for the page that explains the number.
    """

    table: str
    dated: str
    says: str = ""
    where: Callable[[Any], Any] | None = None
    adds: str = ""
    """The column to add up (whole numbers or decimals); empty to count rows."""
    division: str = "division"
    unit: str = ""
    links: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The links that have to be followed."""
        over = (path.rpartition("__")[0] for path in (self.division, self.unit, self.dated, self.adds))
        return tuple(dict.fromkeys(filter(None, (*over, *self.links))))


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator: numerator, over denominator when there is one, times a factor, in `unit`.

    `span` says which rows a period's value counts: those dated in it (当期), since the year began (年初累计, what a
    target is judged by), or all until its end (期末累计, a stock). `ruleset` names the rules whose parameters went in.
    """

    key: str
    title: str
    unit: str
    numerator: Tally
    denominator: Tally | None = None
    better: Better = "up"
    period: Period = "month"
    span: Span = "year"
    times: int | Decimal = 1
    """100 for a percentage; Decimal("0.0001") where 万元 add up to 亿元."""
    places: int | None = None
    """Decimals kept; without a word 0 for counts and 2 for all else."""
    ruleset: str = ""
    about: str = ""

    def __str__(self) -> str:
        return self.title

    @property
    def kept_places(self) -> int:
        if self.places is not None:
            return self.places
        return 0 if self.denominator is None and not self.numerator.adds else 2


@cache
def declared() -> dict[str, Measure]:
    """Every measure of every scenario, by key. Raises ValueError for a key that two scenarios claim."""
    found: dict[str, Measure] = {}
    for package in packages():
        for measure in importlib.import_module(f"{package}.measures").MEASURES:
            if measure.key in found:
                raise ValueError(f"measure {measure.key} is declared twice, again in {package}")
            found[measure.key] = measure
    return found
