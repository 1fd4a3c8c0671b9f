"""Investment project codes 投资项目代码, GB/T 40058-2021: YYMM-RRRRRR-DD-TT-NNNNNC.

Time, region, guiding department, project type, five random digits and a check digit. The standard's algorithm is not
public, so the check digit is carried unchecked: `check_verified` is None until someone has the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from luodi.kernel.divisions import Division
from luodi.kernel.identifiers.base import Fault, Identifier, Kind
from luodi.kernel.identifiers.places import bad_province, division_ever

_FIRST_YEAR = (
    2015  # the national approval platform opened; codes began with the whole year until YYMM came in 2020
)
_CENTRAL = "0000"  # projects of the central authorities carry their department here in place of a region


class Given(NamedTuple):
    """When a code was given; the month is None in the older form that begins with the whole year."""

    year: int
    month: int | None


@dataclass(frozen=True, slots=True)
class ProjectCode(Identifier):
    """Kept without hyphens; printed with them."""

    title: ClassVar[str] = "投资项目代码"
    lengths: ClassVar[tuple[int, ...]] = (20,)
    separators: ClassVar[str] = "-—–－"
    shown: ClassVar[tuple[int, int]] = (10, 2)
    check_verified: ClassVar[bool | None] = None

    def __str__(self) -> str:
        text = self.text
        return f"{text[:4]}-{text[4:10]}-{text[10:12]}-{text[12:14]}-{text[14:]}"

    @property
    def given(self) -> Given:
        given = _given(self.text[:4])
        assert given is not None
        return given

    @property
    def division_code(self) -> str:
        return self.text[4:10]

    @property
    def division(self) -> Division | None:
        """The project's division; None for a central project and for a functional zone outside GB/T 2260."""
        return division_ever(self.division_code)

    @property
    def department(self) -> str:
        return self.text[10:12]

    @property
    def project_type(self) -> str:
        return self.text[12:14]

    @classmethod
    def _faults(cls, text: str) -> Iterator[Fault]:
        if _given(text[:4]) is None:
            yield Fault(Kind.DATE, 1, f"第 1—4 位 {text[:4]} 不是年月（如 2203 为 2022 年 3 月）")
        if not text[4:].startswith(_CENTRAL):
            yield from bad_province(text[4:10], 5)


def _given(digits: str) -> Given | None:
    """2015 to 2020 as a month would be the fifteenth and later, so the two forms never meet."""
    if _FIRST_YEAR <= int(digits) <= 2020:
        return Given(int(digits), None)
    year, month = 2000 + int(digits[:2]), int(digits[2:])
    return Given(year, month) if year >= 2020 and 1 <= month <= 12 else None
