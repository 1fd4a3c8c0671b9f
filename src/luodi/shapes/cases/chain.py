"""The history of a case between the database and values, sealed step by step like the audit log."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date
from types import MappingProxyType
from typing import Any

from django.db.models import Model

from luodi.kernel.models import Person, Unit
from luodi.shapes.cases.limits import period_of, plain
from luodi.shapes.cases.machine import Effect, Machine
from luodi.shapes.cases.models import Case, Step
from luodi.shapes.cases.record import Event, Record

GENESIS = "0" * 64


def record_of(machine: Machine, case: Case) -> Record:
    """The case's whole history: one query."""
    return record_from(machine, case.steps.select_related("by").order_by("number"))


def record_from(machine: Machine, steps: Iterable[Step]) -> Record:
    """The history from steps in their order, with their people."""
    return Record(machine, tuple(map(_event, steps)))


def append(case: Case, event: Event, by: Person | None, due_at: Any) -> Step:
    """Write the newest event of a case under the next number and seal."""
    before = case.steps.order_by("number").last()
    step = Step(
        case=Case(pk=case.pk), number=before.number + 1 if before else 1, at=event.at, by=by, units=sorted(event.units),
        move=event.move, source=event.source, to=event.to, filled=dict(event.filled), effect=event.effect,
        period=plain(event.period), state_period=plain(event.state_period), ruleset=event.ruleset, due_at=due_at,
    )  # fmt: skip
    step.seal = seal_of(before.seal if before else GENESIS, step)
    step.save(force_insert=True)
    return step


def seal_of(previous: str, step: Step) -> str:
    content = [
        step.case_id, step.number, step.at.astimezone(UTC).isoformat(timespec="microseconds"), step.by_id, step.units,
        step.move, step.source, step.to, step.filled, step.effect, step.period, step.state_period, step.ruleset,
    ]  # fmt: skip
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{canonical}".encode()).hexdigest()


def first_broken_step(steps: Iterable[Step]) -> str | None:
    """None when every seal of a case's steps, in order, holds; else a sentence that names the first that does not."""
    previous, number = GENESIS, 0
    for step in steps:
        if step.number != number + 1 or step.seal != seal_of(previous, step):
            return f"第 {number + 1} 步与封印不符：{step}"
        previous, number = step.seal, step.number
    return None


def plain_value(value: Any) -> Any:
    """A value given to a move as the history keeps it: units by key, cases by number, days as text."""
    if isinstance(value, Unit):
        return value.key
    if isinstance(value, Case):
        return value.number
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [plain_value(each) for each in value]
    return value.strip() if isinstance(value, str) else value


def _event(step: Step) -> Event:
    return Event(
        step.at,
        step.by.login if step.by else "",
        frozenset(step.units),
        step.move,
        step.source,
        step.to,
        MappingProxyType(step.filled),
        Effect(step.effect),
        period_of(step.period) if step.period else None,
        period_of(step.state_period) if step.state_period else None,
        step.ruleset,
    )
