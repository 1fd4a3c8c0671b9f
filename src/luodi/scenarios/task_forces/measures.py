"""Indicators of task forces: how many were formed, and how their grains stand."""

from __future__ import annotations

from typing import Any

from luodi.measures.declare import Measure, Tally

FORCE, TASK = "task_forces.TaskForce", "task_forces.Task"


def grains(says: str, where: Any = None) -> Tally:
    """Grains by the day they are due."""
    return Tally(
        TASK, dated="due_on", division="force__division", unit="unit", links=("force",), says=says,
        where=lambda row: row.is_grain if where is None else row.is_grain & where(row),
    )  # fmt: skip


MEASURES = (
    Measure("task_forces_formed", "组建工作专班", "个", Tally(FORCE, dated="formed_on", unit="lead", says="已发文组建")),
    Measure("task_forces_grains", "颗粒化任务", "粒", grains("到期的最小颗粒"), better="near"),
    Measure("task_forces_done", "颗粒化任务完成率", "%", grains("其中已完成", lambda row: row.done_on.notnull()), grains("到期的最小颗粒"), times=100),
    Measure(
        "task_forces_in_time", "颗粒化任务按期完成率", "%", grains("其中按期完成", lambda row: row.done_on <= row.due_on), grains("到期的最小颗粒"),
        times=100, about="完成日期不晚于时限 / 到期；有一份佐证才算完成",
    ),
)  # fmt: skip
