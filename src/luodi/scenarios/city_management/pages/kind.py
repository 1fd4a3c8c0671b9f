"""The kind of case that city management declares, its papers, and how its own values are asked for."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from luodi.scenarios.city_management import actions
from luodi.scenarios.city_management.models import CityCase, Component
from luodi.scenarios.city_management.rules import photos
from luodi.scenarios.city_management.rules.classes import CATEGORIES, title_of
from luodi.scenarios.city_management.rules.machine import CHANNELS, FIXED, MACHINE, OUTCOMES
from luodi.scenarios.city_management.scenario import SCENARIO
from luodi.shapes.cases.kind import TOLD, CaseKind, Letter
from luodi.workbench.kinds import Link, Listed, YesNo

COMPONENT = Link(model=Component, by=("code",), called="部件")


def _conditions() -> list[tuple[str, str]]:
    return [
        (
            row["condition"],
            f"{title_of(row['category']) if row['category'] else '其他各类'}：{row['text']}",
        )
        for row in actions.rows_in_force()
    ]


CONDITION = Listed(called="立案标准", rows=_conditions)
"""A condition for filing 立案条件, chosen among those in force."""


LETTERS = (
    Letter(
        "dispatch", "案件派遣单", ("dispatch",),
        (
            "{lead}：",
            "“{title}”（编号{number}，{category}）已经立案，立案条件为“{standard}”，现派遣你单位处置。",
            "请于{due_on}前处置完毕，上传处置后的照片并反馈。依据：{ruleset}。",
            "不属于你单位职责的，请在接收前退单并写明依据。",
            "{home}", "{today}",
        ),
    ),
    Letter(
        "supervision", "督办通知单", ("supervise",),
        ("{lead}：", "“{title}”（编号{number}）列为{grade}级督办。{reason}", "请于{due_on}前处置完毕，并报送处置情况。", "{today}"),
    ),
    Letter(
        "rejected", "不予受理告知", ("reject", "refuse_filing"),
        ("上报人：", "你于{received_on}上报的“{title}”（编号{number}）未予受理。", "理由：{reason}。", "{home}", "{today}"),
    ),
    Letter(
        "closed", "结案回告", ("close",),
        ("上报人：", "你于{received_on}上报的“{title}”（编号{number}）已经结案，结果为：{outcome}。", "感谢你关心城市。", "{home}", "{today}"),
    ),
)  # fmt: skip


def facts(case: CityCase) -> list[tuple[str, Any]]:
    """What a case's page shows of the ground and of the standard it is judged by."""
    row = next(
        (
            row
            for row in actions.rows_in_force(case.division, case.received_on)
            if row["condition"] == case.standard
        ),
        None,
    )
    doubts = [said for shot in actions.shots_of(case) for said in photos.doubts(shot, case.received_at)]
    return [
        ("紧急", "是：时限按小时连续计算" if case.is_urgent else ""),
        ("单元网格", f"{case.grid.code} {case.grid.name}" if case.grid else ""),
        ("部件", str(case.component) if case.component else ""),
        ("立案条件", row["text"] if row else ""),
        ("结案条件", row["closes"] if row else ""),
        ("处置到时", f"{timezone.localtime(case.due_at):%Y-%m-%d %H:%M}" if case.due_at else ""),
        ("返工", f"{case.reworks} 次" if case.reworks else ""),
        ("照片存疑", "\n".join(doubts)),
    ]


CITY = CaseKind(
    code=SCENARIO.code,
    title=SCENARIO.title,
    model=CityCase,
    machine=MACHINE,
    prefix="CG",
    lead=SCENARIO.lead,
    ruleset=actions.LIMITS,
    categories=CATEGORIES,
    outcomes=OUTCOMES,
    solved=(FIXED,),
    channels=CHANNELS,
    public=True,
    letters=LETTERS,
    check=actions.take_in,
    period=actions.period,
    note=actions.note,
    offers=("component",),
    desk_offers=("channel",),
    public_channel="public",
    facts=facts,
    asks={
        "component": ("部件编码", COMPONENT),
        "standard": ("立案条件", CONDITION),
        "found": ("是否发现问题", YesNo()),
    },
    writes={"standard": "standard"},
    stamps={"accept": "accepted_on", "file": "filed_on", "dispatch": "dispatched_on"},
    told={**TOLD, "refuse_filing": "reason", "file": "", "dispatch": "", "close": ""},
)
CASES = (CITY,)
