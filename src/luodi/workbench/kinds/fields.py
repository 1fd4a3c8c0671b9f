"""The kind of a model's field, for columns that name none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models

from luodi.kernel.models import Division, Person, StoredFile, Unit
from luodi.workbench.kinds.base import Kind
from luodi.workbench.kinds.figures import Number, Whole
from luodi.workbench.kinds.links import DivisionLink, File, Link, PersonLink, UnitLink
from luodi.workbench.kinds.plain import Choice, Day, Moment, Text, Words, YesNo


def kind_of(column: models.Field[Any, Any]) -> Kind:
    """Read off the field's class, its choices, or what it points to."""
    if column.choices:
        return Choice(choices=tuple(column.flatchoices))
    if column.is_relation:
        made = {Unit: UnitLink, Division: DivisionLink, Person: PersonLink, StoredFile: File}
        model = column.related_model
        if model in made:
            return made[model]()
        names = [name for name in ("name", "title", "code", "key") if _has(model, name)]
        return Link(model=model, by=tuple(names) or ("pk",))
    for field_class, kind in _BY_FIELD:
        if isinstance(column, field_class):
            return kind(column)
    return Text()


def _has(model: Any, name: str) -> bool:
    return any(each.name == name for each in model._meta.get_fields())


_BY_FIELD: tuple[tuple[Any, Callable[[Any], Kind]], ...] = (
    (models.BooleanField, lambda _: YesNo()),
    (models.DecimalField, lambda column: Number(places=column.decimal_places)),
    (models.IntegerField, lambda _: Whole()),
    (models.DateTimeField, lambda _: Moment()),
    (models.DateField, lambda _: Day()),
    (models.JSONField, lambda _: Words()),
    (models.TextField, lambda _: Text(long=True)),
)
