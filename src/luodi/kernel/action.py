"""An action is the only way to write: permission, transaction, rule and audit entry in one plain function.

    @action("commitments.reword", may=edits_ledger)
    def reword(by: Person, commitment: Commitment, text: str) -> Commitment: ...

The first argument is the person who acts, the second (when there is one) the object acted on.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext_noop

from luodi.kernel import audit
from luodi.kernel.spoken import Spoken

P = ParamSpec("P")
R = TypeVar("R")


class Refused(Spoken):
    """The action can't be done: `Refused("登录名“{login}”已有人使用。", login=login)`, a sentence for who asked."""


class Forbidden(PermissionDenied):
    """The person may not do this deed; `deed` and `subject` are what the log tells of it."""

    def __init__(self, by: Any, deed: str, subject: object) -> None:
        super().__init__(f"{by} 无权执行 {deed}")
        self.deed, self.subject = deed, subject


TRY_LATER = gettext_noop("数据库暂时不能写入，没有做任何改动；请稍后再试。")
FULL = gettext_noop("服务器磁盘已满，没有做任何改动；请联系系统管理员清理后再试。")


class Unavailable(Refused):
    """Nothing was changed, because the database or the disk is away for now; later it can be done."""


def action(name: str, *, may: Callable[[Any, Any], bool]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a plain function an action. Raises Forbidden when `may(by, object)` is false,
    and Unavailable when the database is away."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        signature = inspect.signature(function)

        @functools.wraps(function)
        def act(*args: P.args, **kwargs: P.kwargs) -> R:
            bound = signature.bind(*args, **kwargs)
            by, *rest = bound.arguments.values()
            subject = rest[0] if rest else None
            if not may(by, subject):
                raise Forbidden(by, name, subject)
            try:
                with transaction.atomic():
                    result = function(*args, **kwargs)
                    told = dict(list(bound.arguments.items())[2:])
                    audit.record(by, name, subject if hasattr(subject, "_meta") else result, told)
            except (OperationalError, InterfaceError) as error:
                raise Unavailable(FULL if "full" in str(error) else TRY_LATER) from error
            return result

        act.action_name, act.may = name, may  # type: ignore[attr-defined]
        return act

    return decorate
