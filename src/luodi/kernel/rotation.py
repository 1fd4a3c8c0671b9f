"""Seal every encrypted field again with the current key. Killed at any point, it goes on from there when run again."""

from __future__ import annotations

from collections.abc import Callable

from django.apps import apps
from django.db.models import F, TextField
from django.db.models.functions import Cast

from luodi.kernel.models.encrypted import EncryptedTextField
from luodi.kernel.secrets import is_current, keyring

BATCH = 500


def encrypted_fields() -> list[EncryptedTextField]:
    return [
        field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, EncryptedTextField)
    ]


def under_older_keys() -> int:
    """How many values are not sealed with the current key."""
    key = keyring().current
    return sum(
        _stored(field).exclude(raw__startswith=f"{key.algorithm}:{key.name}:").count()
        for field in encrypted_fields()
    )


def rotate(told: Callable[[str, int], None] = lambda _field, _done: None) -> int:
    """Seal again what older keys sealed; returns how many values. A value changed meanwhile by others is left to them."""
    done = 0
    for field in encrypted_fields():
        last, of_field = 0, 0
        while batch := list(
            _stored(field).filter(pk__gt=last).order_by("pk").values_list("pk", "raw", field.name)[:BATCH]
        ):
            for pk, raw, plain in batch:
                if not is_current(raw):
                    of_field += _stored(field).filter(pk=pk, raw=raw).update(**{field.name: plain})
            last = batch[-1][0]
            told(field.purpose, of_field)
        done += of_field
    return done


def _stored(field: EncryptedTextField):  # type: ignore[no-untyped-def]
    """The rows that hold a value, with what is stored as `raw`."""
    rows = field.model._base_manager.annotate(raw=Cast(F(field.name), TextField()))
    return rows.exclude(raw="").filter(raw__isnull=False)
