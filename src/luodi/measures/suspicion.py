"""Numbers that deserve a second look 数据疑点. Pure; says what is odd and why, never what is wrong: a person asks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import pairwise
from statistics import median

from luodi.measures.growth import months_of
from luodi.measures.periods import earlier

Numbers = Mapping[date, Decimal | None]

FINE = 20
"""From here on a whole number is no small count, of which four alike in a row are nothing odd."""
JUMP = 5
"""Times the usual amount from which a period stands out."""
EVEN_MONTHS = 4
"""Months in a row with the same amount, to a thousandth: work never comes in equal slices."""
SLIPS = (10_000, 100_000_000)
"""万元 for 元, 亿元 for 元; each met with a tenth of room either way."""
ALIKE = 0.9
FAR_ABOVE = Decimal("1.3")


@dataclass(frozen=True, slots=True)
class Suspicion:
    kind: str
    period: date | None
    why: str


def suspicions(numbers: Numbers, *, is_cumulative: bool) -> list[Suspicion]:
    """All that is odd about one monthly series of one division, oldest first."""
    own = months_of(numbers) if is_cumulative else dict(numbers)
    found = [*_slips(numbers), *_jumps(own), *_even(own)]
    if is_cumulative:
        found += _falls(numbers)
    return sorted(found, key=lambda each: each.period or date.min)


def _falls(cumulative: Numbers) -> list[Suspicion]:
    out = []
    for month, total in sorted(cumulative.items()):
        before = cumulative.get(earlier(month, 1)) if month.month > 1 else None
        if total is not None and before is not None and total < before:
            out.append(
                Suspicion(
                    "falls", month, f"累计数比上月少：{total:f} < {before:f}，请核对是否误填当月数或有核减。"
                )
            )
    return out


def _jumps(own: Numbers) -> list[Suspicion]:
    out = []
    known = [(month, amount) for month, amount in sorted(own.items()) if amount is not None and amount > 0]
    for n, (month, amount) in enumerate(known):
        before = [past for _, past in known[max(0, n - 12) : n]]
        if len(before) < 6 or _is_slip(amount, median(before)):
            continue
        usual = median(before)
        # what comes every year at this time (a yearly settlement) is no jump
        last_year = own.get(earlier(month, 12))
        if amount > JUMP * usual and not (last_year and amount < 2 * last_year):
            out.append(
                Suspicion(
                    "jump", month, f"当月 {amount:f}，是此前各月中位数 {usual:f} 的 {amount / usual:.1f} 倍。"
                )
            )
    return out


def _even(own: Numbers) -> list[Suspicion]:
    run: list[tuple[date, Decimal]] = []
    out = []
    for month, amount in [*sorted(own.items()), (date.max, None)]:
        follows = bool(run) and month != date.max and run[-1][0] == earlier(month, 1)
        if amount and follows and abs(amount - run[0][1]) <= abs(run[0][1]) / 1000:
            run.append((month, amount))
            continue
        if len(run) >= EVEN_MONTHS and not _is_small_count(run[0][1]):
            why = f"{run[0][0]:%Y-%m} 至 {run[-1][0]:%Y-%m} 连续 {len(run)} 个月增量相同（{run[0][1]:f}），像是把全年数平均分摊。"
            out.append(Suspicion("even", run[-1][0], why))
        run = [(month, amount)] if amount else []
    return out


def _is_small_count(amount: Decimal) -> bool:
    return abs(amount) < FINE and amount == amount.to_integral_value()


def _slips(numbers: Numbers) -> list[Suspicion]:
    known = [(month, value) for month, value in sorted(numbers.items()) if value is not None and value > 0]
    out = []
    for (_, before), (month, value) in pairwise(known):
        if _is_slip(value, before):
            out.append(
                Suspicion(
                    "slip", month, f"{value:f} 与上期 {before:f} 相差约万倍，疑为 元、万元、亿元 混用。"
                )
            )
    return out


def _is_slip(value: Decimal, other: Decimal) -> bool:
    ratio = max(value, other) / min(value, other)
    return any(Decimal("0.5") <= ratio / slip <= 2 for slip in SLIPS)


@dataclass(frozen=True, slots=True)
class Item:
    """A record that is counted: its name, its amount, where it is."""

    name: str
    amount: Decimal | None
    division: str


def counted_twice(items: Sequence[Item]) -> list[tuple[Item, Item, str]]:
    """Pairs that may be one: names alike, and in one place or of one amount. Every pair comes once."""
    plain = [_bare(item.name) for item in items]
    out = []
    for n, one in enumerate(items):
        for m in range(n + 1, len(items)):
            other = items[m]
            if abs(len(plain[n]) - len(plain[m])) > 4 or _ordinal(one.name) != _ordinal(other.name):
                continue
            alike = SequenceMatcher(None, plain[n], plain[m]).ratio()
            same_amount = one.amount is not None and one.amount == other.amount
            if alike >= ALIKE and (same_amount or one.division == other.division):
                out.append(
                    (one, other, f"名称相似 {alike:.0%}" + ("，金额相同" if same_amount else "，同一地区"))
                )
    return out


def set_low(target: Decimal, last_three: Sequence[Decimal], result: Decimal | None = None) -> str | None:
    """低定高超: a target below the mean of three years (陕西 takes that as the base), or one that was far exceeded."""
    if len(last_three) == 3:
        base = sum(last_three, Decimal(0)) / 3
        if target < base:
            return f"目标 {target:f} 低于前三年平均 {base:.2f}，可能定低了。"
    if result is not None and target > 0 and result >= target * FAR_ABOVE:
        return f"结果 {result:f} 是目标 {target:f} 的 {result / target:.0%}，目标可能定低了。"
    return None


def _bare(name: str) -> str:
    text = re.sub(r"[\s（）()“”《》、，·\-—]", "", unicodedata.normalize("NFKC", name))
    return re.sub(r"(?:建设)?(?:项目|工程)$", "", text)


def _ordinal(name: str) -> str:
    """一期 and 二期, A区 and B区 are two projects however alike they sound."""
    return "".join(
        re.findall(r"[一二三四五六七八九十\d]+期|[A-Za-z\d一二三四五六七八九十]+(?:区|标段|号)", name)
    )
