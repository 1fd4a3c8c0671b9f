"""Government services of the demonstration city 云川市: synthetic, seeded, worked through the real actions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from luodi.kernel.clock import CHINA, national_calendar
from luodi.kernel.identifiers.credit_code import check_of
from luodi.kernel.identifiers.org_code import check_of as inner_check_of
from luodi.kernel.models import Division, Person, Posting, Role, Unit
from luodi.scenarios.government_services.actions import catalogue, ratings
from luodi.scenarios.government_services.models import (
    EntityMonth,
    Item,
    Material,
    Opening,
    Package,
    Point,
    Rating,
)
from luodi.scenarios.government_services.pages.kinds import BUILDINGS, SERVICES
from luodi.shapes.cases import actions as cases
from luodi.shapes.registers.models import Enterprise

LISTED = date(2025, 12, 30)
NAMES = (
    # name, unit, handling, legal days, promised days, depth, visits, who
    ("食品经营许可", "shichang", "promised", 20, 5, 4, 0, "firm"),
    ("企业设立登记", "shichang", "instant", 3, None, 4, 0, "firm"),
    ("企业变更登记", "shichang", "instant", 3, None, 4, 0, "firm"),
    ("企业注销登记", "shichang", "promised", 20, 5, 4, 0, "firm"),
    ("个体工商户登记", "shichang", "instant", 3, None, 4, 0, "person"),
    ("特种设备使用登记", "shichang", "promised", 15, 3, 4, 0, "firm"),
    ("药品零售经营许可", "shichang", "promised", 30, 10, 3, 1, "firm"),
    ("建筑工程施工许可", "zhujian", "promised", 7, 3, 4, 0, "firm"),
    ("商品房预售许可", "zhujian", "promised", 10, 5, 3, 1, "firm"),
    ("城镇污水排入排水管网许可", "zhujian", "promised", 20, 6, 4, 0, "firm"),
    ("公共租赁住房申请", "zhujian", "promised", None, 20, 3, 1, "person"),
    ("排污许可", "shengtai", "promised", 20, 10, 4, 0, "firm"),
    ("环境影响报告表审批", "shengtai", "promised", 30, 7, 4, 0, "firm"),
    ("危险废物经营许可", "shengtai", "promised", 20, 12, 3, 1, "firm"),
    ("危险化学品经营许可", "yingji", "promised", 30, 10, 3, 1, "firm"),
    ("安全生产许可", "yingji", "promised", 45, 15, 3, 1, "firm"),
    ("就业登记", "renshe", "instant", None, None, 4, 0, "person"),
    ("失业登记", "renshe", "instant", None, None, 4, 0, "person"),
    ("社会保险登记", "renshe", "instant", 15, None, 4, 0, "firm"),
    ("劳务派遣经营许可", "renshe", "promised", 20, 8, 4, 0, "firm"),
    ("创业担保贷款资格审核", "renshe", "promised", None, 10, 3, 1, "person"),
    ("再生育审批", "weijian", "promised", 20, 5, 4, 0, "person"),
    ("公共场所卫生许可", "weijian", "promised", 20, 5, 4, 0, "firm"),
    ("医疗机构执业登记", "weijian", "promised", 45, 15, 3, 1, "firm"),
    ("最低生活保障申请", "minzheng", "promised", 30, 20, 3, 1, "person"),
    ("特困人员认定", "minzheng", "promised", 30, 20, 3, 1, "person"),
    ("城乡居民医保参保登记", "yibao", "instant", None, None, 4, 0, "person"),
    ("异地就医备案", "yibao", "instant", None, None, 4, 0, "person"),
    ("不动产登记信息查询", "ziran", "instant", None, None, 4, 0, "both"),
    ("建设工程规划许可", "ziran", "promised", 20, 8, 4, 0, "firm"),
    ("林木采伐许可", "linye", "promised", 20, 7, 4, 0, "both"),
    ("取水许可", "shuili", "promised", 45, 15, 4, 0, "firm"),
    ("农药经营许可", "nongye", "promised", 20, 10, 4, 0, "firm"),
    ("种畜禽生产经营许可", "nongye", "promised", 30, 15, 3, 1, "firm"),
    ("城市建筑垃圾处置核准", "chengguan", "promised", 20, 5, 4, 0, "firm"),
    ("临时占用城市道路审批", "chengguan", "promised", 20, 3, 4, 0, "firm"),
    ("民办学校办学许可", "jiaoyu", "promised", 90, 30, 2, 2, "firm"),
)  # fmt: skip
NEARBY = (
    "就业登记",
    "失业登记",
    "城乡居民医保参保登记",
    "异地就医备案",
    "最低生活保障申请",
    "特困人员认定",
    "个体工商户登记",
    "再生育审批",
)
TOWNS = (
    ("990102", "云水街道"),
    ("990103", "新城街道"),
    ("990121", "松山镇"),
    ("990122", "岚茶镇"),
    ("990123", "丰谷镇"),
    ("990181", "白渡港镇"),
)
FILED = (  # item, channel, day of 2026, working days to the decision (None: under way), stars (None: not rated)
    ("食品经营许可", "online", (2, 10), 2, 5),
    ("公共场所卫生许可", "app", (3, 17), 4, 4),
    ("排污许可", "online", (4, 8), 11, 2),
    ("最低生活保障申请", "near", (6, 3), 12, 5),
    ("就业登记", "mini", (7, 14), 0, 5),
    ("临时占用城市道路审批", "window", (9, 2), 2, None),
    ("建筑工程施工许可", "online", (1, 20), 3, 5),
    ("异地就医备案", "mini", (3, 3), 0, 5),
    ("企业设立登记", "online", (5, 13), 0, 4),
    ("取水许可", "online", (6, 22), 14, 4),
    ("农药经营许可", "window", (8, 11), 9, 3),
    ("城市建筑垃圾处置核准", "online", (9, 23), 7, None),
    ("特种设备使用登记", "app", (10, 20), 2, 5),
    ("食品经营许可", "online", (11, 17), None, None),
)  # fmt: skip


@transaction.atomic
def load() -> None:
    """A catalogue, points, packages, a year of cases, ratings and openings. Does nothing where there are items already."""
    if Item.objects.exists():
        return
    chance = Random(20260106)
    _items()
    _points_and_packages()
    for number, each in enumerate(FILED):
        _case(number, *each)
    _unusual()
    _ratings(chance)
    _buildings()
    _openings(chance)
    _entities(chance)


def _items() -> None:
    units = {unit.key: unit for unit in Unit.objects.all()}
    items = []
    for number, (name, unit, handling, legal, promised, depth, visits, served) in enumerate(NAMES, start=1):
        type_ = (
            "01" if "许可" in name or "审批" in name or "核准" in name else "07" if "登记" in name else "20"
        )
        owner = units[unit]
        item = Item(
            code=f"{_body(owner)}3" + f"00{type_}{number:02}{number:03}000", name=name, unit=owner, division=owner.division,
            legal_basis=f"《{name}管理办法》（演示）第八条", handling=handling, legal_days=legal, promised_days=promised, depth=depth,
            visits=visits, served=served, conditions="材料齐全、符合法定形式。", result=f"{name}证书" if type_ == "01" else "办理结果通知",
            phone="0990-12345（演示）", listed_on=LISTED, is_nearby=name in NEARBY,
        )  # fmt: skip
        item.clean()
        items.append(item)
    Item.objects.bulk_create(items)
    papers = []
    for item in items:
        papers += [
            Material(item=item, name=f"{item.name}申请表", form="electronic"),
            Material(item=item, name="营业执照" if item.served == "firm" else "居民身份证", source="issued", form="electronic", is_spared=True),
            Material(item=item, name="场所使用证明" if item.served == "firm" else "居住地证明", form="copy", may_be_late=True),
        ]  # fmt: skip
    Material.objects.bulk_create(papers)


def _body(unit: Unit) -> str:
    """A body's credit code: right in every check, and given to nobody."""
    inner = f"YX{unit.pk:06}"
    head = "11100000" + inner + inner_check_of(inner)
    return head + check_of(head)


def _points_and_packages() -> None:
    by = Person.objects.get(login="xingzheng")
    codes = dict(Item.objects.values_list("name", "code"))
    divisions = {division.code: division for division in Division.objects.all()}
    items = list(Item.objects.filter(name__in=NEARBY))
    for number, (division, town) in enumerate(TOWNS, start=1):
        for tier, title in (("town", "便民服务中心"), ("village", "社区便民服务站")):
            point = Point.objects.create(
                code=f"ZD{number:02}{tier[0].upper()}", name=f"{town}{title}", town=town, division=divisions[division], tier=tier,
                set_up_on=date(2024, 3, 1), standard_on=date(2026, 5, 20) if tier == "town" or number % 2 else None,
                lon=104.2 + number / 10, lat=30.6 + number / 15,
            )  # fmt: skip
            point.items.set(items)
    for number, (name, unit, parts, materials, days, day) in enumerate(
        (
            ("企业开办一件事", "shichang", ("企业设立登记", "社会保险登记"), 2, 1, date(2025, 6, 1)),
            (
                "开餐饮店一件事",
                "shichang",
                ("个体工商户登记", "食品经营许可", "临时占用城市道路审批"),
                4,
                5,
                date(2026, 3, 18),
            ),
            ("就业参保一件事", "renshe", ("就业登记", "城乡居民医保参保登记"), 2, 1, date(2026, 7, 1)),
        ),
        start=1,
    ):
        catalogue.keep_package(
            by, Package(),
            {
                "code": f"YJS-{number}", "name": name, "lead": Unit.objects.get(key=unit), "materials": materials, "visits": 0, "promised_days": days,
                "online_on": day, "item_codes": [codes[part] for part in parts],
            },
        )  # fmt: skip


def _case(
    number: int, name: str, channel: str, day: tuple[int, int], taken: int | None, stars: int | None
) -> None:
    desk, item = Person.objects.get(login="xingzheng"), Item.objects.select_related("unit").get(name=name)
    handler = _handler(item.unit)
    at = datetime(2026, *day, 9, 30, tzinfo=CHINA)
    firm = Enterprise.objects.order_by("pk")[number] if item.served == "firm" else None
    sent = {
        "title": f"{name}（演示）",
        "body": "申请材料随附。",
        "item": item,
        "channel": channel,
        "firm": firm,
        "division": firm.division if firm else None,
    }
    case = cases.bring(None if channel in {"online", "app", "mini"} else desk, SERVICES, sent, at)
    case = cases.take(desk, case, "receive", {"lead": item.unit}, at + timedelta(minutes=10))
    case = cases.take(handler, case, "accept", {}, at + timedelta(minutes=30))
    if taken is None:
        return
    done = national_calendar().add_workdays(at.date(), taken) if taken else at.date()
    end = datetime(done.year, done.month, done.day, 16, tzinfo=CHINA)
    case = cases.take(handler, case, "approve", {"outcome": "approved", "reply": "经审查，符合条件。"}, end)
    case = cases.take(
        handler, case, "deliver", {"channel": "online", "visits": item.visits}, end + timedelta(hours=1)
    )
    if stars:
        case = cases.take(
            None,
            case,
            "rate",
            {"score": stars, "words": "超过了承诺的时间" if stars < 3 else "很方便"},
            end + timedelta(days=1),
        )
    else:
        cases.take(desk, case, "archive", {}, end + timedelta(days=2))


def _unusual() -> None:
    """Cases that did not go straight: told once what lacks, stopped for an examination, denied with a remedy."""
    desk = Person.objects.get(login="xingzheng")
    basis = "《行政许可法》（演示引用）"
    for number, (name, moves) in enumerate(
        (
            ("公共场所卫生许可", (("ask_supplement", {"words": "请一次补齐：场所平面图、检测报告"}, 1),)),
            ("危险化学品经营许可", (("accept", {}, 0), ("pause", {"reason": "专家评审", "basis": basis}, 2))),
            (
                "林木采伐许可",
                (
                    ("accept", {}, 0),
                    (
                        "deny",
                        {
                            "outcome": "denied",
                            "reason": "位于禁伐区",
                            "basis": basis,
                            "remedy": "六十日内申请行政复议",
                        },
                        4,
                    ),
                ),
            ),
        )
    ):
        item = Item.objects.select_related("unit").get(name=name)
        handler, at = _handler(item.unit), datetime(2026, 11, 9 + number, 10, tzinfo=CHINA)
        firm = Enterprise.objects.order_by("pk")[30 + number]
        sent = {
            "title": f"{name}（演示）",
            "body": "申请材料随附。",
            "item": item,
            "channel": "online",
            "firm": firm,
            "division": firm.division,
        }
        case = cases.take(desk, cases.bring(None, SERVICES, sent, at), "receive", {"lead": item.unit}, at)
        for move, values, day in moves:
            case = cases.take(handler, case, move, values, at + timedelta(days=day, minutes=5))


def _handler(unit: Unit) -> Person:
    """Whoever handles cases in the unit; a unit without anybody gets a person of its own for the demonstration."""
    post = unit.posts.filter(role__in=(Role.LIAISON, Role.OPERATOR)).select_related("person").first()
    if post is not None:
        return post.person
    person = Person.objects.create_person(f"{unit.key}-ck"[:40], f"{unit.called}窗口")
    Posting.objects.create(person=person, unit=unit, role=Role.OPERATOR, title="窗口（演示）")
    return person


def _ratings(chance: Random) -> None:
    """What terminals at the windows sent in over the year; one bad one was mended and called back."""
    items = list(Item.objects.select_related("division"))
    rows = []
    for number in range(160):
        rated_at = datetime(2026, 1, 6, 10, tzinfo=CHINA) + timedelta(
            days=2 * number, minutes=chance.randrange(300)
        )
        if rated_at > timezone.now():
            break
        item = chance.choice(items)
        rows.append(
            Rating(
                item=item,
                division=item.division,
                case_number=f"CK2026{number:05}",
                way=chance.choice(["window", "terminal"]),
                tags=["服务态度"],
                stars=chance.choices([5, 4, 3], weights=[70, 25, 5])[0],
                device=f"{number % 12 + 1} 号窗口",
                is_own_accord=chance.random() < 0.4,
                rated_at=rated_at,
                rated_on=rated_at.date(),
            )
        )
    Rating.objects.bulk_create(rows)
    desk = Person.objects.get(login="xingzheng")
    at = datetime(2026, 9, 1, 11, tzinfo=CHINA)
    item = Item.objects.get(name="药品零售经营许可")
    rating = ratings.keep_rating(desk, Rating(), {"case_number": "CK2026-Y-18", "item": item, "way": "window", "stars": 1, "words": "同一份证明要了两次", "rated_at": at})  # fmt: skip
    handler = _handler(item.unit)
    for by, move, values, day in (
        (handler, "verify", {"words": "情况属实，两个窗口未共享材料"}, 1),
        (handler, "contact", {"words": "已电话致歉"}, 1),
        (handler, "rectify", {"outcome": "fixed", "reply": "材料一次收取、内部流转"}, 8),
        (desk, "call_back", {"channel": "phone", "reached": True, "score": 4}, 9),
        (desk, "close", {}, 9),
    ):
        cases.take(by, rating.review, move, values, at + timedelta(days=day))


def _buildings() -> None:
    """Two projects that build first: one accepted with days saved, one under construction."""
    desk, other = (Person.objects.get(login=login) for login in ("xingzheng", "xingzheng2"))
    firms = Enterprise.objects.filter(industry="C").order_by("pk")[:2]
    for number, firm in enumerate(firms):
        at = datetime(2026, 3 + number, 10, 10, tzinfo=CHINA)
        sent = {
            "title": f"{firm.name}厂房（演示）",
            "body": "工业厂房",
            "category": "industry",
            "firm": firm,
            "standards": "按消防、环保、人防标准建设",
            "division": firm.division,
        }
        case = cases.bring(desk, BUILDINGS, sent, at)
        case = cases.take(desk, case, "promise", {"words": "已签承诺并公示", "promised_until": date(2026, 12, 31), "lead": Unit.objects.get(key="zhujian")}, at + timedelta(days=2))  # fmt: skip
        case = cases.take(
            desk, case, "begin", {"began_on": (at + timedelta(days=5)).date()}, at + timedelta(days=5)
        )
        if number == 0:
            case = cases.take(desk, case, "ask_acceptance", {}, at + timedelta(days=190))
            cases.take(other, case, "pass_acceptance", {"outcome": "passed", "document": "云建验〔2026〕6号（演示）", "saved_days": 66}, at + timedelta(days=200))  # fmt: skip


def _openings(chance: Random) -> None:
    divisions = list(Division.objects.filter(is_zone=False, parent__isnull=False, parent__parent=None))
    by = Person.objects.get(login="shichang")
    for number in range(24):
        inner = f"YK{number:06}"
        head = "91100000" + inner + inner_check_of(inner)
        day = national_calendar().next_workday(date(2026, 1, 8) + timedelta(days=13 * number))
        filed = datetime(day.year, day.month, day.day, 8, 30, tzinfo=CHINA)
        catalogue.keep_opening(
            by, Opening(),
            {
                "uscc": head + check_of(head), "name": f"云川新办{number + 1:02}号有限公司（演示）", "division": chance.choice(divisions), "filed_at": filed,
                "licensed_at": filed + timedelta(minutes=70), "ready_at": filed + timedelta(minutes=chance.choice([150, 180, 200, 270, 390])),
            },
        )  # fmt: skip


def _entities(chance: Random) -> None:
    """Months up to the last full one; together they stay behind the plan, as its progress report says."""
    last = timezone.localdate().replace(day=1)
    divisions = Division.objects.filter(is_zone=False, parent__isnull=False, parent__parent=None)
    rows = []
    for month in range(1, 13):
        first = date(2026, month, 1)
        if first >= last:
            break
        for division in divisions:
            opened, ended = chance.randrange(420, 560), chance.randrange(210, 300)
            rows.append(
                EntityMonth(division=division, month_on=first, opened=opened, ended=ended, net=opened - ended)
            )
    EntityMonth.objects.bulk_create(rows)
