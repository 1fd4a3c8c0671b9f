"""A year of city management in 云川市: 64 grids, their components, and cases worked through the real steps. Synthetic, seeded."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone
from PIL import Image

from luodi.kernel import evidence
from luodi.kernel.clock import CHINA, national_calendar
from luodi.kernel.models import Division, Person, Posting, Role, Unit
from luodi.scenarios.city_management import actions
from luodi.scenarios.city_management.models import CityCase, Component, DutyGrid, UnitGrid
from luodi.scenarios.city_management.pages.kind import CITY
from luodi.scenarios.city_management.rules import geometry
from luodi.scenarios.city_management.rules.classes import CLASSES
from luodi.scenarios.city_management.rules.machine import COLLECTOR
from luodi.shapes.cases import actions as cases

CASES, OLD_CASES = 34, 2
LATE, SUSPENDED, NEWEST = 5, 12, CASES + OLD_CASES - 1
"""Of 26 cases that fell due in 2026 one was late: 96.15 % were handled in time."""
FIRST, LAST = date(2026, 1, 8), date(2026, 11, 20)
WEST, SOUTH, STEP = 109.2000, 35.1000, 0.001
STREETS = (
    ("990102", "001", "滨江街道", ("江畔社区", "老西门社区")),
    ("990103", "001", "学府街道", ("书院社区", "大学城社区")),
)
ROADS = ("沿江路", "书院街", "老西门巷", "学府路", "染坊巷", "朝岭路")
# class, condition, the unit that handles it, how long it takes in hours
TROUBLES = (
    ("20102", "20102-1", "chenglan", 3), ("20104", "20104-1", "chaoling", 1), ("20502", "other-1", "chenglan", 20), ("20503", "20503-1", "gongan", 1),
    ("10118", "10118-1", "zhujian", 12), ("10103", "10103-1", "zhujian", 3), ("20103", "20103-2", "chaoling", 10), ("20201", "other-1", "chenglan", 30),
    ("20401", "20401-2", "jiaotong", 28), ("20106", "20106-1", "chenglan", 3), ("20405", "20405-1", "gongxin", 3), ("10211", "other-1", "jiaotong", 25),
)  # fmt: skip


class People(dict[str, Person]):
    """Everybody by login, each asked for once."""

    def __missing__(self, login: str) -> Person:
        return self.setdefault(login, Person.objects.get(login=login))


@transaction.atomic
def load() -> None:
    """Does nothing where there are grids already."""
    if UnitGrid.objects.exists():
        return
    chance = Random(20260105)
    _grids()
    _components(chance)
    people, grids = People(), list(UnitGrid.objects.select_related("duty__collector", "division"))
    days = [FIRST + (LAST - FIRST) * number // (CASES - 1) for number in range(CASES)]
    days = [date(2025, 11, 3) + timedelta(days=12 * number) for number in range(OLD_CASES)] + days
    for number, day in enumerate(days):
        _case(number, national_calendar().next_workday(day), chance.choice(grids), people, chance)
    _hot_spot(grids[5], chance)
    actions.mark_overdue(None, timezone.now())


def _grids() -> None:
    """Two streets of 32 grids in 2 rows of 16; each row is a duty grid with a collector."""
    centre = Unit.objects.get(name__endswith="城市管理执法局")
    divisions = {division.code: division for division in Division.objects.all()}
    grids = []
    for band, (code, street, street_name, communities) in enumerate(STREETS):
        for row, community in enumerate(communities):
            collector = Person.objects.create_person(
                f"caiji{2 * band + row + 1}", f"采集员{'甲乙丙丁'[2 * band + row]}"
            )
            Posting.objects.create(person=collector, unit=centre, role=Role.OPERATOR, title="信息采集员")
            duty = DutyGrid.objects.create(
                code=f"{code}{row + 1:02}", name=f"{street_name}{community}", collector=collector
            )
            for column in range(16):
                west, south = WEST + column * STEP, SOUTH + (2 * band + row) * STEP
                border = [
                    [west, south],
                    [west + STEP, south],
                    [west + STEP, south + STEP],
                    [west, south + STEP],
                ]
                border = [[round(x, 6), round(y, 6)] for x, y in border]
                grid = UnitGrid(
                    code=f"{code}{street}{row + 1:03}{column + 1:02}", name=f"{community}{column + 1}号网格", division=divisions[code],
                    street=street_name, community=community, duty=duty, border=border,
                )  # fmt: skip
                grid.west, grid.south, grid.east, grid.north = geometry.box(border)
                grids.append(grid)
    UnitGrid.objects.bulk_create(grids)


def _components(chance: Random) -> None:
    """Street lamps, manholes and signs, numbered within their division and class."""
    keeper = Unit.objects.get(key="zhujian")
    serial: dict[str, int] = {}
    rows = []
    for grid in UnitGrid.objects.order_by("code"):
        for category in ("10118", "10103", chance.choice(["10102", "10209", "10305", "10408"])):
            small = CLASSES[category]
            head = f"{grid.code[:6]}{small.big}{small.small}"
            serial[head] = serial.get(head, 0) + 1
            state = chance.choices(["sound", "broken", "lost", "blocked"], [94, 3, 1, 2])[0]
            rows.append(
                Component(
                    code=f"{head}{serial[head]:06}", name=small.title, category=category, grid=grid, in_charge=keeper, owner="云川市市政设施管理所（演示）",
                    keeper="云川市政养护公司（演示）", state=state, lon=round(grid.west + STEP * chance.uniform(0.1, 0.9), 6), lat=round(grid.south + STEP * chance.uniform(0.1, 0.9), 6),
                    placed_on=date(2025, 9, 15), data_source="实测",
                )
            )  # fmt: skip
    Component.objects.bulk_create(rows)


def _case(number: int, day: date, grid: UnitGrid, people: People, chance: Random) -> None:
    category, standard, lead, hours = TROUBLES[number % len(TROUBLES)]
    at = datetime(day.year, day.month, day.day, chance.randrange(8, 11), chance.randrange(60), tzinfo=CHINA)
    by_public = number % 4 == 1
    case = _reported(category, grid, at, chance, by_public)
    case.standard = standard
    for login, move, values, when in _life(number, case, grid, lead, standard, hours, at, by_public, chance):
        if move in {"feedback", "self_handle"}:
            _photo(people[login], case, chance)
        case = cases.take(people[login], case, move, values, when)


def _reported(category: str, grid: UnitGrid, at: datetime, chance: Random, by_public: bool) -> Any:
    road = chance.choice(ROADS)
    values = {
        "title": f"{road}{CLASSES[category].title}", "body": f"{road}中段发现{CLASSES[category].title}问题，影响通行和市容。", "category": category,
        "address": f"{road}{chance.randrange(1, 200)}号附近", "lon": round(grid.west + STEP * chance.uniform(0.1, 0.9), 6),
        "lat": round(grid.south + STEP * chance.uniform(0.1, 0.9), 6), "channel": "public" if by_public else COLLECTOR,
    }  # fmt: skip
    return cases.bring(None if by_public else grid.duty.collector, CITY, values, at)


def _life(number: int, case: CityCase, grid: UnitGrid, lead: str, standard: str, hours: int, at: datetime, by_public: bool, chance: Random) -> Iterator[tuple[str, str, dict[str, Any], datetime]]:  # fmt: skip
    """The steps of one case; some return it, rework it, hang it, or are still at it."""
    desk, collector = "chengguan", grid.duty.collector.login
    unit, when = Unit.objects.get(key=lead), at
    handler = _handler(unit)

    def later(minutes: int) -> datetime:
        nonlocal when
        when += timedelta(minutes=minutes)
        return when

    if by_public:
        yield desk, "send_to_verify", {}, later(8)
        yield collector, "verify", {"found": True, "words": "现场属实。"}, later(35)
    if number % 10 == 9:
        yield collector, "self_handle", {"words": "当场清理完毕。"}, later(20)
        return
    if number % 10 == 7:
        yield desk, "reject", {"reason": "属小区内部事务，已告知向物业服务企业反映。"}, later(20)
        return
    yield desk, "accept", {}, later(10)
    yield desk, "file", {"category": case.category, "standard": standard}, later(12)
    if number % 16 == 1:
        wrong = Unit.objects.get(key="shuili")
        yield desk, "dispatch", {"lead": wrong}, later(10)
        yield _handler(wrong), "return", {"reason": "不属本单位管养范围", "basis": "部门职责分工"}, later(60)
        yield desk, "redispatch", {"lead": unit, "reason": "按权属裁定"}, later(30)
    else:
        yield desk, "dispatch", {"lead": unit}, later(10)
    if number == NEWEST:
        return
    yield handler, "receive", {}, later(40)
    if number == SUSPENDED:
        yield (
            handler,
            "ask_suspend",
            {"reason": "涉及征地拆迁", "review_on": when.date() + timedelta(days=60)},
            later(30),
        )
        yield (
            desk,
            "grant_suspend",
            {
                "reason": "涉及征地拆迁",
                "basis": "现场踏勘记录",
                "review_on": when.date() + timedelta(days=60),
            },
            later(60),
        )
        return
    late = number == LATE
    yield handler, "feedback", {"words": "已处置完毕，现场恢复。"}, later(hours * (40 if not late else 600))
    if number == NEWEST - 1:
        return
    if number % 12 == 8:
        yield collector, "fail_check", {"reason": "仍有残留，未达结案条件。"}, later(90)
        yield handler, "feedback", {"words": "已返工清理干净。"}, later(120)
    yield collector, "pass_check", {"words": "现场核查，符合结案条件。"}, later(100)
    yield "chengguan2", "close", {"outcome": "fixed"}, later(50)


def _hot_spot(grid: UnitGrid, chance: Random) -> None:
    """Rubbish at one corner, five times in a week of November, cleared on the spot each time: the map marks it."""
    collector = grid.duty.collector
    for day in (9, 10, 11, 12, 13):
        at = datetime(2026, 11, day, 8, 30, tzinfo=CHINA)
        case = _reported("20102", grid, at, chance, by_public=day % 2 == 0)
        _photo(collector, case, chance)
        cases.take(collector, case, "self_handle", {"words": "当场清理完毕。"}, at + timedelta(minutes=40))


def _handler(unit: Unit) -> str:
    """Whoever handles cases in the unit; one without anybody gets a person for the demonstration."""
    post = unit.posts.filter(role__in=(Role.LIAISON, Role.OPERATOR)).select_related("person").first()
    if post is None:
        person = Person.objects.create_person(f"{unit.key}-chuzhi"[:40], f"{unit.called}处置员")
        post = Posting.objects.create(person=person, unit=unit, role=Role.OPERATOR, title="处置员")
    return str(post.person.login)


def _photo(by: Person, case: CityCase, chance: Random) -> None:
    """A little picture like no other: it stands for the photo after."""
    picture = Image.new("RGB", (18, 16))
    picture.putdata([(chance.randrange(256),) * 3 for _ in range(18 * 16)])
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    evidence.attach(by, case, f"处置后-{case.number}.jpg", out.getvalue(), "处置后（演示图片）")
