"""Where counting runs. A question is written once, as an Ibis expression over the tables of `tables`; an engine answers it.

    with engine() as counting:
        counting.refresh(["key_projects.Project"])
        counting.answer(question)              # [(division, year, month, count), ...] in a fixed order

`database` asks SQLite or PostgreSQL where the rows lie, `columns` asks DuckDB over a columnar copy, `spark` asks Spark
over the same copy. All three give the same answers to the bit: see `exact.total` for sums of decimals.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import ibis

Answer = list[tuple[Any, ...]]


class Engine(Protocol):
    """`name` is kept with every result. An answer's rows are sorted by all their columns.

    `has_decimals`: it adds decimals exactly as they are (`exact.total`).
    """

    name: str
    has_decimals: bool

    def refresh(self, labels: Iterable[str]) -> None:
        """Bring these tables (labels of models) up to date with the database, where the engine keeps a copy."""

    def answer(self, question: ibis.Table) -> Answer: ...


@contextmanager
def engine(name: str = "") -> Iterator[Engine]:
    """The engine by name, else by LUODI_ENGINE (database, columns, spark), else the database itself."""
    wanted = name or os.environ.get("LUODI_ENGINE", "database")
    if wanted == "database":
        from luodi.engines.database import Database

        yield Database()
    elif wanted == "columns":
        from luodi.engines.columns import Columns

        with Columns() as found:
            yield found
    elif wanted == "spark":
        from luodi.engines.spark import Spark

        with Spark() as found:
            yield found
    else:
        raise ValueError(f"LUODI_ENGINE is database, columns or spark, not {wanted}")
