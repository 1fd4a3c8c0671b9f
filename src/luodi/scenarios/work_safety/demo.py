"""Work safety of 云川市 in 2025 and 2026: risk points, checks, visits, dangers worked through the real steps, accidents. Synthetic, seeded."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone
from PIL import Image

from luodi.kernel import evidence
from luodi.kernel.clock import CHINA, national_calendar
from luodi.kernel.models import Division, Person, Posting, Role, Unit
from luodi.scenarios.work_safety import actions
from luodi.scenarios.work_safety.models import Accident, Danger, Inspection, RiskPoint, YearBase
from luodi.scenarios.work_safety.pages.kind import DANGERS
from luodi.scenarios.work_safety.rules.machine import INSPECTED, MAJOR, REPORTED, SELF
from luodi.shapes.cases import actions as cases
from luodi.shapes.registers.models import Enterprise

FIRMS, DANGERS_A_YEAR = 18, 18
FINED = (13, 16, 18)
FIRST, LAST = date(2026, 1, 12), date(2026, 11, 13)
# name, place, activity, sector, L, E, C
RISKS = (
    ("采煤工作面瓦斯积聚", "一采区", "回采作业", "coal", "3", "6", "40"), ("液氨储罐泄漏", "冷库机房", "制冷运行", "chemical", "1", "6", "40"),
    ("有限空间中毒窒息", "污水池", "清淤作业", "trade", "3", "3", "15"), ("起重吊装坠落", "铸造车间", "吊运作业", "trade", "1", "6", "15"),
    ("调压站燃气泄漏", "厂区东侧", "日常供气", "gas", "1", "10", "15"), ("配电室触电", "配电室", "检修", "trade", "1", "2", "15"),
    ("深基坑坍塌", "二期基坑", "土方开挖", "building", "6", "6", "15"), ("仓库火灾", "成品库", "储存", "fire", "1", "6", "7"),
    ("叉车碰撞", "装卸平台", "装卸", "trade", "1", "6", "3"),
)  # fmt: skip
# title, sector, criterion ("" for a general one), the unit that sees to it
TROUBLES = (
    ("消防通道堆放杂物", "fire", "", "chenglan"), ("配电箱未接地", "trade", "", "jingkai"), ("有限空间作业未审批", "trade", "trade-1", "gongxin"),
    ("灭火器过期", "fire", "", "chaoling"), ("燃气报警器失效", "gas", "", "zhujian"), ("采空区瓦斯监测缺失", "coal", "coal-3", "fagai"),
    ("脚手架连墙件缺失", "building", "", "zhujian"), ("粉尘除尘系统未按规定设置", "trade", "trade-3", "jingkai"), ("安全出口锁闭", "fire", "", "wenlv"),
)  # fmt: skip


class People(dict[str, Person]):
    """Everybody by login, each asked for once."""

    def __missing__(self, login: str) -> Person:
        return self.setdefault(login, Person.objects.get(login=login))


@transaction.atomic
def load() -> None:
    """Does nothing where there are risk points already."""
    if RiskPoint.objects.exists():
        return
    chance, people = Random(20260112), People()
    firms = list(Enterprise.objects.select_related("division").order_by("pk")[:FIRMS])
    if not firms:
        return
    _risks(people["yingji"], firms, chance)
    inspections = _inspections(people["yingji2"], firms, chance)
    for number in range(DANGERS_A_YEAR):
        day = national_calendar().next_workday(FIRST + (LAST - FIRST) * number // DANGERS_A_YEAR)
        _danger(number, day, firms[number % FIRMS], inspections, people, chance)
    _accidents(chance)
    _bases(people["yingji"])
    actions.mark_overdue(None, timezone.now())
    actions.note_missed(None, timezone.localdate())


def _risks(by: Person, firms: list[Enterprise], chance: Random) -> None:
    for number, firm in enumerate(firms):
        for turn in range(2):
            name, place, activity, sector, likely, exposed, grave = RISKS[(2 * number + turn) % len(RISKS)]
            assessed = date(2026, 1, 5) + timedelta(days=chance.randrange(120))
            risk = actions.keep_risk(
                by, RiskPoint(),
                {
                    "code": f"FX-{number + 1:02}-{turn + 1}", "firm": firm, "name": name, "place": place, "activity": activity, "sector": sector, "likely": Decimal(likely),
                    "exposed": Decimal(exposed), "grave": Decimal(grave), "residual_likely": Decimal("0.5"), "engineering": "加装监测报警和联锁装置", "management": "作业许可和双人监护",
                    "training": "岗前和季度培训", "protection": "按岗位配备防护用品", "emergency": "现场处置方案每半年演练", "owner": "演示责任人",
                    "lon": firm.lon, "lat": firm.lat, "assessed_on": assessed,
                },
            )  # fmt: skip
            if (number + turn) % 5:
                days = actions.bounds()["checks"]
                every = next(row["days"] for row in days if row["level"] == risk.level)
                on = timezone.localdate() - timedelta(days=chance.randrange(every + 1) if every > 1 else 0)
                actions.record_check(
                    by, risk, {"is_sound": True, "by_name": "演示安全员", "words": "各项措施有效"}, on
                )


def _inspections(by: Person, firms: list[Enterprise], chance: Random) -> list[Inspection]:
    """Twenty visits; one enterprise is fined again and again, so that its page asks whether to close it."""
    rows = []
    for number in range(20):
        firm = firms[11] if number in FINED else firms[number % FIRMS]
        on = date(2026, 2, 3) + timedelta(days=14 * number)
        sound = number % 3 == 0 and number not in FINED
        values: dict[str, Any] = {
            "number": f"JC2026{number + 1:03}", "firm": firm, "on": on, "sector": chance.choice(["trade", "fire", "coal", "gas"]), "inspectors": "查隐患、防未然",
            "is_sound": sound, "words": "现场检查未发现问题" if sound else "发现问题，责令改正",
        }  # fmt: skip
        if number in FINED:
            values |= {
                "filed_on": on,
                "penalty_no": f"云应急罚〔2026〕{number + 1}号（演示）",
                "penalty_on": on + timedelta(days=3),
                "fine_fen": 5_000_000,
            }
        rows.append(actions.keep_inspection(by, Inspection(), values))
    return rows


def _danger(
    number: int, day: date, firm: Enterprise, inspections: list[Inspection], people: People, chance: Random
) -> None:
    title, sector, rule, lead = TROUBLES[number % len(TROUBLES)]
    at = datetime(day.year, day.month, day.day, 9, chance.randrange(60), tzinfo=CHINA)
    channel = (SELF, INSPECTED, REPORTED)[number % 3]
    visit = (
        next((each for each in inspections if not each.is_sound and each.firm_id == firm.pk), None)
        if channel == INSPECTED
        else None
    )
    values = {
        "title": title, "body": f"{firm.name}{title}，须整改。", "category": sector, "firm": firm, "channel": channel, "inspection": visit,
        "address": firm.address, "reporter_name": "演示举报人" if channel == REPORTED else "",
    }  # fmt: skip
    danger = cases.bring(None if channel == REPORTED else people["yingji2"], DANGERS, values, at)
    for login, move, given, when in _life(number, sector, rule, lead, at):
        if move == "self_accept":
            _photo(people[login], danger, chance)
        danger = cases.take(people[login], danger, move, given, when)


def _life(
    number: int, sector: str, rule: str, lead: str, at: datetime
) -> Iterator[tuple[str, str, dict[str, Any], datetime]]:
    """The steps of one danger; the last ones of the year are still on their way."""
    unit = Unit.objects.get(key=lead)
    handler, day = _handler(unit), timedelta(days=1)
    level = MAJOR if rule else "general"
    yield "yingji", "grade", {"level": level, "category": sector, "rule": rule}, at + day / 4
    if number == 6:
        yield "yingji", "dismiss", {"reason": "现场核查不属实"}, at + day
        return
    if rule:
        yield from _major(number, unit, handler, at)
        return
    yield "yingji", "assign", {"lead": unit, "fix_by": at.date() + 14 * day}, at + day / 3
    yield handler, "plan", {"words": "指定专人，立即整改。"}, at + 2 * day
    if number in {12, 17}:
        return
    days = 18 if number == 4 else 7
    yield handler, "self_accept", {"words": "已整改到位。"}, at + days * day
    if number == 3:
        yield "yingji2", "fail", {"reason": "仍有一处未改"}, at + 8 * day
        yield handler, "self_accept", {"words": "全部整改到位。"}, at + 10 * day
    yield "yingji", "recheck_pass", {"words": "现场复查合格。"}, at + (days + 4) * day


def _major(
    number: int, unit: Unit, handler: str, at: datetime
) -> Iterator[tuple[str, str, dict[str, Any], datetime]]:
    day = timedelta(days=1)
    notice = f"云安委督〔2026〕{number + 1}号（演示）"
    yield (
        "yingji",
        "list",
        {"lead": unit, "notice_no": notice, "potential": 3 + number, "fix_by": at.date() + 60 * day},
        at + day,
    )
    yield "yingji", "announce", {"words": "市政府网站公告（演示）"}, at + 2 * day
    plan = {
        "fix_measures": "停用、改造、加装监测",
        "fix_funds": 120_000_000,
        "fix_person": "企业主要负责人（演示）",
        "fix_plan": "专项应急预案并演练",
        "told": True,
    }
    yield handler, "plan_major", plan, at + 5 * day
    if number > 10:
        return
    if number == 2:
        yield (
            "yingji",
            "stop",
            {"reason": "整改期间不能保证安全", "basis": "安全生产法第七十条"},
            at + 6 * day,
        )
    yield handler, "self_accept", {"words": "整改完毕，申请验收。"}, at + 45 * day
    yield "yingji", "accept_pass", {"experts": "演示专家组三人", "words": "现场验收合格"}, at + 50 * day
    if number == 2:
        yield "yingji", "allow_restart", {"words": "同意恢复生产"}, at + 51 * day
    yield "yingji", "strike_off", {"notice": f"{notice}核销公告"}, at + 53 * day


def _accidents(chance: Random) -> None:
    """29 accidents after 32, 14 deaths after 15, and one whose deaths are not known yet: falls of 9.4 and 6.7 percent."""
    divisions = list(
        Division.objects.filter(is_zone=False, parent__isnull=False, parent__parent=None).order_by("code")
    )
    kinds = ("road", "building", "trade", "coal", "fire", "road", "trade")
    rows = []
    for year, count, with_deaths in ((2025, 32, 26), (2026, 29, 28)):
        for number in range(count):
            is_newest = (year, number) == (2026, count - 1)
            on = date(2026, 11, 6) if is_newest else date(year, 1, 6) + timedelta(days=9 * number)
            sector = kinds[number % len(kinds)]
            deaths = 3 if (year, number) == (2025, 10) else int(number % 2 == 0 and number < with_deaths)
            rows.append(
                Accident(
                    number=f"SG{year}{number + 1:03}", name=f"“{on.month}·{on.day}”{_KIND[sector]}事故（演示）", division=divisions[number % len(divisions)], sector=sector,
                    happened_on=on, deaths=None if is_newest else deaths, injured=None if is_newest else chance.randrange(3), loss_fen=None if is_newest else chance.randrange(20, 600) * 1_000_000,
                    report_minutes=chance.randrange(15, 70), closed_on=None if is_newest or number > count - 4 else on + timedelta(days=60),
                )
            )  # fmt: skip
    for row in rows:
        row.full_clean()
    Accident.objects.bulk_create(rows)


_KIND = {"road": "道路运输", "building": "建筑施工", "trade": "工贸", "coal": "煤矿", "fire": "火灾"}


def _bases(by: Person) -> None:
    top = Division.objects.get(parent=None)
    for ended_on, gdp, coal in (
        (date(2025, 12, 31), "1286.40", "618.00"),
        (date(2026, 9, 30), "992.10", "471.50"),
    ):
        actions.keep_base(
            by,
            YearBase(),
            {
                "division": top,
                "ended_on": ended_on,
                "gdp_yi": Decimal(gdp),
                "coal_wan_t": Decimal(coal),
                "source": "市统计局公布数（演示）",
            },
        )


def _handler(unit: Unit) -> str:
    """Whoever handles cases in the unit; one without anybody gets a person for the demonstration."""
    post = unit.posts.filter(role__in=(Role.LIAISON, Role.OPERATOR)).select_related("person").first()
    if post is None:
        person = Person.objects.create_person(f"{unit.key}-anquan"[:40], f"{unit.called}安全员")
        post = Posting.objects.create(person=person, unit=unit, role=Role.OPERATOR, title="安全监管员")
    return str(post.person.login)


def _photo(by: Person, danger: Danger, chance: Random) -> None:
    """A little picture like no other: it stands for the photo after."""
    picture = Image.new("RGB", (18, 16))
    picture.putdata([(chance.randrange(256),) * 3 for _ in range(18 * 16)])
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    evidence.attach(by, danger, f"整改后-{danger.number}.jpg", out.getvalue(), "整改后（演示图片）")
