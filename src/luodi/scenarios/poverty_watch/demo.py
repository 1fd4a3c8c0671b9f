"""Villages, households, clues and linked funds of the demonstration city 云川市: synthetic and seeded. Nobody in them exists:
the identity numbers are of people who would have been born in 1899.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from luodi.kernel.clock import CHINA, national_calendar
from luodi.kernel.identifiers import CitizenId
from luodi.kernel.identifiers.citizen_id import check_of
from luodi.kernel.models import Division, Person, Unit
from luodi.scenarios.poverty_watch.actions import helping, households
from luodi.scenarios.poverty_watch.models import Fund, Help, Household, HouseholdStep, Member, Village, Visit
from luodi.scenarios.poverty_watch.pages.kind import CLUES
from luodi.scenarios.poverty_watch.rules import standing
from luodi.scenarios.poverty_watch.rules.private import Private
from luodi.shapes.cases import actions as cases

KNOWN, CLEARED = 212, 203
"""Households that were on the list before the system was, and how many of them are cleared."""
CLUES_BROUGHT = 12
FUNDS_FEN, INDUSTRY_PROJECTS, PROJECTS = 36_000_000_000, 16, 24
OFFICE, OTHER = "nongye", "nongye2"
GOVERNED = {
    "990102": "chenglan",
    "990103": "chaoling",
    "990121": "songpi",
    "990122": "qingwu",
    "990123": "hefeng",
    "990181": "baidushi",
}
VILLAGES = ("石桥村", "东岭村", "柳湾村")
SURNAMES, GIVEN = "郑冯陈褚卫蒋沈韩杨朱", ("念诚", "守田", "长河", "春生", "秀兰", "有粮", "桂香", "满堂")
MATTERS = (
    ("illness", "大病自付费用高", "家庭医疗支出大，请核实。", "health", "医疗救助和家庭医生签约"),
    ("job", "务工返乡没有收入", "外出务工返乡，短期没有收入。", "work", "公益岗位和技能培训"),
    ("disaster", "暴雨受灾房屋受损", "强降雨后房屋和作物受损。", "relief", "临时救助和房屋修缮"),
    ("school", "子女上学负担重", "两名子女同时就读，支出增加。", "schooling", "教育资助"),
)
POOR = {
    "wages_fen": 900_000, "business_fen": 250_000, "property_fen": 0, "transfer_fen": 350_000, "spent_fen": 3_200_000, "education": True,
    "medical": False, "housing": True, "water": True, "is_burdened": True, "can_cope": False, "is_in_hardship": False,
}  # fmt: skip
STUCK_AT = {9: 1, 10: 3, 11: 5}
"""Clues that stand in the middle of the road, and after how many steps."""


@transaction.atomic
def load() -> None:
    """Once only."""
    if Household.objects.exists():
        return
    chance = Random(20260218)
    people = {person.login: person for person in Person.objects.prefetch_related("posts__unit")}
    units = {unit.key: unit for unit in Unit.objects.all()}
    villages = _villages(chance)
    _known(chance, people, units, villages)
    for number in range(CLUES_BROUGHT):
        _clue(number, people, units, villages)
    _funds(chance, units)


def _villages(chance: Random) -> list[Village]:
    """Three in every town and township; streets have none."""
    today = timezone.localdate()
    towns = (
        Division.objects.on(today)
        .filter(kind__in=(Division.Kind.TOWN, Division.Kind.TOWNSHIP))
        .select_related("parent")
    )
    made = [
        Village(division=town, name=name, households=chance.randrange(180, 420))
        for town in towns
        for name in VILLAGES
    ]
    Village.objects.bulk_create(made)
    return made


def _known(chance: Random, people: dict[str, Any], units: dict[str, Any], villages: list[Village]) -> None:
    """The list as it was taken over: most cleared, a few still helped."""
    rows, today = [], timezone.localdate()
    for number in range(KNOWN):
        village = villages[number * 7 % len(villages)]
        cause, _, _, _, _ = MATTERS[number % len(MATTERS)]
        listed_on = date(2025, 1, 6) + timedelta(days=number * 300 // KNOWN)
        is_cleared = number < CLEARED
        cleared_on = (
            min(listed_on + timedelta(days=190 + number % 90), today - timedelta(days=3))
            if is_cleared
            else None
        )
        rows.append(Household(
            number=f"NH2025{number + 1:07}", village=village, unit=units[GOVERNED[village.division.parent.code]], head_name=_name(number), phone=f"139{number:08}",
            population=chance.randrange(1, 6), was_poor=number % 3 != 0, has_no_labour=False, is_in_long_treatment=False, cause=cause, kind=("unstable", "edge", "sudden")[number % 3 if number % 5 else 0],
            state=standing.CLEARED if is_cleared else standing.HELPING, times=1, listed_on=listed_on, help_due_on=listed_on + timedelta(days=10), helped_on=listed_on + timedelta(days=6),
            last_visit_on=today - timedelta(days=chance.randrange(10, 80 if number % 12 else 150)), proposed_on=cleared_on and cleared_on - timedelta(days=9), proposed_by=people[OFFICE] if is_cleared else None,
            confirmed_on=cleared_on and cleared_on - timedelta(days=7), confirmed_by=people[OTHER] if is_cleared else None, cleared_on=cleared_on, cleared_by=people[OFFICE] if is_cleared else None,
            watch_until=standing.months_after(cleared_on, 24) if cleared_on else None, helper=f"演示联系人{number % 30 + 1}", helper_post="镇干部",
        ))  # fmt: skip
    Household.objects.bulk_create(rows)
    Member.objects.bulk_create(
        Member(household=row, name=row.head_name, citizen_id=_number(place), relation="head")
        for place, row in enumerate(rows)
    )
    Help.objects.bulk_create(
        Help(household=row, kind=kind, cause=cause, what=what, unit=row.unit, started_on=row.helped_on, planned_on=row.helped_on + timedelta(days=180), done_on=row.proposed_on, effect="见成效（演示）" if row.proposed_on else "")
        for row in rows for cause, _, _, kind, what in MATTERS if cause == row.cause
    )  # fmt: skip
    HouseholdStep.objects.bulk_create(
        HouseholdStep(
            household=row,
            on=row.listed_on,
            what="list",
            words="系统启用前已纳入，随台账转入（演示）",
            by=people[OTHER],
        )
        for row in rows
    )
    Visit.objects.bulk_create(
        Visit(household=row, on=row.last_visit_on, per_capita_fen=980_000, education=True, medical=True, housing=True, water=True, risk_gone=place % 2 == 0, new_risk=False, spending_held=True, by=people[OTHER])
        for place, row in enumerate(rows[CLEARED:])
    )  # fmt: skip


def _clue(number: int, people: dict[str, Any], units: dict[str, Any], villages: list[Village]) -> None:
    """One clue of the autumn, brought through one of three channels and walked by the real actions as far as it has come."""
    village = villages[number * 5 % len(villages)]
    county = GOVERNED[village.division.parent.code]
    today = timezone.localdate()
    day = national_calendar().next_workday(today - timedelta(days=112 - 9 * number))
    start = datetime(day.year, day.month, day.day, 9, 5, tzinfo=CHINA)
    cause, title, body, kind, what = MATTERS[number % len(MATTERS)]
    clue = cases.bring(people[county], CLUES, {
        "title": f"{village.division.name}{title}", "body": body, "category": cause, "division": village.division, "channel": ("self", "survey", "warning")[number % 3],
    }, start)  # fmt: skip
    household = households.enrol(people[county], clue, {
        "head_name": Private(_name(KNOWN + number)), "citizen_id": CitizenId.parse(_number(KNOWN + number)), "phone": Private(f"139{KNOWN + number:08}"), "village": village,
        "population": 3, "was_poor": number % 2 == 0, "has_no_labour": False, "is_in_long_treatment": False, "helper": f"演示联系人{number + 1}", "helper_post": "驻村工作队",
    })  # fmt: skip
    households.assess(
        people[county], household, {**POOR, "kind": "unstable" if number % 2 == 0 else "edge"}, start.date()
    )
    for place, (login, move, given, after) in enumerate(_steps(number, county, units)):
        at = start + timedelta(days=after, hours=place)
        if at > timezone.now() or place >= STUCK_AT.get(number, 99):
            break
        clue = cases.take(people[login], clue, move, given, at)
    household.refresh_from_db()
    if household.state == standing.LISTED and number not in {7, 8}:
        started = household.listed_on + timedelta(days=4)
        helping.add_help(
            people[county],
            household,
            {"kind": kind, "what": what, "started_on": started, "planned_on": started + timedelta(days=200)},
        )


def _steps(number: int, county: str, units: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any], int]]:
    yield OFFICE, "send", {"lead": units[county]}, 0
    yield county, "visit", {"visitors": "镇、村干部各一人", "words": "入户核对收入、支出和三保障。"}, 2
    if number == 4:
        yield county, "reject", {"refusal": "no_risk", "reason": "费用已经报销，收入稳定。"}, 4
        return
    yield county, "authorise", {"signed_on": "2026-01-05"}, 3
    yield county, "match", {"words": "与医保、民政、人社数据比对一致。"}, 4
    yield county, "meet", {"attended": 23, "agreed": 22}, 4
    yield county, "post", {"place": "村务公开栏"}, 5
    late = 6 if number == 2 else 0
    yield county, "town", {"objections": "no"}, 13 + late
    yield OTHER, "approve", {"basis": "符合监测对象条件"}, 14 + late


def _funds(chance: Random, units: dict[str, Any]) -> None:
    """3.6 亿元 in 24 projects of the year, two thirds of it for industries, most of it paid by the middle of November."""
    shares = [chance.randrange(80, 121) for _ in range(PROJECTS)]
    counties = list(GOVERNED.items())
    made = []
    for number, share in enumerate(shares):
        code, key = counties[number % len(counties)]
        allotted = (
            FUNDS_FEN * share // sum(shares)
            if number
            else FUNDS_FEN - sum(FUNDS_FEN * each // sum(shares) for each in shares[1:])
        )
        is_industry = number < INDUSTRY_PROJECTS
        made.append(Fund(
            number=f"XJ2026-{number + 1:03}", name=("果蔬冷链和分拣车间", "肉牛养殖园区", "茶叶初制加工", "通村道路和产业路")[number % 4 if is_industry else 3], division=Division.objects.get(code=code),
            unit=units[key], level=("central", "province", "city", "county")[number % 4], paper=f"云财农〔2026〕{number % 6 + 3}号（演示）", is_industry=is_industry,
            allotted_fen=allotted, allotted_on=date(2026, 1 + number % 6, 15), paid_fen=allotted * chance.randrange(84, 99) // 100, reported_on=date(2026, 11, 15),
        ))  # fmt: skip
    Fund.objects.bulk_create(made)


def _name(number: int) -> str:
    return SURNAMES[number % len(SURNAMES)] + GIVEN[number // len(SURNAMES) % len(GIVEN)]


def _number(number: int) -> str:
    body = f"6102041899{1 + number % 12:02}{1 + number // 12 % 28:02}{number:03}"
    return body + check_of(body)
