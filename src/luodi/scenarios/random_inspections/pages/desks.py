"""The desks: 一单两库, the plan and its tasks, checks, and the form in which the year is reported."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from luodi.kernel.permission import is_staff_of_the_city
from luodi.scenarios.random_inspections.actions import libraries
from luodi.scenarios.random_inspections.models import (
    CheckItem,
    Conflict,
    Inspector,
    Plan,
    Seat,
    Subject,
    Task,
)
from luodi.scenarios.random_inspections.pages.kinds import CHECKS
from luodi.scenarios.random_inspections.rules import words
from luodi.shapes.cases.desk import desk_of
from luodi.shapes.registers.desks import ENTERPRISE
from luodi.workbench.desk import Bulk, Column, Desk
from luodi.workbench.kinds import Choice, Link, Number, Text, UnitLink, Whole, Words, YesNo

CLASS_LAMPS = {"A": "green", "B": "blue", "C": "yellow", "D": "red"}
INSPECTOR = Link(model=Inspector, by=("cert_no",), called="检查人员")


def with_crews(rows: QuerySet[Any]) -> QuerySet[Any]:
    seats = Seat.objects.select_related("inspector")
    return rows.select_related("firm", "task").prefetch_related(Prefetch("seats", seats))


def with_items(rows: QuerySet[Any]) -> QuerySet[Any]:
    counts = {
        "check_count": Count("checks", distinct=True),
        "published_count": Count("checks", filter=Q(checks__published_on__isnull=False), distinct=True),
    }
    return rows.prefetch_related("items", "partners").annotate(**counts)


def with_the_year(rows: QuerySet[Any]) -> QuerySet[Any]:
    """For the report of the year: whether both libraries stand, and what was done of each item, this year and last."""
    year = timezone.localdate().year
    subjects = Subject.objects.filter(is_listed=True)
    inspectors = Inspector.objects.filter(unit=OuterRef("unit"), is_listed=True)

    def done(of: int) -> Count:
        return Count(
            "findings__check_of",
            filter=Q(findings__check_of__published_on__year=of, findings__corrects=""),
            distinct=True,
        )

    return rows.filter(is_in_force=True).annotate(
        has_libraries=Exists(subjects) & Exists(inspectors), done_this_year=done(year), done_last_year=done(year - 1)
    )  # fmt: skip


LINKS = (
    ("进度", "random_inspections:progress"),
    ("公开页面", "random_inspections:public"),
    ("结果公示", "random_inspections:public_results"),
)

DESKS = (
    desk_of(
        CHECKS,
        about="随机抽中的检查和有线索编号的计划外检查：通知、到场、按事项录入、复核、20 个工作日内公示、后续处理。",
        links=LINKS,
        columns=(
            Column("firm_shown", "检查对象", Text(), width=18),
            Column("firm", "企业名录", ENTERPRISE, edit=True, hidden=True),
            Column("crew_shown", "检查人员", Text()),
            Column("task", "任务", Link(model=Task, by=("title", "code")), none="计划外"),
            Column("lead_number", "线索编号", Text(), edit=True, hidden=True, none="—"),
            Column("agreed_on", "约定检查", none="—"),
            Column("checked_on", "检查日期", none="未检查"),
            Column("published_on", "公示日期", none="未公示"),
            Column("is_joint", "部门联合", YesNo(), hidden=True),
        ),
        rows=with_crews,
        search=("firm__name", "firm__uscc"),
    ),
    Desk(
        code="inspection-tasks",
        title="抽查任务",
        model=Task,
        key=("code",),
        about="年度计划里的任务。名单冻结、两方承诺、等公开事件、公开随机数、抽取：一步一步，谁都不能操纵。",
        links=LINKS,
        when_empty="还没有任务：先拟订年度计划，再逐个新增任务。",
        columns=(
            Column("code", "任务编号", frozen=True, edit=True),
            Column("title", "任务名称", frozen=True, edit=True, width=20),
            Column("state", "状态", Choice(lamps={"planned": "hollow", "frozen": "yellow", "committed": "blue", "drawn": "green", "void": "grey"})),
            Column("plan", "计划", Link(model=Plan, by=("title",)), edit=True),
            Column("lead", "牵头部门", edit=True),
            Column("partner_names", "参与部门", Words(), edit=True),
            Column("item_codes", "抽查事项", Words(), edit=True),
            Column("is_joint", "部门联合", YesNo()),
            Column("division", "抽取范围", edit=True),
            Column("industries", "行业门类", Words(), edit=True, none="不定向"),
            Column("ratio_a", "A 类比例", Number("%", places=2), edit=True, none="按规则"),
            Column("ratio_b", "B 类比例", Number("%", places=2), edit=True, none="按规则"),
            Column("ratio_c", "C 类比例", Number("%", places=2), edit=True, none="按规则"),
            Column("ratio_d", "D 类比例", Number("%", places=2), edit=True, none="按规则"),
            Column("by_region", "分区县抽取", YesNo(), edit=True, hidden=True),
            Column("starts_on", "检查开始", edit=True),
            Column("ends_on", "检查截止", edit=True),
            Column("drawn_on", "抽取日期", none="未抽取"),
            Column("check_count", "抽中", Whole("户")),
            Column("published_count", "已公示", Whole("户")),
        ),
        search=("code", "title"),
        filters=("state", "plan", "lead", "is_joint", "ends_on"),
        order=("-starts_on", "code"),
        board="state",
        calendar="ends_on",
        rows=with_items,
        open_to=is_staff_of_the_city,
        edit=libraries.keep_task,
        create=libraries.keep_task,
        page=lambda task: reverse("random_inspections:task", args=[task.pk]),
    ),
    Desk(
        code="inspection-plans",
        title="年度抽查计划",
        model=Plan,
        key=("year", "division"),
        about="一年一个计划。拟订和批准由两个人办，批准后公开。",
        links=LINKS,
        when_empty="还没有计划：新增本年度的一份。",
        columns=(
            Column("year", "年度", Whole(), frozen=True, edit=True),
            Column("title", "名称", frozen=True, edit=True, width=22),
            Column("division", "区划", edit=True),
            Column("doc_no", "文号", edit=True, none="—"),
            Column("state", "状态", Choice(lamps={"draft": "hollow", "approved": "green"})),
            Column("approved_on", "批准公示", none="未批准"),
        ),
        search=("title", "doc_no"),
        filters=("year", "state"),
        order=("-year",),
        open_to=is_staff_of_the_city,
        edit=libraries.keep_plan,
        create=libraries.keep_plan,
        bulk=(Bulk("批准公示", libraries.approve_plan),),
    ),
    Desk(
        code="inspection-items",
        title="抽查事项清单",
        model=CheckItem,
        key=("code",),
        about="“一单”：查什么、依据什么、谁来查、一年最多查几次。",
        when_empty="还没有事项：导入本部门的抽查事项清单。",
        columns=(
            Column("code", "事项编码", frozen=True, edit=True),
            Column("title", "抽查事项", frozen=True, edit=True, width=24),
            Column("unit", "实施部门", edit=True),
            Column("legal_basis", "检查依据", Text(long=True), edit=True, width=24),
            Column("bylaw", "实施细则", edit=True),
            Column("method", "检查方式", edit=True),
            Column("object_kind", "检查对象", edit=True),
            Column("skill", "所需专业", edit=True, none="不限"),
            Column("most_a_year", "同一对象每年最多", Whole("次"), edit=True, none="不限"),
            Column("joint_group", "联合抽查主题", edit=True, none="—"),
            Column("is_in_force", "现行", YesNo(), edit=True),
        ),
        search=("code", "title"),
        filters=("unit", "method", "is_in_force"),
        open_to=is_staff_of_the_city,
        edit=libraries.keep_item,
        create=libraries.keep_item,
    ),
    Desk(
        code="inspection-subjects",
        title="检查对象名录库",
        model=Subject,
        key=("firm",),
        about="“两库”之一：企业和它的信用风险类别，按月更新。类别待补的不能进入抽取。",
        when_empty="还没有检查对象：导入企业和信用风险类别。",
        columns=(
            Column("firm", "检查对象", ENTERPRISE, frozen=True, edit=True, width=20),
            Column("firm__uscc", "统一社会信用代码", Text(), width=20),
            Column("credit_class", "信用风险类别", Choice(lamps=CLASS_LAMPS, choices=words.CLASSES), edit=True),
            Column("graded_on", "分类日期", edit=True),
            Column("firm__division", "区划"),
            Column("firm__industry", "行业门类", Text()),
            Column("firm__status", "登记状态"),
            Column("tickets", "抽取权重", Whole("张"), edit=True, hidden=True),
            Column("is_listed", "在库", YesNo(), edit=True),
        ),
        search=("firm__name", "firm__uscc"),
        filters=("credit_class", "firm__division", "is_listed"),
        order=("firm__uscc",),
        open_to=is_staff_of_the_city,
        edit=libraries.keep_subject,
        create=libraries.keep_subject,
    ),
    Desk(
        code="inspectors",
        title="执法检查人员名录库",
        model=Inspector,
        key=("cert_no",),
        about="“两库”之二：持证人员、证件有效期、专业。证件到期的不会被抽到。",
        when_empty="还没有检查人员：导入本部门持证人员。",
        columns=(
            Column("cert_no", "执法证号", frozen=True, edit=True),
            Column("name", "姓名", Text(masked=True), frozen=True, edit=True),
            Column("unit", "所属部门", UnitLink(), edit=True),
            Column("division", "区划", edit=True),
            Column("valid_to", "证件有效期至", edit=True),
            Column("skills", "专业", Words(), edit=True),
            Column("person", "账号", edit=True, hidden=True, none="—"),
            Column("is_listed", "在库", YesNo(), edit=True),
        ),
        search=("cert_no",),
        filters=("unit", "valid_to", "is_listed"),
        calendar="valid_to",
        order=("cert_no",),
        open_to=is_staff_of_the_city,
        edit=libraries.keep_inspector,
        create=libraries.keep_inspector,
    ),
    Desk(
        code="inspection-conflicts",
        title="回避关系",
        model=Conflict,
        key=("inspector", "firm"),
        about="应当回避的人和企业。抽取名单里只写某人不能查某户，不写为什么。",
        when_empty="没有登记回避关系。",
        columns=(
            Column("inspector", "检查人员", INSPECTOR, frozen=True, edit=True),
            Column("firm", "检查对象", ENTERPRISE, frozen=True, edit=True, width=20),
            Column("reason", "回避事由", edit=True),
            Column("until", "至", edit=True, none="长期"),
        ),
        filters=("reason", "inspector"),
        order=("inspector", "firm"),
        open_to=libraries.keeps,
        scope=lambda person, rows: rows.filter(inspector__unit__in=person.unit_ids),
        edit=libraries.keep_conflict,
        create=libraries.keep_conflict,
    ),
    Desk(
        code="inspection-report",
        title="双随机工作情况表",
        model=CheckItem,
        about="按通行表式：事项、实施细则、一单两库、上年抽查、本年已开展。数字由已公示的检查得出。",
        links=LINKS,
        columns=(
            Column("title", "抽查事项", frozen=True, width=26),
            Column("unit", "实施部门"),
            Column("bylaw", "实施细则", none="无"),
            Column("has_libraries", "一单两库", YesNo()),
            Column("done_last_year", "上年抽查", Whole("户次")),
            Column("most_a_year", "年度频次上限", Whole("次"), none="不限"),
            Column("done_this_year", "本年已开展", Whole("户次")),
        ),
        search=("title",),
        filters=("unit",),
        order=("code",),
        rows=with_the_year,
        open_to=is_staff_of_the_city,
    ),
)  # fmt: skip
