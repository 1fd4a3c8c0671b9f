"""Figures that are known, figures that a text says, and whether the two agree. Pure: no database, no clock.

A figure agrees when it names the same indicator of the same place, in a comparable unit, and is the known value as
rounded to the decimals that the text prints. A promise is compared with promises (安排, 目标), a result with results.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cached_property

from luodi.reading.compare import ENOUGH
from luodi.reading.figures import Figure
from luodi.reading.likeness import Name, is_flow, likeness, normal
from luodi.reading.model import Heading, Horizon, Span
from luodi.reading.statements import measured
from luodi.reading.verdicts import goes_down, to_base

_OF_A_PLAN = re.compile("目标|计划|任务数|预期")


class Kind(StrEnum):
    RESULT = "result"
    PROMISE = "promise"


@dataclass(frozen=True)
class Known:
    """A figure that the ledger or a measure holds, with where it stands.

    `value` is in `unit`; a fall is negative growth. `place` is a division's short name, empty for the whole city;
    `year` is the year that it is of. `source` says who says so and as of when, `url` leads to how it came about.
    """

    indicator: str
    value: Decimal
    unit: str
    kind: Kind = Kind.RESULT
    is_growth: bool = False
    high: Decimal | None = None
    place: str = ""
    year: int | None = None
    verb: str = ""
    """What the plan says before the name: 实施 (技术改造项目)."""
    phrase: str = ""
    """The plan's own words, by which what is new (新增) is told from all there are."""
    source: str = ""
    url: str = ""
    target: int | None = None
    """The ledger's target that it answers, or is."""

    @cached_property
    def name(self) -> Name:
        return normal(self.indicator.removeprefix(self.place))

    @property
    def told(self) -> str:
        """ "6840个", "增长6.1%", "下降3.2%"."""
        if not self.is_growth:
            return in_words(self.value, self.unit)
        return f"{'下降' if self.value < 0 else '增长'}{in_words(abs(self.value), self.unit)}"


@dataclass(frozen=True, slots=True)
class Said:
    """A figure that a text says: its span, and what it measures. `value` None is a mask or a word (全覆盖)."""

    start: int
    end: int
    quote: str
    opening: str
    """The clause up to the end of the quote."""
    indicator: str
    figure: Figure
    is_growth: bool
    falls: bool
    is_plan: bool
    place: str
    year: int | None

    @property
    def name(self) -> Name:
        return normal(self.indicator.removeprefix(self.place))

    @property
    def value(self) -> Decimal | None:
        if self.figure.value is None:
            return None
        value = Decimal(repr(self.figure.value))
        return -value if self.falls else value

    @property
    def places(self) -> int:
        """Decimals that the text prints."""
        return len(self.figure.number.partition(".")[2])


class Verdict(StrEnum):
    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return {"agrees": "一致", "differs": "不一致", "unknown": "查不到"}[self]


@dataclass(frozen=True, slots=True)
class Checked:
    """A said figure, what was found for it (nothing: unknown), and the finding in words."""

    said: Said
    verdict: Verdict
    known: Known | None
    why: str


def figures_of(
    text: str,
    headings: Iterable[Heading] = (),
    horizons: Iterable[Horizon] = (),
    places: Sequence[str] = (),
    year: int | None = None,
) -> list[Said]:
    """Every figure of the text that measures something, in order.

    `places` are the short names of divisions; `year` is the one that the text plans for: its review is of the year before.
    """
    headings, horizons = tuple(headings), tuple(horizons)
    found = []
    for sentence, statements in measured(text, Span(0, len(text)), headings):
        label = _label_at(sentence.start, horizons)
        for each in statements:
            quote = text[each.start : each.end]
            opening = text[_clause_from(text, sentence.start, each.start) : each.end]
            is_growth = each.change == "growth"
            found.append(
                Said(
                    each.start, each.end, quote, opening, each.indicator, each.figure, is_growth,
                    falls=is_growth and goes_down(quote),
                    is_plan=label in {"year", "multi"} or _OF_A_PLAN.search(opening) is not None,
                    place=place_in(opening, places),
                    year=year - 1 if year and label == "review" else year,
                )
            )  # fmt: skip
    return found


def _clause_from(text: str, low: int, at: int) -> int:
    """Where the clause begins that holds the offset; never before `low`."""
    return max(low, *(text.rfind(mark, low, at) + 1 for mark in "，；：。"))


def _label_at(start: int, horizons: Iterable[Horizon]) -> str:
    return next((each.label for each in horizons if each.start <= start < each.end), "")


def place_in(words: str, places: Sequence[str]) -> str:
    """The place named last before the figure."""
    return max((place for place in places if place in words), key=words.rfind, default="")


def check(said: Iterable[Said], known: Iterable[Known]) -> Iterator[Checked]:
    """Each said figure against all that is known; the best finding counts."""
    known = list(known)
    for each in said:
        yield _check(each, [one for one in known if _is_of(one, each)])


def _is_of(known: Known, said: Said) -> bool:
    """Speaks of the same thing: one indicator, one place and year, amounts with amounts, what is new with what is new."""
    return (
        known.is_growth == said.is_growth
        and known.place == said.place
        and (known.year is None or said.year is None or known.year == said.year)
        and to_base(1, known.unit)[1] == to_base(1, said.figure.unit)[1]
        and {is_flow(known.phrase), is_flow(said.opening)} != {True, False}
        and likeness(known.name, said.name) >= ENOUGH
    )


def _check(said: Said, known: list[Known]) -> Checked:
    if said.value is None:
        return Checked(said, Verdict.UNKNOWN, None, "数字空缺或以文字表述，无法核对。")
    if said.is_plan:
        fitting = sorted(known, key=lambda one: one.kind == Kind.RESULT)
    else:
        fitting = [one for one in known if one.kind == Kind.RESULT]
    for one in fitting:
        if agree(said, one):
            return Checked(said, Verdict.AGREES, one, f"与{one.source}一致。")
    closest = max(fitting or known, key=lambda one: likeness(one.name, said.name), default=None)
    if closest is None:
        return Checked(said, Verdict.UNKNOWN, None, "台账和指标里没有找到这项数字。")
    if not fitting:
        return Checked(said, Verdict.UNKNOWN, closest, f"只有{closest.source}{closest.told}，没有结果可比。")
    return Checked(said, Verdict.DIFFERS, closest, f"文中“{said.quote}”，{closest.source}{closest.told}。")


def agree(said: Said, known: Known) -> bool:
    """Whether the known value, in the text's unit and rounded to its decimals, is what the text says."""
    value = said.value
    if value is None or (said.figure.high is None) != (known.high is None):
        return False
    if rounded(converted(known.value, known.unit, said.figure.unit), said.places) != rounded(
        value, said.places
    ):
        return False
    if said.figure.high is None or known.high is None:
        return True
    high = Decimal(repr(said.figure.high))
    return rounded(converted(known.high, known.unit, said.figure.unit), said.places) == rounded(
        high, said.places
    )


def converted(value: Decimal, unit: str, into: str) -> Decimal:
    """The value in another unit of the same family."""
    if unit == into:
        return value
    return value * Decimal(repr(to_base(1, unit)[0])) / Decimal(repr(to_base(1, into)[0]))


def rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def in_words(value: Decimal, unit: str) -> str:
    words = f"{value:.4f}".rstrip("0").rstrip(".")
    return f"{words or '0'}{unit}"
