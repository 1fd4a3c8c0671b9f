"""Between rows of monthly reports and the values that the rules look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from luodi.shapes.projects.models import MonthReport, Project, YearPlan
from luodi.shapes.projects.rules import KINDS_OF_WORK, SOURCES, Pace, Report

FIGURES = ("ytd_fen", "stat_fen", *(name for name, _ in (*KINDS_OF_WORK, *SOURCES)))
"""Cumulated figures of a report, in 分."""
OWN = ("progress", "next_steps", "quantity", "output_fen", "tax_fen")
"""What a report says of its month alone."""


def report_of(row: MonthReport) -> Report:
    return Report(
        row.month,
        row.ytd_fen,
        {name: getattr(row, name) for name, _ in KINDS_OF_WORK},
        {name: getattr(row, name) for name, _ in SOURCES},
        row.stat_fen,
    )


def ever_fen(project: Project, reports: Sequence[MonthReport]) -> int | None:
    """Everything done since the project began, by the newest of this year's reports; None where the years before aren't known."""
    if project.spent_before_fen is None or not reports:
        return None
    return project.spent_before_fen + reports[-1].ytd_fen


def pace_of(year: int, plan: YearPlan | None, done: Mapping[date, int]) -> Pace:
    if plan is None:
        return Pace(year, None, None, done)
    return Pace(year, plan.plan_fen, plan.first_fen, done, plan.task)
