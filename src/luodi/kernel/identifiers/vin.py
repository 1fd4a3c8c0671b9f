"""Vehicle identification numbers 车辆识别代号, GB 16735: 17 characters without I, O and Q, the ninth a check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from luodi.kernel.identifiers.base import Fault, Identifier, bad_check

_VALUES = {
    **{digit: int(digit) for digit in "0123456789"},
    **dict(zip("ABCDEFGH", range(1, 9), strict=True)),
    **dict(zip("JKLMN", range(1, 6), strict=True)),
    "P": 7,
    "R": 9,
    **dict(zip("STUVWXYZ", range(2, 10), strict=True)),
}
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_CHECKED_ORIGINS = "L12345"  # China and North America; elsewhere the ninth character is free


@dataclass(frozen=True, slots=True)
class Vin(Identifier):
    title: ClassVar[str] = "车辆识别代号"
    lengths: ClassVar[tuple[int, ...]] = (17,)
    alphabet: ClassVar[str] = "".join(_VALUES)
    shown: ClassVar[tuple[int, int]] = (3, 4)

    @classmethod
    def _faults(cls, text: str) -> Iterator[Fault]:
        return bad_check(9, check_of(text), text[8]) if text[0] in _CHECKED_ORIGINS else iter(())


def check_of(text: str) -> str:
    """The ninth character that the other sixteen call for."""
    total = sum(_VALUES[character] * weight for character, weight in zip(text, _WEIGHTS, strict=True))
    return "0123456789X"[total % 11]
