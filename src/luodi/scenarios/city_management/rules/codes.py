"""Codes of unit grids 单元网格 and components 部件: their parts, and what is wrong with a bad one.

A grid's code is 6 digits of the division (GB/T 2260), 3 of the street, 3 of the community, then a serial: two digits by
CJ/T 213, more in some cities. A component's is 6 of the division, then its class and serial by one of two schemes of the
same length; so the scheme is kept beside the code and never guessed. Neither standard gives a check digit: the check is
that every part exists and agrees with the ground it stands on.
"""

from __future__ import annotations

from dataclasses import dataclass

from luodi.scenarios.city_management.rules.classes import component_class

GRID_SCHEMES = {"cjt213": ("CJ/T 213（14 位）", 2), "city16": ("本市 16 位", 4)}
"""Title, and digits of the serial."""
COMPONENT_SCHEMES = {"cjt214": ("CJ/T 214（2+2+6）", (2, 2, 6)), "cjt545": ("CJ/T 545（2+3+5）", (2, 3, 5))}
"""Title, and digits of 大类, 小类 and serial."""
FIRST_EXTENSION, LAST_EXTENSION = 80, 999
"""Small classes of three digits: 001 to 079 are the standard's, the rest a city's own, numbered downward."""


class WrongCode(ValueError):
    """The code can't be; the message is a Chinese sentence that says which part."""


@dataclass(frozen=True, slots=True)
class GridCode:
    """`street` and `community` are whole codes, as GB/T 10114 writes them below the division."""

    text: str
    division: str
    street: str
    community: str
    serial: str


@dataclass(frozen=True, slots=True)
class ComponentCode:
    text: str
    division: str
    big: str
    small: str
    serial: str

    @property
    def is_extension(self) -> bool:
        return len(self.small) == 3 and int(self.small) >= FIRST_EXTENSION

    @property
    def category(self) -> str:
        """The small class that a case about it has; "" for a city's own extension."""
        found = None if self.is_extension else component_class(self.big, self.small)
        return found.code if found else ""


def grid_code(text: str, scheme: str = "cjt213") -> GridCode:
    """The parts of a grid's code. Raises WrongCode."""
    title, serial = GRID_SCHEMES[scheme]
    _digits(text, 12 + serial, f"单元网格编码按 {title}")
    if int(text[6:9]) == 0 or int(text[9:12]) == 0 or int(text[12:]) == 0:
        raise WrongCode("单元网格编码的街道、社区和顺序号都不能全为 0。")
    return GridCode(text, text[:6], text[:9], text[:12], text[12:])


def component_code(text: str, scheme: str = "cjt214") -> ComponentCode:
    """The parts of a component's code. Raises WrongCode for one that stands for nothing."""
    title, lengths = COMPONENT_SCHEMES[scheme]
    _digits(text, 6 + sum(lengths), f"部件编码按 {title}")
    big, small, serial = (text[at : at + length] for at, length in zip((6, 6 + lengths[0], 6 + lengths[0] + lengths[1]), lengths, strict=True))  # fmt: skip
    code = ComponentCode(text, text[:6], big, small, serial)
    if int(serial) == 0:
        raise WrongCode("部件编码的顺序号应从 1 起。")
    if not code.is_extension and component_class(big, small) is None:
        raise WrongCode(f"部件编码第 7 位起的大类 {big}、小类 {small} 不在部件分类里。")
    return code


def disagreement(code: ComponentCode, grid: GridCode) -> str:
    """Why a component can't stand in a grid, or ""."""
    if code.division != grid.division:
        return f"部件编码的区划 {code.division} 与所在单元网格的区划 {grid.division} 不一致。"
    return ""


def _digits(text: str, length: int, what: str) -> None:
    if not (text.isascii() and text.isdigit()):
        raise WrongCode(f"{what}全为数字，“{text}”不是。")
    if len(text) != length:
        raise WrongCode(f"{what}应为 {length} 位，实为 {len(text)} 位。")
