"""Kinds of columns that only projects have."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from luodi.workbench.kinds import Day, Money, Words

_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:月|[-/.月]\d{1,2}日?(?: 00:00:00)?)?")


@dataclass(frozen=True, slots=True)
class Month(Day):
    """A month, kept as its first day; typed as 2026-09 or 2026年9月, and any day of it is taken for the month."""

    def _show(self, value: Any) -> str:
        return f"{value:%Y-%m}"

    def typed(self, value: Any) -> str:
        return "" if value is None else f"{value:%Y-%m-%d}"

    def read(self, cell: str) -> date:
        match = _MONTH.fullmatch(unicodedata.normalize("NFKC", cell.strip()))
        if match is None or not 1 <= int(match[2]) <= 12:
            raise ValueError(f"“{cell}”不是月份，请写成 2026-09")
        return date(int(match[1]), int(match[2]), 1)


@dataclass(frozen=True, slots=True)
class Amounts(Words):
    """Several amounts of money, typed one after another with 、 between them; kept in 分."""

    measure: str = "万元"

    @property
    def unit(self) -> str:
        return self.measure

    def read(self, cell: str) -> list[int]:  # type: ignore[override]
        money = Money(self.measure)
        return [money.read(word) for word in Words.read(self, cell)]
