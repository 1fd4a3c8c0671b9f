"""The demonstration keeps the rules that the actions keep, and tells the story of the year's plan."""

from __future__ import annotations

from datetime import date

import pytest

from luodi.scenarios.key_projects import demo
from luodi.scenarios.key_projects.models import FirmMeasure, Fund, StartEvent
from luodi.scenarios.key_projects.pages import KEY
from luodi.shapes.projects.chain import first_broken_step
from luodi.shapes.projects.models import MonthReport, Problem, Project, Start, YearPlan
from luodi.shapes.projects.reports import report_of
from luodi.shapes.projects.rules import plan_faults, report_faults

pytestmark = pytest.mark.django_db
YI = 10_000_000_000


def test_a_year_of_key_projects(year):
    projects = list(Project.objects.prefetch_related("steps", "plans"))
    assert len(projects) == demo.HOW_MANY
    assert YearPlan.objects.count() >= 150
    planned = sum(YearPlan.objects.values_list("plan_fen", flat=True)) / YI
    assert 320 <= planned <= 380
    assert (
        12
        <= sum(
            Fund.objects.filter(source="central", granted_on__isnull=False).values_list(
                "granted_fen", flat=True
            )
        )
        / YI
        <= 17
    )
    first = [
        row
        for row in projects
        if row.started_on and row.started_on.year == 2026 and row.started_on.month <= 3
    ]
    assert 40 <= len(first) <= 52
    assert {"prelim", "started", "building", "completed", "producing"} <= {row.stage for row in projects}
    assert all(first_broken_step(row.steps.order_by("number")) is None for row in projects[:20])
    demo.load()
    assert Project.objects.count() == demo.HOW_MANY


def test_no_row_breaks_a_rule(year):
    for project in Project.objects.prefetch_related("reports"):
        assert plan_faults(vars(project)) == [], project
        project.full_clean()
        rows = sorted((row for row in project.reports.all() if row.is_current), key=lambda row: row.month)
        for before, row in zip([None, *rows], rows, strict=False):
            started = project.started_on is not None and project.started_on < date(
                row.month.year, row.month.month, 28
            )
            assert (
                report_faults(
                    report_of(row),
                    before and report_of(before),
                    None,
                    started or row.ytd_fen == 0 or project.started_on is not None,
                )
                == []
            ), row
            assert row.month_fen == row.ytd_fen - (before.ytd_fen if before else 0)


def test_there_is_something_to_dispatch(year):
    assert Problem.objects.filter(solved_on=None).count() >= 8
    assert MonthReport.objects.filter(is_current=False).exists()
    assert StartEvent.objects.count() == 3
    assert FirmMeasure.objects.filter(done_on=None).exists()
    assert Start.objects.count() == Project.objects.exclude(started_on=None).count()
    assert set(Project.objects.values_list("kind", flat=True)) == {KEY.code}
