"""亩均 rules: what is divided by what, who is not graded, what looks wrong, and what a grade leads to. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from luodi.assessment.schemes import Event, Given
from luodi.assessment.schemes.methods import plain, rounded

WAN_FEN = 1_000_000
"""分 in 万元."""
MU_PER_HECTARE = 15


@dataclass(frozen=True, slots=True)
class Ratio:
    """An indicator as numerator over denominator: which columns, and what they are called with their unit."""

    top: str
    below: str
    top_called: str
    below_called: str
    top_over: int = 1
    below_over: int = 1


RATIOS: Mapping[str, Ratio] = {
    "tax": Ratio("tax_fen", "land_mu", "评价税收 {} 万元", "用地 {} 亩", WAN_FEN),
    "added": Ratio("added_fen", "land_mu", "增加值 {} 万元", "用地 {} 亩", WAN_FEN),
    "energy": Ratio("added_fen", "energy_tce", "增加值 {} 万元", "能耗 {} 吨标煤", WAN_FEN),
    "emission": Ratio("added_fen", "emission_t", "增加值 {} 万元", "排放 {} 吨", WAN_FEN),
    "labour": Ratio("added_fen", "employees", "增加值 {} 万元", "从业 {} 人", WAN_FEN),
    "rd": Ratio("rd_fen", "revenue_fen", "研发经费 {} 万元", "主营收入 {} 万元", WAN_FEN, WAN_FEN),
    "power": Ratio("tax_fen", "power_kwh", "评价税收 {} 万元", "用电 {} 万千瓦时", WAN_FEN, 10_000),
    "revenue": Ratio("revenue_fen", "land_mu", "主营收入 {} 万元", "用地 {} 亩", WAN_FEN),
    "tech": Ratio("tech_fen", "land_mu", "技改投入 {} 万元", "用地 {} 亩", WAN_FEN),
    "revenue_emission": Ratio("revenue_fen", "emission_t", "主营收入 {} 万元", "排放 {} 吨", WAN_FEN),
    "revenue_energy": Ratio("revenue_fen", "energy_tce", "主营收入 {} 万元", "能耗 {} 吨标煤", WAN_FEN),
}


def ratio_of(key: str, record: Any, places: int = 4, address: str = "") -> Given:
    """The value of an indicator from a record, with its division in words; None with the reason where it can't be known."""
    ratio = RATIOS[key]
    top, below = getattr(record, ratio.top), getattr(record, ratio.below)
    if top is None or below is None:
        missing = [
            called.format("").replace("  ", " ").split()[0]
            for called, figure in ((ratio.top_called, top), (ratio.below_called, below))
            if figure is None
        ]
        return Given(None, says=f"{'、'.join(missing)}待补", address=address)
    top, below = Fraction(top) / ratio.top_over, Fraction(below) / ratio.below_over
    says = f"{ratio.top_called.format(plain(rounded(top, 2)))} ÷ {ratio.below_called.format(plain(rounded(below, 4)))}"
    if below <= 0:
        return Given(None, says=f"{says}：分母不大于 0", address=address)
    return Given(rounded(top / below, places), says=says, address=address)


def land_of(parcels: Sequence[Any]) -> Decimal | None:
    """Owned and rented land less what is sublet, in 亩, over all zones (合并计算); None without any parcel."""
    if not parcels:
        return None
    return sum((-each.area_mu if each.tenure == "sublet" else each.area_mu for each in parcels), Decimal(0))


def exemption_of(record: Any, rules: Mapping[str, Any]) -> Event | None:
    """Why a firm gets no grade: as noted, or because it began too recently to have full years behind it."""
    if record.exemption and record.exemption != "closed":
        return Event(record.exemption, says=record.exempt_why)
    if record.began_on is not None and record.year - record.began_on.year < rules["grace_years"]:
        return Event("startup", says=f"{record.began_on} 投产，满 {rules['grace_years']} 个完整年度后评档")
    return None


def takes_part(record: Any, rules: Mapping[str, Any]) -> bool:
    """Large firms all; small ones from so much land on; closed ones not."""
    if record.exemption == "closed":
        return False
    return record.scale == "large" or (
        record.land_mu is not None and record.land_mu >= rules["least_small_mu"]
    )


def doubts(record: Any, before: Any = None, rules: Mapping[str, Any] | None = None) -> list[str]:
    """What looks wrong in a record: units confused, nobody employed, refunds above the tax. A person asks the source."""
    rules = rules or DEFAULTS
    found = []
    if record.land_mu is not None and record.land_mu <= 0:
        found.append("用地不大于 0 亩")
    if record.employees == 0:
        found.append("从业人数为 0")
    if record.tax_fen is not None and record.tax_fen < 0:
        found.append("退税后评价税收为负，亩均税收按最低分计")
    tax_mu = _over(record.tax_fen, record.land_mu)
    if tax_mu is not None and tax_mu > rules["highest_tax_mu"]:
        found.append(
            f"亩均税收 {plain(rounded(tax_mu, 1))} 万元，疑似用地按公顷填报（1 公顷 = {MU_PER_HECTARE} 亩）或税收按元填报"
        )
    if record.energy_tce and record.power_kwh:
        lowest = record.power_kwh / 10_000 * rules["tce_per_10k_kwh"]
        if record.energy_tce >= record.power_kwh / 10:
            found.append("能耗与用电量的数接近，疑似把千瓦时填成吨标煤")
        elif record.energy_tce < lowest * Decimal("0.9"):
            found.append(
                f"能耗 {plain(record.energy_tce)} 吨标煤，少于用电折算的 {plain(rounded(lowest, 2))} 吨标煤"
            )
    if before is not None:
        for name, title in (
            ("tax_fen", "评价税收"),
            ("land_mu", "用地"),
            ("revenue_fen", "主营收入"),
            ("employees", "从业人数"),
        ):
            now, then = getattr(record, name), getattr(before, name)
            if now and then and now > 0 and then > 0:
                times = max(Decimal(now) / Decimal(then), Decimal(then) / Decimal(now))
                if times >= rules["far_from_last"]:
                    found.append(f"{title}与上年相差 {plain(rounded(times, 1))} 倍")
    return found


DEFAULTS: Mapping[str, Any] = {
    "tce_per_10k_kwh": Decimal("1.229"), "far_from_last": Decimal(10), "highest_tax_mu": Decimal(500),
}  # fmt: skip


def _over(fen: int | None, mu: Decimal | None) -> Decimal | None:
    return None if fen is None or not mu or mu <= 0 else Decimal(fen) / WAN_FEN / mu


def d_years(grades: Mapping[int, str], year: int) -> int:
    """How many years in a row up to this one the firm (and those it took over) were D."""
    count = 0
    while grades.get(year - count) == "D":
        count += 1
    return count


def policies_for(grade: str, years_in_d: int, rules: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What holds for a grade; of rows that begin in different years the last that has begun, one for each field."""
    found: dict[str, Mapping[str, Any]] = {}
    for row in sorted(rules, key=lambda each: each["year"] or 0):
        if row["grade"] == grade and (row["year"] is None or row["year"] <= max(1, years_in_d)):
            found[row["kind"]] = row
    return list(found.values())


def surcharge(own: Decimal, others: Sequence[Decimal] = ()) -> Decimal:
    """Yuan for a kWh. Where other surcharges apply too the highest counts, they are never added."""
    return max((own, *others), default=Decimal(0))


MOVES: Mapping[str, tuple[str, ...]] = {
    "found": ("planned", "dropped"),
    "planned": ("working", "dropped"),
    "working": ("accepted", "planned"),
    "accepted": (),
    "dropped": (),
}
"""The life of low-use land; a plan may be made anew while it is carried out."""
