"""Division codes: GB/T 2260 (6 digits), GB/T 10114 townships (9), statistical village codes (12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from luodi.kernel.divisions import Division, divisions
from luodi.kernel.identifiers.base import Fault, Identifier
from luodi.kernel.identifiers.places import bad_division, division_ever


@dataclass(frozen=True, slots=True)
class DivisionCode(Identifier):
    """A code that some division bears or bore. Below the county only the form is known: there is no table."""

    title: ClassVar[str] = "行政区划代码"
    lengths: ClassVar[tuple[int, ...]] = (6, 9, 12)
    shown: ClassVar[tuple[int, int]] = (6, 0)

    @property
    def county_code(self) -> str:
        """The part by GB/T 2260."""
        return self.text[:6]

    @property
    def township_code(self) -> str | None:
        return self.text[:9] if len(self.text) > 6 else None

    @property
    def division(self) -> Division:
        """The division of GB/T 2260 that bears the code, or the last that did."""
        found = division_ever(self.county_code)
        assert found is not None
        return found

    def in_force_in(self, year: int) -> bool:
        return divisions().at(self.county_code, year) is not None

    @classmethod
    def _faults(cls, text: str) -> Iterator[Fault]:
        return bad_division(text[:6], 1)
