"""Rates of promotion 履约率、落地率、开工率、投产率、资金到位率 with exact definitions. A rate over nothing is None."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from luodi.scenarios.investment_promotion.rules.counting import BEYOND_PROVINCE
from luodi.scenarios.investment_promotion.rules.life import reached


@dataclass(slots=True)
class Standing:
    """Numbers of one year for one place or chain. Deals are those that count and whose contract was signed in the year.

    | rate | over | under |
    |---|---|---|
    | kept 履约率 | registered or beyond, not in dispute, not out | signed |
    | landed 落地率 | with project company and project code | signed |
    | begun 开工率 | started | signed |
    | begun_in_year 当年开工率 | started in the year of the contract | signed |
    | producing 投产率 | producing | signed |
    | arrived 资金到位率 | verified funds of these contracts, whenever they came | contract sums |
    """

    signed: int = 0
    large: int = 0
    contract_fen: int = 0
    kept: int = 0
    landed: int = 0
    begun: int = 0
    begun_in_year: int = 0
    producing: int = 0
    arrived_fen: int = 0
    outside_fen: int = 0
    """市外到位资金 of the year, whatever year its contract is of."""
    province_fen: int = 0
    """Of it from beyond the province 省际."""
    uncounted: int = 0
    """Contracts of the year that the rules leave out: shown, never added."""

    def add(self, deal: Any, arrived_fen: int) -> None:
        """A contract of the year with all its verified funds."""
        if not deal.is_counted:
            self.uncounted += 1
            return
        self.signed += 1
        self.large += deal.is_large
        self.contract_fen += deal.contract_fen or 0
        self.arrived_fen += arrived_fen
        self.kept += reached(deal.state, "registered")
        self.landed += deal.enterprise_id is not None and bool(deal.project_code)
        self.begun += reached(deal.state, "started")
        self.begun_in_year += deal.begun_in_year
        self.producing += reached(deal.state, "producing")

    def add_funds(self, origin: str, fen: int) -> None:
        """Counted funds of the year."""
        self.outside_fen += fen
        if origin in BEYOND_PROVINCE:
            self.province_fen += fen

    def percent(self, name: str) -> Decimal | None:
        """A rate by the name of its numerator, in percent with two places."""
        found = self.ratio(name)
        if found is None:
            return None
        share = Decimal(found.numerator * 100) / found.denominator
        return share.quantize(Decimal("0.01"), ROUND_HALF_UP)

    def ratio(self, name: str) -> Fraction | None:
        over, under = self.parts(name)
        return Fraction(over, under) if under else None

    def parts(self, name: str) -> tuple[int, int]:
        """Numerator and denominator."""
        if name == "arrived":
            return self.arrived_fen, self.contract_fen
        return getattr(self, name), self.signed


def quality_fen(deals: Iterable[Any], chances: Mapping[str, Any]) -> int:
    """加权签约质量 Σ(sum × chance of its state), the chances in percent; the best sum known of each deal."""
    total = Fraction(0)
    for deal in deals:
        sum_fen = next(
            (each for each in (deal.contract_fen, deal.agreement_fen, deal.intended_fen) if each is not None),
            0,
        )
        total += Fraction(sum_fen) * Fraction(chances.get(deal.state, 0)) / 100
    return int(total)
