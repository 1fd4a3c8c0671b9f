"""Codes of contracted rural land 农村承包地, NY/T 2538-2014 (since 2018 GB/T 35958), all built on the issuer's code.

The lengths are known from practice; the standards' text has not been compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from luodi.kernel.divisions import Division
from luodi.kernel.identifiers.base import DIGITS, Fault, Identifier, bad_characters
from luodi.kernel.identifiers.places import bad_division, division_ever

_CONTRACT = "J"
_KINDS = {14: "发包方", 18: "承包方", 19: "地块"}


@dataclass(frozen=True, slots=True)
class LandCode(Identifier):
    title: ClassVar[str] = "农村承包地编码"
    lengths: ClassVar[tuple[int, ...]] = tuple(_KINDS)
    alphabet: ClassVar[str] = DIGITS + _CONTRACT
    shown: ClassVar[tuple[int, int]] = (12, 0)

    @property
    def kind(self) -> str:
        """发包方, 承包方, 地块, or 承包合同 (a contractor's code and J)."""
        return "承包合同" if self.text.endswith(_CONTRACT) else _KINDS[len(self.text)]

    @property
    def issuer(self) -> str:
        """The collective that lets the land: its code begins every other."""
        return self.text[:14]

    @property
    def division(self) -> Division | None:
        return division_ever(self.text[:6])

    @classmethod
    def _faults(cls, text: str) -> Iterator[Fault]:
        digits = text[:18] if len(text) == 19 else text
        not_digits = list(bad_characters(digits, DIGITS))
        yield from not_digits or bad_division(text[:6], 1)
