"""Number plates 机动车号牌, GA 36-2018: seven characters, eight on new-energy vehicles; fire brigade and armed police beside.

Military plates are left out: two letters and five digits are also what remains of a new-energy plate whose province a
camera missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from luodi.kernel.identifiers.base import DIGITS, Fault, Identifier, Kind

PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
_OFFICE = "ABCDEFGHJKLMNOPQRSTUVWXYZ"  # O was the police's own
_SERIAL = DIGITS + "ABCDEFGHJKLMNPQRSTUVWXYZ"  # I and O look like 1 and 0
_ENERGY = "ABCDEFGHJK"
_PURE_ELECTRIC = "ABCDE"


class PlateKind(StrEnum):
    ORDINARY = "普通"
    NEW_ENERGY_SMALL = "小型新能源"
    NEW_ENERGY_LARGE = "大型新能源"
    TRAILER = "挂车"
    TRAINING = "教练"
    POLICE = "警用"
    HONG_KONG_MACAO = "港澳入出境"
    EMBASSY = "使馆"
    CONSULATE = "领馆"
    RESCUE = "应急救援"
    ARMED_POLICE = "武警"


_HEAD = f"[{PROVINCES}][{_OFFICE}]"
_FORMS = {
    PlateKind.ORDINARY: rf"{_HEAD}[{_SERIAL}]{{5}}",
    PlateKind.NEW_ENERGY_SMALL: rf"{_HEAD}[{_ENERGY}][{_SERIAL}][0-9]{{4}}",
    PlateKind.NEW_ENERGY_LARGE: rf"{_HEAD}[0-9]{{5}}[{_ENERGY}]",
    PlateKind.TRAILER: rf"{_HEAD}[{_SERIAL}]{{4}}挂",
    PlateKind.TRAINING: rf"{_HEAD}[{_SERIAL}]{{4}}学",
    PlateKind.POLICE: rf"{_HEAD}[{_SERIAL}]{{4}}警",
    PlateKind.HONG_KONG_MACAO: rf"粤Z[{_SERIAL}]{{4}}[港澳]",
    PlateKind.EMBASSY: r"使[0-9]{6}|[0-9]{6}使",
    PlateKind.CONSULATE: rf"{_HEAD}[0-9]{{4}}领",
    PlateKind.RESCUE: rf"[{PROVINCES}]X[0-9]{{4}}应急",
    PlateKind.ARMED_POLICE: rf"WJ[{PROVINCES}][0-9]{{4}}[0-9A-Z]",
}
_PATTERNS = {kind: re.compile(form) for kind, form in _FORMS.items()}


@dataclass(frozen=True, slots=True)
class Plate(Identifier):
    """Kept without the dot; a mask prints it: 陕B·***12."""

    title: ClassVar[str] = "机动车号牌"
    lengths: ClassVar[tuple[int, ...]] = (7, 8)
    alphabet: ClassVar[str] = PROVINCES + DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + "挂学警港澳使领应急"
    separators: ClassVar[str] = "·•・‧.-"
    shown: ClassVar[tuple[int, int]] = (2, 2)

    @property
    def kind(self) -> PlateKind:
        return next(kind for kind, pattern in _PATTERNS.items() if pattern.fullmatch(self.text))

    @property
    def is_new_energy(self) -> bool:
        return self.kind in {PlateKind.NEW_ENERGY_SMALL, PlateKind.NEW_ENERGY_LARGE}

    @property
    def is_pure_electric(self) -> bool | None:
        """By the energy letter: A to E electric alone, F to K not; None on other plates, which do not say."""
        if not self.is_new_energy:
            return None
        letter = self.text[2] if self.kind is PlateKind.NEW_ENERGY_SMALL else self.text[7]
        return letter in _PURE_ELECTRIC

    @classmethod
    def mask(cls, text: str) -> str:
        masked = super(Plate, cls).mask(text)
        return masked if masked.startswith("*") else f"{masked[:2]}·{masked[2:]}"

    @classmethod
    def _faults(cls, text: str) -> Iterator[Fault]:
        if any(pattern.fullmatch(text) for pattern in _PATTERNS.values()):
            return
        if text[0] not in PROVINCES:
            yield Fault(Kind.CHARACTER, 1, f"第 1 位“{text[0]}”不是省级简称")
        elif text[1] not in _OFFICE:
            yield Fault(Kind.CHARACTER, 2, f"第 2 位“{text[1]}”不是发牌机关代号（A—Z，不用 I）")
        elif len(text) == 7:
            yield from _bad_serial(text, range(2, 7))
        elif text[2] in _ENERGY:
            yield from _bad_serial(text, range(3, 4))
            yield from _not_digits(text, range(4, 8))
        elif text[7] in _ENERGY:
            yield from _not_digits(text, range(2, 7))
        else:
            yield Fault(Kind.CATEGORY, None, "8 位号牌为新能源号牌，第 3 位或第 8 位应为 A—H、J、K")


def _bad_serial(text: str, places: range) -> Iterator[Fault]:
    for place in places:
        if text[place] not in _SERIAL:
            said = f"第 {place + 1} 位“{text[place]}”不能用于序号（数字，或 I、O 以外的字母）"
            yield Fault(Kind.CHARACTER, place + 1, said)


def _not_digits(text: str, places: range) -> Iterator[Fault]:
    for place in places:
        if text[place] not in DIGITS:
            yield Fault(Kind.CHARACTER, place + 1, f"第 {place + 1} 位“{text[place]}”应为数字")
