"""Targets: figures to be reached in the coming year or in several years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from luodi.reading.deadlines import find_period
from luodi.reading.model import Heading, Horizon, Span, Target
from luodi.reading.modifiers import COMPARED, STRETCH
from luodi.reading.sentences import sentences
from luodi.reading.statements import Statement, resolved, statements

_PAST = re.compile(
    "(?<!抓好)(?<!推进)(?<!推动)(?<!加快)(?<!促进)已|(?<![比较于])(?:去年|上年)|了|曾|截至|目前|以来|过去|回顾"
)
_DESCRIBED = re.compile(
    "围绕|聚焦|对接|针对|依托|落实(?!到)|贯彻|按照|根据|瞄准|发挥|作为|加强对|紧盯|涵盖|涉及|包括|包含|按每|对标"
)
_SUBSIDY = re.compile(r"(?:补助|补贴|奖励|奖补|资助)\Z")
# "城镇调查失业率5.5%左右，体现了…" explains a target that was set before.
_EXPLAINED = re.compile("，(?:这|主要|综合|充分)?(?:体现|考虑|是因为)")
_EFFORT = re.compile("|".join((*STRETCH, "确保", "必保", "保证", "全年")))
_THIS_YEAR = re.compile("全年|年内|今年|当年")


def find_targets(
    text: str, horizons: Iterable[Horizon], headings: Iterable[Heading], year: int | None
) -> tuple[Target, ...]:
    """The targets of the `multi` and `year` spans, in the order of the text, with ids t1, t2, ..."""
    headings = tuple(headings)
    found: list[tuple[Statement, bool, str]] = []
    for horizon in sorted(horizons, key=lambda h: h.start):
        if horizon.label == "review":
            continue
        for sentence in sentences(text, Span(horizon.start, horizon.end), headings):
            found.extend(_of_sentence(text, sentence, horizon, year))
    return tuple(
        Target(
            id=f"t{number}",
            start=s.start,
            end=s.end,
            quote=text[s.start : s.end],
            indicator=s.indicator,
            number=s.figure.number,
            value=s.figure.value,
            value_high=s.figure.high,
            unit=s.figure.unit,
            comparator=s.comparator,
            change=s.change,
            ambition="stretch" if stretch else "firm",
            horizon=period,
        )
        for number, (s, stretch, period) in enumerate(found, 1)
    )


def _of_sentence(
    text: str, sentence: Span, horizon: Horizon, year: int | None
) -> Iterator[tuple[Statement, bool, str]]:
    """The targets of a sentence; a date or a 力争 in an earlier clause holds until another takes its place.

    In a part of several years a date holds for the rest of its paragraph: "到2025年，…。上市企业达到40家".
    """
    opening = text.rfind("\n", 0, sentence.start) + 1 if horizon.label == "multi" else sentence.start
    named: str | None = None
    is_stretch = False
    read = max(opening, horizon.start)
    for statement in resolved(statements(text, sentence)):
        ahead = COMPARED.sub("", text[read : statement.figure.start])
        this_year = [m.end() for m in _THIS_YEAR.finditer(ahead)]
        named = find_period(ahead[this_year[-1] :] if this_year else ahead, year) or (
            None if this_year else named
        )
        efforts = _EFFORT.findall(text, max(read, sentence.start), statement.figure.start)
        is_stretch = efforts[-1] in STRETCH if efforts else is_stretch
        read = statement.end
        if statement.indicator and _is_promise(statement) and not _EXPLAINED.match(text, statement.end):
            yield statement, is_stretch, find_period(statement.rest, year) or named or horizon.label


def _is_promise(statement: Statement) -> bool:
    """Neither a figure of the past, nor one that only describes what is worked on, nor the rate of a subsidy."""
    if _PAST.search(statement.lead) or _DESCRIBED.search(statement.lead):
        return False
    return statement.figure.unit not in ("元", "万元") or not _SUBSIDY.search(statement.lead)
