"""The database itself counts: Ibis writes the SQL, Django's own connection runs it, inside the transaction at hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import ibis
import ibis.expr.operations as ops
from django.db import connection
from ibis.backends.sql.compilers.sqlite import SQLiteCompiler

from luodi.engines import Answer
from luodi.engines.answers import tidy


class Database:
    def __init__(self) -> None:
        self.name = connection.vendor
        self.has_decimals = connection.vendor != "sqlite"

    def __str__(self) -> str:
        return self.name

    def refresh(self, labels: Iterable[str]) -> None:
        """Nothing to do: there is no copy."""

    def answer(self, question: ibis.Table) -> Answer:
        with connection.cursor() as cursor:
            # one finished statement without parameters: a % in it stays a %
            cursor.execute(
                _in_sqlite(question) if self.name == "sqlite" else ibis.to_sql(question, dialect="postgres")
            )
            return tidy(question, cursor.fetchall())


class _PlainSQLite(SQLiteCompiler):
    """Ibis adds hours to a moment by way of what SQLite learnt in 3.42; any SQLite can add them without."""

    __slots__ = ()

    def visit_TimestampAdd(self, op: ops.TimestampAdd, *, left: Any, right: Any) -> Any:
        return self.f.datetime(left, f"{op.right.value:+d} {op.right.dtype.unit.plural}")


def _in_sqlite(question: ibis.Table) -> str:
    compiler = _PlainSQLite()
    return str(compiler.to_sqlglot(question.unbind()).sql(dialect=compiler.dialect))
