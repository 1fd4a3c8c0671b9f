"""The year's deals of the demonstration city: synthetic and seeded. Names of firms and people are invented."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from types import SimpleNamespace

from django.db import transaction
from django.utils import timezone

from luodi.kernel.identifiers.credit_code import ALPHABET, check_of
from luodi.kernel.identifiers.org_code import check_of as inner_check_of
from luodi.kernel.models import Division, Person, Unit
from luodi.kernel.rulesets import ruleset
from luodi.scenarios.investment_promotion.actions.deals import COUNTING, count, count_funds
from luodi.scenarios.investment_promotion.models import (
    Amendment,
    Arrival,
    Chain,
    Deal,
    Goal,
    LookBack,
    Node,
    Team,
    Visit,
)
from luodi.scenarios.investment_promotion.rules.counting import FEN_PER_YI
from luodi.scenarios.investment_promotion.rules.life import LIST_OF
from luodi.shapes.registers import demo as registers
from luodi.shapes.registers.models import Enterprise

DAY = date(2026, 11, 20)
"""What the ledger knows: receipts and steps up to here."""
CHAINS = (
    ("CL01", "轻合金", "gongye", "gongxin", "铝镁深加工", "C", ("再生铝", "航材锻件", "汽车压铸件", "电池托盘", "车用型材")),
    ("CL02", "电池材料", "gongye", "gongxin", "新能源电池", "C", ("正极材料", "负极材料", "隔膜", "电解液", "固态电芯")),
    ("CL03", "绿色食品", "sannong", "nongye", "果蔬食品", "C", ("蓝莓鲜果", "速冻调理食品", "饮料", "包装材料", "冷链仓储")),
    ("CL04", "现代中药", "minsheng", "weijian", "生物医药", "C", ("中药饮片", "配方颗粒", "提取物", "大健康食品", "药用包材")),
)  # fmt: skip
REGIONS = (("长三角", ("上海市", "江苏省苏州市", "浙江省宁波市"), "country"), ("大湾区", ("广东省深圳市", "广东省佛山市"), "country"), ("省内", ("省会市", "云东市"), "province"))  # fmt: skip
SURNAMES = (
    "华晟",
    "启元",
    "明拓",
    "汇川",
    "凯纳",
    "远图",
    "立恒",
    "博瑞",
    "新航",
    "泰利",
    "宏景",
    "嘉禾",
    "中拓",
    "海盛",
    "天润",
    "云海",
)
TRADES = ("材料", "科技", "装备", "食品", "新能源", "药业")
SIGNED, TALKING, EARLIER, SMALL = 95, 20, 14, 8
"""Large contracts of the year, deals still in talks, contracts of 2025, contracts below the line."""
ROUTES = (("producing", 3), ("funded", 10), ("started", 42), ("registered", 22), ("contract", 15), ("dispute", 1), ("out", 2))  # fmt: skip
"""How the contracts of the year stand, of a hundred about."""


@transaction.atomic
def load() -> None:
    """Chains, goals, about 140 deals in every state, their funds, teams, visits, look-backs. Once."""
    if Chain.objects.exists():
        return
    registers.load()
    world = _World(Random(20261124))
    chains = _chains()
    deals = [_deal(number, chains, world) for number in range(SIGNED + TALKING + EARLIER + SMALL)]
    Deal.objects.bulk_create(deals)
    _firms(deals, world)
    _funds(deals, world)
    _goals(chains)
    _field_work(deals, chains, world)


class _World(SimpleNamespace):
    """What every row is drawn from."""

    def __init__(self, chance: Random) -> None:
        units = {
            unit.division_id: unit for unit in Unit.objects.filter(function__in=("属地政府", "园区管理"))
        }
        places = list(Division.objects.filter(pk__in=units).order_by("code"))
        people = {person.login: person for person in Person.objects.filter(login__in=("touzi", "touzi2"))}
        super().__init__(
            chance=chance, units=units, places=places, rules=ruleset(COUNTING, on=timezone.localdate()), **people
        )  # fmt: skip

    def uscc(self) -> str:
        """A code that passes every check; no registrar gives out YC."""
        inner = "YC" + "".join(self.chance.choice(ALPHABET) for _ in range(6))
        body = "91110000" + inner + inner_check_of(inner)
        return body + check_of(body)


def _chains() -> list[Chain]:
    people = {person.login: person for person in Person.objects.filter(login__in=[row[2] for row in CHAINS])}
    units = {unit.key: unit for unit in Unit.objects.filter(key__in=[row[3] for row in CHAINS])}
    firms = list(Enterprise.objects.filter(industry="C").order_by("pk")[: len(CHAINS)])
    chains = Chain.objects.bulk_create(
        Chain(
            code=code, name=name, province_chain=province, leader=people[leader], lead=units[lead], head_firm=firm, bank="云川农商银行（演示）",
            set_up_on=date(2024, 3, 1),
        )
        for (code, name, leader, lead, province, _industry, _nodes), firm in zip(CHAINS, firms, strict=True)
    )  # fmt: skip
    nodes = []
    for at, (chain, row) in enumerate(zip(chains, CHAINS, strict=True)):
        for place, product in enumerate(row[6]):
            was = ("has", "weak", "lacks", "weak", "lacks")[(at + place) % 5]
            filled = date(2026, 3 + at * 2, 18) if place == 3 and was != "has" else None
            nodes.append(
                Node(
                    chain=chain, stage=("up", "up", "middle", "middle", "down")[place], product=product, was=was, status="has" if filled else was, filled_on=filled,
                    gap="" if was == "has" else f"本地没有规模化的{product}企业（演示）", wanted="" if was == "has" else "长三角同类企业三家（演示）",
                )
            )  # fmt: skip
    Node.objects.bulk_create(nodes)
    return chains


def _deal(number: int, chains: list[Chain], world: _World) -> Deal:
    """Contracts of the year first, then small ones, those of 2025, those in talks."""
    chance: Random = world.chance
    place = world.places[number % len(world.places)]
    chain = chains[number % len(chains)] if number % 9 else None
    _region, cities, origin = REGIONS[0 if number % 2 else (1 if number % 3 else 2)]
    if number % 37 == 5:
        origin, cities = "abroad", ("新加坡",)
    trade = TRADES[number % len(TRADES)]
    investor = f"{cities[0][:2]}{SURNAMES[number % len(SURNAMES)]}{trade}集团{number + 1}号（演示）"
    small = SIGNED <= number < SIGNED + SMALL
    yi = (
        Decimal(chance.randrange(20, 90)) / 100
        if small
        else Decimal(chance.randrange(15, 72) + (70 if number % 17 == 0 else 0)) / 10
    )
    row = Deal(
        number=f"ZS2026-{number + 1:04}", name=f"{SURNAMES[number * 5 % len(SURNAMES)]}{chain.name if chain else '现代物流'}项目{number + 1}期外引（演示）".replace(f"项目{number + 1}期外引", f"{trade}基地项目"),
        content=f"建设{trade}生产线和配套设施（演示）", chain=chain, division=place, lead=world.units[place.pk], industry="C" if number % 5 else "G",
        investor=investor, investor_uscc="" if origin == "abroad" else world.uscc(), investor_from=chance.choice(cities), origin=origin,
        outside_percent=Decimal(60) if number % 13 == 4 else Decimal(100), found_on=date(2025, 9, 1) + timedelta(days=number % 90),
        intended_fen=int(yi * FEN_PER_YI * Decimal("1.2")), lon=109.0 + chance.random() * 0.8, lat=34.9 + chance.random() * 0.7,
    )  # fmt: skip
    row.name = f"{row.name[:-4]}{number + 1}（演示）"
    if number >= SIGNED + SMALL + EARLIER:
        return _in_talks(row, number, yi)
    earlier = number >= SIGNED + SMALL
    signed_on = (
        date(2025, 2, 10) + timedelta(days=(number % EARLIER) * 20)
        if earlier
        else date(2026, 1, 6) + timedelta(days=int(number * 3.3) % 312)
    )
    row.found_on = min(row.found_on, signed_on - timedelta(days=60))
    return _signed(row, number, int(yi * FEN_PER_YI), signed_on, world)


def _in_talks(row: Deal, number: int, yi: Decimal) -> Deal:
    row.state = ("lead", "talk", "talk", "mou", "mou")[number % 5]
    row.found_on = date(2026, 6, 1) + timedelta(days=number % 60)
    row.talked_on = None if row.state == "lead" else DAY - timedelta(days=5 + number * 7 % 60)
    if row.state == "mou":
        row.agreement_no, row.agreement_on, row.agreement_fen = (
            f"云招协〔2026〕{number}号（演示）",
            date(2026, 9, 1) + timedelta(days=number % 25),
            int(yi * FEN_PER_YI),
        )
        row.convert_by = row.agreement_on + timedelta(days=45 + number % 60)
        row.talked_on = max(row.talked_on, row.agreement_on)
    row.batch, row.state_since = LIST_OF[row.state], row.agreement_on or row.talked_on or row.found_on
    return row


def _route(number: int, signed_on: date) -> str:
    """Late contracts have not come far."""
    if (DAY - signed_on).days < 45:
        return "contract"
    at = number * 37 % 95
    for state, many in ROUTES:
        if at < many:
            return state
        at -= many
    return "registered"


def _signed(row: Deal, number: int, fen: int, signed_on: date, world: _World) -> Deal:
    row.state = _route(number, signed_on)
    row.contract_no, row.contract_on, row.currency = (
        f"云招合〔{signed_on.year}〕{number + 1}号（演示）",
        signed_on,
        "USD" if row.origin == "abroad" else "CNY",
    )
    row.contract_fen = row.first_fen = fen
    row.talked_on, row.start_due_on = signed_on, signed_on + timedelta(days=120)
    if number % 3 == 0:
        row.agreement_no, row.agreement_on, row.agreement_fen = (
            f"云招协〔{signed_on.year}〕{number}号（演示）",
            signed_on - timedelta(days=30),
            fen,
        )
        row.convert_by = signed_on
    if number % 31 == 9:
        row.exclusion, row.exclusion_why = "estate", "商业综合体和住宅配套（演示）"
    if number % 43 == 11:
        row.local_percent = Decimal(70)
    if row.state in ("registered", "started", "funded", "producing"):
        row.registered_on = min(signed_on + timedelta(days=20), DAY)
    if row.state in ("started", "funded", "producing"):
        row.permit_no, row.works = f"云施许〔2026〕{number + 1}号（演示）", "trench"
        row.started_on = min(
            signed_on + timedelta(days=40 + number * 11 % 110), DAY - timedelta(days=number % 12)
        )
    if row.state == "producing":
        row.producing_on, row.invoice_no = min(row.started_on + timedelta(days=150), DAY), f"YC{number:06}"
    if row.state == "dispute":
        row.held_state = "contract"
    if row.state == "out":
        row.exit_reason, row.exit_why, row.exit_asked_on = (
            "breach",
            "投资方承诺不兑现，多次催告无果（演示）",
            date(2026, 8, 3),
        )
        row.exit_by, row.out_on = row.lead, date(2026, 8, 20)
    row.batch = LIST_OF[row.state]
    row.state_since = row.out_on or row.producing_on or row.started_on or row.registered_on or signed_on
    count(row, world.rules)
    return row


def _firms(deals: list[Deal], world: _World) -> None:
    """A project company for each deal that came so far."""
    landed = [deal for deal in deals if deal.registered_on]
    firms = Enterprise.objects.bulk_create(
        Enterprise(
            uscc=world.uscc(), name=f"云川{deal.name.removesuffix('（演示）')}有限公司（演示）", division=deal.division if not deal.division.is_zone else None, industry=deal.industry,
            registered_on=deal.registered_on, tags=["招商项目公司"],
        )
        for deal in landed
    )  # fmt: skip
    for number, (deal, firm) in enumerate(zip(landed, firms, strict=True)):
        deal.enterprise = firm
        deal.project_code = f"{deal.registered_on:%y%m}-000099-04-01-{100000 + number}" if number % 12 else ""
    Deal.objects.bulk_update(landed, ["enterprise", "project_code"])


def _funds(deals: list[Deal], world: _World) -> None:
    """Sums by the quarter from the contract on, most of them verified."""
    rows = []
    for number, deal in enumerate(deals):
        share = {"registered": 20, "started": 78, "funded": 95, "producing": 100, "contract": 4}.get(
            deal.state, 0
        )
        if not share or deal.contract_on > DAY - timedelta(days=20):
            continue
        parts = 1 if share < 30 else 3
        for part in range(parts):
            on = deal.contract_on + (DAY - deal.contract_on) * (2 * part + 1) // (2 * parts)
            fen = deal.contract_fen * share // 100 // parts // 1_000_000 * 1_000_000
            level = 0 if (DAY - on).days < 12 else (1 if (number + part) % 17 == 3 else 2 + number % 2)
            row = Arrival(
                deal=deal, voucher=f"YCHD{deal.number[-4:]}{part}", kind=("bank", "capital", "equipment", "works")[(number + part) % 4], on=on, payer=deal.investor,
                currency="CNY", fen=fen, fixed_fen=fen * (55 + number % 40) // 100 if level >= 2 else None, level=level, by=world.touzi2,
                usd=Decimal(fen) / 720 if deal.origin == "abroad" else None,
                checked_with="项目投资月报、税务发票（演示）" if level >= 2 else "", verified_by=world.touzi if level else None, verified_on=on + timedelta(days=10) if level else None,
            )  # fmt: skip
            count_funds(row, world.rules)
            rows.append(row)
    Arrival.objects.bulk_create(rows)


def _goals(chains: list[Chain]) -> None:
    """The year's 90 contracts and 210亿元 over places and over chains."""
    places = list(
        Division.objects.filter(units__function__in=("属地政府", "园区管理")).distinct().order_by("code")
    )
    rows = []
    for kind, members, total in (("division", places, len(places)), ("chain", chains, len(chains))):
        for at, each in enumerate(members):
            many = 90 // total + (at < 90 % total)
            outside = 210 * FEN_PER_YI // total
            rows.append(
                Goal(
                    year=2026, **{kind: each}, deals=many, contract_fen=many * 3 * FEN_PER_YI, outside_fen=outside, province_fen=outside * 2 // 3,
                    document="2026年招商引资目标任务（演示）",
                )
            )  # fmt: skip
    Goal.objects.bulk_create(rows)


def _field_work(deals: list[Deal], chains: list[Chain], world: _World) -> None:
    bureau = Unit.objects.get(key="touzi")
    teams = Team.objects.bulk_create(
        [
            Team(
                name="长三角驻点组", kind="station", unit=bureau, region="长三角", city="江苏省苏州市", since=date(2026, 2, 25)
            ),
            Team(
                name="大湾区驻点组", kind="station", unit=bureau, region="大湾区", city="广东省深圳市", since=date(2026, 3, 2)
            ),
            *(
                Team(name=f"{chain.name}招商小分队", kind="squad", chain=chain, unit=chain.lead, head=chain.leader, region="长三角", since=date(2026, 1, 12))
                for chain in chains
            ),
        ]
    )  # fmt: skip
    talked = [deal for deal in deals if deal.talked_on]
    Visit.objects.bulk_create(
        Visit(
            number=f"HD2026-{at + 1:03}", team=teams[at % len(teams)], deal=deal, way=("out", "in", "event")[at % 3], on=deal.talked_on, firm=deal.investor, place=deal.investor_from,
            led_by="招商小分队领队（演示）", outcome="商定选址和用地指标，交换合作文本（演示）", next_step="回访并确认签约时间（演示）" if deal.state in ("talk", "mou") else "",
            next_by=DAY + timedelta(days=at % 20) if deal.state in ("talk", "mou") else None,
        )
        for at, deal in enumerate(talked)
    )  # fmt: skip
    signed = [deal for deal in deals if deal.first_fen is not None and deal.batch != "out"]
    LookBack.objects.bulk_create(
        LookBack(
            deal=deal, on=date(2026, 10, 12) + timedelta(days=at % 20), found="kept" if deal.batch == "started" else ("partly", "broken")[at % 2],
            investor_side="投资进度与合同一致（演示）" if deal.batch == "started" else "投资未按合同推进（演示）", city_side="用地、能评已兑现（演示）",
            problem="" if deal.batch == "started" else "约定开工日期已过（演示）", owner=None if deal.batch == "started" else deal.lead, due_on=None if deal.batch == "started" else date(2026, 12, 15),
        )
        for at, deal in enumerate(signed[::4])
    )  # fmt: skip
    changed = next(deal for deal in signed if deal.state == "funded")
    new = changed.contract_fen * 12 // 10
    Amendment.objects.create(
        deal=changed, number="云招补〔2026〕1号（演示）", on=date(2026, 9, 9), old_fen=changed.contract_fen, new_fen=new, why="增加一条生产线（演示）"
    )  # fmt: skip
    leaving = next(
        deal for deal in signed if deal.state == "contract" and (DAY - deal.contract_on).days > 180
    )
    Deal.objects.filter(pk=changed.pk).update(contract_fen=new)
    Deal.objects.filter(pk=leaving.pk).update(
        exit_reason="idle", exit_why="签约后一直没有注册和开工（演示）", exit_asked_on=date(2026, 11, 16), exit_by=leaving.lead
    )  # fmt: skip
