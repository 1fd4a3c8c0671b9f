"""Citizen identity numbers 公民身份号码, GB 11643-1999: 6 division, 8 birth date, 3 sequence (odd: male), 1 check.

Personal data: printing, logging or formatting a value gives its mask; the number itself is `text`, to be asked for by
name. Error messages tell positions, never digits of the number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal, Self

from luodi.kernel.identifiers.base import DIGITS, Fault, Identifier, IdentifierError, Kind, bad_characters
from luodi.kernel.identifiers.places import division_ever

_WEIGHTS = tuple(pow(2, place, 11) for place in range(17, 0, -1))
_EARLIEST = date(1800, 1, 1)
# Residence permits of people from Hong Kong, Macao and Taiwan carry these in place of a county.
_HONG_KONG_MACAO_TAIWAN = {"810000", "820000", "830000"}


@dataclass(frozen=True, slots=True, repr=False)
class CitizenId(Identifier):
    title: ClassVar[str] = "公民身份号码"
    lengths: ClassVar[tuple[int, ...]] = (18,)
    alphabet: ClassVar[str] = DIGITS + "X"
    shown: ClassVar[tuple[int, int]] = (4, 2)

    @classmethod
    def parse(cls, text: str, *, today: date | None = None) -> Self:
        """The number in any usual writing. Raises IdentifierError, also for a birth date after `today` (of this machine
        where not given).
        """
        made = cls(cls.normalise(text))
        if made.born_on > (today or date.today()):
            raise IdentifierError(cls.title, [Fault(Kind.DATE, 7, "第 7—14 位出生日期晚于今天")])
        return made

    @classmethod
    def from_old(cls, text: str) -> Self:
        """The number of 18 digits that replaced one of 15: the century 19 put in, the check added."""
        plain = cls.normalise(text)
        if len(plain) != 15:
            raise IdentifierError(
                cls.title, [Fault(Kind.LENGTH, None, f"旧号应为 15 位，实为 {len(plain)} 位")]
            )
        if faults := list(_bad_digits(plain)):
            raise IdentifierError(cls.title, faults)
        body = plain[:6] + "19" + plain[6:]
        return cls(body + check_of(body))

    def __repr__(self) -> str:
        return f"CitizenId({self.masked})"

    def __str__(self) -> str:
        return self.masked

    @property
    def division_code(self) -> str:
        """Where the number was given: it stays for life, though the division may be gone."""
        return self.text[:6]

    @property
    def born_on(self) -> date:
        return date.fromisoformat(self.text[6:14])

    @property
    def sex(self) -> Literal["男", "女"]:
        return "男" if int(self.text[16]) % 2 else "女"

    def age_on(self, day: date) -> int:
        """Full years of age on the day; one born on 29 February comes of age on 1 March of other years."""
        return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))

    @classmethod
    def _shape_faults(cls, text: str) -> Iterator[Fault]:
        if len(text) == 15:
            yield Fault(Kind.LENGTH, None, "长度应为 18 位，实为 15 位（旧号请先升位）")
        elif len(text) != 18:
            yield Fault(Kind.LENGTH, None, f"长度应为 18 位，实为 {len(text)} 位")
        else:
            yield from _bad_digits(text[:17])
            for fault in bad_characters(text[17:], cls.alphabet, first=18):
                yield fault._replace(said="第 18 位应为数字或 X")

    @classmethod
    def _faults(cls, text: str) -> Iterator[Fault]:
        if not _is_known(text[:6]):
            yield Fault(Kind.DIVISION, 1, "第 1—6 位行政区划代码从未使用")
        if not _is_date(text[6:14]):
            yield Fault(Kind.DATE, 7, "第 7—14 位不是真实的出生日期")
        if check_of(text[:17]) != text[17]:
            yield Fault(Kind.CHECK, 18, "第 18 位校验码不符")


def check_of(body: str) -> str:
    """ISO 7064 MOD 11-2 over seventeen digits: any one wrong digit, any two neighbours swapped, is found."""
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def _bad_digits(text: str) -> Iterator[Fault]:
    for fault in bad_characters(text, DIGITS):
        yield fault._replace(said=f"第 {fault.position} 位应为数字")


def _is_known(code: str) -> bool:
    """A county or a prefecture without counties; 01 stands for a city's districts as a whole (深圳 440301)."""
    if code in _HONG_KONG_MACAO_TAIWAN:
        return True
    if code.endswith("0000"):
        return False
    return bool(division_ever(code) or (code.endswith("01") and division_ever(code[:4] + "00")))


def _is_date(digits: str) -> bool:
    try:
        return date.fromisoformat(digits) >= _EARLIEST
    except ValueError:
        return False
