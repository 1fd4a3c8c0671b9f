"""Fields whose content is encrypted in the database, and the indexes by which such content is found."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from luodi.kernel.secrets import blind_index, decrypt, encrypt


class EncryptedTextField(models.TextField):
    """Text that only a running Luodi with its keys can read. Can't be searched: give it a BlindIndexField."""

    def get_prep_value(self, value: Any) -> str | None:
        return encrypt(str(value), self.purpose) if value else value

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        return decrypt(value, self.purpose) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.purpose} is encrypted; look it up by its blind index")
        return super().get_lookup(lookup_name)

    @property
    def purpose(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"


class BlindIndexField(models.CharField):
    """The index of the encrypted field `of`, kept with it on every save: `filter(phone_index="13800001234")`.

    A save with `update_fields` has to name both.
    """

    def __init__(self, of: str = "", **options: Any) -> None:
        self.of = of
        super().__init__(**{"max_length": 64, "blank": True, "editable": False, "db_index": True, **options})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        return getattr(model_instance, self.of) or ""

    def get_prep_value(self, value: Any) -> str:
        return blind_index(str(value), f"{self.model._meta.label_lower}.{self.of}") if value else ""
