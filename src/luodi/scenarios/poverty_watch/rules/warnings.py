"""A department's warnings as a sheet 部门预警: rows read and checked, and which of them the duty needs at all.

A row below its threshold is not taken in: nothing of it is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from luodi.kernel.identifiers import CitizenId, IdentifierError
from luodi.scenarios.poverty_watch.rules import words

COLUMNS = ("姓名", "身份证号", "乡镇", "村", "事由", "发生日期", "金额（元）")
NEEDED = ("姓名", "身份证号", "乡镇", "事由", "发生日期")
REASONS: Mapping[str, str] = {
    "医疗自付": words.ILLNESS, "大额医疗": words.ILLNESS, "辍学": words.SCHOOL, "失学辍学": words.SCHOOL, "残疾": words.DISABILITY,
    "受灾": words.DISASTER, "自然灾害": words.DISASTER, "意外事故": words.ACCIDENT, "失业": words.JOB, "务工返乡": words.JOB,
    "产业失败": words.BUSINESS, "危房": words.HOUSING, "饮水": words.WATER, "饮水中断": words.WATER,
}  # fmt: skip
BY_AMOUNT = frozenset({words.ILLNESS})
"""Causes that warn only above a sum: compliant medical costs out of pocket."""


@dataclass(frozen=True, slots=True)
class Row:
    """One warning. Printing it shows no name: the number masks itself, the name is left out."""

    line: int
    name: str
    citizen_id: CitizenId
    town: str
    village: str
    cause: str
    on: date
    amount_fen: int | None

    def __repr__(self) -> str:
        return f"Row({self.line}, {self.cause}, {self.on})"


def read(table: Sequence[Sequence[str]], today: date) -> tuple[list[Row], list[str]]:
    """The rows of a sheet, and every fault by line and column; no digit of a number is repeated in a fault."""
    if not table:
        return [], ["文件里没有数据。"]
    heads = [cell.strip().replace("(", "（").replace(")", "）") for cell in table[0]]
    if lacking := [name for name in NEEDED if name not in heads]:
        return [], [f"第 1 行缺少列：{'、'.join(lacking)}。"]
    rows: list[Row] = []
    faults: list[str] = []
    seen: dict[tuple[str, str, date], int] = {}
    for line, cells in enumerate(table[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        told = {head: cell.strip() for head, cell in zip(heads, cells, strict=False)}
        try:
            row = _row(line, told, today)
        except ValueError as wrong:
            faults.append(f"第 {line} 行{wrong}。")
            continue
        key = (row.citizen_id.text, row.cause, row.on)
        if key in seen:
            faults.append(f"第 {line} 行与第 {seen[key]} 行是同一人、同一事由、同一天。")
            continue
        seen[key] = line
        rows.append(row)
    return rows, faults


def is_needed(row: Row, threshold_fen: int) -> bool:
    """Whether the warning calls for a look; a sum that is not known does."""
    return row.cause not in BY_AMOUNT or row.amount_fen is None or row.amount_fen >= threshold_fen


def _row(line: int, told: Mapping[str, str], today: date) -> Row:
    if lacking := [name for name in NEEDED if not told.get(name)]:
        raise ValueError(f"“{'、'.join(lacking)}”没有填写")
    try:
        number = CitizenId.parse(told["身份证号"], today=today)
    except IdentifierError as wrong:
        raise ValueError(f"“身份证号”：{str(wrong).rstrip('。')}") from None
    if told["事由"] not in REASONS:
        raise ValueError(f"“事由”写“{told['事由']}”，应为：{'、'.join(REASONS)}")
    on = _day(told["发生日期"])
    if on > today:
        raise ValueError("“发生日期”晚于今天")
    return Row(
        line,
        told["姓名"],
        number,
        told["乡镇"],
        told.get("村", ""),
        REASONS[told["事由"]],
        on,
        _fen(told.get("金额（元）", "")),
    )


def _day(text: str) -> date:
    plain = text.replace("/", "-").replace(".", "-")[:10]
    try:
        year, month, day = plain.split("-")
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(f"“发生日期”写“{text}”，不是日期，请写成 2026-11-30") from None


def _fen(text: str) -> int | None:
    if not text:
        return None
    try:
        amount = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise ValueError(f"“金额（元）”写“{text}”，不是数") from None
    if amount < 0 or not amount.is_finite():
        raise ValueError("“金额（元）”不能是负数")
    return int((amount * 100).to_integral_value())
