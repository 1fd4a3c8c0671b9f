"""Statements with a figure: what is measured, how much, and how it is to be judged.

Figures are found first, in one pass; only the clause around a figure is then looked at. Forward and past
statements share this grammar; `targets` and `achievements` choose from it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from luodi.reading import modifiers
from luodi.reading.descriptions import (
    AIM,
    LISTED,
    STOP,
    counts_noun,
    is_counted_in_words,
    is_name,
    measuring,
)
from luodi.reading.figures import Figure, find_figures
from luodi.reading.indicators import (
    COUNTED_HEAD,
    ELLIPTIC,
    after_figure,
    bare_measure,
    before_figure,
    of_the_same,
    split_list,
    stand_alone,
)
from luodi.reading.model import Change, Comparator, Heading, Span
from luodi.reading.sentences import sentences

_BOUNDARY = re.compile(r"[，；;：:。！？\n,](?!(?<=,)\d{3})")
_QUOTED = re.compile("(?=[“《「])(?:“[^”]*”|《[^》]*》|「[^」]*」)")
_BRACKET = re.compile("[（(][^（()）]*[）)]")
# The same figure in other words: 41500元（约合6250美元）.
_SAME = re.compile("[（(](?:约合|折合|约|合|相当于)")
# "以9条主干路、6条快速路为重点": what is worked on.
_FRAME = re.compile("[^，]{0,4}?以(?![上下内]).*为(?:重点|主|核心|抓手|载体|依托|牵引)")
_RANK = re.compile(
    "(?:力争|争取|确保|保持|再次|首次|率先)*(?:进入|跻身|挺进|迈入|争进|重返|(?:位居|保持在?|进|居|位列)(?=[^，]*前))"
    r"(?:到|至)?(?:全国|全省|世界|中国|全球|全区|全市)?[^，]{0,8}?前?\Z"
)
# "不低于10%的幅度压减一般性支出": what grows or shrinks stands behind.
_BY_RATE = re.compile(
    "的(?:幅度|增幅|降幅|增速|速度)(?:[压递缩削]减|提高|增长|增加|提升|降低|压缩|下降)?(?P<what>[^，。、]{3,})"
)
_LONGEST = 1200
"""Characters of the longest sentence that is taken whole."""
_ORDERED_GAP = re.compile(r"[、，和与及以上左右内下约超每年月人]{0,8}\Z")
_FIRST_OF_LIST = re.compile("(?P<first>.*)(?:、|以及|和|与|及)")


class Statement(NamedTuple):
    """`lead` is the clause between the figure before and this one, `rest` what follows."""

    start: int
    end: int
    indicator: str
    figure: Figure
    comparator: Comparator
    change: Change
    lead: str
    rest: str
    back: int = 1
    """Which statement before it an elliptic one speaks of: in "A 5亿元、B 6亿元，分别增长…" each the second back."""


class _Clause(NamedTuple):
    """A clause at `begin:close` of the text; `left` is where the words begin that no earlier figure has taken."""

    text: str
    begin: int
    left: int
    close: int

    def state(
        self,
        figure: Figure,
        start: int,
        end: int,
        indicator: str,
        chain: str,
        after: str,
        *,
        is_count: bool = False,
        back: int = 1,
    ) -> Statement:
        """The statement of a figure; `chain` are the words up to it, `after` the modifier behind it.

        That 居民消费价格涨幅 is a rate is kept in `change`; the indicator is 居民消费价格.
        """
        return Statement(
            start,
            end,
            bare_measure(indicator),
            figure,
            modifiers.comparator(chain, after, figure),
            "level" if is_count else modifiers.change(chain, indicator, figure),
            lead=self.text[self.left : figure.start],
            rest=self.text[figure.end : max(end, self.close)],
            back=back,
        )


def measured(text: str, span: Span, headings: Iterable[Heading]) -> Iterator[tuple[Span, list[Statement]]]:
    """The sentences inside `span` that hold a figure, each with its statements, ellipses filled in."""
    figures = list(find_figures(text, span.start, span.end))
    place = 0
    parted = sentences(text, span, headings)
    if any(sentence.end - sentence.start > _LONGEST for sentence in parted):
        parted = tuple(piece for sentence in parted for piece in _pieces(text, sentence))
    for sentence in parted:
        while place < len(figures) and figures[place].start < sentence.start:
            place += 1
        first = place
        while place < len(figures) and figures[place].end <= sentence.end:
            place += 1
        if first < place:
            yield sentence, list(_resolved(_statements(text, sentence, figures[first:place])))


def _pieces(text: str, sentence: Span) -> Iterator[Span]:
    """A sentence as it is; one beyond all measure (a table run together) in pieces, so that time stays linear."""
    start = sentence.start
    while sentence.end - start > _LONGEST:
        cut = max(text.rfind(mark, start, start + _LONGEST) for mark in "，、") + 1
        cut = cut if cut > start else start + _LONGEST
        yield Span(start, cut)
        start = cut
    yield Span(start, sentence.end)


def _statements(text: str, sentence: Span, figures: list[Figure]) -> Iterator[Statement]:
    """Every figure of a sentence that measures something, in order; ordinals, names and qualifiers are left out."""
    figures, breaks = _laid_out(text, sentence, figures)
    free = sentence.start
    index = 0
    while index < len(figures):
        figure = figures[index]
        place = bisect_right(breaks, figure.start)
        begin, close = breaks[place - 1], breaks[place] - 1
        clause = _Clause(text, begin, max(begin, free), close)
        count = _together(clause, figures[index:])
        following = figures[index + count].start if index + count < len(figures) else sentence.end
        made: list[Statement] = []
        if not _FRAME.match(text, begin, close):
            made = (
                _of_list(clause, figures[index : index + count])
                if count > 1
                else _of_one(clause, figure, following)
            )
            topic = text[breaks[place - 2] : begin - 1] if place > 1 and index == 0 else ""
            if topic and made and ELLIPTIC.match(made[0].indicator):
                made = [s._replace(indicator=s.indicator + before_figure(topic)[0]) for s in made]
        if made:
            free = made[-1].end
            yield from made
        index += count


def _laid_out(text: str, sentence: Span, figures: list[Figure]) -> tuple[list[Figure], list[int]]:
    """The measuring figures of a sentence, and where its clauses begin; a bracket with a figure is one too."""
    if quoted := [match.span() for match in _QUOTED.finditer(text, sentence.start, sentence.end)]:
        figures = [f for f in figures if f.is_word or not any(a < f.start < b for a, b in quoted)]
    figures = measuring(text, figures)
    edges = [match.end() for match in _BOUNDARY.finditer(text, sentence.start, sentence.end)]
    for bracket in _BRACKET.finditer(text, sentence.start, sentence.end):
        opens, closes = bracket.span()
        if any(opens < f.start < closes for f in figures):
            edges += [opens + 1, closes]
            if _SAME.match(bracket.group()):
                figures = [f for f in figures if not opens < f.start < closes]
    return figures, [sentence.start, *sorted(edges), sentence.end + 1]


def _resolved(found: Iterable[Statement]) -> Iterator[Statement]:
    """The same statements of one sentence, each elliptic one named after what was measured before it.

    "财政收入50亿元，分别增长…", "力争达到8%" and "新开工20个" leave their measure to the statement before.
    """
    before: list[Statement] = []
    for statement in found:
        if before and ELLIPTIC.match(statement.indicator):
            model = before[-statement.back] if statement.back <= len(before) else before[-1]
            noun = COUNTED_HEAD.sub("", model.indicator)
            is_same_rate = not statement.indicator and model.figure.unit == statement.figure.unit == "%"
            statement = statement._replace(
                indicator=statement.indicator + noun if statement.indicator else model.indicator,
                change=model.change if is_same_rate else statement.change,
            )
        elif (
            before and (name := of_the_same(statement.indicator, before[-1].indicator)) != statement.indicator
        ):
            statement = statement._replace(indicator=name)
        before.append(statement)
        yield statement


def _together(clause: _Clause, figures: list[Figure]) -> int:
    """How many figures from the first on stand in one list: "分别增长5%、6%左右", "增长8%和10%以上"."""
    text = clause.text
    gap = _ORDERED_GAP if "分别" in text[clause.begin : figures[0].start] else LISTED
    count = 1
    for earlier, later in pairwise(figures):
        if not gap.match(text[earlier.end : later.start]):
            break
        if not STOP.match(text, modifiers.after_figure(text, later.end)[1]):
            break
        count += 1
    return count


def _of_list(clause: _Clause, group: list[Figure]) -> list[Statement]:
    """ "A、B分别达到x和y以上": one statement per figure; a last 以上 or 左右 holds for all."""
    lead = clause.text[clause.begin : group[0].start]
    ordered = lead.rfind("分别") if "分别" in lead else len(lead)
    head, chain = modifiers.chain_before(lead[:ordered])
    chain += lead[ordered:]
    noun, cut = before_figure(head)
    last, end = modifiers.after_figure(clause.text, group[-1].end)
    made = []
    for figure, indicator in zip(group, split_list(noun, len(group)), strict=True):
        after = modifiers.after_figure(clause.text, figure.end)[0] or last
        back = 1 if noun else len(group)
        made.append(clause.state(figure, clause.begin + cut, end, indicator, chain, after, back=back))
    return made


def _of_one(clause: _Clause, figure: Figure, following: int) -> list[Statement]:
    """The statement of a single figure, or several when it holds for each part of a list ("各20个", "均增长8%")."""
    lead = clause.text[clause.left : figure.start]
    after, end = modifiers.after_figure(clause.text, figure.end)
    rest = clause.text[end : max(end, min(clause.close, following))]
    if following < clause.close:
        listed = _FIRST_OF_LIST.match(rest)
        if not listed and not figure.is_word:
            return []  # "由3个增加到5个": only the last figure counts
        rest = listed["first"] if listed else rest
    if (figure.unit == "强" or lead.endswith("前")) and (rank := _RANK.search(lead)):
        noun, cut = before_figure(lead[: rank.start()])
        return [clause.state(figure, clause.left + cut, end, noun, "", after)]
    if is_name(figure, lead):
        return []
    if by_rate := _BY_RATE.match(rest):
        noun = COUNTED_HEAD.sub("", by_rate["what"])
        clause = clause._replace(left=figure.start)  # 按照 before the figure frames nothing
        return [clause.state(figure, figure.start, end + by_rate.end(), noun, "增长" + lead, after)]
    lead = lead.lstrip("、和与及")
    inset = figure.start - len(lead)
    head, chain = modifiers.chain_before(lead)
    aim = AIM.match(rest)
    if figure.is_word or aim or STOP.match(rest):
        if not is_counted_in_words(figure, True, head, chain, rest):
            return []
        noun, cut = before_figure(head)
        start = inset + cut if head.strip() else inset
        return [
            clause.state(figure, start, end, one, chain + (aim.group() if aim else ""), after)
            for one in _shares(noun, chain)
        ]
    stop = end + len(rest)
    rest = rest.removeprefix("的")
    if not counts_noun(figure, after, head, chain, rest) or not is_counted_in_words(
        figure, False, head, chain, rest
    ):
        return []
    noun, cut = after_figure(head, rest)
    start = inset + cut if head.strip() else inset
    return [clause.state(figure, start, stop, noun, lead, after, is_count=figure.is_count)]


def _shares(noun: str, chain: str) -> list[str]:
    if chain.endswith("各") or "分别" in chain:
        return split_list(noun, noun.count("、") + 1)
    return stand_alone(noun)
