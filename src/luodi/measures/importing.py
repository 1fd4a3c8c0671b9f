"""Published series from a sheet: csv or xlsx, one number a row. Every odd cell is named; one odd cell stops the whole sheet.

    指标 | 区划 | 期 | 数值 | 单位 | 口径 | 同比 | 状态 | 发布单位 | 频度 | 方向

指标, 区划, 期 and 数值 are needed, the rest has defaults (年初累计, 最终, 按月). A cell left empty or marked “—” is
unknown: kept as such where a number stood before, and left out where none ever did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils import timezone

from luodi.kernel import files
from luodi.kernel.action import Refused
from luodi.kernel.models import Division, Person
from luodi.measures import actions
from luodi.measures.models import Series, Value
from luodi.measures.periods import period_from
from luodi.workbench.sheets import table_of

NEEDED = ("指标", "区划", "期", "数值")
KNOWN = (*NEEDED, "单位", "口径", "同比", "状态", "发布单位", "频度", "方向")
SPANS = {
    "": "year",
    "年初累计": "year",
    "累计": "year",
    "当期": "period",
    "当月": "period",
    "当季": "period",
    "期末": "ever",
    "期末累计": "ever",
}
STATES = {"": "final", "最终": "final", "终": "final", "初步": "provisional", "快报": "provisional"}
EVERY = {
    "": "month",
    "按月": "month",
    "月": "month",
    "按季": "quarter",
    "季": "quarter",
    "按年": "year",
    "年": "year",
}
BETTER = {"": "up", "越高越好": "up", "越低越好": "down", "适度": "near"}
UNKNOWN = {"", "-", "—", "——", "…", "...", "待补", "待定", "/"}
LARGEST = Decimal(10) ** 13


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that can't be read: row as the sheet numbers it, column title, what is wrong in Chinese."""

    row: int
    column: str
    why: str

    def __str__(self) -> str:
        return f"第 {self.row} 行“{self.column}”：{self.why}"


@dataclass(slots=True)
class Plan:
    """What a sheet would write: series by key with their descriptions and values, or the faults that forbid it."""

    series: dict[str, dict[str, str]] = field(default_factory=dict)
    values: dict[str, list[Value]] = field(default_factory=lambda: defaultdict(list))
    faults: list[Fault] = field(default_factory=list)


def bring_in(by: Person, name: str, data: bytes) -> actions.Written:
    """Keep the sheet and write its numbers; raises Refused with the first faults. The same sheet again changes nothing."""
    plan = planned(table_of(name, data))
    if plan.faults:
        more = f"；另有 {len(plan.faults) - 10} 处" if len(plan.faults) > 10 else ""
        raise Refused("没有导入：" + "；".join(map(str, plan.faults[:10])) + more + "。")
    if not any(plan.values.values()):
        raise Refused("表里没有数值。")
    file, _ = files.store(by, name, data)
    return actions.publish(by, plan, file)


def planned(table: Sequence[Sequence[str]]) -> Plan:
    head = [cell.strip() for cell in table[0]]
    if missing := [column for column in NEEDED if column not in head]:
        raise Refused(f"表头缺少“{'、'.join(missing)}”。认得的栏目：{'、'.join(KNOWN)}。")
    places = _places()
    plan, seen, kept = Plan(), {}, _kept()
    for number, cells in enumerate(table[1:], 2):
        row = dict(zip(head, (cell.strip() for cell in cells), strict=False))
        if not any(row.values()):
            continue
        before = len(plan.faults)
        key, told, value = _read(plan, number, row, places)
        if len(plan.faults) > before:
            continue
        at = (key, value.division_id, value.period)
        if at in seen:
            plan.faults.append(Fault(number, "期", f"与第 {seen[at]} 行是同一指标、区划和期"))
        seen[at] = number
        if plan.series.setdefault(key, told) != told:
            plan.faults.append(Fault(number, "指标", f"“{key}”前后的单位、频度或方向不一致"))
        if value.value is not None or at in kept:
            plan.values[key].append(value)
    return plan


def _read(
    plan: Plan, number: int, row: Mapping[str, str], places: Mapping[str, Division]
) -> tuple[str, dict[str, str], Value]:
    def fault(column: str, why: str) -> None:
        plan.faults.append(Fault(number, column, why))

    def choice(column: str, known: Mapping[str, str]) -> str:
        cell = row.get(column, "")
        if cell not in known:
            fault(column, f"“{cell}”应为 {'、'.join(filter(None, known))} 之一")
        return known.get(cell, known[""])

    def figure(column: str, places: int) -> Decimal | None:
        cell = row.get(column, "")
        try:
            return figure_from(cell, places)
        except ValueError as error:
            fault(column, str(error))
            return None

    if not row["指标"]:
        fault("指标", "没有填写")
    span, every = choice("口径", SPANS), choice("频度", EVERY)
    told = {
        "title": row["指标"], "unit": row.get("单位", ""), "span": span, "period": every,
        "better": choice("方向", BETTER), "publisher": row.get("发布单位", ""),
    }  # fmt: skip
    division = places.get(row["区划"])
    if division is None:
        fault("区划", f"“{row['区划']}”不在行政区划名录里")
    period = None
    try:
        period = period_from(row["期"], every)
    except ValueError as error:
        fault("期", str(error))
    amount = figure("数值", 6)
    value = Value(
        division=division, period=period, value=amount, growth=figure("同比", 4), status=choice("状态", STATES),
        why_null="" if amount is not None else "发布的表里没有这一期的数值。",
        cut_off=timezone.now(), lineage={"row": number},
    )  # fmt: skip
    key = row["指标"] + ("（当期）" if span == "period" else "")
    return key[:60], told, value


def figure_from(cell: str, places: int) -> Decimal | None:
    """A number as sheets print it; None for what says that it is unknown. Raises ValueError with a Chinese clause."""
    text = cell.replace(",", "").replace("，", "").removesuffix("%").strip()
    if text in UNKNOWN:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"“{cell}”不是数") from None
    if not found.is_finite() or abs(found) >= LARGEST:
        raise ValueError(f"“{cell}”不是能用的数")
    return found.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _places() -> dict[str, Division]:
    """Divisions by code, name and short name."""
    found: dict[str, Division] = {}
    for each in Division.objects.all():
        for name in (each.short_name, each.name, each.code):
            if name:
                found[name] = each
    return found


def _kept() -> set[tuple[str, int, object]]:
    rows = Value.objects.filter(is_current=True, owner=None, series__origin=Series.Origin.PUBLISHED)
    return set(rows.values_list("series__key", "division", "period"))
