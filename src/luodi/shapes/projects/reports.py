"""Between rows of monthly reports and the values that the rules look at."""

from __future__ import annotations

from collections.abc import Sequence

from luodi.shapes.projects.models import MonthReport, Project
from luodi.shapes.projects.rules import KINDS_OF_WORK, SOURCES, Report

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
