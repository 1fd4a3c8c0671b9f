"""Random inspections of the demonstration city 云川市: synthetic, seeded, every draw made by the real steps and verifiable."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from luodi.kernel.clock import CHINA, national_calendar
from luodi.kernel.models import Division, Person, Unit
from luodi.scenarios.random_inspections.actions import checks, draws, libraries
from luodi.scenarios.random_inspections.models import (
    CheckItem,
    Conflict,
    Coverage,
    Inspector,
    Plan,
    SpotCheck,
    Subject,
    Task,
)
from luodi.scenarios.random_inspections.pages.kinds import CHECKS
from luodi.scenarios.random_inspections.rules.draw import sha256
from luodi.shapes.cases import actions as cases
from luodi.shapes.registers.models import Enterprise

ITEMS = (
    ("SC-001", "登记事项检查", "shichang", "《市场主体登记管理条例》", "云市监规〔2025〕3号（演示）", "", "营商环境"),
    ("SC-002", "年度报告公示信息检查", "shichang", "《企业信息公示暂行条例》", "云市监规〔2025〕3号（演示）", "", ""),
    ("SC-003", "食品生产监督检查", "shichang", "《食品生产经营监督检查管理办法》", "云市监规〔2025〕4号（演示）", "食品", "食品安全"),
    ("ST-001", "排污许可执行情况检查", "shengtai", "《排污许可管理条例》", "云环规〔2025〕2号（演示）", "排污", "生态环境"),
    ("YJ-001", "安全生产主体责任检查", "yingji", "《安全生产法》", "云应急规〔2025〕1号（演示）", "安全", "安全生产"),
    ("RS-001", "劳动用工和工资支付检查", "renshe", "《劳动保障监察条例》", "", "", "劳动用工"),
)  # fmt: skip
PEOPLE = {"shichang": 8, "shengtai": 5, "yingji": 5, "renshe": 4}
SKILLS = {"shengtai": "排污", "yingji": "安全", "shichang": "食品"}
NAMES = [
    "甄守正",
    "查细微",
    "秦登门",
    "严无私",
    "常亮证",
    "明记录",
    "程如实",
    "周回访",
    "蓝天净",
    "绿水清",
    "洁排放",
    "固有据",
    "洪监测",
    "安全员",
    "防患早",
    "险先除",
    "稳当先",
    "平无事",
    "薪有着",
    "劳有得",
    "保无忧",
    "和为贵",
]

TASKS = (
    # code, title, items, partners, trades, day of the draw, how far its checks have come (0 to 1)
    ("2026-SJ-01", "物流企业年报公示抽查", ("SC-001", "SC-002"), (), "G", (2026, 3, 9), 1.0),
    ("2026-SJ-02", "能源企业部门联合抽查", ("SC-001", "ST-001", "YJ-001"), ("shengtai", "yingji"), "D", (2026, 6, 8), 1.0),
    ("2026-SJ-03", "餐饮企业部门联合抽查", ("SC-002", "RS-001"), ("renshe",), "H", (2026, 10, 12), 0.6),
)  # fmt: skip


@transaction.atomic
def load() -> None:
    """Libraries, the plan of the year, three draws and their checks, one task waiting for commitments. Nothing where there are plans."""
    if Plan.objects.exists():
        return
    chance = Random(20260105)
    _libraries(chance)
    plan = _plan(2026)
    for code, title, items, partners, trades, day, share in TASKS:
        task = _task(plan, code, title, items, partners, trades, date(*day))
        _draw(task, datetime(*day, 9, 0, tzinfo=CHINA))
        for number, check in enumerate(task.checks.order_by("pk")):
            _live(check, number, share, chance)
    _lead()
    _waiting(plan)


def _libraries(chance: Random) -> None:
    units = {unit.key: unit for unit in Unit.objects.filter(key__in=PEOPLE)}
    for code, title, unit, basis, bylaw, skill, theme in ITEMS:
        CheckItem.objects.create(
            code=code, title=title, unit=units[unit], legal_basis=basis, bylaw=bylaw, skill=skill, joint_group=theme,
            object_kind="企业", most_a_year=2,
        )  # fmt: skip
    names = iter(NAMES)
    for key, count in PEOPLE.items():
        for number in range(count):
            cert = f"9901{key[:4].upper()}{number + 1:04}"
            Inspector.objects.create(
                cert_no=cert, name=next(names), unit=units[key], division=units[key].division, salt=sha256(cert)[:32],
                valid_to=date(2026, 3, 31) if (key, number) == ("shichang", 7) else date(2028, 6, 30),
                skills=[SKILLS[key]] if key in SKILLS else [],
                person=Person.objects.filter(login={0: key, 1: f"{key}2"}.get(number, "")).first(),
            )  # fmt: skip
    grades = chance.choices("ABCD", weights=(50, 38, 9, 3), k=Enterprise.objects.count())
    Subject.objects.bulk_create(
        Subject(firm=firm, credit_class=grade, graded_on=date(2026, 11, 1))
        for firm, grade in zip(Enterprise.objects.order_by("pk"), grades, strict=True)
    )
    Conflict.objects.create(
        inspector=Inspector.objects.filter(unit__key="shengtai").first(), reason="employer",
        firm=Enterprise.objects.filter(industry="D").order_by("pk").first(),
    )  # fmt: skip


def _plan(year: int) -> Plan:
    top = Division.objects.get(parent=None, code__endswith="00")
    by, other = (Person.objects.get(login=login) for login in ("shichang", "shichang2"))
    plan = Plan.objects.create(
        year=year, division=top, title=f"云川市{year}年度“双随机、一公开”抽查计划（演示）", doc_no=f"云市监发〔{year}〕5号（演示）", by=by,
        state=Plan.State.APPROVED, approved_by=other, approved_on=date(year, 1, 20),
    )  # fmt: skip
    covered = [top, *Division.objects.filter(parent=top, is_zone=False)]
    Coverage.objects.bulk_create(
        Coverage(plan=plan, division=division, planned_on=plan.approved_on) for division in covered
    )
    return plan


def _task(
    plan: Plan, code: str, title: str, items: tuple[str, ...], partners: tuple[str, ...], trades: str, day: date
) -> Task:  # fmt: skip
    by = Person.objects.get(login="shichang")
    return libraries.keep_task(
        by, Task(plan=plan),
        {
            "code": code, "title": f"{title}（演示）", "lead": Unit.objects.get(key="shichang"), "division": plan.division,
            "industries": list(trades), "by_region": False, "starts_on": day, "ends_on": day + timedelta(days=60),
            "item_codes": list(items), "partner_names": list(partners),
        },
    )  # fmt: skip


def _draw(task: Task, at: datetime) -> None:
    """Frozen at nine, committed by half past, the event at three, drawn at half past three."""
    operator, discipline = Person.objects.get(login="shichang"), Person.objects.get(login="ducha")
    event_at, after = at.replace(hour=15), at.replace(hour=15, minute=30)
    draws.freeze(operator, task, f"{at:%Y-%m-%d} 15:00 上证指数收盘点位（演示）", event_at, at)
    numbers = {person: sha256(f"{task.code} {person.login} 0") for person in (operator, discipline)}
    for person, number in numbers.items():
        draws.keep_commitment(person, task, number, at + timedelta(minutes=20))
    outcome = f"{3000 + int(sha256(task.code)[:4], 16) % 900}.{int(sha256(task.code)[4:6], 16) % 100:02}"
    for person, number in numbers.items():
        draws.reveal(person, task, number, outcome, after)
    draws.draw(operator, task, after)
    task.refresh_from_db()


def _live(check: SpotCheck, number: int, share: float, chance: Random) -> None:
    """One check from its notice to its end; of a task under way some are still on the road."""
    shichang, second = (Person.objects.get(login=login) for login in ("shichang", "shichang2"))
    is_worked = number % 4 / 4 < share
    drawn_at = check.received_at
    if number == 1 and check.task.code == "2026-SJ-02":
        _recuse(check, drawn_at + timedelta(hours=18))
    day = national_calendar().next_workday((drawn_at + timedelta(days=7 + number % 9)).date())
    check = cases.take(shichang, check, "notify", {"agreed_on": day}, drawn_at + timedelta(days=1))
    if not is_worked:
        return
    conclusion, said = _found(check, chance)
    findings = {
        code: (conclusion, said) if place == 0 else ("1", "") for place, code in enumerate(check.items)
    }
    if conclusion == "4":
        findings = dict.fromkeys(check.items, (conclusion, said))
    check = checks.fill_in_sheet(shichang, check, findings, {"checked_on": day, "signature": "signed"})
    evening = datetime(day.year, day.month, day.day, 19, tzinfo=CHINA)
    check = cases.take(second, check, "review", {}, evening + timedelta(days=1))
    waits = 35 if number == 2 and check.task.code == "2026-SJ-01" else 6 + number % 9
    if evening + timedelta(days=waits) > timezone.now():
        return
    at = evening + timedelta(days=waits)
    check = cases.take(shichang, check, "publish", {}, at)
    if check.outcome in {"1", "7"}:
        cases.take(shichang, check, "close", {}, at)
    elif check.outcome == "4":
        check = cases.take(shichang, check, "list_abnormal", {}, at)
        cases.take(shichang, check, "resolve", {"document": f"云市监异〔{at.year}〕{check.pk}号（演示）", "words": "已列入经营异常名录"}, at + timedelta(days=5))  # fmt: skip
    else:
        cases.take(shichang, check, "follow_up", {"measure": "reinspect"}, at)


def _found(check: SpotCheck, chance: Random) -> tuple[str, str]:
    """The worse the class, the more often something is found."""
    if chance.random() < {"A": 0.05, "B": 0.15, "C": 0.35, "D": 0.6}[check.level]:
        return chance.choice(
            (
                ("5", "公示信息与实际不一致，已责令十五日内改正。"),
                ("4", "登记的经营场所无人办公，邮寄函件退回。"),
            )
        )
    return ("7", "") if chance.random() < 0.08 else ("1", "")


def _recuse(check: SpotCheck, at: datetime) -> None:
    seat = check.seats.select_related("inspector").order_by("pk").last()
    if seat is None:
        return
    values = {
        "inspector": seat.inspector.cert_no,
        "recusal": "employer",
        "words": "曾在该企业任职，本人提出回避",
    }
    check = cases.take(Person.objects.get(login="shichang"), check, "ask_recusal", values, at)
    cases.take(Person.objects.get(login="shichang2"), check, "grant_recusal", {"inspector": seat.inspector.cert_no, "reason": "情况属实"}, at + timedelta(hours=1))  # fmt: skip


def _lead() -> None:
    """A complaint leads to a check outside the plan, by its number."""
    by = Person.objects.get(login="shichang")
    firm = Enterprise.objects.filter(industry="A").order_by("pk").first()
    at = datetime(2026, 11, 12, 10, tzinfo=CHINA)
    check = cases.bring(
        by, CHECKS,
        {
            "title": "举报核查：年报信息虚假（演示）", "body": "举报称年报填报的营业收入不实。", "category": "site", "firm": firm,
            "division": firm.division, "channel": "complaint", "lead_number": "12345-20261112-018",
        },
        at,
    )  # fmt: skip
    check = cases.take(
        by, check, "assign", {"lead": Unit.objects.get(key="shichang"), "items": ["SC-002"]}, at
    )
    for inspector in Inspector.objects.filter(unit__key="shichang")[:2]:
        check = cases.take(by, check, "fill_seat", {"inspector": inspector.cert_no, "reason": "当日值班"}, at)


def _waiting(plan: Plan) -> None:
    """A task whose lists are frozen: both offices can commit, until the event in three days; and one not yet frozen."""
    by, now = Person.objects.get(login="shichang"), timezone.now()
    today = timezone.localtime(now).date()
    waiting = _task(plan, "2026-SJ-04", "软件企业部门联合抽查", ("SC-001", "RS-001"), ("renshe",), "I", today)
    event_at = (now + timedelta(days=3)).replace(minute=0, second=0, microsecond=0)
    draws.freeze(by, waiting, "三日后上证指数收盘点位（演示）", event_at, now)
    _task(plan, "2026-SJ-05", "食品生产企业抽查", ("SC-003",), (), "C", today + timedelta(days=10))
