"""The desks: clues, households, help, villages, linked funds. Names are masked in every list and file."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from luodi.kernel.permission import is_staff_of_the_city
from luodi.scenarios.poverty_watch.actions import households, registers
from luodi.scenarios.poverty_watch.actions.roles import (
    funds_seen_by,
    helps_seen_by,
    households_seen_by,
)
from luodi.scenarios.poverty_watch.models import Fund, Help, Household, Village
from luodi.scenarios.poverty_watch.pages.kind import CLUES
from luodi.scenarios.poverty_watch.rules import standing
from luodi.shapes.cases.desk import desk_of
from luodi.workbench.desk import Column, Desk
from luodi.workbench.kinds import Choice, Link, Money, Number, Text, Whole

LINKS = (("防返贫一览", "poverty_watch:overview"), ("导入部门预警", "poverty_watch:warnings"))

CLUE_DESK = desk_of(
    CLUES,
    about="自主申报、干部排查、部门预警三条线索在这里同步核实；从收到到审定有期限，村级公示不能压缩。标题和内容不写个人信息。",
    columns=(
        Column(
            "household",
            "农户",
            Link(model=Household, by=("number",), called="农户"),
            hidden=True,
            none="未登记",
        ),
        Column("visited_on", "入户", hidden=True, none="—"),
        Column("posted_on", "公示", hidden=True, none="—"),
        Column("decided_on", "识别", hidden=True, none="—"),
        Column("decided_late", "识别超期", hidden=True, none="—"),
    ),
)

HOUSEHOLDS = Desk(
    code="watched-households",
    title="监测农户",
    model=Household,
    key=("number",),
    about="三类监测对象从纳入、帮扶到风险消除。姓名在表里和导出的文件里一律隐去；查看全部个人信息须写明事由并留痕，目的结束后删除。",
    when_empty="还没有农户：在线索页上“登记农户”。",
    columns=(
        Column("number", "编号", frozen=True, width=18),
        Column("head_shown", "户主", Text(), frozen=True, none="已删除"),
        Column("state", "状态", Choice(lamps=standing.LAMPS, choices=standing.STATES)),
        Column("kind", "对象类别", none="—"),
        Column("cause", "主要风险", edit=True),
        Column("village__division__name", "乡镇", Text()),
        Column("village__name", "村", Text()),
        Column("population", "家庭人口", Whole("人")),
        Column("unit", "责任单位"),
        Column("helper", "帮扶联系人", edit=True),
        Column("helper_post", "联系人单位职务", edit=True, hidden=True),
        Column("listed_on", "纳入", none="—"),
        Column("help_due_on", "帮扶安排期限", hidden=True, none="—"),
        Column("helped_on", "开始帮扶", none="没有帮扶"),
        Column("last_visit_on", "最近走访", none="没有走访"),
        Column("cleared_on", "风险消除", none="—"),
        Column("watch_until", "跟踪到", hidden=True, none="—"),
        Column("times", "纳入次数", Whole("次"), hidden=True),
        Column("was_poor", "脱贫户", edit=True, hidden=True),
        Column("has_no_labour", "整户无劳动能力", edit=True, hidden=True),
        Column("special", "特殊情形", edit=True, hidden=True, none="—"),
        Column("special_note", "特殊情形说明", edit=True, hidden=True, none="—"),
        Column("forgotten_on", "个人信息删除", hidden=True, none="—"),
    ),
    search=("number", "village__name"),
    filters=("state", "kind", "cause", "village__division__name", "unit", "helped_on", "last_visit_on"),
    order=("-number",),
    board="state",
    open_to=is_staff_of_the_city,
    scope=households_seen_by,
    edit=households.edit,
    page=lambda row: row.get_absolute_url(),
    links=LINKS,
)  # fmt: skip

HELPS = Desk(
    code="household-helps",
    title="帮扶措施",
    model=Help,
    about="针对风险的措施，由谁实施，什么时候见成效。在农户页上安排和记成效。",
    when_empty="还没有帮扶措施：在农户页上“安排帮扶”。",
    columns=(
        Column("household", "农户", Link(model=Household, by=("number",), called="农户"), frozen=True),
        Column("kind", "措施"),
        Column("cause", "针对风险"),
        Column("what", "内容", width=24),
        Column("unit", "实施单位"),
        Column("started_on", "开始"),
        Column("planned_on", "计划完成", none="待定"),
        Column("done_on", "见成效", none="进行中"),
        Column("effect", "成效", Text(long=True), hidden=True, none="—"),
        Column("why", "不对应时的理由", hidden=True, none="—"),
    ),
    search=("household__number", "what"),
    filters=("kind", "cause", "unit", "done_on", "planned_on"),
    order=("-started_on",),
    calendar="planned_on",
    open_to=is_staff_of_the_city,
    scope=helps_seen_by,
    page=lambda row: row.get_absolute_url(),
)


def every_village(_person: Any, rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows


VILLAGES = Desk(
    code="villages",
    title="行政村",
    model=Village,
    key=("division", "name"),
    about="行政村和总户数；总户数用来算监测户占比，提醒规模性返贫。",
    when_empty="还没有行政村：导入名录，或逐个新增。",
    columns=(
        Column("division", "乡镇", frozen=True, edit=True),
        Column("name", "村", frozen=True, edit=True),
        Column("households", "总户数", Whole("户"), edit=True),
    ),
    search=("name", "division__name"),
    filters=("division",),
    order=("division", "name"),
    open_to=is_staff_of_the_city,
    scope=every_village,
    edit=registers.keep_village,
    create=registers.keep_village,
)

FUNDS = Desk(
    code="linked-funds",
    title="衔接资金项目",
    model=Fund,
    key=("number",),
    about="财政衔接推进乡村振兴补助资金项目：下达、支出、用于产业发展的比例。支出按截至日期填累计数。",
    when_empty="还没有项目：导入资金下达表，或逐个新增。",
    columns=(
        Column("number", "项目编号", frozen=True, edit=True, width=14),
        Column("name", "项目", frozen=True, edit=True, width=20),
        Column("division", "区划", edit=True),
        Column("unit", "实施单位", edit=True),
        Column("level", "资金级次", edit=True),
        Column("is_industry", "用于产业发展", edit=True),
        Column("allotted_fen", "下达资金", Money("万元"), edit=True),
        Column("paid_fen", "已支出", Money("万元"), edit=True),
        Column("progress", "支出进度", Number("%")),
        Column("allotted_on", "下达日期", edit=True),
        Column("reported_on", "支出截至", edit=True),
        Column("paper", "指标文号", edit=True, hidden=True, none="—"),
    ),
    search=("number", "name"),
    filters=("division", "unit", "level", "is_industry"),
    order=("number",),
    open_to=is_staff_of_the_city,
    scope=funds_seen_by,
    edit=registers.keep_fund,
    create=registers.keep_fund,
)
