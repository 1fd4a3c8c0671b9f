"""The city's own registers on the workbench: units 单位名录, divisions 行政区划, people and posts 人员岗位."""

from __future__ import annotations

from typing import Any

from luodi.kernel.action import action
from luodi.kernel.models import Division, Person, Posting, Unit
from luodi.kernel.permission import is_auditor, is_security_admin, is_staff_of_the_city, is_system_admin
from luodi.kernel.places import placed
from luodi.workbench.desk import Column, Desk, changed
from luodi.workbench.kinds import PersonLink, Text, Whole

sees_registers = is_staff_of_the_city | is_system_admin | is_security_admin
sees_people = is_system_admin | is_security_admin | is_auditor


@action("registers.keep_unit", may=is_system_admin)
def keep_unit(by: Person, unit: Unit, values: dict[str, Any]) -> Unit:
    """Enter a unit, or put a mistake right. A reform is a new unit with its 前身, not a change of the old one."""
    return changed(unit, values)


@action("registers.keep_division", may=is_system_admin)
def keep_division(by: Person, division: Division, values: dict[str, Any]) -> Division:
    """Enter a division or a township, or put a mistake right; what its code tells need not be typed."""
    return changed(division, placed(division, values))


UNITS = Desk(
    code="units",
    title="单位名录",
    model=Unit,
    key=("key",),
    about="承担任务的单位，按机构改革的先后留存：改名、合并不改历史。",
    when_empty="还没有单位。请由系统管理员导入单位名录。",
    columns=(
        Column("name", "名称", frozen=True, width=16, edit=True),
        Column("short_names", "简称", width=12, edit=True),
        Column("key", "代号", edit=True),
        Column("function", "职能", edit=True),
        Column("division", "所属区划", edit=True),
        Column("valid_from", "设立", edit=True),
        Column("valid_until", "撤销", none="现行", edit=True),
        Column("successor", "更名或并入", none="—", hidden=True, edit=True),
        Column("duties", "职责", Text(long=True), width=36, edit=True),
        Column("order", "排序", Whole(), hidden=True, edit=True),
    ),
    search=("name", "key", "function", "duties"),
    filters=("division", "valid_from", "valid_until"),
    order=("order", "key"),
    open_to=sees_registers,
    edit=keep_unit,
    create=keep_unit,
)

DIVISIONS = Desk(
    code="divisions",
    title="行政区划",
    model=Division,
    key=("code",),
    about="按 GB/T 2260 编码的行政区划、按 GB/T 10114 编码的乡镇街道，以及跨区划的功能区。",
    when_empty="还没有行政区划。先登记本市和各县（市、区），再导入统计代码表里的乡镇街道。",
    columns=(
        Column("code", "区划代码", frozen=True, edit=True),
        Column("name", "名称", frozen=True, width=12, edit=True),
        Column("short_name", "简称", edit=True),
        Column("kind", "类别", none="—", note="乡镇街道由代码第七位得出，可以不填", edit=True),
        Column("parent", "上级", none="—", note="由代码得出，可以不填", edit=True),
        Column("is_zone", "功能区", edit=True),
        Column("valid_from", "启用", edit=True),
        Column("valid_until", "停用", none="现行", edit=True),
    ),
    search=("code", "name"),
    filters=("parent", "kind", "is_zone", "valid_until"),
    order=("code",),
    open_to=sees_registers,
    edit=keep_division,
    create=keep_division,
)


POSTS = Desk(
    code="posts",
    title="人员岗位",
    model=Posting,
    about="谁在哪个单位任什么职、担什么角色。角色属于岗位，不属于人。",
    when_empty="还没有岗位。请由系统管理员在“人员账号”里提出，安全管理员批准。",
    columns=(
        Column("person", "姓名", PersonLink(), frozen=True),
        Column("unit", "单位", width=14),
        Column("title", "职务", width=16),
        Column("role", "角色"),
        Column("unit__division", "区划"),
        Column("valid_from", "任职"),
        Column("valid_until", "离任", none="在任"),
    ),
    search=("person__name", "person__login", "title", "unit__name"),
    filters=("unit", "role", "unit__division"),
    order=("unit__order", "id"),
    open_to=sees_people,
)

DESKS = (UNITS, DIVISIONS, POSTS)
