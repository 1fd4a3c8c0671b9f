"""Land and firms of the demonstration city: synthetic, seeded, graded through the real actions."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction

from luodi.assessment import actions as assessment
from luodi.assessment.kinds import SchemeKind, scheme_kind
from luodi.assessment.models import Result, Run
from luodi.kernel.models import Division, Person, Unit
from luodi.scenarios.land_productivity import actions
from luodi.scenarios.land_productivity.models import LowUseLand, Outcome, Parcel, YearRecord
from luodi.shapes.registers import demo as registers
from luodi.shapes.registers.models import Enterprise

YEARS = (2024, 2025)
LARGE_TRADES = {
    "岚光电子": "39",
    "云轻合金": "32",
    "松石建材": "30",
    "云草药业": "27",
    "禾丰食品": "14",
    "白渡能源": "44",
}
LOW_USE = 46
NOTICE_ON = date(2026, 11, 23)


@transaction.atomic
def load() -> None:
    """Two years of figures, the first year's grades carried out, the second's large firms sealed and small ones under notice."""
    if YearRecord.objects.exists():
        return
    registers.load()
    chance = Random(20260919)
    firms = list(Enterprise.objects.filter(industry__in="BCD", division__isnull=False).order_by("pk"))
    zones = list(Division.objects.filter(is_zone=True).order_by("code"))
    Parcel.objects.bulk_create(_parcels(firms, zones, chance))
    land = _land()
    YearRecord.objects.bulk_create(
        _record(firm, year, land[firm.pk], Random(f"{firm.uscc}{year}"), Random(firm.uscc))
        for firm in firms
        for year in YEARS
    )
    _evaluate(2024, date(2025, 9, 22))
    _evaluate(2025, date(2026, 9, 21))
    _low_use(chance)


def _parcels(firms: list[Enterprise], zones: list[Division], chance: Random) -> list[Parcel]:
    """One parcel a firm, a second one in a zone for some, a rented or sublet one now and then."""
    found = []
    for number, firm in enumerate(firms):
        base = (
            Decimal(chance.randrange(1500, 12000) if firm.is_above_scale else chance.randrange(400, 2400))
            / 100
        )
        rows = [("owned", base, firm.division)]
        if number % 9 == 0:
            rows.append(("owned", base / 2, zones[number % len(zones)]))
        if number % 11 == 0:
            rows.append(("sublet", base / 5, firm.division))
        elif number % 7 == 0:
            rows.append(("rented", base / 4, firm.division))
        for place, (tenure, area, division) in enumerate(rows):
            found.append(
                Parcel(
                    parcel_no=f"{division.code}GB{number:04}{place}", enterprise=firm, division=division, tenure=tenure,
                    area_mu=area.quantize(Decimal("0.01")), certificate=f"云（演示）不动产权第{number:05}{place}号" if tenure == "owned" else "",
                    used_from=firm.registered_on, lon=None if firm.lon is None else firm.lon + place / 500, lat=firm.lat,
                )
            )  # fmt: skip
    return found


def _land() -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for firm, tenure, area in Parcel.objects.values_list("enterprise", "tenure", "area_mu"):
        found[firm] = found.get(firm, Decimal(0)) + (-area if tenure == "sublet" else area)
    return found


def _record(firm: Enterprise, year: int, land: Decimal, chance: Random, own: Random) -> YearRecord:
    """`own` is the firm's strength and stays over the years; `chance` is the year's luck."""
    is_large = bool(firm.is_above_scale)
    strength = own.lognormvariate(0, 0.55) * chance.uniform(0.85, 1.2)
    tax_mu = (20.0 if is_large else 10.0) * strength
    tax = int(float(land) * tax_mu * 1_000_000)
    added = int(tax * own.uniform(3.5, 7.5))
    revenue = int(added * own.uniform(3.0, 5.0))
    kwh = Decimal(int(added / 1_000_000 * own.uniform(*((900, 3200) if is_large else (4500, 16000)))))
    began = firm.registered_on + timedelta(days=540)
    trade = next((code for name, code in LARGE_TRADES.items() if name in firm.name), "")
    has_all = chance.random() > 0.08
    return YearRecord(
        year=year, year_end=date(year, 12, 31), evaluated_from=date(year + 1, 1, 1), enterprise=firm, division=firm.division,
        scale="large" if is_large else "small", trade=trade, began_on=began,
        exemption="utility" if trade == "44" else "", exempt_why="供电供热企业" if trade == "44" else "",
        is_first_above=is_large and own.random() < 0.06 and year == YEARS[-1], land_mu=land,
        tax_fen=-abs(tax) // 40 if own.random() < 0.01 else tax, added_fen=added, revenue_fen=revenue,
        rd_fen=int(revenue * own.uniform(0.005, 0.05)), tech_fen=int(revenue * own.uniform(0, 0.04)),
        employees=max(3, int(added / 1_000_000 / own.uniform(9, 26))), power_kwh=kwh,
        energy_tce=(kwh / 10_000 * Decimal("1.229") * Decimal(str(round(own.uniform(1.1, 2.4), 2)))).quantize(Decimal("0.01")),
        emission_t=Decimal(str(round(added / 1_000_000 / own.uniform(2500, 8000), 4))) if has_all and own.random() > 0.15 else None,
        confirmed_on=date(year + 1, 8, 20),
    )  # fmt: skip


def _evaluate(year: int, on: date) -> None:
    by, other = Person.objects.get(login="gongxin"), Person.objects.get(login="ducha")
    large, small, period = scheme_kind("land_large"), scheme_kind("land_small"), date(year, 1, 1)
    accused = (
        YearRecord.objects.filter(year=year, scale="large", exemption="")
        .select_related("enterprise")
        .order_by("pk")[17]
        .enterprise
    )
    note = {
        "key": accused.uscc,
        "name": accused.name,
        "rule": "accident",
        "document": f"云安办〔{year}〕12号（演示）",
    }
    assessment.confirm_mark(other, assessment.mark(by, large, period, note), True)
    _seal(by, other, large, period, on)
    if year == YEARS[-1]:
        _object(assessment.open_notice(by, assessment.score_run(by, small, period), NOTICE_ON))
    else:
        _seal(by, other, small, period, on)
    actions.carry_out(by, year, on + timedelta(days=8))
    Outcome.objects.filter(year=YEARS[0]).update(carried_out_on=on + timedelta(days=30))


def _seal(by: Person, other: Person, kind: SchemeKind, period: date, on: date) -> None:
    run = assessment.open_notice(by, assessment.score_run(by, kind, period), on)
    result = Result.objects.filter(run=run, rank=40).select_related("run", "division").first()
    if result is not None and kind.code == "land_large":
        objection = assessment.object_to(by, result, "tax", "年底补缴的税款没有计入，附完税证明。", on=on)
        new = (objection.old or Decimal(0)) + Decimal("1.6")
        assessment.decide(other, objection, True, "核对完税证明，补计 12 月入库税款。", new)
    assessment.publish(by, assessment.seal(other, run, on + timedelta(days=7)))


def _object(run: Run) -> None:
    """One objection waits to be looked into."""
    result = run.results.filter(rank=30).select_related("run", "division").get()
    by = Person.objects.get(login="gongxin")
    assessment.object_to(
        by, result, "power", "有一块分表是出租方的用电，应当扣除。", Decimal("0.31"), NOTICE_ON
    )


def _low_use(chance: Random) -> None:
    """A ledger of low-use land that the year works through: found, planned, in hand, accepted."""
    leads = {unit.division_id: unit for unit in Unit.objects.filter(function__in=("属地政府", "园区管理"))}
    places = list(Division.objects.filter(pk__in=leads).order_by("code"))
    firms = list(Enterprise.objects.filter(industry="C").order_by("pk")[:200])
    reasons, ways = list(LowUseLand.Reason.values), list(LowUseLand.Way.values)
    rows = []
    for number in range(LOW_USE):
        place = places[number % len(places)]
        found = date(2025, 11, 3) + timedelta(days=number * 6)
        area = Decimal(chance.randrange(1400, 7800)) / 100
        state = "accepted" if number < 33 else ("working", "planned", "found")[number % 3]
        done = found + timedelta(days=chance.randrange(60, 160))
        is_planned = state != "found"
        rows.append(
            LowUseLand(
                number=f"DX2026{number + 1:03}", parcel_no=f"{place.code}DX{number:04}", enterprise=firms[number * 4 % len(firms)], division=place,
                lead=leads[place.pk], reason=reasons[number % len(reasons)], area_mu=area, found_on=found,
                way=ways[number % len(ways)] if is_planned else "", plan="厂房改造后引入上下游企业（演示）" if is_planned else "",
                due_on=found + timedelta(days=180) if is_planned else None, state=state,
                disposed_mu=area if state == "accepted" else None,
                accepted_on=max(date(2026, 1, 20) + timedelta(days=number * 8), done) if state == "accepted" else None,
                result="已签订处置协议并验收（演示）" if state == "accepted" else "",
                lon=109.0 + chance.random() * 0.8, lat=34.9 + chance.random() * 0.7,
            )
        )  # fmt: skip
    LowUseLand.objects.bulk_create(rows)
