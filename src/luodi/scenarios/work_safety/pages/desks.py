"""Desks of work safety: risks, checks, dangers, listed ones, inspections, accidents, bases of rates."""

from __future__ import annotations

from dataclasses import replace

from luodi.kernel.permission import is_staff_of_the_city
from luodi.scenarios.work_safety import actions
from luodi.scenarios.work_safety.models import Accident, Inspection, RiskPoint, SelfCheck, YearBase
from luodi.scenarios.work_safety.pages.kind import DANGERS, INSPECTION, RISK, Criterion
from luodi.scenarios.work_safety.rules.machine import MAJOR
from luodi.shapes.cases.desk import desk_of
from luodi.shapes.registers.desks import ENTERPRISE
from luodi.workbench.desk import Column, Desk
from luodi.workbench.kinds import Choice, Money, Number, Text, Whole

COLOURS = {"red": "red", "orange": "yellow", "yellow": "yellow", "blue": "blue"}
"""The lights of the workbench have no orange; the word beside it, and the four-colour map, tell the two apart."""

LINKS = (
    ("四色图", "work_safety:map"),
    ("企业安全档案", "work_safety:firms"),
    ("事故统计", "work_safety:accidents"),
)
_OWN = (
    Column("firm", "企业", ENTERPRISE, edit=True, none="—", width=18),
    Column("rule", "判定条目", Criterion(), none="—", hidden=True),
    Column("risk", "风险点", RISK, edit=True, hidden=True, none="—"),
    Column("inspection", "来自检查", INSPECTION, edit=True, hidden=True, none="—"),
    Column("fix_by", "整改期限", none="—", hidden=True),
    Column("fix_funds_fen", "整改资金", Money("万元"), hidden=True),
    Column("fix_person", "责任人", hidden=True),
    Column("mending_days", "整改用时", Whole("日"), hidden=True),
)

_DESKS = (
    desk_of(
        DANGERS, code="dangers", title="隐患台账", about="自查、检查、举报发现的隐患：分级、交办、整改、自验、复查，重大的挂牌督办。",
        columns=_OWN, rows=lambda rows: rows.select_related("firm"), search=("firm__name",), filters=("level",),
    ),
    desk_of(
        DANGERS, code="listed-dangers", title="重大隐患挂牌督办", about="五落实、季度报告、验收、核销；期限以挂牌通知书为准。",
        columns=(
            Column("listing", "挂牌级别", none="—"), Column("notice_no", "挂牌通知书", none="—"), Column("listed_on", "挂牌", none="—"),
            Column("announced_on", "公布", none="未公布"), Column("struck_on", "核销", none="未核销"), *_OWN,
        ),
        rows=lambda rows: rows.select_related("firm").filter(level=MAJOR), search=("firm__name",),
    ),
    Desk(
        code="risk-points",
        title="风险点",
        model=RiskPoint,
        key=("code",),
        about="风险分级管控：LEC 或 LS 评估，四色，五类措施，按颜色定自查频次。",
        when_empty="还没有风险点：导入企业报送的风险分级管控清单。",
        columns=(
            Column("code", "风险点编号", frozen=True, edit=True, width=14),
            Column("name", "风险点", frozen=True, edit=True, width=16),
            Column("level", "风险等级", Choice(lamps=COLOURS)),
            Column("firm", "企业", ENTERPRISE, edit=True, width=18),
            Column("sector", "行业领域", edit=True),
            Column("place", "部位", edit=True),
            Column("activity", "作业活动", edit=True),
            Column("method", "评估方法", edit=True),
            Column("likely", "L 可能性", Number(places=1), edit=True),
            Column("exposed", "E 暴露频繁程度", Number(places=1), edit=True, none="—"),
            Column("grave", "C 后果", Number(places=1), edit=True, none="—"),
            Column("severe", "S 严重性", Number(places=0), edit=True, none="—"),
            Column("score", "风险值", Number(places=2)),
            Column("control", "管控层级", Text()),
            Column("residual_likely", "剩余 L", Number(places=1), edit=True, hidden=True),
            Column("residual_level", "剩余等级", Choice(lamps=COLOURS)),
            Column("engineering", "工程措施", edit=True, hidden=True),
            Column("management", "管理措施", edit=True, hidden=True),
            Column("training", "培训教育", edit=True, hidden=True),
            Column("protection", "个体防护", edit=True, hidden=True),
            Column("emergency", "应急处置", edit=True, hidden=True),
            Column("owner", "责任人", edit=True),
            Column("assessed_on", "评估日期", edit=True),
            Column("reassess_on", "应重新评估"),
            Column("next_check_on", "下次自查"),
            Column("lon", "经度", edit=True, hidden=True),
            Column("lat", "纬度", edit=True, hidden=True),
            Column("is_active", "在用", edit=True, hidden=True),
        ),
        search=("code", "name", "firm__name"),
        filters=("level", "firm", "sector", "next_check_on"),
        order=("code",),
        board="level",
        calendar="next_check_on",
        place=("lon", "lat"),
        open_to=is_staff_of_the_city,
        edit=actions.keep_risk,
        create=actions.keep_risk,
    ),
    Desk(
        code="self-checks",
        title="企业自查",
        model=SelfCheck,
        about="按颜色的频次应查的每一次：做了的和没有按时做的。",
        when_empty="还没有自查记录：在企业安全档案里记一次。",
        columns=(
            Column("risk", "风险点", RISK, frozen=True, width=18),
            Column("due_on", "应查"),
            Column("done_on", "实查", none="未查"),
            Column("is_sound", "未发现问题"),
            Column("by_name", "检查人"),
            Column("words", "情况", none="—"),
            Column("is_missed", "未按时自查"),
        ),
        search=("risk__name", "risk__firm__name"),
        filters=("is_missed", "is_sound", "due_on"),
        order=("-due_on",),
        calendar="due_on",
        open_to=is_staff_of_the_city,
    ),
    Desk(
        code="safety-inspections",
        title="执法检查",
        model=Inspection,
        key=("number",),
        about="两名以上人员的现场检查：发现、立案、处罚；处罚次数与重大隐患一起看，见企业安全档案。",
        when_empty="还没有执法检查：新增，或导入检查台账。",
        columns=(
            Column("number", "检查编号", frozen=True, edit=True),
            Column("firm", "企业", ENTERPRISE, frozen=True, edit=True, width=18),
            Column("on", "检查日期", edit=True),
            Column("unit", "检查单位", edit=True),
            Column("sector", "行业领域", edit=True),
            Column("inspectors", "检查人员", edit=True),
            Column("is_sound", "未发现问题", edit=True),
            Column("words", "检查情况", edit=True, none="—"),
            Column("filed_on", "立案日期", edit=True, none="未立案"),
            Column("penalty_no", "处罚决定书", edit=True, none="—"),
            Column("penalty_on", "处罚日期", edit=True, none="—"),
            Column("fine_fen", "罚款", Money("万元"), edit=True, none="—"),
        ),
        search=("number", "firm__name"),
        filters=("sector", "unit", "firm", "is_sound", "on"),
        order=("-on",),
        calendar="on",
        open_to=is_staff_of_the_city,
        edit=actions.keep_inspection,
        create=actions.keep_inspection,
    ),
    Desk(
        code="accidents",
        title="生产安全事故",
        model=Accident,
        key=("number",),
        about="事故统计：伤亡和损失不知道的留空，不当作 0；等级按条例由数字得出。",
        when_empty="没有事故记录。",
        columns=(
            Column("number", "事故编号", frozen=True, edit=True),
            Column("name", "事故名称", frozen=True, edit=True, width=20),
            Column("class_title", "事故等级", Text(), width=16),
            Column("division", "区划", edit=True),
            Column("sector", "行业领域", edit=True),
            Column("firm", "企业", ENTERPRISE, edit=True, none="—"),
            Column("happened_on", "发生日期", edit=True),
            Column("happened_time", "时刻", Text(), edit=True, hidden=True),
            Column("deaths", "死亡", Whole("人"), edit=True),
            Column("injured", "重伤", Whole("人"), edit=True),
            Column("loss_fen", "直接经济损失", Money("万元"), edit=True),
            Column("report_minutes", "报告用时", Whole("分钟"), edit=True, hidden=True),
            Column("cause", "直接原因", edit=True, hidden=True),
            Column("closed_on", "调查结案", edit=True, none="未结案"),
        ),
        search=("number", "name"),
        filters=("division", "sector", "happened_on", "closed_on"),
        order=("-happened_on",),
        calendar="happened_on",
        open_to=is_staff_of_the_city,
        edit=actions.keep_accident,
        create=actions.keep_accident,
    ),
    Desk(
        code="safety-bases",
        title="事故率的年度基数",
        model=YearBase,
        key=("division", "ended_on"),
        about="亿元 GDP 死亡率、煤矿百万吨死亡率的分母，按统计部门公布数填写。",
        columns=(
            Column("division", "区划", frozen=True, edit=True),
            Column("ended_on", "截止日期", frozen=True, edit=True),
            Column("gdp_yi", "地区生产总值", Number("亿元", places=2), edit=True),
            Column("coal_wan_t", "原煤产量", Number("万吨", places=2), edit=True),
            Column("source", "出处", edit=True),
        ),
        order=("-ended_on",),
        open_to=is_staff_of_the_city,
        edit=actions.keep_base,
        create=actions.keep_base,
    ),
)  # fmt: skip

DESKS = tuple(replace(desk, links=LINKS) for desk in _DESKS)
