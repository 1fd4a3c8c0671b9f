"""Appeals and policies of the demonstration city 云川市: synthetic, seeded, and worked through the real actions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction

from luodi.kernel.clock import CHINA, national_calendar
from luodi.kernel.models import Person, Posting, Role, Unit
from luodi.scenarios.enterprise_appeals import actions
from luodi.scenarios.enterprise_appeals.models import Clause, Policy
from luodi.scenarios.enterprise_appeals.pages import APPEALS
from luodi.shapes.cases import actions as cases
from luodi.shapes.registers.models import Enterprise

FIRMS, APPEALS_A_YEAR = 60, 48
FIRST, LAST = date(2026, 1, 5), date(2026, 11, 20)
MATTERS = (
    ("land", "扩建厂房缺用地指标", "二期厂房需要工业用地，报件迟迟没有回音。", "ziran"),
    ("finance", "流动资金贷款续贷受阻", "贷款到期，续贷材料补了三次仍未通过。", "jinrong"),
    ("labour", "熟练工招聘困难", "订单增加，缺熟练焊工二十名。", "renshe"),
    ("energy", "变压器增容排队太久", "新产线投产在即，增容申请已等两个月。", "fagai"),
    ("permit", "环评与施工许可互为前置", "两个窗口要求互为前置，材料无法同时提交。", "xingzheng"),
    ("policy", "技改奖补没有到账", "去年技改奖补公示后一直没有拨付。", "gongxin"),
    ("market", "本地采购信息不对称", "希望对接本市零部件配套企业。", "gongxin"),
)


@transaction.atomic
def load() -> None:
    """A policy with two clauses and a year of appeals in every state. Does nothing where there are policies already."""
    if Policy.objects.exists():
        return
    chance = Random(20260105)
    firms = list(Enterprise.objects.order_by("pk")[:FIRMS])
    _second_at_the_desk()
    _policies()
    for number in range(APPEALS_A_YEAR):
        _appeal(number, chance.choice(firms), chance)


def _second_at_the_desk() -> None:
    """Lowering a level takes two people at one desk."""
    person = Person.objects.filter(login="yingqi").first() or Person.objects.create_person("yingqi", "迎企来")
    Posting.objects.get_or_create(
        person=person, unit=APPEALS.unit(), role=Role.OPERATOR, defaults={"title": "企业诉求座席"}
    )


def _policies() -> None:
    by = Person.objects.get(login="gongxin")
    policy = Policy.objects.create(
        doc_no="云政办发〔2026〕8号（演示）", title="支持专精特新企业若干措施", issuer=Unit.objects.get(key="gongxin"),
        issued_on=date(2026, 3, 2), guide_on=date(2026, 3, 9),
    )  # fmt: skip
    small = {"fact": "scale", "sign": "in", "value": ["small", "micro"], "title": "规模"}
    special = {"fact": "tags", "sign": "has", "value": "专精特新", "title": "标签"}
    for code, title, track, formula in (
        (
            "YC-8-1",
            "研发投入按 10% 奖补",
            "no_application",
            {"of": "rd_fen", "share": "0.1", "cap_fen": 100_000_000},
        ),
        ("YC-8-2", "首次认定一次性奖励 20 万元", "fast", {"fixed_fen": 20_000_000}),
    ):
        clause = Clause(
            policy=policy,
            code=code,
            title=title,
            track=track,
            conditions=[small, special],
            formula=formula,
            budget_fen=2_000_000_000,
        )
        clause.full_clean()
        clause.save()
        actions.match_clause(by, clause, date(2026, 3, 16))
        for number, match in enumerate(clause.matches.exclude(fen=None).order_by("pk")[:8]):
            way = (
                "notified",
                "confirmed",
                *(("applied", "reviewed") if track == "fast" else ()),
                "public_notice",
                "approved",
                "paid",
            )
            for place, to in enumerate(way[: len(way) - number]):
                match = actions.step(by, match, to, on=date(2026, 3, 17) + timedelta(days=7 * place))


def _appeal(number: int, firm: Enterprise, chance: Random) -> None:
    category, title, body, lead = MATTERS[number % len(MATTERS)]
    day = national_calendar().next_workday(FIRST + (LAST - FIRST) * number // APPEALS_A_YEAR)
    moments = _moments(datetime(day.year, day.month, day.day, 9, chance.randrange(60), tzinfo=CHINA), chance)
    case = cases.bring(
        None, APPEALS,
        {"title": title, "body": body, "category": category, "firm": firm, "division": firm.division, "channel": chance.choice(["platform", "hotline", "visit"]),
         "reporter_name": "演示联系人", "reporter_phone": f"138{number:08}", "lon": 104 + chance.random() / 3, "lat": 30.5 + chance.random() / 3},
        next(moments),
    )  # fmt: skip
    for login, move, values in _life(category, lead, chance):
        by = None if login == "" else Person.objects.get(login=login)
        case = cases.take(by, case, move, values, next(moments))


def _life(category: str, lead: str, chance: Random) -> list[tuple[str, str, dict[str, Any]]]:
    """The steps of one appeal, cut off somewhere for one in three: those are still being worked on."""
    unit = Unit.objects.get(key=lead)
    handler = _handler(unit)
    desk = "yingqi"
    outcome = chance.choice(["solved", "solved", "solved", "partly", "explained"])
    steps: list[tuple[str, str, dict[str, Any]]] = [
        (desk, "triage", {"level": chance.choice(["II", "II", "III"]), "category": category}),
        (desk, "accept", {}),
        (desk, "dispatch", {"lead": unit}),
        (handler, "contact", {"words": "已与企业联系，了解具体情况。", "channel": "phone"}),
        (handler, "reply", {"outcome": outcome, "reply": "已会同有关单位研究，办理意见已当面告知企业。"}),
    ]
    if unit == APPEALS.unit():
        steps.append(
            (
                "ducha",
                "call_back",
                {"channel": "phone", "reached": True, "resolved": outcome == "solved", "score": 4},
            )
        )
        return steps
    steps.append(
        (
            desk,
            "call_back",
            {
                "channel": "phone",
                "reached": True,
                "resolved": outcome == "solved",
                "score": 5 if outcome == "solved" else 3,
            },
        )
    )
    steps.append((desk, "close", {}))
    return steps if chance.random() < 0.67 else steps[: chance.randrange(1, len(steps))]


def _handler(unit: Unit) -> str:
    """Whoever handles cases in the unit; a unit without anybody gets a person of its own for the demonstration."""
    post = (
        unit.posts.filter(role__in=(Role.LIAISON, Role.OPERATOR))
        .exclude(person__login="yingqi")
        .select_related("person")
        .first()
    )
    if post is not None:
        return str(post.person.login)
    person = Person.objects.create_person(f"{unit.key}-qiye"[:40], f"{unit.called}专员")
    Posting.objects.create(person=person, unit=unit, role=Role.OPERATOR, title="企业诉求专员")
    return str(person.login)


def _moments(start: datetime, chance: Random) -> Iterator[datetime]:
    """Later and later moments: minutes at the desk, then days in the unit."""
    at = start
    place = 0
    while True:
        yield at
        place += 1
        at += (
            timedelta(minutes=chance.randrange(20, 200))
            if place < 4
            else timedelta(hours=chance.randrange(20, 90))
        )
