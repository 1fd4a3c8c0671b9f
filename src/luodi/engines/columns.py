"""DuckDB counts over a columnar copy of the database, kept up to date by what changed.

The copy is one file, LUODI_HOME/columns.duckdb; it can be deleted at any time and is made anew. A model with a moment
that every save sets (`auto_now`) is followed by it: rows changed since the high-water mark are taken over, with an
overlap for transactions that were still open. Other models are copied whole. Deleted rows are found by their number,
then by their keys. Rows written by a bare `QuerySet.update` do not move that moment: set it there too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import ibis
import pyarrow as pa
import pyarrow.compute as pc
from django.apps import apps
from django.conf import settings
from django.db import models

from luodi.engines import Answer
from luodi.engines.answers import tidy
from luodi.engines.tables import columns_of
from luodi.kernel.action import Refused

BATCH = 50_000
OVERLAP = timedelta(minutes=10)
"""Longer than any transaction lasts; what is read twice is merged by its key."""


class Columns:
    name = "duckdb"
    has_decimals = True

    def __init__(self, place: Path | None = None) -> None:
        self.place = place or Path(settings.LUODI_HOME) / "columns.duckdb"

    def __enter__(self) -> Columns:
        # Extensions are fetched from a host on first use unless told otherwise; offices have none.
        options = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
        try:
            self.store = duckdb.connect(str(self.place), config=options)
        except duckdb.IOException as error:
            raise Refused("列式副本正被另一个计算作业使用，请等它结束后再算。") from error
        self.store.execute(
            "CREATE TABLE IF NOT EXISTS luodi_marks (name TEXT PRIMARY KEY, shape TEXT, mark TIMESTAMP)"
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.store.close()

    def answer(self, question: ibis.Table) -> Answer:
        return tidy(question, self.store.execute(ibis.to_sql(question, dialect="duckdb")).fetchall())

    def __str__(self) -> str:
        return self.name

    def refresh(self, labels: Iterable[str]) -> None:
        for label in labels:
            self.store.begin()
            try:
                self._refresh(apps.get_model(label))
            except BaseException:
                self.store.rollback()
                raise
            self.store.commit()

    def _refresh(self, model: type[models.Model]) -> None:
        name, key = model._meta.db_table, model._meta.pk.column
        shape, mark = _arrow(model), self._mark(model)
        changed = next((f.column for f in model._meta.concrete_fields if getattr(f, "auto_now", False)), None)
        rows = model._base_manager.all()
        if mark is None or changed is None:
            self.store.execute(f'DROP TABLE IF EXISTS "{name}"')
            self.store.register("incoming", shape.empty_table())
            self.store.execute(f'CREATE TABLE "{name}" AS SELECT * FROM incoming')
            self.store.unregister("incoming")
        else:
            rows = rows.filter(**{f"{changed}__gte": mark.replace(tzinfo=UTC) - OVERLAP})
        newest = mark
        for batch in _batches(rows, shape):
            self.store.register("incoming", batch)
            self.store.execute(f'DELETE FROM "{name}" WHERE "{key}" IN (SELECT "{key}" FROM incoming)')
            self.store.execute(f'INSERT INTO "{name}" SELECT * FROM incoming')
            if changed:
                newest = max(filter(None, (newest, pc.max(batch[changed]).as_py())))
            self.store.unregister("incoming")
        self._drop_deleted(model)
        # A model that nothing follows keeps no mark, and so is copied whole each time.
        kept = newest or datetime.min.replace(year=1970) if changed else None
        self.store.execute("INSERT OR REPLACE INTO luodi_marks VALUES (?, ?, ?)", [name, str(shape), kept])

    def _mark(self, model: type[models.Model]) -> datetime | None:
        """Up to when the copy is good; None where there is none, or where the table has other columns by now."""
        found = self.store.execute(
            "SELECT mark FROM luodi_marks WHERE name = ? AND shape = ?",
            [model._meta.db_table, str(_arrow(model))],
        ).fetchall()
        return found[0][0] if found else None

    def _drop_deleted(self, model: type[models.Model]) -> None:
        name, key = model._meta.db_table, model._meta.pk.column
        copied = self.store.execute(f'SELECT count(*) FROM "{name}"').fetchall()
        if copied[0][0] == model._base_manager.count():
            return
        alive = pa.table({"alive": pa.array(model._base_manager.values_list("pk", flat=True), pa.int64())})
        self.store.register("incoming", alive)
        self.store.execute(f'DELETE FROM "{name}" WHERE "{key}" NOT IN (SELECT alive FROM incoming)')
        self.store.unregister("incoming")


def _arrow(model: type[models.Model]) -> pa.Schema:
    return ibis.schema(columns_of(model)).to_pyarrow()


def _batches(rows: models.QuerySet[Any], shape: pa.Schema) -> Iterator[pa.Table]:
    """Rows of the database as columns; moments in UTC without their zone."""
    by_column = {field.column: field.attname for field in rows.model._meta.concrete_fields}
    values = rows.order_by("pk").values_list(*(by_column[name] for name in shape.names)).iterator(BATCH)
    while batch := list(islice(values, BATCH)):
        columns = [
            pa.array(
                [_naive(value) for value in column] if pa.types.is_timestamp(field.type) else column,
                field.type,
            )
            for field, column in zip(shape, zip(*batch, strict=True), strict=True)
        ]
        yield pa.table(columns, schema=shape)


def _naive(value: datetime | None) -> datetime | None:
    return value.astimezone(UTC).replace(tzinfo=None) if value else None
