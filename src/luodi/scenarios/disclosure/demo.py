"""Applications and publications of the demonstration city 云川市: synthetic, seeded, worked through the real actions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction

from luodi.kernel.calendar import clock_in_force
from luodi.kernel.clock import CHINA, ClockError, YearWithoutCalendar, national_calendar
from luodi.kernel.models import Person, Unit
from luodi.kernel.rulesets import ruleset
from luodi.scenarios.disclosure import rules
from luodi.scenarios.disclosure.models import Application, Publication
from luodi.scenarios.disclosure.pages.kind import APPLICATIONS
from luodi.shapes.cases import actions as cases

MATTERS = (
    ("land", "澄岚大桥引道征地补偿方案", "申请公开引道段征地补偿安置方案及其批复。"),
    ("budget", "2025年市本级部门决算明细", "申请公开三公经费支出明细。"),
    ("project", "停车楼项目环评批复", "申请公开人民广场停车楼环评报告表和批复。"),
    ("approval", "占道施工许可情况", "申请公开书院街占道施工的许可文件。"),
    ("people", "公租房摇号名册", "申请公开本批次摇号的程序文件和结果。"),
    ("environment", "云水河断面水质月报", "申请公开今年各月断面监测数据。"),
)
STORIES: tuple[tuple[tuple[str, dict[str, Any], int], ...], ...] = (
    (("answer", {"outcome": "disclosed", "reply": "随本答复提供电子文本。", "basis": "条例第三十六条第二项"}, 12),),
    (("answer", {"outcome": "already", "reply": "已在市政府门户网站公开，网址附后。", "basis": "条例第三十六条第一项"}, 6),),
    (
        ("consult", {"third": "云川城投集团（演示）", "reason": "征求第三方意见"}, 5),
        ("consulted", {"opinion": "object", "words": "含报价明细，不同意公开。"}, 16),
        ("answer", {"outcome": "partly", "exemption": "third_party", "reply": "报价明细不予公开，其余部分提供。", "basis": "条例第十五条、第三十七条"}, 24),
    ),
    (("answer", {"outcome": "refused", "exemption": "process", "reply": "会议讨论记录属于过程性信息。", "basis": "条例第十六条第二款"}, 15),),
    (("answer", {"outcome": "not_ours", "organ": "市住房和城乡建设局", "reply": "请向市住房和城乡建设局提出。", "basis": "条例第三十六条第五项"}, 4),),
    (),
)  # fmt: skip
HOW_MANY, PUBLISHED = 18, 80
DESK = "zhengwu"


@transaction.atomic
def load() -> None:
    """A year of applications and publications. Does nothing where there are any."""
    if Application.objects.exists():
        return
    chance = Random(20190515)
    desk = Person.objects.get(login=DESK)
    for number in range(HOW_MANY):
        _application(number, desk, chance)
    _publications(chance)


def _application(number: int, desk: Person, chance: Random) -> None:
    category, title, body = MATTERS[number % len(MATTERS)]
    first = date(2026, 1, 12) + timedelta(days=17 * number)
    day = national_calendar().next_workday(first)
    at = datetime(day.year, day.month, day.day, 10, 0, tzinfo=CHINA)
    case = cases.bring(
        desk, APPLICATIONS,
        {
            "title": title, "body": f"{body}（演示）", "category": category, "channel": chance.choice(["visit", "registered"]),
            "applicant": chance.choice(["person", "person", "company", "legal"]), "reporter_name": f"申请人{number + 1}（演示）",
            "reporter_phone": f"1390000{number:04}", "form": "电子文本",
        },
        at,
    )  # fmt: skip
    case = cases.take(desk, case, "accept", {}, at + timedelta(hours=3))
    steps = STORIES[number % len(STORIES)]
    for move, values, days in steps:
        case = cases.take(desk, case, move, values, at + timedelta(days=days))
    if steps:
        last = at + timedelta(days=steps[-1][2] + 1)
        case = cases.take(desk, case, "serve", {"served_on": last.date(), "service": "online"}, last)
        cases.take(desk, case, "close", {}, last + timedelta(hours=1))


def _publications(chance: Random) -> None:
    units = list(Unit.objects.filter(valid_until=None, division__parent=None).order_by("order")[:12])
    limit = rules.limit_of(ruleset(rules.PUBLISHING, on=date(2026, 1, 1)).values)
    rows = []
    for number in range(PUBLISHED):
        code, title = rules.ITEMS[number % len(rules.ITEMS)]
        unit = units[number % len(units)]
        formed = date(2026, 1, 4) + timedelta(days=4 * number)
        try:
            due = rules.publish_by(formed, limit, clock_in_force(on=formed))
        except (ClockError, YearWithoutCalendar):
            due = None
        published = formed + timedelta(days=chance.choice([3, 8, 12, 20, 26, 38]))
        rows.append(
            Publication(
                number=f"YC{2026}-{number + 1:04}", title=f"{unit.called}{title}公开信息第{number + 1}号（演示）", item=code, unit=unit,
                formed_on=formed, due_on=due, published_on=published if published <= date(2026, 11, 20) else None,
            )
        )  # fmt: skip
    Publication.objects.bulk_create(rows)
