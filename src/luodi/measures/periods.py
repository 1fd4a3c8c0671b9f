"""Months, quarters and years of a series, counted as months since year 0. Pure."""

from __future__ import annotations

import re
from datetime import date

LENGTHS = {"month": 1, "quarter": 3, "year": 12}
_WRITTEN = re.compile(
    r"(?P<year>\d{4})(?:年|[-/.])?(?:(?P<month>0?[1-9]|1[0-2])月?|(?:1[-—~至]|1—)(?P<until>\d{1,2})月|第?(?P<quarter>[1-4一二三四])季度|[Qq](?P<q>[1-4])|(?P<half>上半年))?(?:[-/.]\d{1,2}(?: 00:00:00)?)?"
)


def index_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def first_day(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)


def earlier(period: date, months: int) -> date:
    return first_day(index_of(period) - months)


def period_from(words: str, length: str) -> date:
    """The first day of the period that a cell names: "2026年3月", "2026-03", "202603", "2026年1-3月" (its last month),
    "2026Q1", "2026年一季度", "2026年". Raises ValueError with a Chinese clause."""
    text = words.strip()
    if re.fullmatch(r"\d{6}", text):
        text = f"{text[:4]}-{text[4:]}"
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise ValueError(f"“{words}”不是期别，应写成 2026年3月、2026-03 或 2026年一季度")
    year = int(match["year"])
    if match["half"]:
        last = 6
    elif quarter := match["quarter"] or match["q"]:
        last = ("一二三四".find(quarter) + 1 or int(quarter)) * 3
    else:
        last = int(match["until"] or match["month"] or 12)
    if not 1 <= last <= 12:
        raise ValueError(f"“{words}”里没有 {last} 月")
    if length == "month" and not (match["month"] or match["until"] or match["half"]):
        raise ValueError(f"“{words}”没有写明月份")
    step = LENGTHS[length]
    return date(year, (last - 1) // step * step + 1, 1)


def in_words(period: date, length: str) -> str:
    if length == "year":
        return f"{period.year}年"
    if length == "quarter":
        return f"{period.year}年{'一二三四'[(period.month - 1) // 3]}季度"
    return f"{period.year}年{period.month}月"
