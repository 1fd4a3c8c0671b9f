"""The desks of a kind of project: list, monthly reports, papers, milestones, problems, changes. Tables, files, map, API."""

from __future__ import annotations

from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils import timezone

from luodi.shapes.projects import actions
from luodi.shapes.projects.fields import Month
from luodi.shapes.projects.kind import ProjectKind
from luodi.shapes.projects.models import Milestone, MonthReport, Paper, PlanChange, Problem, Project, YearPlan
from luodi.shapes.projects.permission import sees
from luodi.shapes.projects.rules import KINDS_OF_WORK, SOURCES
from luodi.workbench.desk import Column, Desk
from luodi.workbench.kinds import Choice, Link, Money, Number, Text, Whole, Words
from luodi.workbench.scope import everything

_PROJECT = Link(model=Project, by=("name", "number"), called="项目")
YI = Money("万元")


def desks_of(kind: ProjectKind) -> tuple[Desk, ...]:
    """All desks of a kind; their codes begin with the kind's own."""
    code = kind.code.replace("_", "-")
    return (_list(kind, code), _reports(kind, code), _papers(kind, code), _milestones(kind, code), _problems(kind, code), _changes(kind, code))  # fmt: skip


def _list(kind: ProjectKind, code: str) -> Desk:
    def rows(found: QuerySet[Project]) -> QuerySet[Project]:
        """This year's plan and what is done, beside each project."""
        year = timezone.localdate().year
        plan = YearPlan.objects.filter(project=OuterRef("pk"), year=year)
        report = MonthReport.objects.filter(project=OuterRef("pk"), is_current=True, month__year=year)
        newest = report.order_by("-month")
        return found.filter(kind=kind.code).annotate(
            plan_fen=Subquery(plan.values("plan_fen"), output_field=BigIntegerField()),
            done_fen=Subquery(newest.values("ytd_fen")[:1], output_field=BigIntegerField()),
            reported=Subquery(newest.values("month")[:1]),
            rate=F("done_fen") * 100.0 / NullIf(F("plan_fen"), Value(0)),
            who=Coalesce("owner__name", "owner_name"),
        )

    def create(by, project, values):
        return actions.keep_project(by, project, {**values, "kind": kind.code})

    create.action_name, create.may = actions.keep_project.action_name, actions.keep_project.may
    return Desk(
        code=code,
        title=kind.title,
        model=Project,
        key=("number",),
        about="在库项目：阶段、年度计划、累计完成和完成率；点开看手续、节点、月报和问题。",
        when_empty="还没有项目：导入项目清单，或者逐个新增。",
        columns=(
            Column("number", "项目编号", frozen=True, width=12),
            Column("name", "项目名称", frozen=True, edit=True, width=24),
            Column("stage", "阶段", Choice(lamps=kind.life.lamps, choices=kind.life.choices)),
            Column("division", "所在区划", edit=True),
            Column("lead", "责任单位", edit=True),
            Column("total_fen", "总投资", YI, edit=True),
            Column("plan_fen", "今年计划", YI),
            Column("done_fen", "今年完成", YI),
            Column("rate", "完成率", _Rate("%")),
            Column("reported", "报到", Month()),
            Column("category", "类别", edit=True),
            Column("start_due_on", "计划开工", edit=True),
            Column("started_on", "实际开工", none="未开工"),
            Column("finish_due_on", "计划竣工", edit=True, hidden=True),
            Column("operate_due_on", "计划投产", edit=True, hidden=True, none="—"),
            Column("finished_on", "实际竣工", none="未竣工", hidden=True),
            Column("stat_entered_on", "入库纳统", none="未纳统"),
            Column("zone", "所在园区", edit=True, hidden=True, none="不在园区"),
            Column("who", "项目法人", Text(), hidden=True),
            Column("owner", "项目法人（企业）", edit=True, hidden=True, none="—", note="按企业名录选；不是企业的填项目单位"),
            Column("owner_name", "项目单位", edit=True, hidden=True, none="—"),
            Column("code", "投资项目代码", Text(), edit=True, hidden=True),
            Column("content", "建设内容", Text(long=True), edit=True, hidden=True, width=30),
            Column("analysis", "必要性分析", Text(long=True), edit=True, hidden=True, width=30),
            Column("nature", "建设性质", edit=True, hidden=True),
            Column("approval", "立项方式", edit=True, hidden=True),
            Column("rank", "级别", edit=True, hidden=True),
            Column("industry", "行业", edit=True, hidden=True),
            Column("address", "建设地点", edit=True, hidden=True),
            Column("parcel", "地块", edit=True, hidden=True, none="—"),
            Column("lon", "经度", Number("度"), edit=True, hidden=True),
            Column("lat", "纬度", Number("度"), edit=True, hidden=True),
            Column("land_mu", "用地", Number("亩"), edit=True, hidden=True),
            Column("energy_tce", "年综合能耗", Number("吨标准煤"), edit=True, hidden=True),
            Column("electricity_kwh", "年用电量", Whole("千瓦时"), edit=True, hidden=True),
            Column("capacity", "设计年产能", Number(""), edit=True, hidden=True),
            Column("capacity_unit", "产能单位", edit=True, hidden=True),
            Column("design_output_fen", "设计年产值", YI, edit=True, hidden=True),
            Column("design_tax_fen", "设计年税收", YI, edit=True, hidden=True),
            Column("spent_before_fen", "本年以前完成投资", YI, edit=True, hidden=True),
            Column("tags", "标签", Words(), edit=True, hidden=True),
        ),
        search=("number", "name", "owner__name", "owner_name"),
        filters=("stage", "division", "lead", "category", "start_due_on"),
        order=("number",),
        board="stage",
        calendar="start_due_on",
        place=("lon", "lat"),
        open_to=sees,
        scope=everything,
        rows=rows,
        edit=actions.keep_project,
        create=create,
        page=lambda row: reverse("projects:project", args=[row.pk]),
    )  # fmt: skip


class _Rate(Number):
    """A share to one decimal: a division in the database brings a dozen."""

    __slots__ = ()

    def _show(self, value: object) -> str:
        return f"{float(value):.1f}"  # type: ignore[arg-type]


def _reports(kind: ProjectKind, code: str) -> Desk:
    def rows(found: QuerySet[MonthReport]) -> QuerySet[MonthReport]:
        return found.filter(project__kind=kind.code, is_current=True)

    return Desk(
        code=f"{code}-reports",
        title=f"{kind.title}月报",
        model=MonthReport,
        key=("project", "month"),
        about="自年初累计，只增不减。导入当月台账：先预览，有一行不对就都不写；同一张表再导一次不变。",
        when_empty="还没有月报：导入当月台账，或在项目页上填报。",
        columns=(
            Column("project", "项目", _PROJECT, frozen=True, width=22),
            Column("month", "月份", Month(), frozen=True),
            Column("ytd_fen", "本年累计完成投资", YI, edit=True),
            Column("month_fen", "当月完成投资", YI),
            *(Column(name, f"其中{title}", YI, edit=True, hidden=name == "expenses_fen") for name, title in KINDS_OF_WORK),
            *(Column(name, f"到位{title}", YI, edit=True, hidden=name in {"stocks_fen", "bonds_fen", "foreign_fen", "other_fen"}) for name, title in SOURCES),
            Column("stat_fen", "统计上报累计", YI, edit=True),
            Column("progress", "形象进度", Text(long=True), edit=True, width=30),
            Column("next_steps", "下月计划", Text(long=True), edit=True, hidden=True),
            Column("quantity", "当月产量", Number(""), edit=True, hidden=True, none="未投产"),
            Column("output_fen", "当月产值", YI, edit=True, hidden=True, none="未投产"),
            Column("tax_fen", "当月税收", YI, edit=True, hidden=True, none="未投产"),
            Column("why", "更正理由", edit=True, hidden=True, none="—", note="已报过的月份改数要写"),
            Column("revision", "版次", Whole(), hidden=True),
            Column("by", "填报人", hidden=True),
            Column("at", "填报", hidden=True),
        ),
        search=("project__name", "project__number"),
        filters=("month", "project"),
        order=("-month", "project__number"),
        open_to=sees,
        scope=everything,
        rows=rows,
        edit=actions.keep_report,
        create=actions.keep_report,
    )  # fmt: skip


def _papers(kind: ProjectKind, code: str) -> Desk:
    titles = tuple(kind.titles_of_papers.items())
    return Desk(
        code=f"{code}-papers",
        title=f"{kind.title}手续",
        model=Paper,
        key=("project", "kind"),
        about="前期手续、纳统和竣工要件：取得、承诺或不需要；到期前提醒。",
        columns=(
            Column("project", "项目", _PROJECT, frozen=True, width=22),
            Column("kind", "要件", Choice(choices=titles), frozen=True, width=14),
            Column("state", "状态", Choice(lamps={"obtained": "green", "promised": "yellow", "missing": "hollow", "not_needed": "grey"}), edit=True),
            Column("number", "文号或证号", edit=True, none="—"),
            Column("issuer", "核发单位", edit=True, none="—"),
            Column("issued_on", "核发", edit=True, none="—"),
            Column("valid_until", "有效期至", edit=True, none="—"),
            Column("promised_until", "承诺办结", edit=True, none="—"),
            Column("reason", "不需要的理由", edit=True, none="—"),
        ),
        search=("project__name", "number"),
        filters=("state", "kind", "valid_until", "promised_until"),
        order=("project__number", "pk"),
        calendar="promised_until",
        open_to=sees,
        scope=everything,
        rows=lambda found: found.filter(project__kind=kind.code),
        edit=actions.keep_paper,
    )  # fmt: skip


def _milestones(kind: ProjectKind, code: str) -> Desk:
    return Desk(
        code=f"{code}-milestones",
        title=f"{kind.title}节点",
        model=Milestone,
        key=("project", "title"),
        about="每个项目一年的几个节点：计划、实际；改期保留年初的日期。",
        columns=(
            Column("project", "项目", _PROJECT, frozen=True, edit=True, width=22),
            Column("title", "节点", frozen=True, edit=True, width=16),
            Column("mark", "类别", edit=True),
            Column("due_on", "计划完成", edit=True),
            Column("first_due_on", "年初计划"),
            Column("reached_on", "实际完成", edit=True, none="未完成"),
            Column("note", "说明", edit=True, none="—", width=20),
        ),
        search=("project__name", "title"),
        filters=("mark", "due_on", "reached_on"),
        order=("due_on", "pk"),
        calendar="due_on",
        open_to=sees,
        scope=everything,
        rows=lambda found: found.filter(project__kind=kind.code),
        edit=actions.keep_milestone,
        create=actions.keep_milestone,
    )  # fmt: skip


def _problems(kind: ProjectKind, code: str) -> Desk:
    return Desk(
        code=f"{code}-problems",
        title=f"{kind.title}问题",
        model=Problem,
        about="需协调问题：一个牵头单位、一个期限；两次误期升一级。在项目页上提出、改期和销号。",
        columns=(
            Column("project", "项目", _PROJECT, frozen=True, width=22),
            Column("words", "问题", Text(long=True), frozen=True, width=26),
            Column("reason", "类别"),
            Column("owner", "牵头解决单位"),
            Column("due_on", "解决期限"),
            Column("raised_on", "提出"),
            Column("dates", "历次期限", Words(), hidden=True),
            Column("progress", "最新进展", Text(long=True), width=24),
            Column("solved_on", "解决", none="未解决"),
            Column("solution", "解决情况", Text(long=True), none="—", hidden=True),
        ),
        search=("project__name", "words"),
        filters=("reason", "owner", "due_on", "solved_on"),
        order=("solved_on", "due_on"),
        calendar="due_on",
        open_to=sees,
        scope=everything,
        rows=lambda found: found.filter(project__kind=kind.code),
        page=lambda row: reverse("projects:project", args=[row.project_id]) + f"#problem-{row.pk}",
    )  # fmt: skip


def _changes(kind: ProjectKind, code: str) -> Desk:
    return Desk(
        code=f"{code}-changes",
        title=f"{kind.title}计划调整",
        model=PlanChange,
        about="谁提出、谁批准、原值和新值；凡用到计划的比率都能按两个数看。",
        columns=(
            Column("project", "项目", _PROJECT, frozen=True, width=22),
            Column("item", "调整项"),
            Column("year", "年度", Text(), none="—"),
            Column("old_shown", "原值", Text()),
            Column("new_shown", "新值", Text()),
            Column("reason", "理由", width=24),
            Column("author", "提出人"),
            Column("state", "状态", Choice(lamps={"waiting": "yellow", "approved": "green", "declined": "grey"})),
            Column("decided_by", "审批人", none="—"),
            Column("opinion", "意见", none="—", hidden=True),
        ),
        search=("project__name", "reason"),
        filters=("item", "state"),
        order=("-pk",),
        open_to=sees,
        scope=everything,
        rows=lambda found: found.filter(Q(project__kind=kind.code)),
        page=lambda row: reverse("projects:project", args=[row.project_id]) + "#changes",
    )  # fmt: skip
