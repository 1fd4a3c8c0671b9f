"""Statements with a figure: what is measured, how much, and how it is to be judged.

One pass: figures are found first; only the clause around a figure is then looked at. Forward and past
statements share this grammar; `targets` and `achievements` choose from it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from luodi.reading import modifiers
from luodi.reading.figures import Figure, find_figures
from luodi.reading.indicators import (
    COUNTED_TAIL,
    VERB_TAIL,
    after_figure,
    before_figure,
    split_list,
    stand_alone,
)
from luodi.reading.model import Change, Comparator, Span

BOUNDARY = re.compile(r"[，；;：:。！？\s]|,(?!\d{3})")
_QUOTED = re.compile("“[^”]*”|《[^》]*》|「[^」]*」")
_BRACKET = re.compile("[（(][^（()）]*[）)]")
_STOP = re.compile(r"\Z|[、和与及或）)（(等并·]|以及|，")
_GOAL = re.compile("的(?:目标|要求|水平|增长|增速|速度|比例|标准|幅度|年均|预期|较快|任务)")
_LAND = ("公里", "亩", "平方米", "公顷", "平方公里", "千米", "小时", "米")
_OPEN = re.compile(
    r"(?:第|前|近年|每|按|年产|日产|年处理|日处理|未来|过去|近|连续|这|那|原|全国|世界|中国|全球|上述|院|[0-9A-Za-z+/×])\Z"
)
_RANK = re.compile(
    "(?:力争|争取|确保|保持|再次|首次|率先)*(?:进入|跻身|挺进|位居|迈入|争进|保持在?|进|居|列|位列)(?:到|至)?(?:全国|全省|世界|中国|全球|全区|全市)?[^，]{0,8}?前?\\Z"
)
_LIST_GAP = re.compile(r"[、，和与及以上左右内下约超]*\Z")


@dataclass(frozen=True, slots=True)
class Statement:
    """`lead` is the clause up to the figure, `clause` where the clause begins, `rest` what follows in it."""

    start: int
    end: int
    indicator: str
    figure: Figure
    comparator: Comparator
    change: Change
    clause: int
    lead: str
    rest: str


def statements(text: str, sentence: Span) -> Iterator[Statement]:
    """Every figure of a sentence that measures something, in order; ordinals, names and qualifiers are left out."""
    figures = list(find_figures(text, sentence.start, sentence.end))
    if not figures:
        return
    body = text[sentence.start : sentence.end]
    quoted = [(sentence.start + m.start(), sentence.start + m.end()) for m in _QUOTED.finditer(body)]
    figures = [f for f in figures if not any(a < f.start < b for a, b in quoted) and not _describes(text, f)]
    breaks = [sentence.start, *(sentence.start + m.end() for m in BOUNDARY.finditer(body)), sentence.end + 1]
    free = sentence.start
    index = 0
    while index < len(figures):
        figure = figures[index]
        place = bisect_right(breaks, figure.start)
        begin, close = breaks[place - 1], breaks[place] - 1
        left = max(begin, free)
        together = _together(text, figures, index, begin)
        if together > 1:
            group = figures[index : index + together]
            yield from _list(text, begin, close, group)
            free = _after(text, group[-1])[1]
            index += together
            continue
        following = figures[index + 1].start if index + 1 < len(figures) else sentence.end
        made = list(_one(text, begin, left, close, following, figure))
        if made:
            free = max(_after(text, figure)[1], made[-1].end)
            yield from made
        index += 1


def _after(text: str, figure: Figure) -> tuple[str, int]:
    match = modifiers.AFTER_FIGURE.match(text, figure.end)
    return (match.group(), match.end()) if match else ("", figure.end)


def _describes(text: str, figure: Figure) -> bool:
    """A figure before 的 tells what a thing is like (产值上千亿元的产业), unless an aim follows (10%以上的目标)."""
    end = _after(text, figure)[1]
    return text.startswith("的", end) and not _GOAL.match(text, end)


def _together(text: str, figures: list[Figure], index: int, begin: int) -> int:
    """How many figures from `index` on share one 分别."""
    first = figures[index]
    if "分别" not in text[begin : first.start]:
        return 1
    count = 1
    for earlier, later in zip(figures[index:], figures[index + 1 :], strict=False):
        gap = text[earlier.end : later.start]
        if len(gap) > 8 or not _LIST_GAP.match(gap):
            break
        count += 1
    return count


def _chain(lead: str) -> tuple[str, str]:
    """Split the words before a figure into what is measured and the chain of verbs and modifiers."""
    window = lead[-24:]
    match = modifiers.CHAIN.search(window)
    chain = match.group() if match else ""
    return lead[: len(lead) - len(chain)], chain


def _list(text: str, begin: int, close: int, group: list[Figure]) -> Iterator[Statement]:
    """ "A、B分别达到x和y以上": one statement per figure; a last 以上 or 左右 holds for all."""
    lead = text[begin : group[0].start]
    head, chain = _chain(lead[: lead.rindex("分别")])
    chain += lead[lead.rindex("分别") :]
    noun, cut = before_figure(head)
    last, end = _after(text, group[-1])
    for figure, indicator in zip(group, split_list(noun, len(group)), strict=True):
        after = _after(text, figure)[0] or last
        yield Statement(
            start=begin + cut,
            end=end,
            indicator=indicator,
            figure=figure,
            comparator=modifiers.comparator(chain, after, figure),
            change=modifiers.change(chain, head, figure),
            clause=begin,
            lead=lead,
            rest=text[end:close],
        )


def _one(text: str, begin: int, left: int, close: int, following: int, figure: Figure) -> Iterator[Statement]:
    lead = text[left : figure.start]
    after, end = _after(text, figure)
    close = max(close, end)
    rest = text[end : min(close, following)]
    if following < close:
        cut = max(rest.rfind("、"), rest.rfind("和"), rest.rfind("与"), rest.rfind("及"))
        if cut >= 0:
            rest = rest[:cut]
        elif rest and not figure.is_word:
            return  # "5亿元以上项目16个", "由3个增加到5个": only the last figure counts
    if figure.unit in ("强", "位", "名") and (rank := _RANK.search(lead)):
        yield from _ranked(text, begin, left, figure, lead, rank.start())
        return
    if figure.unit == "强" or (_OPEN.search(lead) and not figure.is_word):
        return
    lead = lead.lstrip("、和与及")
    inset = figure.start - len(lead)
    head, chain = _chain(lead)
    bare = _STOP.match(rest) is not None or rest.startswith("的") or figure.is_word
    if not bare and not _fits(figure, after, rest, head, chain):
        return
    if bare:
        noun, cut = before_figure(head)
        nouns = [noun]
        if chain.endswith("各") or "各自" in chain:
            nouns = split_list(noun, noun.count("、") + 1)
        elif "均" in chain:
            nouns = stand_alone(noun)
        stop = end
    else:
        noun, cut = after_figure(head, rest)
        nouns = [noun]
        stop = end + len(rest)
    if _small(figure) and not (VERB_TAIL.search(head) or COUNTED_TAIL.search(head) or (bare and chain)):
        return
    start = inset + cut
    if not head.strip():
        start = inset
    for noun in nouns:
        yield Statement(
            start=start,
            end=stop,
            indicator=noun,
            figure=figure,
            comparator=modifiers.comparator(chain, after, figure),
            change="level" if figure.is_count and not bare else modifiers.change(chain, head, figure),
            clause=begin,
            lead=lead,
            rest=rest,
        )


def _ranked(text: str, begin: int, left: int, figure: Figure, lead: str, cut: int) -> Iterator[Statement]:
    """ "经济总量进入全国50强": a place in a ranking."""
    noun, inset = before_figure(lead[:cut])
    after, end = _after(text, figure)
    yield Statement(
        start=left + inset,
        end=end,
        indicator=noun,
        figure=figure,
        comparator=modifiers.comparator("", after, figure),
        change="level",
        clause=begin,
        lead=lead,
        rest="",
    )


def _small(figure: Figure) -> bool:
    """Chinese numerals count things only right after a verb: 建成两个园区, but 四个全面 is a name."""
    return figure.number[0] in "二两三四五六七八九十百千万"


def _fits(figure: Figure, after: str, rest: str, head: str, chain: str) -> bool:
    """Whether a figure followed by a noun counts it, rather than describes it (年产30万吨项目)."""
    if figure.is_count or figure.unit in ("%", "％"):
        return True
    if after or figure.unit.endswith("岁"):
        return False
    return figure.unit.lstrip("万亿") in _LAND
