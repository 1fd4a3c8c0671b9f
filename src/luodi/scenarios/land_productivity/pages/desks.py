"""Desks of land and firms, one for each department's sheet."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import QuerySet

from luodi.kernel.permission import is_staff_of_the_city
from luodi.scenarios.land_productivity import actions
from luodi.scenarios.land_productivity.models import LowUseLand, Outcome, Parcel, Succession, YearRecord
from luodi.shapes.registers.models import Enterprise
from luodi.workbench.desk import Bulk, Column, Desk
from luodi.workbench.kinds import Choice, Link, Money, Number, Text, Whole, Words
from luodi.workbench.scope import own_divisions

_FIRM = Link(model=Enterprise, by=("uscc", "name"), called="企业")


def with_firm(rows: QuerySet) -> QuerySet:
    return rows.select_related("enterprise")


def _sheet(code: str, title: str, about: str, own: Sequence[Column], keep) -> Desk:
    """One department's sheet over the firms' years: recognised by year and 统一社会信用代码, only its own columns written."""
    return Desk(
        code=code,
        title=title,
        model=YearRecord,
        key=("year", "enterprise"),
        about=about,
        when_empty="还没有数据：导入本部门的表，第一次导入会建立企业的年度记录。",
        columns=(
            Column("year", "年度", Whole(), frozen=True, edit=True, width=4),
            Column(
                "enterprise",
                "统一社会信用代码",
                _FIRM,
                frozen=True,
                edit=True,
                width=18,
                note="名录里没有的先到企业名录登记",
            ),
            Column("enterprise__name", "企业名称", Text(), width=16),
            *own,
            Column("scale", "规模"),
            Column("division", "区划或园区"),
        ),
        rows=with_firm,
        search=("enterprise__name", "enterprise__uscc"),
        filters=("year", "scale", "division"),
        order=("-year", "enterprise__uscc"),
        open_to=is_staff_of_the_city,
        scope=own_divisions("division"),
        edit=keep,
        create=keep,
    )


DESKS = (
    Desk(
        code="land-years",
        title="亩均年度数据",
        model=YearRecord,
        key=("year", "enterprise"),
        about="四个部门和统计的数按统一社会信用代码对到同一户；缺谁的一栏写明，疑点逐条列出。",
        when_empty="还没有数据：请各部门在各自的表里导入，或在这里导入总表。",
        columns=(
            Column("year", "年度", Whole(), frozen=True, edit=True, width=4),
            Column("enterprise", "企业", _FIRM, frozen=True, edit=True, width=16),
            Column("scale", "规模", edit=True),
            Column("division", "区划或园区", edit=True),
            Column("trade", "行业大类", Text(), edit=True, width=4),
            Column("lacks", "缺谁的数", Words(), width=14, none="齐全"),
            Column("doubts", "疑点", Words(), width=16, none="—"),
            Column("land_mu", "用地", Number("亩"), edit=True),
            Column("tax_fen", "评价税收", Money("万元", least=None), edit=True),
            Column("added_fen", "工业增加值", Money("万元", least=None), edit=True),
            Column("revenue_fen", "主营收入", Money("万元"), edit=True),
            Column("rd_fen", "研发经费", Money("万元"), edit=True),
            Column("tech_fen", "技改投入", Money("万元"), edit=True, hidden=True),
            Column("employees", "从业人数", Whole("人"), edit=True),
            Column("power_kwh", "用电量", Number("千瓦时"), edit=True),
            Column("energy_tce", "能耗", Number("吨标煤"), edit=True),
            Column("emission_t", "排放", Number("吨"), edit=True),
            Column("exemption", "不评档", edit=True, none="评档"),
            Column("exempt_why", "不评档依据", edit=True, hidden=True, none="—"),
            Column("began_on", "投产", edit=True, hidden=True),
            Column("is_first_above", "首年升规", edit=True, hidden=True),
            Column("confirmed_on", "企业确认", none="未确认"),
        ),
        rows=with_firm,
        search=("enterprise__name", "enterprise__uscc"),
        filters=("year", "scale", "division", "exemption"),
        order=("-year", "enterprise__uscc"),
        open_to=is_staff_of_the_city,
        scope=own_divisions("division"),
        edit=actions.keep_record,
        create=actions.keep_record,
        bulk=(Bulk("按宗地汇总用地", actions.sum_land), Bulk("企业已确认", actions.confirm)),
    ),
    _sheet(
        "land-tax", "亩均·税务表", "评价税收：已扣退税，可以为负。", (Column("tax_fen", "评价税收", Money("万元", least=None), edit=True),), actions.keep_tax
    ),
    _sheet(
        "land-power", "亩均·用电用能表", "用电量按千瓦时，能耗按吨标煤；两个单位不要填反。",
        (Column("power_kwh", "用电量", Number("千瓦时", least=Decimal(0)), edit=True), Column("energy_tce", "能耗", Number("吨标煤", least=Decimal(0)), edit=True)),
        actions.keep_power,
    ),
    _sheet(
        "land-emission", "亩均·排放表", "主要污染物排放量，按吨；没有排放任务的企业不填，按行业平均分计。",
        (Column("emission_t", "主要污染物排放", Number("吨", least=Decimal(0)), edit=True),), actions.keep_emission,
    ),
    _sheet(
        "land-statistics", "亩均·统计表", "增加值、收入、研发、从业人数取统计年报。",
        (
            Column("added_fen", "工业增加值", Money("万元", least=None), edit=True), Column("revenue_fen", "主营业务收入", Money("万元"), edit=True),
            Column("rd_fen", "研发经费", Money("万元"), edit=True), Column("tech_fen", "技改投入", Money("万元"), edit=True),
            Column("employees", "年均从业人数", Whole("人"), edit=True), Column("trade", "行业大类", Text(), edit=True),
        ),
        actions.keep_statistics,
    ),
    Desk(
        code="land-parcels",
        title="工业用地",
        model=Parcel,
        key=("parcel_no", "enterprise", "tenure"),
        about="企业用地＝自有＋租入－租出；跨园区的合并计算，在两个园区都列出。",
        when_empty="还没有宗地：导入用地表。",
        columns=(
            Column("parcel_no", "宗地编号", frozen=True, edit=True, width=12),
            Column("enterprise", "用地企业", _FIRM, edit=True, width=16),
            Column("division", "所在区划或园区", edit=True),
            Column("tenure", "取得方式", edit=True),
            Column("area_mu", "面积", Number("亩", least=Decimal(0)), edit=True),
            Column("certificate", "不动产权证号", edit=True, hidden=True, none="—"),
            Column("used_from", "使用起", edit=True),
            Column("used_until", "使用止", edit=True, none="在用"),
        ),
        rows=with_firm,
        search=("parcel_no", "enterprise__name", "enterprise__uscc"),
        filters=("division", "tenure"),
        order=("parcel_no",),
        place=("lon", "lat"),
        open_to=is_staff_of_the_city,
        scope=own_divisions("division"),
        edit=actions.keep_parcel,
        create=actions.keep_parcel,
    ),
    Desk(
        code="land-outcomes",
        title="亩均结果运用",
        model=Outcome,
        about="定案之后每户的档次、连续 D 类年数和差别化政策；与其他电价加价取高不叠加。",
        when_empty="还没有结果：评价定案后在评价页面点“落实政策”。",
        columns=(
            Column("year", "年度", Whole(), frozen=True, width=4),
            Column("enterprise", "企业", _FIRM, frozen=True, width=16),
            Column("grade", "档次", Text()),
            Column("last_grade", "上年", Text(), none="—"),
            Column("score", "得分", Number()),
            Column("d_years", "连续 D 类", Whole("年")),
            Column("surcharge_li", "电价加价", Whole("厘/千瓦时")),
            Column("policies", "差别化政策", Words(), width=30),
            Column("carried_out_on", "落实", none="待落实"),
            Column("left_d_how", "退出D类方式", edit=True, none="—"),
            Column("division", "区划或园区"),
            Column("scale", "规模", hidden=True),
            Column("decided_on", "定档", hidden=True),
        ),
        rows=with_firm,
        search=("enterprise__name", "enterprise__uscc"),
        filters=("year", "grade", "scale", "division"),
        order=("-year", "-d_years", "grade"),
        open_to=is_staff_of_the_city,
        scope=own_divisions("division"),
        edit=actions.keep_outcome,
        bulk=(Bulk("政策已落实", actions.carried_out),),
    ),
    Desk(
        code="low-use-land",
        title="低效用地处置",
        model=LowUseLand,
        key=("number",),
        about="认定、定方案、处置、验收销号；只有验收的面积计入处置。",
        when_empty="还没有低效用地：导入认定清单，或从 D 类企业逐宗认定。",
        columns=(
            Column("number", "编号", frozen=True, edit=True, width=8),
            Column("parcel_no", "宗地编号", edit=True, width=10),
            Column("enterprise", "用地企业", _FIRM, edit=True, width=16, none="无"),
            Column("division", "区划或园区", edit=True),
            Column("lead", "处置单位", edit=True),
            Column("reason", "认定原因", edit=True),
            Column("area_mu", "认定面积", Number("亩", least=Decimal(0)), edit=True),
            Column("state", "状态", Choice(lamps={"found": "red", "planned": "yellow", "working": "yellow", "accepted": "green", "dropped": "grey"})),
            Column("way", "处置方式", edit=True),
            Column("due_on", "完成时限", edit=True),
            Column("disposed_mu", "处置面积", Number("亩", least=Decimal(0)), none="—"),
            Column("accepted_on", "验收", none="—"),
            Column("found_on", "认定", edit=True, hidden=True),
            Column("plan", "处置方案", Text(long=True), edit=True, hidden=True),
            Column("result", "处置结果", Text(long=True), hidden=True, none="—"),
        ),
        search=("number", "parcel_no", "enterprise__name"),
        filters=("state", "division", "reason", "way", "due_on"),
        order=("due_on", "number"),
        board="state",
        calendar="due_on",
        place=("lon", "lat"),
        open_to=is_staff_of_the_city,
        scope=own_divisions("division"),
        edit=actions.keep_low_use,
        create=actions.keep_low_use,
        bulk=(
            Bulk("定方案", actions.plan, asks=("way", "due_on", "plan")),
            Bulk("开始处置", actions.begin),
            Bulk("验收销号", actions.accept, asks=("disposed_mu", "result")),
            Bulk("撤销认定", actions.drop, asks=("result",)),
        ),
    ),
    Desk(
        code="land-successions",
        title="企业承继",
        model=Succession,
        key=("new",),
        about="换了名字重新注册、承接原厂房用地的企业：连续 D 类年数接着算。",
        columns=(
            Column("new", "承继企业", _FIRM, frozen=True, edit=True, width=18),
            Column("old", "原企业", _FIRM, edit=True, width=18),
            Column("on", "承继", edit=True),
            Column("document", "依据", edit=True, width=16),
        ),
        order=("-on",),
        open_to=is_staff_of_the_city,
        edit=actions.keep_succession,
        create=actions.keep_succession,
    ),
)  # fmt: skip
