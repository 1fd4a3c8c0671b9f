"""How many of a credit class are drawn, and who has been visited often enough. Ratios are whole parts of ten thousand.

Source: the quotas one department publishes (A at most 5 % and once a year, B 5-20 %, C 21-60 %, D 61-100 %), kept in
rulesets/quotas.yaml; the base of 3 % is the former SAIC order No. 67.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Quota:
    """What the ruleset sets for one class: shares in per cent, and how often a year a subject may be visited (None: no cap)."""

    credit_class: str
    low: Decimal
    high: Decimal
    usual: Decimal
    most_a_year: int | None


def read_quotas(rows: Iterable[Mapping[str, Any]]) -> dict[str, Quota]:
    return {
        row["class"]: Quota(row["class"], row["low"], row["high"], row["usual"], row["most_a_year"])
        for row in rows
    }


def parts(percent: Decimal) -> int:
    """5 % is 500 of ten thousand. ValueError for a share finer than 0.01 %: it would not be drawn exactly."""
    found = percent * 100
    if found != int(found) or not 0 <= found <= WHOLE:
        raise ValueError(f"抽查比例应在 0 到 100 之间、最多两位小数，不是 {percent}")
    return int(found)


def fault_of_ratio(percent: Decimal, quota: Quota) -> str:
    """The sentence that refuses a ratio outside the class's quota, or ""."""
    if quota.low <= percent <= quota.high:
        return ""
    return f"{quota.credit_class} 类抽查比例应在 {quota.low}% 到 {quota.high}% 之间，不是 {percent}%。"


def is_spent(done_this_year: int, caps: Iterable[int | None]) -> bool:
    """Whether a subject has had all the visits that the strictest of its caps allows this year."""
    known = [cap for cap in caps if cap is not None]
    return bool(known) and done_this_year >= min(known)


def share_percent(part: int, whole: int) -> Decimal | None:
    """A share with two decimals; None of nothing."""
    return None if not whole else (Decimal(100 * part) / whole).quantize(Decimal("0.01"))


def recusals_alarm(recused: int, seats: int, line_percent: Decimal) -> bool:
    """More recusals than the line (10 %) allows in one task."""
    return seats > 0 and Decimal(100 * recused) > line_percent * seats
