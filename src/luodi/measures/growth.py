"""Arithmetic of published series: months out of cumulatives and back, and growth against the same period. Pure.

Numbers are a mapping from the first day of a period; a missing period is unknown and stays so: nothing is filled in,
and nothing that hangs on it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from luodi.measures.periods import earlier

Numbers = Mapping[date, Decimal | None]


def months_of(cumulative: Numbers) -> dict[date, Decimal | None]:
    """Each month's own amount out of 年初累计. A month after a missing one is unknown (bureaus skip January)."""
    out: dict[date, Decimal | None] = {}
    for month, total in cumulative.items():
        before = Decimal(0) if month.month == 1 else cumulative.get(earlier(month, 1))
        out[month] = None if total is None or before is None else total - before
    return out


def cumulated(months: Numbers) -> dict[date, Decimal | None]:
    """年初累计 out of each month's own amount; unknown from the first missing month of a year on."""
    out: dict[date, Decimal | None] = {}
    for month in sorted(months):
        before = Decimal(0) if month.month == 1 else out.get(earlier(month, 1))
        own = months[month]
        out[month] = None if own is None or before is None else before + own
    return out


def growth(numbers: Numbers, period: date) -> Decimal | None:
    """Growth in % against the same period of the year before; unknown without it or where it is not positive."""
    now, then = numbers.get(period), numbers.get(earlier(period, 12))
    if now is None or then is None or then <= 0:
        return None
    return ((now / then - 1) * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
