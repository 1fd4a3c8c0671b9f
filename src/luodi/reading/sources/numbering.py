"""Automatic numbering of Word: the marker (一、 （一） 1.) that a paragraph shows but doesn't hold as text.

ECMA-376 part 1, 17.9. Levels count up to nine; a paragraph names a list (`numId`) and a level, by itself or by
its style.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

DIGITS = "〇一二三四五六七八九"
LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts: number format, pattern such as "%1、" and first number."""

    form: str
    pattern: str
    start: int
    plain: bool
    """Whether numbers of outer levels are shown as Arabic digits (`isLgl`)."""


@dataclass(slots=True)
class Numbering:
    """The lists of one document with where each stands now; `marker` moves it on."""

    lists: dict[str, dict[int, Level]]
    shared: dict[str, str]
    """List to abstract list: lists over the same one count on together."""
    _counts: dict[str, list[int | None]] = field(default_factory=dict)

    def marker(self, number_id: str, depth: int) -> str:
        """The marker of the next paragraph at `depth` (0 for the outermost) of a list; "" where there is none."""
        levels = self.lists.get(number_id, {})
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(self.shared[number_id], [None] * LEVELS)
        now = counts[depth]
        counts[depth] = level.start if now is None else now + 1
        counts[depth + 1 :] = [None] * (LEVELS - depth - 1)
        if level.form in ("bullet", "none"):
            return level.pattern if _is_dash(level.pattern) else ""

        def shown(match: re.Match[str]) -> str:
            outer = int(match.group(1)) - 1
            of = levels.get(outer, level)
            count = counts[outer]
            return numeral(of.start if count is None else count, "decimal" if level.plain else of.form)

        return re.sub(r"%([1-9])", shown, level.pattern)


def _is_dash(bullet: str) -> bool:
    """Whether a bullet is the dash —— that reports set before points; other bullets are ornament."""
    return bool(bullet) and not bullet.strip("—")


def read_numbering(root: etree._Element, word: str) -> Numbering:
    """The lists of a numbering part; `word` is the namespace of its elements in braces."""
    schemes = {element.get(f"{word}abstractNumId"): element for element in root.iter(f"{word}abstractNum")}
    named = {
        link.get(f"{word}val"): element
        for element in schemes.values()
        if (link := element.find(f"{word}styleLink")) is not None
    }
    abstract = {
        # A scheme without levels of its own is a link to the one that a list style names (17.9.21).
        key: dict(_levels(named.get(value(element.find(f"{word}numStyleLink"), word), element), word))
        for key, element in schemes.items()
    }
    lists: dict[str, dict[int, Level]] = {}
    shared: dict[str, str] = {}
    for number in root.iter(f"{word}num"):
        number_id = number.get(f"{word}numId", "")
        base = value(number.find(f"{word}abstractNumId"), word)
        overrides = {
            _integer(override.get(f"{word}ilvl"), 0): override
            for override in number.iter(f"{word}lvlOverride")
        }
        levels = dict(abstract.get(base, {}))
        for depth, override in overrides.items():
            levels.update(_levels(override, word))
            start = override.find(f"{word}startOverride")
            if start is not None and depth in levels:
                old = levels[depth]
                levels[depth] = Level(old.form, old.pattern, _integer(value(start, word), 1), old.plain)
        lists[number_id] = levels
        shared[number_id] = f"{base}/{number_id}" if overrides else base
    return Numbering(lists, shared)


def _levels(element: etree._Element, word: str) -> list[tuple[int, Level]]:
    return [
        (
            _integer(level.get(f"{word}ilvl"), 0),
            Level(
                form=value(level.find(f"{word}numFmt"), word) or "decimal",
                pattern=value(level.find(f"{word}lvlText"), word),
                start=_integer(value(level.find(f"{word}start"), word), 1),
                plain=level.find(f"{word}isLgl") is not None,
            ),
        )
        for level in element.iterchildren(f"{word}lvl")
        if 0 <= _integer(level.get(f"{word}ilvl"), 0) < LEVELS
    ]


def value(element: etree._Element | None, word: str) -> str:
    """The `val` of an element; "" where either is missing."""
    return "" if element is None else element.get(f"{word}val", "")


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 7 else otherwise


def numeral(count: int, form: str) -> str:
    """A number as a number format prints it; formats not known print Arabic digits."""
    return FORMS.get(form, str)(count)


def chinese(count: int) -> str:
    """一, 十, 十二, 二十, 一百零五."""
    if not 0 < count < 1000:
        return "".join(DIGITS[int(digit)] for digit in str(count))
    hundreds, tens, ones = count // 100, count // 10 % 10, count % 10
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")


def _digit_by_digit(count: int) -> str:
    return "".join(DIGITS[int(digit)] for digit in str(count))


def _formal(count: int) -> str:
    return chinese(count).translate(str.maketrans("一二三四五六七八九十百", "壹贰叁肆伍陆柒捌玖拾佰"))


def _from(letters: str) -> Callable[[int], str]:
    """Counts through `letters`, and in Arabic digits past their end."""
    return lambda count: letters[count - 1] if 0 < count <= len(letters) else str(count)


def _alphabetic(first: str) -> Callable[[int], str]:
    """a to z, then aa to zz."""
    return lambda count: (
        chr(ord(first) + (count - 1) % 26) * ((count - 1) // 26 + 1) if 0 < count < 260 else str(count)
    )


def _roman(count: int) -> str:
    text = ""
    for worth, letters in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while 0 < worth <= count < 400:
            text, count = text + letters, count - worth
    return text or str(count)


FORMS: dict[str, Callable[[int], str]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "ideographTraditional": _from("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _from("子丑寅卯辰巳午未申酉戌亥"),
    "decimalEnclosedCircle": _from("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedCircleChinese": _from("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedParen": _from("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "ideographEnclosedCircle": _from("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "decimalFullWidth": lambda count: str(count).translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    ),
    "decimalFullWidth2": lambda count: str(count).translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    ),
    "decimalZero": lambda count: f"{count:02d}",
    "lowerLetter": _alphabetic("a"),
    "upperLetter": _alphabetic("A"),
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
}
