"""The indicators, counted by the engine from a handful of projects with known figures."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from luodi.engines import engine
from luodi.kernel.clock import months_later
from luodi.kernel.models import Division, Unit
from luodi.measures.counting import counted
from luodi.measures.declare import declared
from luodi.scenarios.key_projects.measures import MEASURES
from luodi.scenarios.key_projects.models import Fund, Payment
from luodi.shapes.projects.models import MonthReport, Paper, Problem, Project, YearPlan

pytestmark = pytest.mark.django_db
BY_KEY = {measure.key: measure for measure in MEASURES}
YI = 10_000_000_000


@pytest.fixture
def projects(city):
    """Two in 白渡市, one in 松陂县: planned 3, 2 and 1 亿元, done 2, 1 and nothing; the third has not started."""
    divisions = {division.code: division for division in Division.objects.all()}
    lead, made = Unit.objects.get(key="gongxin"), []
    for number, (code, plan, started) in enumerate(
        (("990181", 3, date(2026, 2, 10)), ("990181", 2, date(2026, 5, 6)), ("990121", 1, None)), start=1
    ):
        row = Project.objects.create(
            kind="key_projects", number=f"ZD{number}", name=f"项目{number}（演示）", division=divisions[code], lead=lead, total_fen=plan * 2 * YI,
            start_due_on=date(2026, 3, 1) if number != 2 else date(2026, 5, 1), started_on=started, stage="building" if started else "prelim",
        )  # fmt: skip
        YearPlan.objects.create(
            project=row, year=2026, since=date(2026, 1, 1), plan_fen=plan * YI, first_fen=plan * YI * 2
        )
        made.append(row)
    other = Project.objects.create(
        kind="roads",
        number="XD1",
        name="别类（演示）",
        division=divisions["990181"],
        total_fen=YI,
        started_on=date(2026, 2, 1),
    )
    MonthReport.objects.create(project=other, month=date(2026, 6, 1), ytd_fen=9 * YI, month_fen=9 * YI)
    for row, month, ytd, own in ((made[0], 5, 1, 1), (made[0], 6, 2, 1), (made[1], 6, 1, 1)):
        MonthReport.objects.create(
            project=row, month=date(2026, month, 1), ytd_fen=ytd * YI, month_fen=own * YI
        )
    MonthReport.objects.create(
        project=made[1],
        month=date(2026, 6, 1),
        revision=2,
        is_current=False,
        ytd_fen=5 * YI,
        month_fen=5 * YI,
    )
    return made


def number(key, month=date(2026, 6, 1), division="990100"):
    place = Division.objects.get(code=division).pk
    parents = dict(Division.objects.values_list("pk", "parent_id"))
    with engine() as counting:
        length = 3 if BY_KEY[key].period == "quarter" else 1
        found = counted(BY_KEY[key], counting, parents, months_later(month, length) - timedelta(days=1))
    return next(
        (each.value for each in found if (each.division, each.owner, each.period) == (place, None, month)),
        None,
    )


def test_investment_and_its_rate_against_both_plans(projects):
    assert number("key_projects") == 3
    assert number("key_projects_invested") == Decimal("3.00")
    assert number("key_projects_rate") == Decimal("50.00")
    assert number("key_projects_rate_first") == Decimal("25.00")
    assert number("key_projects_rate", division="990181") == Decimal("60.00")
    assert number("key_projects_invested", month=date(2026, 5, 1)) == Decimal("1.00"), (
        "only what was known in May"
    )


def test_starts_by_quarter_and_their_total(projects):
    assert number("key_projects_started") == 2
    assert number("key_projects_started_quarter", date(2026, 1, 1)) == 1
    assert number("key_projects_started_total", date(2026, 1, 1)) == Decimal("6.00")
    assert number("key_projects_started_quarter", date(2026, 4, 1)) == 1
    assert number("key_projects_start_rate") == Decimal("66.67")


def test_papers_statistics_and_problems(projects):
    for kind, state in (
        ("approval", "obtained"),
        ("eia", "missing"),
        ("land", "promised"),
        ("ore", "not_needed"),
        ("contract", "obtained"),
    ):
        Paper.objects.create(
            project=projects[0], kind=kind, state=state, issued_on=date(2026, 1, 1), promised_until=date(2026, 8, 1), reason="不涉及"
        )  # fmt: skip
    assert number("key_projects_papers") == Decimal("33.33"), "one of three needed; a promise is no paper"
    Project.objects.filter(pk=projects[0].pk).update(stat_entered_on=date(2026, 3, 1))
    assert number("key_projects_entered") == Decimal("50.00")
    by = Unit.objects.get(key="fagai").posts.first().person
    for solved in (date(2026, 6, 1), None):
        Problem.objects.create(
            project=projects[0], words="征迁", owner=projects[0].lead, raised_on=date(2026, 5, 1), raised_by=by, due_on=date(2026, 6, 10),
            dates=["2026-06-10"], solved_on=solved, solution="已办" if solved else "",
        )  # fmt: skip
    assert number("key_projects_problems") == Decimal("50.00")


def test_public_money_granted_and_paid(projects):
    granted = {
        "asked_on": date(2026, 1, 1),
        "asked_fen": 2 * YI,
        "granted_on": date(2026, 3, 1),
        "granted_fen": 2 * YI,
    }
    central = Fund.objects.create(number="Z1", project=projects[0], source="central", paid_fen=YI, **granted)
    Fund.objects.create(number="Z2", project=projects[1], source="special_bond", **granted)
    Payment.objects.create(fund=central, on=date(2026, 4, 1), fen=YI, payee="城建（演示）", voucher="V1")
    assert number("central_funds") == Decimal("2.00")
    assert number("central_funds_paid") == Decimal("50.00")


def test_what_was_finished_and_operates(projects):
    Project.objects.filter(pk=projects[0].pk).update(
        finished_on=date(2026, 5, 1), operated_on=date(2026, 6, 1), stage="at_target"
    )
    assert number("key_projects_finished") == 1
    assert number("key_projects_operated") == 1
    assert number("key_projects_at_target", date(2026, 4, 1)) == Decimal("100.00")


def test_every_measure_is_declared_once_and_counts(projects):
    assert set(BY_KEY) <= set(declared())
    assert number("firm_plans") is None
