"""Targets: figures to be reached in the coming year or in several years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from luodi.reading.model import Heading, Horizon, Span, Target
from luodi.reading.modifiers import STRETCH
from luodi.reading.sentences import sentences
from luodi.reading.statements import Statement, resolved, statements

_PAST = re.compile(
    "(?<!抓好)(?<!推进)(?<!推动)(?<!加快)(?<!促进)已|去年(?!.*增)|了|曾|截至|目前|以来|过去|回顾"
)
_DESCRIBED = re.compile(
    "围绕|聚焦|对接|针对|依托|落实(?!到)|贯彻|按照|根据|瞄准|发挥|作为|加强对|紧盯|涵盖|涉及|包括|包含|按每"
)
_FRAME = re.compile("以.*为(?:重点|主|核心|抓手|载体)")
_SUBSIDY = re.compile(r"(?:补助|补贴|奖励|奖补|资助)\Z")
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
    for statement in resolved(statements(text, sentence)):
        if not statement.indicator or _PAST.search(statement.lead) or _DESCRIBED.search(statement.lead):
            continue
        if _FRAME.match(statement.clause) or (
            statement.figure.unit in ("元", "万元") and _SUBSIDY.search(statement.lead)
        ):
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
