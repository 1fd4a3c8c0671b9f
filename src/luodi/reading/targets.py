"""Targets: figures to be reached in the coming year or in several years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from luodi.reading.indicators import ONLY_VERBS
from luodi.reading.model import Heading, Horizon, Span, Target
from luodi.reading.modifiers import STRETCH
from luodi.reading.sentences import sentences
from luodi.reading.statements import Statement, statements

_PAST = re.compile("已|去年(?!.*增)|累计完成|了|曾|截至|目前|以来|过去|回顾")
_DESCRIBED = re.compile(
    "围绕|聚焦|对接|针对|依托|落实(?!到)|贯彻|按照|根据|瞄准|发挥|作为|加强对|紧盯|涵盖|涉及|包括|包含"
)
_YEAR = re.compile(r"(?:到|至)?(20\d{2})年")
_QUARTER = re.compile("([一二三四])季度")
_MONTH = re.compile(r"(\d{1,2})月(?:份|底|末)?前")


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
    before = ""
    for statement in statements(text, sentence):
        if ONLY_VERBS.match(statement.indicator):
            statement = replace(statement, indicator=statement.indicator + before)
        before = statement.indicator
        if not statement.indicator or _PAST.search(statement.lead) or _DESCRIBED.search(statement.lead):
            continue
        stretch = any(word in statement.lead for word in STRETCH)
        yield statement, stretch, _period(statement, year) or horizon.label


def _period(statement: Statement, year: int | None) -> str | None:
    if match := _YEAR.search(statement.lead):
        return match[1]
    if year and (match := _QUARTER.search(statement.lead)):
        return f"{year}Q{'一二三四'.index(match[1]) + 1}"
    if year and (match := _MONTH.search(statement.lead + statement.rest)):
        return f"{year}-{int(match[1]):02d}"
    return None
