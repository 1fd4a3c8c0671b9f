"""Tables of the database as Ibis sees them: a model's columns with their types, joined along foreign keys.

Long texts, JSON and files are left out: nothing counts by them, and a copy stays small.
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
from django.apps import apps
from django.db import models

_TYPES: tuple[tuple[type[models.Field], str], ...] = (
    (models.BooleanField, "boolean"),
    (models.DateTimeField, "timestamp"),  # before DateField, which it extends
    (models.DateField, "date"),
    (models.IntegerField, "int64"),  # every integer and automatic key extends it
    (models.FloatField, "float64"),
    (models.CharField, "string"),
)


def table_of(label: str) -> ibis.Table:
    """The model's table, unbound: any engine that has a table of this name can answer for it."""
    model = apps.get_model(label)
    return ibis.table(columns_of(model), name=model._meta.db_table)


def columns_of(model: type[models.Model]) -> dict[str, str]:
    """Names of columns and their Ibis types."""
    # those of a parent's row (a case's) are in the parent's table, one link away
    found = ((field.column, _type_of(field)) for field in model._meta.local_concrete_fields)
    return {name: kind for name, kind in found if kind}


def joined(label: str, paths: Sequence[str]) -> ibis.Table:
    """The table with the columns of the linked ones beside it: `lot__division_id` along the link `lot`.

    A link may follow another (`lot__owner`); every row stays, with nulls where a link leads nowhere.
    """
    rows, model = table_of(label), apps.get_model(label)
    done: set[str] = set()
    for path in paths:
        at, prefix = model, ""
        for step in path.split("__"):
            field = at._meta.get_field(step)
            at = field.related_model
            key, prefix = f"{prefix}{field.column}", f"{prefix}{step}__"
            if prefix in done:
                continue
            done.add(prefix)
            other = table_of(at._meta.label)
            other = other.rename({f"{prefix}{name}": name for name in other.columns})
            rows = rows.left_join(other, rows[key] == other[f"{prefix}{at._meta.pk.column}"])
    return rows


def column_at(label: str, path: str) -> str:
    """The name that the column at the end of a path has in `joined`: "lot__division" gives "lot__division_id"."""
    model = apps.get_model(label)
    *links, last = path.split("__")
    for step in links:
        model = model._meta.get_field(step).related_model
    return "__".join((*links, model._meta.get_field(last).column))


def _type_of(field: models.Field) -> str:
    """Empty for what is left out."""
    target = field
    while target.is_relation:  # the key of a row that extends a parent's is a link, too
        target = target.target_field
    if isinstance(target, models.DecimalField):
        return f"decimal({target.max_digits}, {target.decimal_places})"
    return next((kind for known, kind in _TYPES if isinstance(target, known)), "")
