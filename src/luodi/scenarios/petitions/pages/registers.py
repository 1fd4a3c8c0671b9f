"""The desks: petitions, old cases, receptions, joint sessions."""

from __future__ import annotations

from django.db.models import QuerySet

from luodi.kernel.permission import is_staff_of_the_city
from luodi.scenarios.petitions.actions import backlog, sittings
from luodi.scenarios.petitions.actions.roles import backlogs_seen_by, sittings_seen_by
from luodi.scenarios.petitions.models import Backlog, Petition, Sitting
from luodi.scenarios.petitions.pages.kind import PETITIONS
from luodi.scenarios.petitions.rules import backlog as rules
from luodi.shapes.cases.desk import desk_of
from luodi.workbench.desk import Column, Desk
from luodi.workbench.kinds import Choice, Link, Money, Text, Whole

_OWN = (
    Column("stream", "信访类型", edit=True),
    Column("nature", "初重", none="待甄别"),
    Column("people", "人数", Whole("人"), edit=True, hidden=True),
    Column("representatives", "代表", Whole("人"), edit=True, hidden=True, none="—"),
    Column("upper_number", "上级编号", edit=True, hidden=True, none="—"),
    Column("received_on", "收到日期", edit=True, hidden=True),
    Column("manner", "转送交办", hidden=True, none="—"),
    Column("transferred_on", "转送", hidden=True, none="—"),
    Column("decided_on", "受理决定", hidden=True, none="—"),
    Column("decided_late", "受理超期", hidden=True, none="—"),
    Column("replied_on", "处理意见", hidden=True, none="—"),
    Column("replied_late", "答复超期", hidden=True, none="—"),
    Column("served_on", "送达", hidden=True, none="—"),
    Column("finding", "复查结论", hidden=True, none="—"),
    Column("recheck_finding", "复核结论", hidden=True, none="—"),
)

LEDGER = desk_of(
    PETITIONS,
    about="登记、转送、受理、办理、复查、复核，各步的期限依《信访工作条例》自动起算。只数事项，不数人，也不给信访人画像。",
    columns=_OWN,
    filters=("stream", "nature"),
)


def not_quite_over(rows: QuerySet[Petition]) -> QuerySet[Petition]:
    """What has been answered and may still be appealed, or is under review."""
    return rows.filter(
        state__in=(
            "replied",
            "review_asked",
            "reviewing",
            "reviewed",
            "recheck_asked",
            "rechecking",
            "rechecked",
        )
    )


OBSERVED = desk_of(
    PETITIONS,
    code="petition-reviews",
    title="复查复核",
    about="已答复等待期满、正在复查复核的信访事项；申请期限届满前不能办结。",
    columns=_OWN,
    rows=not_quite_over,
    filters=("finding",),
)

BACKLOGS = Desk(
    code="backlogs",
    title="重复信访积案",
    model=Backlog,
    key=("number",),
    about="一案一领导包案；履行到位、息诉承诺或依法终结，观察期内没有再访，再经独立核验，三条齐了才销账。",
    when_empty="还没有积案：导入上级交办的清单，或逐件新增。",
    columns=(
        Column("number", "积案编号", frozen=True, width=14),
        Column("title", "事项", frozen=True, edit=True, width=24),
        Column("state", "状态", Choice(lamps={"open": "red", "agreed": "yellow", "settled": "blue", "verified": "blue", "closed": "green"}, choices=rules.STATES)),
        Column("leader", "包案领导", edit=True),
        Column("unit", "责任单位", edit=True),
        Column("division", "区划", edit=True),
        Column("category", "领域", edit=True),
        Column("origin", "来源", edit=True),
        Column("due_on", "化解期限", edit=True),
        Column("last_step_on", "最近进展", none="没有进展"),
        Column("first_on", "首次信访", edit=True, hidden=True),
        Column("times", "信访次数", Whole("次"), edit=True, hidden=True),
        Column("amount_fen", "涉及金额", Money("万元"), edit=True, hidden=True),
        Column("assigned_on", "列入台账", edit=True, hidden=True),
        Column("petition", "信访事项", Link(model=Petition, by=("number",), called="信访事项"), edit=True, hidden=True, none="—"),
        Column("way", "化解方式", hidden=True, none="—"),
        Column("settled_on", "落实", hidden=True, none="—"),
        Column("verified_on", "核验", hidden=True, none="—"),
        Column("closed_on", "销账", hidden=True, none="—"),
        Column("plan", "化解方案", Text(long=True), edit=True, hidden=True, width=36),
    ),
    search=("number", "title"),
    filters=("state", "leader", "unit", "division", "category"),
    order=("number",),
    board="state",
    calendar="due_on",
    open_to=is_staff_of_the_city,
    scope=backlogs_seen_by,
    edit=backlog.keep_backlog,
    create=backlog.keep_backlog,
    page=lambda row: row.get_absolute_url(),
)  # fmt: skip


def _sittings(code: str, title: str, kind: str, about: str) -> Desk:
    return Desk(
        code=code,
        title=title,
        model=Sitting,
        key=("number",),
        about=about,
        when_empty=f"还没有{title}：新增一次，或导入排期。",
        columns=(
            Column("number", "编号", frozen=True, width=14),
            Column("on", "日期", frozen=True, edit=True),
            Column("kind", "类型", edit=True, hidden=True),
            Column("leader", "领导", edit=True),
            Column("post", "职务", edit=True, hidden=True),
            Column("place", "地点", edit=True, width=18),
            Column("way", "方式", edit=True),
            Column("state", "状态", Choice(lamps={"planned": "hollow", "held": "green", "cancelled": "grey"}, choices=tuple(Sitting.State.choices)), edit=True),
            Column("batches", "接待批次", Whole("批"), edit=True),
            Column("note", "说明", Text(long=True), edit=True, hidden=True, none="—"),
        ),
        search=("number", "place"),
        filters=("state", "leader", "way"),
        order=("-on",),
        calendar="on",
        open_to=is_staff_of_the_city,
        scope=sittings_seen_by,
        rows=lambda rows: rows.filter(kind=kind),
        edit=sittings.keep_sitting,
        create=sittings.keep_sitting,
        page=lambda row: row.get_absolute_url(),
    )  # fmt: skip


RECEPTIONS = _sittings(
    "receptions",
    "领导接访",
    Sitting.Kind.RECEPTION,
    "排期提前公示；接访中定下的意见、责任单位和期限逐件跟到办结。",
)
JOINT_SESSIONS = _sittings(
    "joint-sessions",
    "联席会议",
    Sitting.Kind.JOINT,
    "协调疑难、跨部门和久拖不决的事项；议定的每一项跟到办结。",
)
