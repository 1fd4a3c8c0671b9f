"""The kind of case that hidden dangers are, its papers, and how its own values are asked for."""

from __future__ import annotations

from typing import Any

from luodi.scenarios.work_safety import actions
from luodi.scenarios.work_safety.models import Danger, Inspection, RiskPoint
from luodi.scenarios.work_safety.rules.machine import (
    CHANNELS,
    LEVELS,
    MACHINE,
    MAJOR,
    MENDED,
    OUTCOMES,
    REPORTED,
    SECTORS,
    STRUCK_OFF,
)
from luodi.scenarios.work_safety.scenario import SCENARIO
from luodi.shapes.cases.kind import CaseKind, Letter
from luodi.shapes.registers.desks import ENTERPRISE
from luodi.workbench.kinds import Day, Link, Listed, Money, Text, Whole, YesNo

RISK = Link(model=RiskPoint, by=("code",), called="风险点")
INSPECTION = Link(model=Inspection, by=("number",), called="执法检查")


def _criteria() -> list[tuple[str, str]]:
    return [
        (row["code"], f"{dict(SECTORS)[row['sector']]}：{row['text']}") for row in actions.rows_of_majors()
    ]


CRITERION = Listed(called="判定标准", rows=_criteria)
"""A criterion for major dangers 判定条目, chosen among those in force."""


LETTERS = (
    Letter(
        "order", "责令限期整改指令书", ("assign",),
        (
            "{firm}：",
            "经查，你单位存在安全隐患：{title}（编号{number}）。{body}",
            "责令你单位于{fix_by}前整改完毕，整改情况由{lead}督促，整改后接受复查。逾期不整改的，依法处理。",
            "{home}", "{today}",
        ),
    ),
    Letter(
        "listing", "重大事故隐患挂牌督办通知书", ("list",),
        (
            "{firm}：",
            "你单位“{title}”（编号{number}）判定为重大事故隐患，依据：{rule}。现予挂牌督办，通知书编号{notice_no}。",
            "请于{fix_by}前整改完毕，做到措施、资金、期限、责任人、预案五落实，向从业人员通报，并按季度报告进展。整改期间不能保证安全的，撤出人员、停产停业。",
            "整改完毕后提出验收申请。由{lead}负责督促。",
            "{home}", "{today}",
        ),
    ),
    Letter(
        "plan", "重大事故隐患整改方案", ("plan_major",),
        (
            "隐患：{title}（编号{number}）", "一、措施：{fix_measures}", "二、资金：{fix_funds}", "三、期限：{fix_by}", "四、责任人：{fix_person}",
            "五、预案：{fix_plan}", "{lead}", "{today}",
        ),
    ),
    Letter(
        "struck", "重大事故隐患核销公告", ("strike_off",),
        ("{firm}“{title}”（编号{number}，挂牌通知书{notice_no}）已经整改完毕，经验收合格，现予核销。核销公告：{notice}。", "{home}", "{today}"),
    ),
)  # fmt: skip


def facts(danger: Danger) -> list[tuple[str, Any]]:
    """What a danger's page shows: where it comes from, the criterion, the notice, and how the five stand."""
    row = next(
        (row for row in actions.rows_of_majors(danger.received_on) if row["code"] == danger.rule), None
    )
    own = [
        ("风险点", f"{danger.risk}（{danger.risk.get_level_display()}）" if danger.risk else ""),
        ("来自检查", str(danger.inspection.number) if danger.inspection else ""),
        ("判定依据", f"{row['text']}（{row['source']}）" if row else ""),
        ("挂牌", f"{danger.listing} {danger.notice_no}" if danger.notice_no else ""),
        ("核销公告", danger.strike_notice),
    ]
    if danger.level != MAJOR or not danger.notice_no:
        return [*own, ("整改期限", danger.fix_by)]
    return [*own, *((f"五落实·{name}", words or "待补") for name, words in danger.five)]


DANGERS = CaseKind(
    code=SCENARIO.code,
    title=SCENARIO.title,
    model=Danger,
    machine=MACHINE,
    prefix="YH",
    lead=SCENARIO.lead,
    ruleset=actions.LIMITS,
    categories=SECTORS,
    levels=LEVELS,
    outcomes=OUTCOMES,
    solved=(MENDED, STRUCK_OFF),
    channels=CHANNELS,
    public=True,
    letters=LETTERS,
    check=actions.take_in,
    period=actions.period,
    note=actions.note,
    sealed=lambda danger: danger.channel == REPORTED,
    offers=("firm", "risk", "inspection"),
    desk_offers=("channel",),
    public_channel=REPORTED,
    facts=facts,
    asks={
        "firm": ("企业", ENTERPRISE), "risk": ("风险点", RISK), "inspection": ("来自检查", INSPECTION), "rule": ("判定条目", CRITERION),
        "fix_by": ("整改期限", Day()), "fix_measures": ("整改措施", Text(long=True)), "fix_funds": ("整改资金（万元）", Money("万元")),
        "fix_person": ("责任人", Text()), "fix_plan": ("应急预案", Text(long=True)), "told": ("已向从业人员通报", YesNo()),
        "notice_no": ("挂牌通知书编号", Text()), "potential": ("可能造成死亡人数", Whole("人")), "experts": ("验收专家", Text()), "notice": ("核销公告（文号或网址）", Text()),
    },
    writes={
        "rule": "rule", "fix_by": "fix_by", "fix_measures": "fix_measures", "fix_funds": "fix_funds_fen", "fix_person": "fix_person",
        "fix_plan": "fix_plan", "told": "is_told", "notice_no": "notice_no", "potential": "potential_deaths", "notice": "strike_notice",
    },
    stamps={"grade": "graded_on", "list": "listed_on", "announce": "announced_on", "strike_off": "struck_on"},
    told={"dismiss": "reason", "recheck_pass": "", "strike_off": ""},
)  # fmt: skip
CASES = (DANGERS,)
