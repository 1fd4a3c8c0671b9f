"""Divisions inside codes: a code keeps the division of the day it was given, so any year's table will do."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from luodi.kernel.divisions import FIRST_YEAR, Division, divisions
from luodi.kernel.identifiers.base import Fault, Kind


@lru_cache(maxsize=8192)
def division_ever(code: str) -> Division | None:
    """The division that bears the six-digit code, or the last that did since 1981."""
    table = divisions()
    years = range(table.last_year, FIRST_YEAR - 1, -1)
    return next((found for year in years if (found := table.at(code, year))), None)


def bad_division(code: str, position: int) -> Iterator[Fault]:
    """A fault when no division ever bore the code."""
    if division_ever(code) is None:
        yield Fault(Kind.DIVISION, position, f"第 {position}—{position + 5} 位行政区划代码 {code} 从未使用")


def bad_province(code: str, position: int) -> Iterator[Fault]:
    """A fault when the code lies in no province. Registries of functional zones use codes outside GB/T 2260 (610131)."""
    if division_ever(code[:2] + "0000") is None:
        yield Fault(
            Kind.DIVISION, position, f"第 {position}—{position + 1} 位省级行政区划代码 {code[:2]} 不存在"
        )
