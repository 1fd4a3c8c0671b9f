"""Targets: figures to be reached in the coming year or in several years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from luodi.reading.deadlines import find_period
from luodi.reading.model import Heading, Horizon, Span, Target
from luodi.reading.modifiers import COMPARED, STRETCH
from luodi.reading.statements import Statement, measured
from luodi.reading.vocabulary import CREATE, any_of

_PAST = re.compile(
    "(?<!抓好)(?<!推进)(?<!推动)(?<!加快)(?<!促进)已|(?<![比较于])(?:去年|上年)|(?<![为除])了(?!解)|曾|截至|目前|以来|过去|回顾"
)
# What is worked on or by, not what is to be reached, unless a verb of doing follows: "围绕16条产业链", "依托展会提供岗位".
_FRAMED = re.compile(
    r"\A[^，]{0,6}?(?:围绕|聚焦|对接|针对|依托|贯彻|按照|按每|根据|瞄准|发挥|作为|加强对|紧盯|对标|涵盖|涉及|距离|只有)(?P<object>.*)\Z"
)
_DOES = re.compile(any_of(CREATE, ("提供", "开展", "组织", "实施", "发放", "培养", "招聘", "培训", "服务")))
_SUBSIDY = re.compile(r"(?:补助|补贴|奖励|奖补|资助)\Z")
# "城镇调查失业率5.5%左右，体现了…" explains a target that was set before.
_EXPLAINED = re.compile("，(?:这|主要|综合|充分)?(?:体现|考虑|是因为)")
_EFFORT = re.compile("|".join((*STRETCH, "确保", "必保", "保证", "全年")))
_PARAGRAPH = 600
"""How many characters back the date of a paragraph is looked for."""
_CLAUSE = re.compile("[，；。：]")
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
        for sentence, statements in measured(text, Span(horizon.start, horizon.end), headings):
            found.extend(_promises(text, sentence, statements, horizon, year))
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


def _promises(
    text: str, sentence: Span, statements: list[Statement], horizon: Horizon, year: int | None
) -> Iterator[tuple[Statement, bool, str]]:
    """The targets of a sentence; a date or a 力争 in an earlier clause holds until another takes its place.

    In a part of several years a date holds for the rest of its paragraph: "到2025年，…。上市企业达到40家".
    """
    named: str | None = None
    is_stretch = False
    read = sentence.start
    if horizon.label == "multi":
        back = max(horizon.start, sentence.start - _PARAGRAPH)
        read = max(back, text.rfind("\n", back, sentence.start) + 1)
    for statement in statements:
        for clause in _CLAUSE.split(COMPARED.sub("", text[read : statement.figure.start])):
            named = find_period(clause, year) or (None if _THIS_YEAR.search(clause) else named)
        efforts = _EFFORT.findall(text, max(read, sentence.start), statement.figure.start)
        is_stretch = efforts[-1] in STRETCH if efforts else is_stretch
        read = statement.end
        if statement.indicator and _is_promise(statement) and not _EXPLAINED.match(text, statement.end):
            yield statement, is_stretch, find_period(statement.rest, year) or named or horizon.label


def _is_promise(statement: Statement) -> bool:
    """Neither a figure of the past, nor one that only describes what is worked on, nor the rate of a subsidy."""
    framed = _FRAMED.match(statement.lead)
    if _PAST.search(statement.lead) or (framed and not _DOES.search(framed["object"])):
        return False
    if "按每" in statement.lead or (statement.figure.unit == "条" and "落实" in statement.lead):
        return False  # 按每人每月450元标准; 落实支持民营经济30条
    return statement.figure.unit not in ("元", "万元") or not _SUBSIDY.search(statement.lead)
