"""Personal data: masked wherever it is told again, whole only by an action with a reason, and the reason is in the log."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.apps import apps

from luodi.kernel import masking
from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person
from luodi.kernel.models.encrypted import EncryptedTextField

SHORTEST_REASON = 4


def reveals(name: str, field: str, *, may: Callable[[Any, Any], bool]) -> Callable[[Person, Any, str], Any]:
    """An action that answers one personal field of an object: `reveal_phone(by, account, reason) -> str`."""

    @action(name, may=may)
    def reveal(by: Person, subject: Any, reason: str) -> Any:
        if len(reason.strip()) < SHORTEST_REASON:
            raise Refused("查看个人信息请写明事由，例如“核对联络员通讯录”。")
        return getattr(subject, field) or ""

    return reveal


def masked(told: Any, name: str = "") -> Any:
    """What the log keeps of a deed, for reading: values under the names of encrypted fields, and numbers in any text."""
    if isinstance(told, dict):
        return {each: masked(value, each) for each, value in told.items()}
    if isinstance(told, list):
        return [masked(each, name) for each in told]
    if not isinstance(told, str) or not told:
        return told
    found = masking.free(told)
    return masking.name(told) if found == told and name in _encrypted_names() else found


@cache
def _encrypted_names() -> frozenset[str]:
    """How fields whose content is encrypted are called, whichever the model."""
    return frozenset(
        field.name
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, EncryptedTextField)
    )
