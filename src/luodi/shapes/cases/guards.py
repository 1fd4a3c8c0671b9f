"""Conditions that moves of many fields share. Each returns a guard: pure, over the record, the actor and the values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luodi.shapes.cases.machine import Guard
from luodi.shapes.cases.record import Actor, Record


def after(move: str, said: str) -> Guard:
    """The current round holds such a step."""

    def guard(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
        return "" if any(record.made_this_round(move)) else said

    return guard


def at_most(move: str, times: int, said: str) -> Guard:
    """The case holds fewer such steps than `times`."""

    def guard(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
        return "" if sum(1 for _ in record.made(move)) < times else said

    return guard


def nothing_pending(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
    """Nobody waits for a decision."""
    return "还有申请没有审批，先审批。" if record.pending else ""


def unsupervised(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
    """A supervised case is closed only after its supervision was lifted 解除督办."""
    last = record.last("supervise", "lift_supervision")
    return "这件正在督办，须先由督查解除督办。" if last is not None and last.move == "supervise" else ""


def one_of(name: str, values: tuple[Any, ...], said: str) -> Guard:
    """A given value is one of these."""

    def guard(_record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
        return "" if filled.get(name) in values else said

    return guard
