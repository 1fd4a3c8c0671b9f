"""Organisation codes 组织机构代码, GB 11714-1997; positions 9 to 17 of every unified social credit code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from luodi.kernel.identifiers.base import DIGITS, LETTERS, Fault, Identifier, bad_check

_VALUES = {character: value for value, character in enumerate(DIGITS + LETTERS)}
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class OrgCode(Identifier):
    title: ClassVar[str] = "组织机构代码"
    lengths: ClassVar[tuple[int, ...]] = (9,)
    alphabet: ClassVar[str] = DIGITS + LETTERS
    separators: ClassVar[str] = "-"
    shown: ClassVar[tuple[int, int]] = (2, 2)

    @classmethod
    def _faults(cls, text: str) -> Iterator[Fault]:
        return bad_check(9, check_of(text[:8]), text[8])


def check_of(body: str) -> str:
    """The check character of eight characters.

    Values run to 35 and the modulus is 11: two characters whose values differ by 11 or 22 (0 and B) are not told apart.
    """
    total = sum(_VALUES[character] * weight for character, weight in zip(body, _WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]
