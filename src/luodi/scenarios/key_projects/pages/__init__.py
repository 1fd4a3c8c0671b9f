"""What the house is told of key projects: the kind, and the desks beside those of the shape."""

from __future__ import annotations

from django.db.models import Count, F, QuerySet, Value
from django.db.models.functions import NullIf

from luodi.kernel.permission import is_staff_of_the_city
from luodi.scenarios.key_projects import actions
from luodi.scenarios.key_projects.models import FirmMeasure, FirmPlan, Fund, Payment, StartEvent
from luodi.scenarios.key_projects.scenario import SCENARIO
from luodi.shapes.projects.desk import desks_of
from luodi.shapes.projects.kind import ProjectKind
from luodi.shapes.projects.models import Project
from luodi.shapes.registers.models import Enterprise
from luodi.workbench.desk import Column, Desk
from luodi.workbench.kinds import Link, Money, Text, Whole

KEY = ProjectKind(code=SCENARIO.code, title=SCENARIO.title, lead=SCENARIO.lead, prefix="ZD")
PROJECTS = (KEY,)

_PROJECT = Link(model=Project, by=("name", "number"), called="项目")
_FUND = Link(model=Fund, by=("number",), called="资金")
_FIRM = Link(model=Enterprise, by=("name", "uscc"), called="企业")
_PLAN = Link(model=FirmPlan, by=("enterprise_name",), called="一企一策")
WAN = Money("万元")


def with_share(rows: QuerySet[Fund]) -> QuerySet[Fund]:
    return rows.annotate(paid_share=F("paid_fen") * 100 / NullIf(F("granted_fen"), Value(0)))


def late_measures(rows: QuerySet[FirmMeasure]) -> QuerySet[FirmMeasure]:
    return rows.select_related("plan__enterprise")


DESKS = (
    *desks_of(KEY),
    Desk(
        code="public-funds",
        title="资金争取",
        model=Fund,
        key=("number",),
        about="中央预算内投资、专项债券等：申报、下达、拨付；下达后未按期开工或拨付的在“重点项目总览”亮红灯。",
        when_empty="还没有资金：导入争取资金台账，或者逐笔新增。",
        columns=(
            Column("number", "资金编号", frozen=True, edit=True, width=14),
            Column("project", "项目", _PROJECT, frozen=True, edit=True, width=22),
            Column("source", "资金种类", edit=True),
            Column("window", "申报批次", edit=True, none="—"),
            Column("asked_on", "申报", edit=True),
            Column("asked_fen", "申报金额", WAN, edit=True),
            Column("granted_on", "下达", edit=True, none="未下达"),
            Column("granted_fen", "下达金额", WAN, edit=True, none="未下达"),
            Column("doc_no", "下达文号", edit=True, none="—"),
            Column("paid_fen", "已拨付", WAN),
            Column("paid_share", "拨付率", Whole("%"), none="未下达"),
        ),
        search=("number", "project__name", "doc_no"),
        filters=("source", "asked_on", "granted_on", "project"),
        order=("number",),
        open_to=is_staff_of_the_city,
        rows=with_share,
        edit=actions.keep_fund,
        create=actions.keep_fund,
    ),
    Desk(
        code="public-fund-payments",
        title="资金拨付",
        model=Payment,
        key=("voucher",),
        about="每一笔拨付：按工程进度，不超过下达数，不早于开工。",
        columns=(
            Column("voucher", "凭证号", frozen=True, edit=True, width=14),
            Column("fund", "资金", _FUND, frozen=True, edit=True, width=14),
            Column("fund__project", "项目", _PROJECT, width=22),
            Column("on", "拨付", edit=True),
            Column("fen", "拨付金额", WAN, edit=True),
            Column("payee", "收款单位", edit=True, width=18),
            Column("basis", "依据", edit=True, none="—"),
        ),
        search=("voucher", "payee", "fund__project__name"),
        filters=("on", "fund"),
        order=("-on",),
        calendar="on",
        open_to=is_staff_of_the_city,
        edit=actions.pay,
        create=actions.pay,
    ),
    Desk(
        code="start-events",
        title="集中开工",
        model=StartEvent,
        about="每次集中开工的项目和总投资；有没有真开工，看开工佐证。",
        columns=(
            Column("title", "活动", frozen=True, width=24),
            Column("on", "日期"),
            Column("place", "主会场", none="—"),
            Column("announced", "项目", Whole("个")),
        ),
        search=("title",),
        filters=("on",),
        order=("-on",),
        calendar="on",
        open_to=is_staff_of_the_city,
        rows=lambda rows: rows.annotate(announced=Count("projects")),
    ),
    Desk(
        code="firm-plans",
        title="一企一策",
        model=FirmPlan,
        key=("enterprise",),
        about="一户一份：会诊结论、企业诉求；措施另列，每条一个责任单位、一个时限。",
        columns=(
            Column("enterprise", "企业", _FIRM, frozen=True, edit=True, width=20),
            Column("made_on", "会诊", edit=True),
            Column("diagnosis", "会诊结论", Text(long=True), edit=True, width=30),
            Column("asks", "企业诉求", Text(long=True), edit=True, width=26, none="—"),
        ),
        search=("enterprise__name", "diagnosis"),
        filters=("made_on", "enterprise"),
        order=("-made_on",),
        open_to=is_staff_of_the_city,
        edit=actions.keep_firm_plan,
        create=actions.keep_firm_plan,
    ),
    Desk(
        code="firm-measures",
        title="一企一策措施",
        model=FirmMeasure,
        key=("plan", "words"),
        about="一条措施、一个责任单位、一个时限、一个结果。",
        columns=(
            Column("plan", "企业", _PLAN, frozen=True, edit=True, width=20),
            Column("words", "措施", frozen=True, edit=True, width=28),
            Column("owner", "责任单位", edit=True),
            Column("due_on", "时限", edit=True),
            Column("done_on", "完成", edit=True, none="未完成"),
            Column("result", "结果", edit=True, none="—", width=20),
        ),
        search=("plan__enterprise__name", "words"),
        filters=("owner", "due_on", "done_on"),
        order=("done_on", "due_on"),
        calendar="due_on",
        open_to=is_staff_of_the_city,
        rows=late_measures,
        edit=actions.keep_firm_measure,
        create=actions.keep_firm_measure,
    ),
)  # fmt: skip
