"""Desks of counties' own targets, signings, pilot towns, their investment, and the province's lists."""

from __future__ import annotations

from decimal import Decimal

from luodi.kernel.permission import is_staff_of_the_city
from luodi.scenarios.county_performance import actions
from luodi.scenarios.county_performance.models import Honour, Signing, Town, TownInvestment, YearTarget
from luodi.workbench.desk import Bulk, Column, Desk
from luodi.workbench.kinds import Link, Money, Number, Text, Whole
from luodi.workbench.scope import own_divisions

DESKS = (
    Desk(
        code="county-targets",
        title="一区（县）一策目标",
        model=YearTarget,
        key=("year", "division", "indicator"),
        about="区县自己的年度目标；按完成比例或达标计分的指标，有自己目标的按自己的算。",
        when_empty="没有单独的目标：各区县都按考核办法的统一目标。",
        columns=(
            Column("year", "年度", Whole(), frozen=True, edit=True, width=4),
            Column("division", "区县", frozen=True, edit=True),
            Column("indicator", "指标代号", Text(), edit=True),
            Column("title", "指标", width=16),
            Column("value", "年度目标", Number(), edit=True),
            Column("unit", "单位", edit=True, none="—"),
            Column("document", "依据", edit=True, width=16, none="—"),
        ),
        search=("title", "indicator"),
        filters=("year", "division"),
        open_to=is_staff_of_the_city,
        edit=actions.keep_target,
        create=actions.keep_target,
    ),
    Desk(
        code="county-signings",
        title="考核数据签认",
        model=Signing,
        key=("year", "indicator"),
        about="每个指标由负责部门签认全部区县的数之后才能评分；签认之后数据有修订，批次里写明是第几次修订。",
        columns=(
            Column("year", "年度", Whole(), frozen=True, edit=True, width=4),
            Column("indicator", "指标代号", Text(), frozen=True, edit=True),
            Column("title", "指标", edit=True, width=16),
            Column("unit", "负责部门", edit=True),
            Column("signed_at", "签认时间", none="未签认"),
            Column("by", "签认人", none="—"),
            Column("note", "口径说明", edit=True, width=18, none="—"),
        ),
        search=("title",),
        filters=("year", "unit"),
        open_to=is_staff_of_the_city,
        edit=actions.keep_signing,
        create=actions.keep_signing,
        bulk=(Bulk("签认", actions.sign),),
    ),
    Desk(
        code="pilot-towns",
        title="十镇百村试点",
        model=Town,
        key=("division", "name"),
        about="列入融合发展试点的镇和村，谁包抓、往哪个方向建。",
        columns=(
            Column("name", "名称", frozen=True, edit=True, width=10),
            Column("kind", "类别", edit=True),
            Column("division", "区县", edit=True),
            Column("direction", "发展方向", edit=True, width=12),
            Column("leader", "包抓领导", edit=True),
            Column("plan_fen", "年度计划投资", Money("万元"), edit=True),
            Column("listed_on", "列入试点", edit=True),
        ),
        search=("name", "direction"),
        filters=("kind", "division"),
        open_to=is_staff_of_the_city,
        scope=own_divisions("division"),
        edit=actions.keep_town,
        create=actions.keep_town,
    ),
    Desk(
        code="town-investment",
        title="小城镇建设投资",
        model=TownInvestment,
        key=("town", "project", "month"),
        about="试点镇村每月完成的投资，填当月数，不填累计；要有凭据。",
        columns=(
            Column("town", "试点", Link(model=Town, by=("name",)), frozen=True, edit=True, width=10),
            Column("project", "项目", frozen=True, edit=True, width=16),
            Column("month", "月份", edit=True),
            Column("amount_fen", "当月完成投资", Money("万元", least=Decimal(0)), edit=True),
            Column("evidence", "凭据", edit=True, width=14),
            Column("town__division", "区县"),
        ),
        search=("project", "town__name"),
        filters=("town", "month"),
        order=("-month", "town"),
        open_to=is_staff_of_the_city,
        scope=own_divisions("town__division"),
        edit=actions.keep_investment,
        create=actions.keep_investment,
    ),
    Desk(
        code="county-honours",
        title="全省县域先进名单",
        model=Honour,
        key=("year", "division", "kind"),
        about="省里公布的先进和争先进位名单。",
        columns=(
            Column("year", "考评年度", Whole(), frozen=True, edit=True, width=5),
            Column("division", "区县", frozen=True, edit=True),
            Column("kind", "名单", edit=True),
            Column("rank", "名次", Whole(), edit=True),
            Column("announced_on", "公布", edit=True),
            Column("document", "文件", edit=True, width=18),
        ),
        filters=("year", "division", "kind"),
        open_to=is_staff_of_the_city,
        edit=actions.keep_honour,
        create=actions.keep_honour,
    ),
)  # fmt: skip
