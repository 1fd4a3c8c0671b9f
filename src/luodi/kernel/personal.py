"""Seeing personal data whole: an action with a reason, and the reason is in the log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person

SHORTEST_REASON = 4


def reveals(name: str, field: str, *, may: Callable[[Any, Any], bool]) -> Callable[[Person, Any, str], str]:
    """An action that answers one encrypted field of an object: `reveal_phone(by, account, reason) -> str`."""

    @action(name, may=may)
    def reveal(by: Person, subject: Any, reason: str) -> str:
        if len(reason.strip()) < SHORTEST_REASON:
            raise Refused("查看个人信息请写明事由，例如“核对联络员通讯录”。")
        return getattr(subject, field) or ""

    return reveal
