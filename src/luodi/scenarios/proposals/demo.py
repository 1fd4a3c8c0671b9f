"""Proposals of the demonstration city 云川市: synthetic, seeded, worked through the real actions. No deputy in them exists."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction

from luodi.kernel.clock import CHINA
from luodi.kernel.models import Person, Unit
from luodi.scenarios.proposals import rules
from luodi.scenarios.proposals.models import Proposal
from luodi.scenarios.proposals.pages.kind import PROPOSALS
from luodi.shapes.cases import actions as cases

HANDED_OUT_AT = datetime(2026, 2, 9, 10, 0, tzinfo=CHINA)
DESK = "yian"
MATTERS = (
    ("city", "关于在人民广场周边增建公共停车楼的建议", "zhujian", "chengguan"),
    ("people", "关于扩大普惠托育供给的提案", "weijian", "jiaoyu"),
    ("economy", "关于降低中小企业用电成本的建议", "fagai", "gongxin"),
    ("farm", "关于支持岚茶区域公用品牌建设的提案", "nongye", "shangwu"),
    ("environment", "关于云水河支流排口整治的建议", "shengtai", "zhujian"),
    ("rule", "关于规范共享单车停放的提案", "chengguan", "gongan"),
    ("culture", "关于保护利用明清码头遗存的提案", "shangwu", "zhujian"),
    ("people", "关于延长12345夜间服务的建议", "xingzheng", "weijian"),
)
NAMES = ("言如山", "闻民声", "谏真言", "议千家", "访百村", "思长策")
HOW_MANY = 32
SAYS = {
    "A": "已完成并投入使用。",
    "B": "已列入年度计划，分步实施。",
    "C": "受用地条件限制，暂不具备实施条件。",
    "D": "所提意见已转有关单位研究参考。",
}


@transaction.atomic
def load() -> None:
    """Two sessions' proposals in every state. Does nothing where there are any."""
    if Proposal.objects.exists():
        return
    chance = Random(20260209)
    people = {person.login: person for person in Person.objects.all()}
    units = {unit.key: unit for unit in Unit.objects.filter(valid_until=None)}
    for number in range(HOW_MANY):
        _one(number, people, units, chance)


def _one(number: int, people: dict[str, Person], units: dict[str, Unit], chance: Random) -> None:
    category, title, lead, beside = MATTERS[number % len(MATTERS)]
    desk, liaison = people[DESK], people[lead]
    at = HANDED_OUT_AT + timedelta(minutes=7 * number)
    case = cases.bring(
        desk, PROPOSALS,
        {
            "title": f"{title}（{number + 1}号，演示）", "body": "调研发现问题突出，建议市政府统筹研究。（演示）", "category": category,
            "body_of": "deputies" if title.endswith("建议") else "committee", "session": "六届一次会议", "channel": "session",
            "makers": "、".join(chance.sample(NAMES, 1 + number % 3)), "is_key": number % 8 == 0,
        },
        at,
    )  # fmt: skip
    level = rules.HARD if number % 5 == 0 else rules.NORMAL
    case = cases.take(
        desk,
        case,
        "assign",
        {"lead": units[lead], "co": [units[beside]], "level": level},
        at + timedelta(days=2),
    )
    if number % 11 == 10:
        return
    case = cases.take(liaison, case, "sign", {}, at + timedelta(days=5))
    case = cases.take(
        liaison,
        case,
        "talk",
        {"way": chance.choice(rules.IN_PERSON), "words": "当面听取意见，交换办理思路。"},
        at + timedelta(days=30),
    )
    if number % 9 == 8:
        return
    grade = "D" if number % 16 == 7 else chance.choice("AAABBBBC")
    values: dict[str, object] = {
        "outcome": grade,
        "reply": f"{SAYS[grade]}（演示）",
        "is_open_answer": number % 2 == 0,
    }
    if grade == rules.PLANNED:
        values |= {
            "promise": "分步实施，年内见效",
            "keep_by": date(2026, 9, 30) if number % 2 else date(2027, 6, 30),
        }
    days = chance.choice([55, 70, 82, 84, 96])
    case = cases.take(liaison, case, "answer", values, at + timedelta(days=days))
    said = chance.choice(["satisfied", "satisfied", "basic", "no"])
    case = cases.take(desk, case, "feedback", {"content": said}, at + timedelta(days=days + 10))
    if said == rules.DISSATISFIED:
        later = at + timedelta(days=days + 15)
        case = cases.take(desk, case, "redo", {"reason": "提出人认为没有答到点上。"}, later)
        case = cases.take(
            liaison,
            case,
            "talk",
            {"way": "visit", "words": "主要负责人上门说明。"},
            later + timedelta(days=8),
        )
        case = cases.take(liaison, case, "answer", values, later + timedelta(days=12))
        case = cases.take(desk, case, "feedback", {"content": "basic"}, later + timedelta(days=20))
    cases.take(desk, case, "close", {}, at + timedelta(days=days + 60))
