"""The register of enterprises on the workbench."""

from __future__ import annotations

from luodi.kernel.permission import is_staff_of_the_city
from luodi.shapes.registers.actions import keep_enterprise
from luodi.shapes.registers.models import Enterprise
from luodi.workbench.desk import Column, Desk
from luodi.workbench.kinds import Choice, Link, Money, Text, Whole, Words

ENTERPRISE = Link(model=Enterprise, by=("name", "uscc"), called="企业")
"""A column that names an enterprise, by name or by code."""

DESKS = (
    Desk(
        code="enterprises",
        title="企业名录",
        model=Enterprise,
        key=("uscc",),
        about="各部门共用的登记名录。没有的项目留空，匹配和评价时按待补处理，不当作 0。",
        when_empty="还没有企业：导入登记名录。",
        columns=(
            Column("uscc", "统一社会信用代码", Text(), frozen=True, edit=True, width=20),
            Column("name", "企业名称", frozen=True, edit=True, width=18),
            Column("status", "登记状态", Choice(lamps={"active": "green", "revoked": "red", "cancelled": "grey"}), edit=True),
            Column("division", "区划", edit=True),
            Column("industry", "行业门类", edit=True),
            Column("scale", "规模", edit=True),
            Column("is_above_scale", "规模以上", edit=True),
            Column("employees", "从业人数", Whole("人"), edit=True),
            Column("revenue_fen", "上年营业收入", Money("万元"), edit=True),
            Column("rd_fen", "上年研发投入", Money("万元"), edit=True),
            Column("tags", "标签", Words(), edit=True),
            Column("registered_on", "成立", edit=True, hidden=True),
            Column("address", "地址", edit=True, hidden=True),
            Column("lon", "经度", edit=True, hidden=True),
            Column("lat", "纬度", edit=True, hidden=True),
        ),
        search=("uscc", "name"),
        filters=("status", "division", "industry", "scale", "is_above_scale"),
        order=("uscc",),
        place=("lon", "lat"),
        open_to=is_staff_of_the_city,
        edit=keep_enterprise,
        create=keep_enterprise,
    ),
)  # fmt: skip
