"""Rules of the counties' evaluation: groups, comparison with the city, awards, what a month's watch points out. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from luodi.assessment.schemes.methods import plain

DISTRICT, COUNTY = "市辖区", "县（市）"


def group_of(code: str) -> str:
    """By GB/T 2260: the last two digits of a district are 01 to 20, those of counties and county-level cities above."""
    return DISTRICT if "01" <= code[4:6] <= "20" else COUNTY


def steps_above(own: Decimal | None, city: Decimal | None) -> Decimal | None:
    """How many tenths of a point a county's growth is above the city's (below: negative); part of a tenth doesn't count."""
    if own is None or city is None:
        return None
    return Decimal(int((own - city) * 10))


def award_wan(rank: int | None, last_rank: int | None, rules: Mapping[str, Any]) -> Decimal:
    """万元 for a place: the first and whoever is new among those awarded get the most, others a base and so much a place moved.

    陕西 2016: 100 for first entry or first place; others 50, ±10 for each place moved, at least 0 and at most 100.
    """
    if rank is None or rank > rules["places"]:
        return Decimal(0)
    if rank == 1 or last_rank is None or last_rank > rules["places"]:
        return Decimal(rules["first"])
    found = rules["others"] + rules["a_place"] * (last_rank - rank)
    return min(max(found, Decimal(0)), Decimal(rules["most"]))


@dataclass(frozen=True, slots=True)
class Watched:
    """One county's figure in a month beside the city's, its place among the counties, and what to point out."""

    value: Decimal | None
    city: Decimal | None
    place: int | None
    light: str
    why: str


def watched(
    own: Mapping[date, Decimal | None], city: Mapping[date, Decimal | None], others: Sequence[Decimal | None],
    month: date, better: str, rules: Mapping[str, Any],
) -> Watched:  # fmt: skip
    """Yellow where it is behind the city by more than the line, red where it has been so for that many months in a row."""
    value, whole = own.get(month), city.get(month)
    if value is None:
        return Watched(None, whole, None, "none", "待补")
    sign = -1 if better == "down" else 1
    place = 1 + sum(each is not None and (each - value) * sign > 0 for each in others)
    if whole is None:
        return Watched(value, None, place, "none", "全市数待补，不比较")
    line, run = rules["below_city"], 0
    for each in sorted((day for day in own if day <= month), reverse=True):
        mine, theirs = own.get(each), city.get(each)
        if mine is None or theirs is None or (theirs - mine) * sign <= line:
            break
        run += 1
    short = (whole - value) * sign
    said = f"比全市差 {plain(short)}" if short > 0 else "不低于全市"
    if run >= rules["in_a_row"]:
        return Watched(value, whole, place, "red", f"{said}，已连续 {run} 个月超过 {plain(line)}")
    if run:
        return Watched(value, whole, place, "yellow", f"{said}，超过 {plain(line)}")
    return Watched(value, whole, place, "green", said)


def said_of(rows: Sequence[Any]) -> list[str]:
    """The sentences of a bulletin about one group's results, best first: who leads, who rose, who fell, where it is short."""
    ranked = [row for row in rows if row.rank is not None]
    if not ranked:
        return []
    first, last = ranked[0], ranked[-1]
    said = [
        f"得分居前的是{first.name}（{first.score:.2f} 分），居后的是{last.name}（{last.score:.2f} 分），相差 {first.score - last.score:.2f} 分。"
    ]
    rose = [row for row in ranked if row.rose]
    up = [f"{row.name}上升 {row.rose} 位" for row in sorted(rose, key=lambda row: -row.rose) if row.rose > 0]
    down = [
        f"{row.name}下降 {-row.rose} 位" for row in sorted(rose, key=lambda row: row.rose) if row.rose < 0
    ]
    if up or down:
        said.append("与上期相比，" + "，".join([*up, *down]) + "。")
    elif any(row.last_rank is not None for row in ranked):
        said.append("各地位次与上期相同。")
    for row in ranked:
        weak = sorted(
            (item for item in row.items if Decimal(item["weight"])),
            key=lambda item: Decimal(item["points"]) / Decimal(item["weight"]),
        )[:2]
        words = "、".join(f"{item['title']}（{item['value'] or '待补'}）" for item in weak)
        said.append(f"{row.name}失分较多的是{words}。")
    return said
