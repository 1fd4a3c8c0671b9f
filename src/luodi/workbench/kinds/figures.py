"""Figures with their units: decimal, whole, money."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from luodi.workbench.kinds.base import NO_FIGURE, Kind, Read

_FIGURE = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_FEN = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A decimal figure with its unit (亩, %, 平方米). `places` behind the point are the most it may have; None: as stored."""

    measure: str = ""
    places: int | None = None
    least: Decimal | None = None
    most: Decimal | None = None

    control: ClassVar[str] = "number"
    is_figure: ClassVar[bool] = True
    is_ranged: ClassVar[bool] = True

    @property
    def unit(self) -> str:
        return self.measure

    def _show(self, value: Any) -> str:
        return f"{_bare(Decimal(value)):,f}"

    def typed(self, value: Any) -> str:
        return "" if value is None else f"{_bare(Decimal(value)):f}"

    def reader(self) -> Read:
        return lambda cell: None if cell.strip() in NO_FIGURE else self.read(cell)

    def read(self, cell: str) -> Any:
        value = figure(cell)
        if self.places is not None and -value.as_tuple().exponent > self.places:
            raise ValueError(f"“{cell}”最多保留 {self.places} 位小数" if self.places else f"“{cell}”应是整数")
        if self.least is not None and value < self.least:
            raise ValueError(f"“{cell}”不能小于 {self.least}")
        if self.most is not None and value > self.most:
            raise ValueError(f"“{cell}”不能大于 {self.most}")
        return value

    def plain(self, value: Any) -> Any:
        return None if value is None else self.typed(value)


@dataclass(frozen=True, slots=True)
class Whole(Number):
    """A whole figure with its unit (个, 人, 户)."""

    places: int | None = 0

    def read(self, cell: str) -> int:
        return int(Number.read(self, cell))

    def plain(self, value: Any) -> Any:
        return value

    @property
    def plain_type(self) -> Any:
        return int


@dataclass(frozen=True, slots=True)
class Money(Number):
    """An amount kept as whole 分 and shown in 元, 万元 or 亿元; typed in the unit that is shown."""

    measure: str = "万元"
    least: Decimal | None = Decimal(0)

    def _show(self, value: Any) -> str:
        return f"{_bare(Decimal(value) / _FEN[self.measure]):,f}"

    def typed(self, value: Any) -> str:
        return "" if value is None else f"{_bare(Decimal(value) / _FEN[self.measure]):f}"

    def read(self, cell: str) -> int:
        fen = Number.read(self, cell) * _FEN[self.measure]
        if fen != int(fen):
            raise ValueError(f"“{cell}”{self.measure}不是整分")
        return int(fen)

    def plain(self, value: Any) -> Any:
        return value

    @property
    def plain_type(self) -> Any:
        return int


def figure(cell: str) -> Decimal:
    """A figure as typed: full-width digits and separators of thousands are as good as others; 1e9, NaN, 1_000 are not."""
    text = unicodedata.normalize("NFKC", cell).strip()
    if not _FIGURE.fullmatch(text):
        raise ValueError(f"“{cell.strip()}”不是数")
    value = Decimal(text.replace(",", ""))
    if abs(value) >= Decimal(10) ** 15:
        raise ValueError(f"“{cell.strip()}”超出可以记录的范围")
    return value


def _bare(value: Decimal) -> Decimal:
    """Without padding zeros behind the point."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
