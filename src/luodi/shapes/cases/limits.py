"""What a ruleset sets for a kind of case, as a plain value. Its shape has these names, and may have others beside them:

business   rows of level, amount, unit      the business clock by level; a row without level is for all
states     rows of step, amount, unit       state clocks, by the `limit` of a state
soon, urgent                                shares of the period used up when the light turns
pauses     rows of reason                   the lawful reasons to stop; without a row there is no pause
duplicate_days, duplicate_metres            from when on two cases may be the same
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from luodi.kernel.clock import Period, Unit
from luodi.shapes.cases.clocks import Shares
from luodi.shapes.cases.likeness import Rule


@dataclass(frozen=True)
class Limits:
    """`ruleset` is the version that was read, None for a preset that is not in force; `values` are all it sets."""

    ruleset: int | None
    values: Mapping[str, Any]
    business: Mapping[str, Period] = field(default_factory=dict)
    states: Mapping[str, Period] = field(default_factory=dict)
    shares: Shares = field(default_factory=Shares)
    pauses: frozenset[str] = frozenset()
    duplicates: Rule = field(default_factory=Rule)

    def business_for(self, level: str) -> Period | None:
        """The level's own period, or that for all levels; None where the rule sets none."""
        return self.business.get(level) or self.business.get("")


def read_limits(values: Mapping[str, Any], ruleset: int | None = None) -> Limits:
    """Limits from a ruleset's values, which its shape has already checked."""
    usual = Shares(), Rule()
    return Limits(
        ruleset,
        values,
        business=_periods(values.get("business") or (), "level"),
        states=_periods(values.get("states") or (), "step"),
        shares=Shares(float(values.get("soon") or usual[0].soon), float(values.get("urgent") or usual[0].urgent)),
        pauses=frozenset(row["reason"] for row in values.get("pauses") or ()),
        duplicates=Rule(
            days=values.get("duplicate_days") or usual[1].days,
            metres=float(values.get("duplicate_metres") or usual[1].metres),
        ),
    )  # fmt: skip


def period_of(kept: tuple[int, str] | list[Any]) -> Period:
    """A period as the history keeps it: [7, "work_day"]."""
    amount, unit = kept
    return Period(amount, Unit(unit))


def plain(period: Period | None) -> list[Any] | None:
    return None if period is None else [period.amount, str(period.unit)]


def _periods(rows: Iterable[Mapping[str, Any]], name: str) -> dict[str, Period]:
    return {row[name] or "": Period(row["amount"], Unit(row["unit"])) for row in rows}
