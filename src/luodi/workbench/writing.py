"""Many writes as one: every step through an action, and either all of them stand or none does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from luodi.kernel import audit
from luodi.kernel.action import Refused
from luodi.kernel.models import Person
from luodi.workbench.desk import Desk

MOST_STEPS = 5000
"""So many rows in one request; more are a job (`heavy`)."""
TOGETHER = 500
MOST_PROBLEMS = 500
OUTSIDE = "改后这一行就不在你的范围内了"


@dataclass(frozen=True, slots=True)
class Step:
    """One write: the words that name its row to the person, and the call, which returns the row."""

    where: str
    act: Callable[[], Any]


class _TakenBack(Exception):
    pass


def all_or_none(
    desk: Desk, person: Person, steps: Iterable[Step], done: Callable[[], None] = lambda: None
) -> list[str]:
    """Take every step in one transaction; returns what was refused, and then nothing has been written.

    All steps are tried (up to `MOST_PROBLEMS` refused ones), so that a person mends everything at once. A row has to stay
    within the person's scope. However many steps there are, so many are held as are written together. `done` is called
    inside the transaction when all went well.
    """
    problems: list[str] = []
    left = iter(steps)
    try:
        with transaction.atomic():
            while len(problems) < MOST_PROBLEMS and (some := list(islice(left, TOGETHER))):
                with audit.together():
                    problems += _take(desk, person, some)
            if problems:
                raise _TakenBack
            done()
    except _TakenBack:
        pass
    return problems


def _take(desk: Desk, person: Person, steps: list[Step]) -> list[str]:
    """Take some steps, each by itself; returns what was refused."""
    problems: list[str] = []
    written: dict[Any, str] = {}
    for step in steps:
        try:
            with transaction.atomic():
                row = step.act()
            if isinstance(row, desk.model):
                written[row.pk] = step.where
        except Refused as refusal:
            problems.append(f"{step.where}：{refusal}")
        except PermissionDenied:
            problems.append(f"{step.where}：这一行不归你办")
        except IntegrityError:
            problems.append(f"{step.where}：与别人刚写入的内容冲突，请刷新后再试")
    seen = set(desk.seen_by(person).filter(pk__in=written).values_list("pk", flat=True))
    return problems + [f"{where}：{OUTSIDE}" for pk, where in written.items() if pk not in seen]


def one(desk: Desk, person: Person, act: Callable[[], Any]) -> Any:
    """One write to one row; raises `Refused` when the row would leave the person's scope."""
    with transaction.atomic():
        row = act()
        if not desk.seen_by(person).filter(pk=row.pk).exists():
            raise Refused(f"{OUTSIDE}。")
        return row


def call(action: Callable[..., Any], *arguments: Any) -> Callable[[], Any]:
    return lambda: action(*arguments)
