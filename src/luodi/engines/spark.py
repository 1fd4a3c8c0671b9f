"""Spark counts for a province, over the columnar copy written as Parquet. Extra `[cluster]`; needs Java 17.

LUODI_SPARK is the master's address (default `local[2]`: inside this machine). On a cluster the folder
LUODI_HOME/columns has to be one that every worker sees. The session stays open for the next question of the process.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from types import TracebackType

import ibis
from django.apps import apps

from luodi.engines import Answer
from luodi.engines.answers import tidy
from luodi.engines.columns import Columns


class Spark:
    name = "spark"
    has_decimals = True

    def __init__(self) -> None:
        self.copy = Columns()

    def __enter__(self) -> Spark:
        from pyspark.sql import SparkSession

        self.folder = self.copy.place.with_suffix("")
        self.folder.mkdir(parents=True, exist_ok=True)
        self.copy.__enter__()
        self.session = (
            SparkSession.builder.master(os.environ.get("LUODI_SPARK", "local[2]"))
            .appName("luodi")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", "8")
            .getOrCreate()
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.copy.__exit__(kind, error, trace)

    def __str__(self) -> str:
        return self.name

    def refresh(self, labels: Iterable[str]) -> None:
        wanted = list(labels)
        self.copy.refresh(wanted)
        for label in wanted:
            name = apps.get_model(label)._meta.db_table
            place = self.folder / f"{name}.parquet"
            self.copy.store.execute(f"COPY \"{name}\" TO '{place}' (FORMAT parquet)")
            self.session.read.parquet(str(place)).createOrReplaceTempView(name)

    def answer(self, question: ibis.Table) -> Answer:
        rows = self.session.sql(ibis.to_sql(question, dialect="pyspark")).collect()
        return tidy(question, [tuple(row) for row in rows])
