"""What a ruleset sets for a kind of case, as a plain value. Its shape has these names, and may have others beside them:

business   rows of amount, unit             the business clock; a row may be for one level, category or condition
states     rows of step, amount, unit       clocks by the `limit` of a state or move; may be for one level and so on, too
soon, urgent                                shares of the period used up when the light turns
pauses     rows of reason                   the lawful reasons to stop; without a row there is no pause
extension_most, extension_longest, extension_ahead    how often, how long, how many working days before the end
duplicate_days, duplicate_metres            from when on two cases may be the same
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from luodi.kernel.clock import Period, Unit
from luodi.shapes.cases.clocks import Shares
from luodi.shapes.cases.likeness import Rule


@dataclass(frozen=True, slots=True)
class Row:
    """One period of the ruleset, and for what it holds; "" holds for all."""

    period: Period
    step: str = ""
    level: str = ""
    category: str = ""
    condition: str = ""

    def fits(self, level: str, category: str, condition: str) -> bool:
        return (
            self.level in {"", level}
            and self.category in {"", category}
            and self.condition in {"", condition}
        )

    @property
    def weight(self) -> int:
        """How closely it is meant: a condition says more than a category, a category more than a level."""
        return bool(self.level) + 2 * bool(self.category) + 4 * bool(self.condition)


@dataclass(frozen=True)
class Limits:
    """`ruleset` is the version that was read, None for a preset that is not in force; `values` are all it sets."""

    ruleset: int | None
    values: Mapping[str, Any]
    business_rows: tuple[Row, ...] = ()
    state_rows: tuple[Row, ...] = ()
    shares: Shares = field(default_factory=Shares)
    pauses: tuple[str, ...] = ()
    duplicates: Rule = field(default_factory=Rule)

    def business_for(self, level: str = "", category: str = "", condition: str = "") -> Period | None:
        """The period of the row that fits most closely; None where the rule sets none."""
        return _closest(self.business_rows, "", level, category, condition)

    def state_for(self, step: str, level: str = "", category: str = "", condition: str = "") -> Period | None:
        """The period of a step of the procedure, in the same way."""
        return _closest(self.state_rows, step, level, category, condition)

    @property
    def business(self) -> Mapping[str, Period]:
        """The business periods by level, of the rows that hold for every category and condition."""
        return {row.level: row.period for row in self.business_rows if row.weight <= 1}

    @property
    def states(self) -> Mapping[str, Period]:
        """The periods of steps that hold for every level, category and condition."""
        return {row.step: row.period for row in self.state_rows if row.weight == 0}


def read_limits(values: Mapping[str, Any], ruleset: int | None = None) -> Limits:
    """Limits from a ruleset's values, which its shape has already checked."""
    usual = Shares(), Rule()
    return Limits(
        ruleset,
        values,
        business_rows=_rows(values.get("business")),
        state_rows=_rows(values.get("states")),
        shares=Shares(float(values.get("soon") or usual[0].soon), float(values.get("urgent") or usual[0].urgent)),
        pauses=tuple(row["reason"] for row in values.get("pauses") or ()),
        duplicates=Rule(
            days=values.get("duplicate_days") or usual[1].days,
            metres=float(values.get("duplicate_metres") or usual[1].metres),
        ),
    )  # fmt: skip


def period_of(kept: tuple[int, str] | list[Any]) -> Period:
    """A period as the history keeps it: [7, "work_day"]; a third value, false, where the last day stands though not worked."""
    amount, unit, *postponed = kept
    return Period(amount, Unit(unit), *postponed)


def plain(period: Period | None) -> list[Any] | None:
    if period is None:
        return None
    return [period.amount, str(period.unit), *([] if period.postponed else [False])]


def _rows(rows: Iterable[Mapping[str, Any]] | None) -> tuple[Row, ...]:
    return tuple(
        Row(Period(row["amount"], Unit(row["unit"])), *(row.get(name) or "" for name in ("step", "level", "category", "condition")))
        for row in rows or ()
    )  # fmt: skip


def _closest(rows: Iterable[Row], step: str, level: str, category: str, condition: str) -> Period | None:
    fitting = [row for row in rows if row.step == step and row.fits(level, category, condition)]
    return max(fitting, key=lambda row: row.weight).period if fitting else None
