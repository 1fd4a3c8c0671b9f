"""Public money, collective starts and firms' plans: who may write them, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from luodi.kernel.action import Refused
from luodi.kernel.models import Unit
from luodi.scenarios.key_projects import actions
from luodi.scenarios.key_projects.models import FirmMeasure, FirmPlan, Fund, Payment, StartEvent
from luodi.scenarios.key_projects.pages import DESKS
from luodi.shapes.projects.models import MonthReport, Project
from luodi.shapes.registers.models import Enterprise
from luodi.workbench import importing

pytestmark = pytest.mark.django_db
WAN = 1_000_000
BY_CODE = {desk.code: desk for desk in DESKS}


@pytest.fixture
def project(year):
    return Project.objects.filter(stage="building", started_on__year=2026, division__code="990121").first()


@pytest.fixture
def fund(year, project):
    told = {
        "number": "ZJ-T1",
        "project": project,
        "source": "central",
        "asked_on": date(2026, 1, 10),
        "asked_fen": 1000 * WAN,
    }
    return actions.keep_fund(year["fagai"], Fund(), told)


def test_a_fund_from_the_bid_to_its_payment(year, fund):
    by = year["songpi"]
    pay = {"fund": fund, "on": date(2026, 11, 2), "fen": 300 * WAN, "payee": "城建（演示）", "voucher": "V-1"}
    with pytest.raises(Refused, match="还没有下达"):
        actions.pay(by, Payment(), pay)
    with pytest.raises(Refused, match="早于申报"):
        actions.keep_fund(by, fund, {"granted_on": date(2026, 1, 1), "granted_fen": 900 * WAN})
    fund.refresh_from_db()
    actions.keep_fund(by, fund, {"granted_on": date(2026, 2, 1), "granted_fen": 900 * WAN})
    payment = actions.pay(by, Payment(), pay)
    with pytest.raises(Refused, match="超过下达的 900 万元"):
        actions.pay(by, Payment(), {**pay, "voucher": "V-2", "fen": 601 * WAN})
    actions.pay(by, payment, {"fen": 500 * WAN})
    fund.refresh_from_db()
    assert fund.paid_fen == 500 * WAN
    with pytest.raises(Refused, match="同时有日期和金额"):
        actions.keep_fund(by, fund, {"granted_on": None})


def test_only_those_of_the_project_write_its_money(year, fund):
    with pytest.raises(PermissionDenied):
        actions.keep_fund(year["qingwu"], fund, {"window": "二批"})
    told = {
        "number": "ZJ-T2",
        "project": fund.project,
        "source": "central",
        "asked_on": date(2026, 1, 10),
        "asked_fen": WAN,
    }
    with pytest.raises(Refused, match="不归你管"):
        actions.keep_fund(year["qingwu"], Fund(), told)


def test_a_collective_start_is_held_by_the_office(year, project):
    with pytest.raises(PermissionDenied):
        actions.hold_event(year["songpi"], "四季度集中开工（演示）", date(2026, 11, 20), "白渡", [project])
    with pytest.raises(Refused, match="要有项目"):
        actions.hold_event(year["fagai"], "四季度集中开工（演示）", date(2026, 11, 20), "白渡", [])
    actions.hold_event(year["fagai"], "四季度集中开工（演示）", date(2026, 11, 20), "白渡", [project])
    assert StartEvent.objects.get(title="四季度集中开工（演示）").projects.get() == project


def test_a_firms_measure_is_done_with_its_result(year):
    firm = Enterprise.objects.exclude(pk__in=FirmPlan.objects.values("enterprise")).first()
    plan = actions.keep_firm_plan(
        year["gongxin"],
        FirmPlan(),
        {"enterprise": firm, "diagnosis": "缺熟练工", "made_on": date(2026, 10, 8)},
    )
    told = {
        "plan": plan,
        "words": "校企合作订单班",
        "owner": Unit.objects.get(key="renshe"),
        "due_on": date(2026, 12, 1),
    }
    measure = actions.keep_firm_measure(year["gongxin"], FirmMeasure(), told)
    with pytest.raises(Refused, match="写明结果"):
        actions.keep_firm_measure(year["gongxin"], measure, {"done_on": date(2026, 11, 20)})
    measure.refresh_from_db()
    with pytest.raises(Refused, match="今天之后"):
        actions.keep_firm_measure(year["gongxin"], measure, {"done_on": date(2026, 12, 20), "result": "开班"})
    assert (
        actions.keep_firm_measure(
            year["gongxin"], measure, {"done_on": date(2026, 11, 20), "result": "开班"}
        ).result
        == "开班"
    )


HEAD = ["项目", "月份", "本年累计完成投资（万元）", "到位国内贷款（万元）", "形象进度", "更正理由"]


def test_the_months_ledger_comes_in_whole_or_not_at_all(year):
    desk, by = BY_CODE["key-projects-reports"], year["fagai"]
    rows = list(
        MonthReport.objects.filter(month=date(2026, 10, 1), is_current=True)
        .select_related("project")
        .order_by("pk")[:3]
    )
    sheet = [["云川市重点项目月报", ""], HEAD]
    sheet += [
        [
            row.project.number,
            "2026年11月",
            str(row.ytd_fen // WAN + 50),
            str((row.loans_fen or 0) // WAN),
            "主体施工",
            "",
        ]
        for row in rows
    ]
    plan = importing.plan(desk, by, sheet)
    assert (plan.problems, len(plan.new)) == ([], 3)
    wrong = [*sheet[:-1], [rows[2].project.number, "2026年11月", "1", "", "主体施工", ""]]
    refused = importing.apply(desk, by, wrong)
    assert any("累计数不能回落" in problem and "第 5 行" in problem for problem in refused.problems)
    assert not MonthReport.objects.filter(month=date(2026, 11, 1)).exists()
    assert importing.apply(desk, by, sheet).problems == []
    assert MonthReport.objects.filter(month=date(2026, 11, 1)).count() == 3
    again = importing.plan(desk, by, sheet)
    assert (again.rows, again.unchanged) == ([], 3)


def test_a_sheet_that_corrects_needs_its_reason(year):
    desk, by = BY_CODE["key-projects-reports"], year["fagai"]
    row = (
        MonthReport.objects.filter(month=date(2026, 10, 1), is_current=True).select_related("project").first()
    )
    sheet = [HEAD, [row.project.number, "2026-10", str(row.ytd_fen // WAN + 10), "", "", ""]]
    assert any("请写更正理由" in problem for problem in importing.apply(desk, by, sheet).problems)
    sheet[1][-1] = "漏报监理费"
    assert importing.apply(desk, by, sheet).problems == []
    assert MonthReport.objects.filter(project=row.project, month=row.month).count() == row.revision + 1


def test_an_unknown_project_or_month_is_named(year):
    desk = BY_CODE["key-projects-reports"]
    plan = importing.plan(desk, year["fagai"], [HEAD, ["没有这个项目", "2026-13", "1", "", "", ""]])
    assert any("没有这个项目" in problem for problem in plan.problems)
    assert any("2026-13" in problem for problem in plan.problems)


def test_the_list_of_projects_comes_in_by_its_numbers(year):
    desk = BY_CODE["key-projects"]
    head = ["项目编号", "项目名称", "所在区划", "责任单位", "总投资（万元）", "计划开工", "计划竣工"]
    sheet = [
        head,
        ["ZD2027-001", "新材料中试（演示）", "松陂", "市工业和信息化局", "12000", "2027-03-01", "2028-03-01"],
    ]
    assert importing.apply(desk, year["fagai"], sheet).problems == []
    made = Project.objects.get(number="ZD2027-001")
    assert (made.kind, made.stage, made.papers.count()) == ("key_projects", "lead", 24)
    wrong = [
        head,
        ["ZD2027-002", "早竣工（演示）", "松陂", "市工业和信息化局", "12000", "2027-03-01", "2026-03-01"],
    ]
    assert any("早于计划开工" in problem for problem in importing.apply(desk, year["fagai"], wrong).problems)
