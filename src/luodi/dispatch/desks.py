"""Orders, resolutions, meetings and who answers for whom, on the workbench."""

from __future__ import annotations

from typing import Any

from luodi.dispatch import actions, orders
from luodi.dispatch.models import Meeting, Order, Oversight, Resolution, Visit
from luodi.dispatch.permission import sees_dispatch
from luodi.shapes.cases.desk import desk_of
from luodi.shapes.cases.kind import CaseKind, Letter
from luodi.shapes.cases.record import Event
from luodi.workbench.desk import Column, Desk
from luodi.workbench.kinds import Choice, Link, PersonLink, Text

SLIP = Letter(
    "order", "督办单", ("send",),
    (
        "{lead}：",
        "现将“{title}”（{number}）列为{level}督办，请于{due_on}前办结并报告。",
        "{body}",
        "签收、进展和办结情况请在系统内填报；逾期未办结的，按{ruleset}升级督办。",
        "{home}", "{today}",
    ),
)  # fmt: skip


def _keep_worst(order: Any, event: Event) -> None:
    """The worst colour stays, whatever becomes of the order."""
    if level := event.filled.get("level"):
        order.worst = orders.worse(order.worst, str(level))


ORDERS = CaseKind(
    code="orders",
    title="督办单",
    model=Order,
    machine=orders.MACHINE,
    prefix="DB",
    lead="督查室",
    ruleset=orders.RULESET,
    categories=orders.CATEGORIES,
    levels=orders.COLOURS,
    outcomes=orders.OUTCOMES,
    channels=orders.SOURCES,
    letters=(SLIP,),
    only_desk_brings=True,
    solved=("done",),
    note=_keep_worst,
    facts=lambda order: (("颜色", orders.shown(order.level, order.worst, not order.is_open)),),
)
CASES = (ORDERS,)

DESKS = (
    desk_of(
        ORDERS,
        about="一事一单，三色督办：蓝提醒、橙警示、红告诫。办结由督查核查后销号；曾到橙、红的，销号后仍然标明。",
        columns=(
            Column("worst", "曾到", Choice(choices=orders.COLOURS, lamps={"blue": "blue", "orange": "yellow", "red": "red"}), none="—"),
        ),
    ),
    Desk(
        code="resolutions",
        title="议定事项",
        model=Resolution,
        about="调度会定下的事：一个责任单位、一个期限。两次误期自动提级。",
        when_empty="还没有议定事项：在周调度页面对异常事项定责。",
        columns=(
            Column("subject", "事项", frozen=True, width=24),
            Column("words", "要求", width=24),
            Column("owner", "责任单位"),
            Column("leader", "包抓领导", PersonLink(), none="—"),
            Column("due_on", "期限"),
            Column("done_on", "办结", none="未办结"),
            Column("result", "结果", Text(long=True), none="—"),
            Column("made_on", "议定"),
            Column("meeting", "会议", Link(model=Meeting, by=("pk",), called="会议"), none="—", hidden=True),
        ),
        search=("subject", "words"),
        filters=("owner", "leader", "due_on"),
        order=("done_on", "due_on"),
        calendar="due_on",
        open_to=sees_dispatch,
        page=Resolution.get_absolute_url,
    ),
    Desk(
        code="meetings",
        title="调度会",
        model=Meeting,
        about="周调度、月开工、季观摩、年考核的会议日历和记录。",
        when_empty="还没有会议：在周调度页面登记下一次会议。",
        columns=(
            Column("at", "时间", frozen=True),
            Column("kind", "类型"),
            Column("place", "地点", none="待定"),
            Column("chair", "主持", PersonLink(), none="待定"),
            Column("state", "状态", Choice(lamps={"planned": "yellow", "held": "green", "cancelled": "grey"})),
        ),
        filters=("kind", "state"),
        order=("-at",),
        open_to=sees_dispatch,
        page=Meeting.get_absolute_url,
    ),
    Desk(
        code="visits",
        title="季观摩",
        model=Visit,
        about="每季度一次现场观摩：路线、评委、密封评分。",
        when_empty="还没有观摩：在调度页面登记一次。",
        columns=(
            Column("title", "观摩", frozen=True, width=20),
            Column("quarter", "季度"),
            Column("state", "状态", Choice(lamps={"planned": "hollow", "open": "yellow", "closed": "green"})),
            Column("closed_at", "揭晓", none="—"),
        ),
        filters=("state",),
        order=("-quarter",),
        open_to=sees_dispatch,
        page=Visit.get_absolute_url,
    ),
    Desk(
        code="oversight",
        title="分管表",
        model=Oversight,
        key=("unit",),
        about="哪位市领导分管哪个单位：调度材料按它分到每位领导一页。",
        when_empty="还没有分管表：导入市领导分工文件。",
        columns=(
            Column("leader", "市领导", PersonLink(), frozen=True, edit=True),
            Column("unit", "分管单位", frozen=True, edit=True, width=18),
            Column("valid_from", "起", edit=True),
            Column("valid_until", "止", edit=True, none="至今"),
        ),
        filters=("leader",),
        order=("leader",),
        open_to=sees_dispatch,
        edit=actions.keep_oversight,
        create=actions.keep_oversight,
    ),
)  # fmt: skip
