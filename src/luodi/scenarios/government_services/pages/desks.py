"""The desks: the catalogue with its papers, packages and points; cases, ratings, promises; openings and entities by the month."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.utils import timezone

from luodi.kernel.permission import is_staff_of_the_city
from luodi.scenarios.government_services.actions import catalogue as actions
from luodi.scenarios.government_services.actions.ratings import keep_rating
from luodi.scenarios.government_services.models import (
    EntityMonth,
    Item,
    Material,
    Opening,
    Package,
    Point,
    Rating,
)
from luodi.scenarios.government_services.pages.kinds import BUILDINGS, ITEM, REVIEWS, SERVICES
from luodi.scenarios.government_services.rules import reviews
from luodi.shapes.cases.desk import desk_of
from luodi.shapes.registers.desks import ENTERPRISE
from luodi.workbench.desk import Column, Desk
from luodi.workbench.kinds import Choice, Number, Text, Whole, Words, YesNo

STAR_LAMPS = {5: "green", 4: "green", 3: "blue", 2: "yellow", 1: "red"}
MONTHS_NOTE = "写该月第一天"


def with_items(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.prefetch_related("items")


OVERDUE = (("law", "超法定"), ("promise", "超承诺"), ("none", "未超"), ("unknown", "未起算"))
OVERDUE_LAMPS = {"law": "red", "promise": "yellow", "none": "green", "unknown": "hollow"}


def with_overdue(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Late by law is red, late only by promise yellow; of what is decided as it was, of the rest as it is today."""
    today = timezone.localdate()
    open_, law, promise = Q(decided_on=None), Q(legal_on__lt=today), Q(promised_on__lt=today)
    ways = (
        (Q(in_law=False) | open_ & law, "law"),
        (Q(in_promise=False) | open_ & promise, "promise"),
        (Q(in_promise=True) | Q(promised_on__isnull=False), "none"),
    )
    found = Case(*(When(way, then=Value(name)) for way, name in ways), default=Value("unknown"), output_field=CharField(max_length=8))  # fmt: skip
    return rows.select_related("item", "firm").annotate(overdue=found)


def with_counts(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.annotate(
        material_count=Count("materials", distinct=True), case_count=Count("cases", distinct=True)
    )


LINKS = (("目录体检", "government_services:checkup"), ("办事指南", "government_services:guide"))

DESKS = (
    desk_of(
        SERVICES,
        about="办件：收件、受理或一次性告知补正、审查、决定、发证、送达、评价。超承诺黄，超法定红。",
        links=LINKS,
        columns=(
            Column("item", "事项", ITEM, edit=True, width=18),
            Column("overdue", "承诺和法定", Choice(lamps=OVERDUE_LAMPS, choices=OVERDUE)),
            Column("firm", "申请企业", ENTERPRISE, edit=True, hidden=True, none="个人"),
            Column("promised_on", "承诺期限", none="未受理"),
            Column("legal_on", "法定期限", none="—"),
            Column("decided_on", "决定", none="未决定"),
            Column("in_promise", "按承诺办结", YesNo(), none="—"),
            Column("in_law", "按法定办结", YesNo(), none="—", hidden=True),
            Column("visits_made", "实际到场", Whole("次"), none="—", hidden=True),
        ),
        rows=with_overdue,
        filters=("overdue",),
        search=("item__name", "item__code"),
    ),
    Desk(
        code="service-items",
        title="政务服务事项目录",
        model=Item,
        key=("code",),
        about="实施清单：编码、依据、时限、网办深度、跑动次数。承诺超法定、没有依据、自相矛盾的不能存。",
        links=LINKS,
        when_empty="还没有事项：导入本级实施清单。",
        columns=(
            Column("code", "实施编码", Text(), frozen=True, edit=True, width=32),
            Column("name", "事项名称", frozen=True, edit=True, width=22),
            Column("type", "事项类型"),
            Column("unit", "实施机构", edit=True),
            Column("division", "区划", edit=True),
            Column("legal_basis", "设定依据", Text(long=True), edit=True, width=24),
            Column("handling", "办件类型", edit=True),
            Column("legal_days", "法定时限", Whole("个工作日"), edit=True, none="无"),
            Column("promised_days", "承诺时限", Whole("个工作日"), edit=True, none="—"),
            Column("depth", "网办深度", edit=True),
            Column("visits", "到现场次数", Whole("次"), edit=True),
            Column("is_nearby", "就近办", YesNo()),
            Column("is_everywhere", "通办", YesNo(), edit=True),
            Column("is_joint", "联合办理", YesNo(), edit=True, hidden=True),
            Column("served", "服务对象", edit=True, hidden=True),
            Column("powers", "权限划分", edit=True, hidden=True, none="—"),
            Column("conditions", "受理条件", Text(long=True), edit=True, hidden=True, none="—"),
            Column("special", "特别程序", edit=True, hidden=True, none="无"),
            Column("fee", "收费", edit=True, hidden=True, none="不收费"),
            Column("result", "结果名称", edit=True, hidden=True),
            Column("intermediary", "中介服务", edit=True, hidden=True, none="无"),
            Column("phone", "咨询电话", edit=True, hidden=True),
            Column("complaints", "投诉电话", edit=True, hidden=True),
            Column("address", "办理网址", edit=True, hidden=True, none="—"),
            Column("material_count", "材料", Whole("份")),
            Column("case_count", "办件", Whole("件")),
            Column("listed_on", "列入清单", edit=True),
            Column("cancelled_on", "取消", edit=True, none="现行"),
        ),
        search=("code", "name"),
        filters=("unit", "division", "handling", "depth", "cancelled_on"),
        rows=with_counts,
        open_to=is_staff_of_the_city,
        edit=actions.keep_item,
        create=actions.keep_item,
    ),
    Desk(
        code="service-materials",
        title="申请材料",
        model=Material,
        key=("item", "name"),
        about="逐份写明，不能有“其他材料”；能免提交、能容缺的标明。",
        links=LINKS,
        when_empty="还没有材料：按事项导入材料清单。",
        columns=(
            Column("item", "事项", ITEM, frozen=True, edit=True, width=20),
            Column("name", "材料名称", frozen=True, edit=True, width=22),
            Column("form", "形式", edit=True),
            Column("copies", "份数", Whole("份"), edit=True),
            Column("source", "来源", edit=True),
            Column("may_be_late", "可容缺", YesNo(), edit=True),
            Column("is_spared", "免提交", YesNo(), edit=True),
        ),
        search=("item__name", "name"),
        filters=("source", "is_spared", "may_be_late"),
        order=("item__code", "id"),
        open_to=is_staff_of_the_city,
        edit=actions.keep_material,
        create=actions.keep_material,
    ),
    Desk(
        code="service-packages",
        title="一件事",
        model=Package,
        key=("code",),
        about="几个事项合成一件事办：合并材料、少跑动、少等待。",
        links=LINKS,
        columns=(
            Column("code", "编号", frozen=True, edit=True),
            Column("name", "名称", frozen=True, edit=True, width=18),
            Column("lead", "牵头单位", edit=True),
            Column("item_codes", "包含事项", Words(), edit=True, width=32),
            Column("materials", "合并后材料", Whole("份"), edit=True),
            Column("visits", "合并后跑动", Whole("次"), edit=True),
            Column("promised_days", "合并后时限", Whole("个工作日"), edit=True),
            Column("online_on", "上线", edit=True, none="未上线"),
        ),
        search=("code", "name"),
        filters=("lead", "online_on"),
        rows=with_items,
        open_to=is_staff_of_the_city,
        edit=actions.keep_package,
        create=actions.keep_package,
    ),
    Desk(
        code="service-points",
        title="便民服务站点",
        model=Point,
        key=("code",),
        about="镇街、村社区的服务站点和可办事项：有站点可办的事项才算就近办。",
        columns=(
            Column("code", "编号", frozen=True, edit=True),
            Column("name", "名称", frozen=True, edit=True, width=18),
            Column("town", "镇街", edit=True),
            Column("division", "区划", edit=True),
            Column("tier", "层级", edit=True),
            Column("item_codes", "可办事项", Words(), edit=True, width=32),
            Column("set_up_on", "设立", edit=True),
            Column("standard_on", "规范化达标", edit=True, none="未达标"),
            Column("lon", "经度", edit=True, hidden=True),
            Column("lat", "纬度", edit=True, hidden=True),
        ),
        search=("code", "name", "town"),
        filters=("division", "tier", "standard_on"),
        order=("division", "town", "code"),
        place=("lon", "lat"),
        rows=with_items,
        open_to=is_staff_of_the_city,
        edit=actions.keep_point,
        create=actions.keep_point,
    ),
    Desk(
        code="service-ratings",
        title="服务评价",
        model=Rating,
        key=("case_number", "service_no"),
        about="一次服务一次评价，五级；一、二星当即转责任单位整改。同一设备短时间内成批的不计入。",
        when_empty="还没有评价：从好差评系统导入，或等申请人评价。",
        columns=(
            Column("case_number", "办件编号", frozen=True, edit=True),
            Column("service_no", "第几次服务", Whole(), edit=True, hidden=True),
            Column("item", "事项", ITEM, edit=True, width=20),
            Column("stars", "星级", Choice(lamps=STAR_LAMPS, choices=reviews.STARS), edit=True),
            Column("way", "渠道", edit=True),
            Column("tags", "评价指标", Words(), edit=True),
            Column("words", "评价内容", Text(long=True), edit=True, none="—", width=24),
            Column("division", "区划"),
            Column("rated_at", "评价时间", edit=True),
            Column("is_own_accord", "主动评价", YesNo(), edit=True),
            Column("device", "设备", edit=True, hidden=True, none="—"),
            Column("is_doubtful", "疑似刷评", YesNo()),
            Column("is_void", "不计入", YesNo()),
        ),
        search=("case_number", "item__name"),
        filters=("stars", "way", "division", "is_doubtful"),
        order=("-rated_at", "-id"),
        open_to=is_staff_of_the_city,
        create=keep_rating,
    ),
    desk_of(
        REVIEWS,
        about="一、二星的评价：核实 1 个工作日，电话联系，15 个工作日内整改，由另一单位回访和再次评价。",
        columns=(Column("rating__item", "事项", ITEM, width=18), Column("rating__stars", "星级", Choice(lamps=STAR_LAMPS, choices=reviews.STARS))),
        rows=lambda rows: rows.select_related("rating__item"),
    ),
    desk_of(
        BUILDINGS,
        about="先签承诺、公示，再开工，建成后按承诺验收；违诺的处理并记入信用。",
        columns=(
            Column("firm", "企业", ENTERPRISE, edit=True, width=18),
            Column("standards", "承诺标准", Text(long=True), edit=True, hidden=True),
            Column("promised_on", "承诺日期", none="未承诺"),
            Column("promised_until", "承诺验收期限", none="—"),
            Column("began_on", "开工", none="未开工"),
            Column("accepted_on", "验收合格日期", none="—"),
            Column("saved_days", "节省工期", Whole("日"), none="—"),
        ),
        rows=lambda rows: rows.select_related("firm"),
        search=("firm__name",),
    ),
    Desk(
        code="firm-openings",
        title="企业开办",
        model=Opening,
        key=("uscc",),
        about="从提交申请到执照、印章、发票、社保、公积金、银行预约全部办结；用时按工作时间自动计算。",
        columns=(
            Column("uscc", "统一社会信用代码", Text(), frozen=True, edit=True, width=20),
            Column("name", "企业名称", frozen=True, edit=True, width=20),
            Column("division", "区划", edit=True),
            Column("filed_at", "提交申请", edit=True),
            Column("licensed_at", "核发执照", edit=True, none="未核发"),
            Column("ready_at", "全流程办结", edit=True, none="办理中"),
            Column("workdays", "用时", Number("个工作日", places=2), none="办理中"),
            Column("is_online", "全程网办", YesNo(), edit=True),
        ),
        search=("uscc", "name"),
        filters=("division", "is_online"),
        order=("-filed_at", "uscc"),
        open_to=is_staff_of_the_city,
        edit=actions.keep_opening,
        create=actions.keep_opening,
    ),
    Desk(
        code="entity-months",
        title="经营主体月报",
        model=EntityMonth,
        key=("division", "month_on"),
        about="各区县每月新登记、注销吊销和净增；由登记机关报送或导入。",
        columns=(
            Column("division", "区划", frozen=True, edit=True),
            Column("month_on", "月份", frozen=True, edit=True, note=MONTHS_NOTE),
            Column("opened", "新登记", Whole("户"), edit=True),
            Column("ended", "注销吊销", Whole("户"), edit=True),
            Column("net", "净增", Whole("户")),
        ),
        filters=("division", "month_on"),
        order=("-month_on", "division"),
        open_to=is_staff_of_the_city,
        edit=actions.keep_entities,
        create=actions.keep_entities,
    ),
)  # fmt: skip
