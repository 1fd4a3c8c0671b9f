"""Townships 乡镇街道: nine digits, the county's six by GB/T 2260 and three by GB/T 10114-2003. Codes alone, no database.

The seventh digit tells the kind; a code is given once and never again, so a town that becomes a subdistrict 撤镇设街 gets
a new one. The ranges are as the statistical offices explain them; the text of the standard was not at hand.
"""

from __future__ import annotations

from enum import StrEnum

LENGTH = 9
COUNTY_DIGITS = 6


class Kind(StrEnum):
    """What stands below a county. The last is a farm, mine or zone that governs like a township 政企合一."""

    SUBDISTRICT = "街道"
    TOWN = "镇"
    TOWNSHIP = "乡"
    ALIKE = "类似乡级单位"


_RANGES = (
    (range(1, 100), Kind.SUBDISTRICT),
    (range(100, 200), Kind.TOWN),
    (range(200, 400), Kind.TOWNSHIP),
    (range(400, 600), Kind.ALIKE),
)


def is_township(code: str) -> bool:
    return len(code) == LENGTH and code.isascii() and code.isdigit()


def kind_of(code: str) -> Kind | None:
    """The kind that a nine-digit code tells; None where GB/T 10114 gives out no such code."""
    number = int(code[COUNTY_DIGITS:])
    return next((kind for numbers, kind in _RANGES if number in numbers), None)


def kind_named(name: str) -> Kind | None:
    """The kind that a name ends with: 滨江街道, 滨江街道办事处, 城关镇, 云顶回族乡; None where it tells none."""
    bare = name.removesuffix("办事处").removesuffix("人民政府")
    return next((kind for kind in (Kind.SUBDISTRICT, Kind.TOWN, Kind.TOWNSHIP) if bare.endswith(kind)), None)
