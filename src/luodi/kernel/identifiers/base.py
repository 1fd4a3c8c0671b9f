"""What every identifier shares: one way in, one kind of error, one mask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, NamedTuple, Self

DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"
_PLAIN: dict[int, str | None] = {
    **{ord(letter.lower()): letter for letter in LETTERS},
    **{code: chr(code - 0xFEE0).upper() for code in range(0xFF01, 0xFF5F)},  # full width
    **dict.fromkeys(map(ord, _UNSEEN)),
}  # not str.upper(): it makes SS of ß and I of ı, letters that nobody wrote


class Kind(StrEnum):
    """Which check failed."""

    LENGTH = "长度"
    CHARACTER = "字符"
    CATEGORY = "类别"
    DIVISION = "区划"
    DATE = "日期"
    CHECK = "校验码"


class Fault(NamedTuple):
    """One failed check: which, at which position (from 1; None where it concerns the whole), and a Chinese clause."""

    kind: Kind
    position: int | None
    said: str


class IdentifierError(ValueError):
    """The text is no such code. The message names every failed check, and never repeats the text itself."""

    def __init__(self, title: str, faults: Iterable[Fault]) -> None:
        self.title = title
        self.faults = tuple(faults)
        super().__init__(title, self.faults)

    def __str__(self) -> str:
        return f"{self.title}：{'；'.join(fault.said for fault in self.faults)}。"


@dataclass(frozen=True, slots=True)
class Identifier:
    """A valid code in its plain form. Make one with `parse`; the constructor takes the plain form only."""

    title: ClassVar[str]
    lengths: ClassVar[tuple[int, ...]]
    alphabet: ClassVar[str] = DIGITS
    separators: ClassVar[str] = ""
    shown: ClassVar[tuple[int, int]]
    """How many characters a mask leaves at the head and at the tail."""

    text: str

    def __post_init__(self) -> None:
        faults = list(self._shape_faults(self.text)) or list(self._faults(self.text))
        if faults:
            raise IdentifierError(self.title, faults)

    def __str__(self) -> str:
        return self.text

    @classmethod
    def parse(cls, text: str) -> Self:
        """The code in any usual writing. Raises IdentifierError, which says what is wrong and where."""
        return cls(cls.normalise(text))

    @classmethod
    def is_valid(cls, text: str) -> bool:
        try:
            cls.parse(text)
        except IdentifierError:
            return False
        return True

    @classmethod
    def normalise(cls, text: str) -> str:
        """Full width to half, lower case to upper, without blanks, unseen characters and the code's own separators."""
        if text.isascii() and text.isalnum():
            return text.upper()
        plain = "".join(text.translate(_PLAIN).split())
        return plain.translate(dict.fromkeys(map(ord, cls.separators)))

    @classmethod
    def mask(cls, text: str) -> str:
        """The text for lists that must not show it, valid or not; text of another length is hidden altogether."""
        plain = cls.normalise(text)
        if len(plain) not in cls.lengths:
            return "*" * len(plain)
        head, tail = cls.shown
        return plain[:head] + "*" * (len(plain) - head - tail) + plain[len(plain) - tail :]

    @property
    def masked(self) -> str:
        return self.mask(self.text)

    @classmethod
    def _shape_faults(cls, text: str) -> Iterator[Fault]:
        if len(text) not in cls.lengths:
            wanted = "、".join(str(length) for length in cls.lengths)
            yield Fault(Kind.LENGTH, None, f"长度应为 {wanted} 位，实为 {len(text)} 位")
        else:
            yield from bad_characters(text, cls.alphabet)

    @classmethod
    def _faults(cls, text: str) -> Iterator[Fault]:
        """What is wrong with a text of the right length and characters."""
        return iter(())


def bad_characters(text: str, alphabet: str, first: int = 1) -> Iterator[Fault]:
    """A fault for every character outside the alphabet; `first` is the position of the text's first character."""
    if not text.strip(alphabet):
        return
    for position, character in enumerate(text, first):
        if character not in alphabet:
            yield Fault(Kind.CHARACTER, position, f"第 {position} 位字符“{character}”不在规定字符集内")


def bad_check(position: int, wanted: str, found: str) -> Iterator[Fault]:
    """A fault when the check character is not the one computed."""
    if wanted != found:
        yield Fault(Kind.CHECK, position, f"第 {position} 位校验码应为 {wanted}，实为 {found}")
