"""One indicator over ten million cases, by division and month, from the columnar copy: ours beside DuckDB's own group-by.

Ours is all of `measures.counting`: the question made by Ibis, months run up over the year, counties added to their city.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from bench import field
from bench.runner import Row, exponent, in_turn

FULL = 10_000_000
GOAL = "at most 2x DuckDB; the same bits on a second run"
UNTIL = date(2026, 12, 31)
DIVISIONS = 120
BARE = """
SELECT division_id, year(received_on) AS year, month(received_on) AS month, count(*) AS cases
FROM cases_case WHERE kind = 'enterprise_appeals' AND received_on IS NOT NULL GROUP BY ALL
"""


def rows(quick: bool) -> Iterator[Row]:
    """One row; the exponent is over a tenth and the whole."""
    home = Path(field.set_up())
    from luodi.measures.counting import counted
    from luodi.measures.declare import declared

    size = FULL // 10 if quick else FULL
    measure, parents = declared()["appeals_received"], _parents()
    times = {}
    for cases in (size // 10, size):
        with _copy(home / f"bench-{cases}.duckdb", cases) as counting:
            ask = partial(counted, measure, counting, parents, UNTIL)
            if ask() != ask():
                raise RuntimeError("the same question gave two answers")
            times[cases] = in_turn({"ours": ask, "limit": lambda: counting.store.execute(BARE).fetchall()})
    growth = exponent(list(times), [each["ours"] for each in times.values()])
    yield Row(
        f"indicator over {size:,} cases",
        times[size],
        GOAL,
        note="appeals by division and month",
        exponent=growth,
    )


def _parents() -> dict[int, int | None]:
    """A city, its counties and their towns."""
    return {1: None} | {key: 1 if key <= 12 else 2 + key % 11 for key in range(2, DIVISIONS + 1)}


def _copy(place: Path, size: int) -> Any:
    """A columnar copy of so many cases that asks no database; figures by a fixed hash."""
    from django.apps import apps

    from luodi.engines.columns import Columns, _arrow

    made = {
        "id": "i", "kind": "'enterprise_appeals'", "division_id": f"1 + (hash(i) % {DIVISIONS})::BIGINT",
        "received_on": "DATE '2024-01-01' + (hash(i, 1) % 1090)::INT", "state": "'closed'", "is_open": "false",
    }  # fmt: skip
    names = _arrow(apps.get_model("cases.Case")).names
    columns = ", ".join(f"{made.get(name, 'NULL')} AS {name}" for name in names)

    class Copy(Columns):
        def refresh(self, labels: Any) -> None:
            """Nothing to bring up to date: there is no database behind this copy."""

    found = Copy(place)
    with found as store:
        store.store.execute(f"CREATE OR REPLACE TABLE cases_case AS SELECT {columns} FROM range({size}) t(i)")
    return found
