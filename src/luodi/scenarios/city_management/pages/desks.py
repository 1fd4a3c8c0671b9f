"""Desks of city management: cases, emergencies, what waits for a check, grids, components."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from luodi.kernel.permission import is_staff_of_the_city
from luodi.scenarios.city_management import actions
from luodi.scenarios.city_management.models import Component, DutyGrid, UnitGrid
from luodi.scenarios.city_management.pages.kind import CITY, COMPONENT, CONDITION
from luodi.shapes.cases.desk import desk_of
from luodi.workbench.desk import Column, Desk
from luodi.workbench.kinds import Choice, Link, PersonLink, Text, Whole

GRID = Link(model=UnitGrid, by=("code", "name"), called="单元网格")
DUTY = Link(model=DutyGrid, by=("code", "name"), called="责任网格")

LINKS = (
    ("现场", "city_management:field"),
    ("网格和热点", "city_management:map"),
    ("综合评价", "city_management:league"),
)
_OWN = (
    Column("is_urgent", "紧急", none="—"),
    Column("standard", "立案条件", CONDITION, none="未立案", width=20),
    Column("grid", "单元网格", GRID, none="—"),
    Column("component", "部件编码", COMPONENT, edit=True, hidden=True, none="—"),
    Column("lon", "经度", edit=True, hidden=True, none="—"),
    Column("lat", "纬度", edit=True, hidden=True, none="—"),
    Column("collector", "采集员", PersonLink(), hidden=True, none="—"),
    Column("reworks", "返工", Whole("次")),
    Column("returns", "退单", Whole("次"), hidden=True),
    Column("is_filed_in_time", "按时立案", none="—", hidden=True),
    Column("is_checked_in_time", "按时核查", none="—", hidden=True),
    Column("suspended_on", "缓办", none="—", hidden=True),
)


def _cases(code: str, title: str, about: str, only: Q | None = None) -> Desk:
    def rows(found: QuerySet[Any]) -> QuerySet[Any]:
        found = found.select_related("grid")
        return found if only is None else found.filter(only)

    return desk_of(
        CITY,
        code=code,
        title=title,
        about=about,
        links=LINKS,
        columns=_OWN,
        rows=rows,
        filters=("is_urgent",),
        search=("address",),
    )


DESKS = (
    _cases("city-cases", "城管案件", "部件和事件案件：上报、核实、受理、立案、派遣、处置、核查、结案，监督与处置分开。"),
    _cases(
        "city-urgent", "紧急案件", "井盖缺失、路面塌陷、管道破裂、线缆垂落：时限按小时连续计算。",
        Q(is_urgent=True, is_open=True),
    ),
    _cases(
        "city-to-check", "待核实核查", "等采集员到现场看的：核实上报的、核查处置过的。",
        Q(state__in=("verifying", "checking")),
    ),
    Desk(
        code="unit-grids",
        title="单元网格",
        model=UnitGrid,
        key=("code",),
        about="万米单元网格。编码 14 位：区划 6、街道 3、社区 3、顺序 2；边界用 GeoJSON 导入，互不重叠。",
        links=LINKS,
        when_empty="还没有单元网格：在“网格和热点”页导入 GeoJSON。",
        columns=(
            Column("code", "网格编码", Text(), frozen=True, width=18),
            Column("name", "名称", edit=True, none="—"),
            Column("division", "区划"),
            Column("street", "街道", edit=True, none="—"),
            Column("community", "社区", edit=True, none="—"),
            Column("duty", "责任网格", DUTY, edit=True),
            Column("area_m2", "面积", Whole("平方米")),
            Column("n_components", "部件", Whole("个")),
            Column("scheme", "编码规则", hidden=True),
            Column("valid_from", "启用", hidden=True, none="—"),
            Column("valid_until", "停用", edit=True, hidden=True, none="在用"),
        ),
        search=("code", "name", "street", "community"),
        filters=("division", "duty"),
        order=("code",),
        rows=lambda rows: rows.annotate(n_components=Count("components")),
        open_to=is_staff_of_the_city,
        edit=actions.keep_grid,
    ),
    Desk(
        code="duty-grids",
        title="责任网格",
        model=DutyGrid,
        key=("code",),
        about="一名采集员负责的若干单元网格。",
        links=LINKS,
        when_empty="还没有责任网格：新增一个，再在单元网格里选它。",
        columns=(
            Column("code", "责任网格编号", frozen=True, edit=True),
            Column("name", "名称", frozen=True, edit=True),
            Column("collector", "采集员", PersonLink(), edit=True),
            Column("n_grids", "单元网格", Whole("个")),
        ),
        search=("code", "name"),
        order=("code",),
        rows=lambda rows: rows.annotate(n_grids=Count("grids")),
        open_to=is_staff_of_the_city,
        edit=actions.keep_duty,
        create=actions.keep_duty,
    ),
    Desk(
        code="city-components",
        title="城市部件",
        model=Component,
        key=("code",),
        about="井盖、路灯、护栏等城市家具的普查台账；编码和坐标与单元网格核对。",
        links=LINKS,
        when_empty="还没有部件：导入普查成果表。",
        columns=(
            Column("code", "部件编码", Text(), frozen=True, edit=True, width=18),
            Column("name", "名称", frozen=True, edit=True),
            Column("category", "小类", none="扩展类"),
            Column("state", "状态", Choice(lamps={"sound": "green", "broken": "yellow", "lost": "red", "blocked": "blue"}), edit=True),
            Column("grid", "所在单元网格", GRID, edit=True),
            Column("in_charge", "主管部门", edit=True),
            Column("owner", "权属单位", edit=True),
            Column("keeper", "养护单位", edit=True),
            Column("lon", "经度", edit=True, hidden=True),
            Column("lat", "纬度", edit=True, hidden=True),
            Column("placed_on", "初始日期", edit=True),
            Column("changed_on", "变更日期", edit=True),
            Column("data_source", "数据来源", edit=True),
            Column("scheme", "编码规则", edit=True, hidden=True),
            Column("note", "备注", edit=True, hidden=True, none="—"),
        ),
        search=("code", "name", "owner", "keeper"),
        filters=("category", "state", "grid", "in_charge"),
        order=("code",),
        board="state",
        place=("lon", "lat"),
        open_to=is_staff_of_the_city,
        edit=actions.keep_component,
        create=actions.keep_component,
    ),
)  # fmt: skip
