"""Moves that most systems share, made for the states of each: supervision, extension, pause, merging, withdrawal."""

from __future__ import annotations

from luodi.shapes.cases.guards import at_most, one_of
from luodi.shapes.cases.machine import DESK, LEAD, LEADER, PUBLIC, SUPERVISOR, Effect, Move

GRADES = (1, 2, 3)
"""Levels of supervision 督办: of the desk, of the government office, of a leader."""


def supervision(open_states: tuple[str, ...]) -> tuple[Move, ...]:
    """督办 at three levels, and its lifting by those who may set it."""
    wrong = "督办级别为 1、2、3 级。"
    return (
        Move(
            "supervise", "督办", open_states, by=(SUPERVISOR, LEADER), needs=("grade", "reason"),
            guards=(one_of("grade", GRADES, wrong),),
        ),
        Move("lift_supervision", "解除督办", open_states, by=(SUPERVISOR, LEADER), needs=("reason",)),
    )  # fmt: skip


def extension(states: tuple[str, ...], times: int = 1) -> tuple[Move, ...]:
    """延期: asked by the lead unit, decided by another person, before the period is over, at most so many times.

    That the period still runs is the clock's own rule (`clocks.reckon`).
    """
    return (
        Move(
            "ask_extension", "申请延期", states, by=(LEAD,), needs=("reason", "length"), asks_for="extension",
            guards=(at_most("grant_extension", times, f"延期以 {times} 次为限。"),),
        ),
        Move(
            "grant_extension", "同意延期", states, by=(DESK, SUPERVISOR), needs=("length", "reason"), effect=Effect.EXTEND,
            apart_from=("ask_extension",), settles="extension",
        ),
        Move("refuse_extension", "不同意延期", states, by=(DESK, SUPERVISOR), needs=("reason",), settles="extension"),
    )  # fmt: skip


def pause(states: tuple[str, ...]) -> tuple[Move, ...]:
    """中止 for one of the rule's own reasons, with its legal basis; 恢复 goes on with what was left."""
    return (
        Move("pause", "中止期限", states, by=(DESK,), needs=("reason", "basis"), effect=Effect.PAUSE),
        Move("resume", "恢复期限", states, by=(DESK,), takes=("words",), effect=Effect.RESUME),
    )


def merging(states: tuple[str, ...], to: str = "merged") -> tuple[Move, ...]:
    """并件: the case goes on under another number; 拆分 leaves it as it is and begins others."""
    return (
        Move("merge", "并件", states, to=to, by=(DESK,), needs=("into", "reason")),
        Move("split", "拆分", states, by=(DESK,), needs=("reason",)),
    )


def withdrawal(states: tuple[str, ...], to: str = "withdrawn") -> tuple[Move, ...]:
    """撤回 by whoever brought it, or at the desk on their word."""
    return (Move("withdraw", "撤回", states, to=to, by=(PUBLIC, DESK), needs=("reason",)),)
