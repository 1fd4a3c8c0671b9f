"""Petitions, old cases and receptions of the demonstration city 云川市: synthetic, seeded, worked through the real actions.

Nobody in them exists; the matters are the usual ones of a city.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from luodi.kernel.clock import CHINA, national_calendar
from luodi.kernel.models import Division, Person, Unit
from luodi.scenarios.petitions.actions import backlog as ledger
from luodi.scenarios.petitions.actions import sittings
from luodi.scenarios.petitions.models import Backlog, BacklogStep, Petition, Sitting
from luodi.scenarios.petitions.pages.kind import PETITIONS
from luodi.scenarios.petitions.rules import backlog as rules
from luodi.shapes.cases import actions as cases

FIRST, LAST = date(2025, 10, 13), date(2026, 11, 24)
PETITIONS_BROUGHT, BACKLOGS, CLOSED = 36, 88, 63
REPEATS, STUCK = (18, 24, 33), (29, 30)
"""Petitions that bring an earlier matter again, and those that nobody has answered yet."""
DESK, OTHER_DESK = "xinfang", "xinfang2"
MATTERS = (
    (
        "building",
        "小区房产证迟迟办不下来",
        "2019 年入住，开发商手续不全，全楼住户至今没有产权证。",
        "zhujian",
    ),
    ("labour", "工地拖欠工资", "二十余名工人三个月工资没有结清，项目部一再推脱。", "renshe"),
    ("environment", "石料厂夜间扬尘扰民", "夜里十一点后仍在生产，周边晾晒的衣物全是灰。", "shengtai"),
    ("land", "征地补偿面积对不上", "丈量面积与承包证不一致，少算了八分地。", "nongye"),
    ("education", "随迁子女入学名额", "居住证满一年，报名时被告知学位已满。", "jiaoyu"),
    ("health", "卫生院夜间无人值班", "老人半夜发病，卫生院敲门无人应答。", "weijian"),
    ("building", "老旧小区加装电梯起争议", "一楼住户反对，施工停了四个月。", "zhujian"),
    ("order", "占道经营久治不绝", "早市占满非机动车道，多次反映没有改变。", "chengguan"),
)
LEADERS = ("shizhang", "changwu", "gongye", "sannong", "chengjian", "minsheng", "pingan")

Step = tuple[str, str, dict[str, Any], int]
"""Who, which move, with what, so many days after the petition came in."""


@transaction.atomic
def load() -> None:
    """A year of petitions in every state, the ledger of old cases, and the leaders' receptions. Once only."""
    if Petition.objects.exists():
        return
    chance = Random(20260501)
    people = {person.login: person for person in Person.objects.prefetch_related("posts__unit")}
    units = {unit.key: unit for unit in Unit.objects.all()}
    divisions = list(
        Division.objects.filter(is_zone=False, parent__isnull=False, parent__parent=None).order_by("code")
    )
    earlier: list[str] = []
    for number in range(PETITIONS_BROUGHT):
        earlier.append(_petition(number, chance, people, units, divisions, earlier))
    _backlogs(chance, people, units, divisions)
    _sittings(people, units)


def _petition(
    number: int,
    chance: Random,
    people: dict[str, Any],
    units: dict[str, Any],
    divisions: list[Any],
    earlier: list[str],
) -> str:
    """Bring one and walk it on; returns its number."""
    category, title, body, lead = MATTERS[number % len(MATTERS)]
    day = national_calendar().next_workday(FIRST + (LAST - FIRST) * number // PETITIONS_BROUGHT)
    start = datetime(day.year, day.month, day.day, 9, chance.randrange(60), tzinfo=CHINA)
    stream = {7: "suggestion", 14: "accusation", 21: "litigation", 28: "suggestion", 26: "accusation"}.get(
        number, "claim"
    )
    bringer = number - len(MATTERS) if number in REPEATS else number
    values: dict[str, Any] = {
        "title": title, "body": body, "category": category, "stream": stream, "division": divisions[number % len(divisions)],
        "channel": chance.choice(["letter", "visit", "online", "online", "hotline"]), "reporter_name": f"演示信访人{bringer + 1}", "reporter_phone": f"139{bringer:08}",
    }  # fmt: skip
    if number % 9 == 4:
        values |= {"channel": "visit", "people": 12, "representatives": 4, "is_urgent": number == 31}
    if stream == "accusation":
        values |= {
            "title": "反映工程招标不公",
            "body": "同一家公司连续中标，评分细则量身定做。",
            "against": units["zhujian"],
        }
    case = cases.bring(people[DESK], PETITIONS, values, start)
    for login, move, given, after in _life(number, stream, units[lead], earlier, chance):
        at = start + timedelta(days=after, minutes=30)
        if at > timezone.now():
            break
        dated = {name: (at.date() if value == "today" else value) for name, value in given.items()}
        case = cases.take(people[login] if login else None, case, move, dated, at)
    return str(case.number)


def _life(number: int, stream: str, lead: Unit, earlier: list[str], chance: Random) -> Iterator[Step]:
    """The steps of one petition; some come late, some go up the ladder, some end at the first door."""
    again = (
        {"nature": "repeat", "same_as": earlier[number - len(MATTERS)]}
        if number in REPEATS
        else {"nature": "first"}
    )
    yield DESK, "classify", {"stream": stream, **again}, 2
    if stream in {"accusation", "litigation"}:
        organ = "discipline" if stream == "accusation" else "political_legal"
        yield DESK, "hand_over", {"organ": organ, "reason": "属有权机关管辖。"}, 5
        return
    if number % 13 == 5:
        yield (
            DESK,
            "guide",
            {
                "route": "arbitration",
                "reason": "劳动争议应先申请仲裁。",
                "basis": "《信访工作条例》第三十一条第二项",
                "notified_on": "today",
            },
            6,
        )
        return
    yield DESK, "transfer", {"lead": lead, "manner": "assigned" if number % 3 else "passed"}, 6
    handler = lead.key
    if number % 17 == 8:
        yield (
            handler,
            "not_accept",
            {
                "refusal": "in_process",
                "reason": "同一事项正在办理期限内。",
                "basis": "《信访工作条例》第十九条",
                "notified_on": "today",
            },
            12,
        )
        return
    decided = 26 if number % 16 == 3 else 12
    yield handler, "accept", {"notified_on": "today"}, decided
    if number in STUCK:
        return
    days = decided + chance.choice([18, 30, 41, 52])
    if number % 10 == 6:
        yield handler, "ask_extension", {"reason": "需要第三方测绘", "length": 30}, decided + 40
        yield (
            DESK,
            "grant_extension",
            {"approver": "分管副局长", "length": 30, "reason": "情况复杂", "told_on": "today"},
            decided + 42,
        )
        days = decided + 80
    if number % 12 == 9:
        days = decided + 68
    outcome = (
        "adopted"
        if stream == "suggestion"
        else chance.choice(["supported", "supported", "supported", "explained", "unsupported"])
    )
    yield handler, "reply", {
        "outcome": outcome, "facts": "经调阅档案、实地查看并听取当事人陈述，反映的主要情况属实。", "reply": "已会同有关单位研究，处理意见当面告知并说明理由。",
        "basis": "相关法律法规和政策文件（演示）", "served_on": "today",
    }, days  # fmt: skip
    if outcome in {"supported", "adopted"}:
        yield handler, "executed", {"words": "已按处理意见落实，当事人确认。"}, days + 5
    yield DESK, "serve", {"served_on": "today", "service": "direct"}, days + 6
    if number % 8 == 2 and stream == "claim":
        yield from _reviewed(handler, days + 20)
        return
    if number % 4:
        yield (
            "",
            "rate",
            {
                "score": 5 if outcome == "supported" else chance.choice([2, 3, 4]),
                "resolved": outcome == "supported",
            },
            days + 9,
        )
    yield DESK, "close_other" if stream == "suggestion" else "close", {}, days + 60


def _reviewed(handler: str, day: int) -> Iterator[Step]:
    yield DESK, "ask_review", {"reason": "认为补偿标准适用有误。"}, day
    yield DESK, "send_review", {"lead": Unit.objects.get(key="zhengfuban")}, day + 1
    yield (
        "zhengwu",
        "review",
        {
            "finding": "maintained",
            "reply": "原处理意见事实清楚、依据正确，予以维持。",
            "basis": "《信访工作条例》第三十五条",
            "served_on": "today",
        },
        day + 20,
    )
    yield DESK, "serve", {"served_on": "today", "service": "post"}, day + 22
    yield DESK, "close_reviewed", {}, day + 70


def _backlogs(chance: Random, people: dict[str, Any], units: dict[str, Any], divisions: list[Any]) -> None:
    """The list that came down in the spring, most of it settled, watched and struck off by the autumn."""
    answering = [
        units[key]
        for key in ("zhujian", "renshe", "nongye", "chengguan", "shengtai", "chenglan", "songpi", "hefeng")
    ]
    made = []
    for number in range(BACKLOGS):
        category, title, _, _ = MATTERS[number % len(MATTERS)]
        is_closed = number < CLOSED
        closed_on = date(2026, 4, 20) + timedelta(days=number * 214 // CLOSED) if is_closed else None
        settled_on = closed_on - timedelta(days=100) if closed_on else None
        made.append(Backlog(
            number=f"YCJA2026-{number + 1:03}", title=f"{title}（第 {number + 1} 号积案）", category=category, origin="upper" if number % 3 else "own",
            division=divisions[number % len(divisions)], unit=answering[number % len(answering)], leader=people[LEADERS[number % len(LEADERS)]],
            first_on=date(2012 + number % 12, 1 + number % 12, 15), times=None if number % 10 == 9 else chance.randrange(3, 40), amount_fen=None if number % 4 == 3 else chance.randrange(5, 400) * 1_000_000,
            assigned_on=date(2026, 1, 6) if is_closed else date(2026, 3, 9), due_on=date(2026, 12, 25), plan="包案领导牵头会商，一案一策（演示）。" if is_closed else "",
            state=rules.CLOSED if is_closed else rules.OPEN, way=chance.choice(["executed", "executed", "pledged"]) if is_closed else "", agreed_on=settled_on and settled_on - timedelta(days=1),
            settled_on=settled_on, settled_by=people["zhujian"] if is_closed else None, witness="社区工作者（演示）" if is_closed else "", is_free=True if is_closed else None,
            verified_on=closed_on - timedelta(days=3) if closed_on else None, verified_by=people[OTHER_DESK] if is_closed else None, closed_on=closed_on, last_step_on=closed_on,
        ))  # fmt: skip
    Backlog.objects.bulk_create(made)
    BacklogStep.objects.bulk_create(
        BacklogStep(backlog=each, on=on, what=what, words=words, by=people[OTHER_DESK])
        for each in made if each.closed_on
        for what, on, words in (("settle", each.settled_on, "处理意见逐项落实，当事人签字（演示）。"), ("verify", each.verified_on, "入户核验，情况属实（演示）。"), ("close", each.closed_on, "三条齐备，销账。"))
    )  # fmt: skip
    _still_open(people, made[CLOSED:])


def _still_open(people: dict[str, Any], rows: list[Backlog]) -> None:
    """Those that are still worked on, one in each place of the road."""
    desk, other, today = people[DESK], people[OTHER_DESK], timezone.localdate()
    for place, each in enumerate(rows):
        ledger.report(
            desk, each, "包案领导约谈，听取诉求并现场协调。", today - timedelta(days=10 + 9 * (place % 7))
        )
        if place % 4 == 1:
            ledger.agree(desk, each, "分两期兑付，首期月底前到位（演示）。", today - timedelta(days=9))
        if place % 4 == 2 and place < 12:
            settled = ledger.settle(
                desk,
                each,
                {"way": "executed", "words": "款项到账，当事人签字确认（演示）。"},
                today - timedelta(days=40 if place > 4 else 130),
            )
            ledger.verify(other, settled, "电话和入户核验，情况属实（演示）。", today - timedelta(days=5))


def _sittings(people: dict[str, Any], units: dict[str, Any]) -> None:
    desk = people[DESK]
    running = list(Petition.objects.filter(state="handling").order_by("received_on")[:4])
    old = list(Backlog.objects.filter(state=rules.OPEN).order_by("number")[:4])
    today = timezone.localdate()
    for number, login in enumerate((*LEADERS, *LEADERS)):
        on = national_calendar().next_workday(date(2026, 1, 30) + timedelta(days=25 * number))
        is_past = on < today
        sitting = sittings.keep_sitting(
            desk, Sitting(),
            {"number": f"JF2026-{number + 1:02}", "kind": "reception", "on": on, "leader": people[login], "place": "市群众来访接待中心" if number % 3 else "澄岚区信访接待大厅", "way": "fixed" if number % 3 else "down",
             "state": "held" if is_past else "planned", "batches": 3 + number % 5 if is_past else None},
        )  # fmt: skip
        if is_past and number >= 10:
            for subject in (*running[:1], *old[:1]):
                sittings.decide(
                    desk,
                    sitting,
                    {
                        "number": subject.number,
                        "opinion": "由责任单位牵头会商，两周内拿出办法并当面答复。",
                        "unit": units["zhujian"],
                        "due_on": on + timedelta(days=14),
                    },
                )
            running, old = running[1:], old[1:]
    joint = sittings.keep_sitting(
        desk, Sitting(),
        {"number": "LX2026-04", "kind": "joint", "on": national_calendar().next_workday(today - timedelta(days=12)), "leader": people["pingan"], "place": "市委第三会议室", "way": "meeting", "state": "held"},
    )  # fmt: skip
    for subject in old[:2]:
        sittings.decide(
            desk,
            joint,
            {
                "number": subject.number,
                "opinion": "明确由属地政府兜底，资金由市区两级分担。",
                "unit": units["chenglan"],
                "due_on": joint.on + timedelta(days=21),
            },
        )
