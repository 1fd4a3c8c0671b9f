"""What the house finds of disclosure: the kind of case and the desks."""

from __future__ import annotations

from luodi.kernel.permission import is_staff_of_the_city
from luodi.scenarios.disclosure import actions
from luodi.scenarios.disclosure.models import Publication
from luodi.scenarios.disclosure.pages.kind import APPLICATIONS
from luodi.shapes.cases.desk import desk_of
from luodi.workbench.desk import Column, Desk

CASES = (APPLICATIONS,)

DESKS = (
    desk_of(
        APPLICATIONS,
        about="20 个工作日答复，补正和征求意见的时间不计；答复类型九种，不予公开写明条款。",
        columns=(
            Column("applicant", "申请人类别", edit=True),
            Column("answered_on", "答复", none="—"),
            Column("exemption", "豁免依据", none="—", hidden=True),
            Column("served_on", "送达", none="—", hidden=True),
        ),
    ),
    Desk(
        code="publications",
        title="主动公开",
        model=Publication,
        key=("number",),
        about="信息形成或变更之日起 20 个工作日内公开；应公开日自动推算。",
        when_empty="还没有公开信息：导入信息公开目录。",
        columns=(
            Column("number", "索引号", frozen=True, edit=True, width=16),
            Column("title", "名称", frozen=True, edit=True, width=26),
            Column("item", "公开事项", edit=True, width=18),
            Column("unit", "公开单位", edit=True),
            Column("formed_on", "形成或变更", edit=True),
            Column("due_on", "应公开", none="待定"),
            Column("published_on", "公开", edit=True, none="未公开"),
            Column("address", "网址", edit=True, hidden=True, none="—"),
        ),
        search=("number", "title"),
        filters=("item", "unit", "due_on"),
        order=("-formed_on",),
        calendar="due_on",
        open_to=is_staff_of_the_city,
        edit=actions.keep_publication,
        create=actions.keep_publication,
    ),
)  # fmt: skip
