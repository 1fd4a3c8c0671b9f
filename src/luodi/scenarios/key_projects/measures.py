"""Indicators of key projects. Money of many projects is in 亿元; a changed plan is shown beside the first one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from luodi.measures.declare import Measure, Tally
from luodi.scenarios.key_projects.scenario import SCENARIO

PROJECT, PLAN, REPORT = "projects.Project", "projects.YearPlan", "projects.MonthReport"
PAPER, PROBLEM, FUND, PAYMENT = (
    "projects.Paper",
    "projects.Problem",
    "key_projects.Fund",
    "key_projects.Payment",
)
YI = Decimal("0.0000000001")
STATISTICS_FEN = 500_000_000
"""500万元: from here the investment statistics take a project in."""
BEFORE_START = [
    "approval", "land_pre", "land", "plan_land", "plan_work", "eia", "energy", "water", "stability", "drawings",
    "construction", "ore", "relics", "geology",
]  # fmt: skip


def ours(row: Any) -> Any:
    return row.kind == SCENARIO.code


def of_ours(row: Any) -> Any:
    """Rows that belong to a project of ours."""
    return row.project__kind == SCENARIO.code


def of_project(table: str, **more: Any) -> Tally:
    return Tally(
        table,
        division="project__division",
        unit="project__lead",
        **{"links": ("project",), "where": of_ours, **more},
    )


def projects(**more: Any) -> Tally:
    return Tally(PROJECT, unit="lead", **{"where": ours, **more})


DONE = of_project(
    REPORT,
    dated="month",
    adds="month_fen",
    says="现行月报的当月完成",
    where=lambda row: of_ours(row) & row.is_current,
)
PLANNED = of_project(PLAN, dated="since", adds="plan_fen", says="年度计划（调整后）")
PLANNED_FIRST = of_project(PLAN, dated="since", adds="first_fen", says="年度计划（年初下达）")
STARTED = projects(dated="started_on", says="登记了开工并有佐证")
DUE_TO_START = projects(dated="start_due_on", says="计划开工")
ABOVE_THE_LINE = projects(
    dated="started_on",
    says="已开工且总投资 500 万元以上",
    where=lambda row: ours(row) & (row.total_fen >= STATISTICS_FEN),
)
NEEDED_PAPERS = of_project(
    PAPER, dated="project__start_due_on", says="开工前需要的手续",
    where=lambda row: of_ours(row) & row.kind.isin(BEFORE_START) & (row.state != "not_needed"),
)  # fmt: skip
PROBLEMS_DUE = of_project(PROBLEM, dated="due_on", says="到期的需协调问题")
GRANTED = of_project(
    FUND,
    dated="granted_on",
    adds="granted_fen",
    says="下达的中央预算内投资",
    where=lambda row: of_ours(row) & (row.source == "central"),
)

MEASURES = (
    Measure("key_projects", "市级重点项目", "个", of_project(PLAN, dated="since", says="列入年度计划的重点项目"), better="near"),
    Measure("key_projects_invested", "重点项目年度投资", "亿元", DONE, times=YI, about="月报累计完成投资，更正后的数"),
    Measure("key_projects_rate", "年度投资完成率", "%", DONE, PLANNED, times=100, about="累计完成 / 年度计划（调整后）"),
    Measure("key_projects_rate_first", "年度投资完成率（按年初计划）", "%", DONE, PLANNED_FIRST, times=100, about="累计完成 / 年初下达的计划"),
    Measure("key_projects_started", "重点项目新开工数", "个", STARTED),
    Measure("key_projects_started_quarter", "集中开工项目", "个", STARTED, period="quarter", span="period", about="当季开工；有开工内容、地点、照片和核实人"),
    Measure("key_projects_started_total", "集中开工项目总投资", "亿元", projects(dated="started_on", adds="total_fen", says="当季开工项目的总投资"), period="quarter", span="period", times=YI),
    Measure(
        "key_projects_start_rate", "重点项目开工率", "%", times=100, denominator=DUE_TO_START, about="应开工中已开工的 / 应开工",
        numerator=projects(dated="start_due_on", says="应开工且已开工", where=lambda row: ours(row) & row.started_on.notnull()),
    ),
    Measure(
        "key_projects_papers", "前期手续办结率", "%", times=100, denominator=NEEDED_PAPERS, about="已取得 / 需要；承诺办理的不算取得",
        numerator=of_project(
            PAPER, dated="project__start_due_on", says="已取得的开工前手续",
            where=lambda row: of_ours(row) & row.kind.isin(BEFORE_START) & (row.state == "obtained"),
        ),
    ),
    Measure(
        "key_projects_entered", "项目入统率", "%", times=100, span="ever", denominator=ABOVE_THE_LINE, about="已入库纳统 / 已开工且 500 万元以上",
        numerator=projects(
            dated="started_on", says="其中已入库纳统",
            where=lambda row: ours(row) & (row.total_fen >= STATISTICS_FEN) & row.stat_entered_on.notnull(),
        ),
    ),
    Measure("key_projects_finished", "重点项目竣工数", "个", projects(dated="finished_on", says="已竣工验收")),
    Measure("key_projects_operated", "重点项目建成投产数", "个", projects(dated="operated_on", says="已投产")),
    Measure(
        "key_projects_at_target", "竣工投产达效率", "%", times=100, span="ever", period="quarter", denominator=projects(dated="operated_on", says="已投产"),
        numerator=projects(dated="operated_on", says="其中已达效", where=lambda row: ours(row) & (row.stage == "at_target")), about="达效 / 已投产（含投产不满 12 个月的）",
    ),
    Measure(
        "key_projects_problems", "项目问题办结率", "%", times=100, denominator=PROBLEMS_DUE,
        numerator=of_project(PROBLEM, dated="due_on", says="其中已解决", where=lambda row: of_ours(row) & row.solved_on.notnull()),
    ),
    Measure("central_funds", "争取中央预算内投资", "亿元", GRANTED, times=YI, about="下达的，不是申报的"),
    Measure(
        "central_funds_paid", "中央预算内投资拨付率", "%", times=100, span="ever", denominator=GRANTED,
        numerator=Tally(
            PAYMENT, dated="on", adds="fen", division="fund__project__division", unit="fund__project__lead", links=("fund", "fund__project"), says="已拨付",
            where=lambda row: (row.fund__project__kind == SCENARIO.code) & (row.fund__source == "central"),
        ),
    ),
    Measure(
        "firm_plans", "一企一策企业数", "户", Tally("key_projects.FirmPlan", dated="made_on", division="enterprise__division", says="已会诊并定措施"),
    ),
)  # fmt: skip
