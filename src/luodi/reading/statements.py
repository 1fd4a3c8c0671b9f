"""Statements with a figure: what is measured, how much, and how it is to be judged.

One pass: figures are found first; only the clause around a figure is then looked at. Forward and past
statements share this grammar; `targets` and `achievements` choose from it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from luodi.reading import modifiers
from luodi.reading.figures import Figure, find_figures
from luodi.reading.indicators import (
    COUNTED_HEAD,
    CREATE_TAIL,
    CREATE_WORD,
    DELIVER_TAIL,
    ELLIPTIC,
    after_figure,
    bare_measure,
    before_figure,
    split_list,
    stand_alone,
)
from luodi.reading.model import Change, Comparator, Span

BOUNDARY = re.compile(r"[，；;：:。！？\n]|,(?!\d{3})")
_QUOTED = re.compile("“[^”]*”|《[^》]*》|「[^」]*」")
_BRACKET = re.compile("[（(][^（()）]*[）)]")
_STOP = re.compile(r"\Z|[、，,。；;：:和与及或）)（(等并·\s]|以及|支持|用于|安排|投向|纳入")
_GOAL = re.compile("的(?:目标|要求|水平|增长|增速|增幅|涨幅|降幅|速度|比例|标准|幅度|年均|预期|较快|任务)")
_LAND = ("公里", "亩", "平方米", "公顷", "平方公里", "千米", "小时", "米")
_OPEN = re.compile(
    r"(?:第|前|近年|每|(?<!拟)按|年产|日产|年处理|日处理|未来|过去|连续|这|那|原|全国|世界|中国|全球|上述|院|[0-9A-Za-z+/×])\Z"
)
_RANK = re.compile(
    "(?:力争|争取|确保|保持|再次|首次|率先)*(?:进入|跻身|挺进|迈入|争进|重返|(?:位居|保持在?|进|居|位列)(?=[^，]*前))"
    r"(?:到|至)?(?:全国|全省|世界|中国|全球|全区|全市)?[^，]{0,8}?前?\Z"
)
_QUALITY = re.compile("(?:、[^，。、]{1,8})*的|式|型|网格|计划|行动|工程")
_CLASS = re.compile(r"(?:打造|建成|形成|培育|建设|发展|壮大|向|迈向|冲刺|达到|突破|超|成为)\Z")
_PLAN = re.compile(r"(?:计划|行动|政策|机制|制度|意见|方面|方面工作|领域|关键|环节|指标|指标体系)\Z")
_PLACE = re.compile(r"\A(?:率先|首批)?在\Z|支持\Z|提出\Z")
_CLASSES = re.compile("级(?:、[^，。、]{1,4}级)*的")
_FRAME = re.compile("以.*为(?:重点|主|核心|抓手|载体|依托|牵引)")
_AGE = re.compile("寿命|年龄")
_FUNDS = re.compile("[^，]{0,12}?(?:资金|国债|贷款|基金|债券|消费券)")
_CUT_DOWN = re.compile(r"(?:压缩|压减|削减|降低|减少)\Z")
# The same figure in other words: 41500元（约合6250美元）.
_SAME = re.compile("[（(](?:约合|折合|约|合|相当于)")
_PLAIN_GAP = re.compile(r"(?:以上|左右|以内)?[、和与及](?:达到|每年|每月|每人每年|每人每月)?\Z")
_LIST_GAP = re.compile(r"[、，和与及以上左右内下约超每年月人]*\Z")


@dataclass(frozen=True, slots=True)
class Statement:
    """`opening` is the clause up to the figure, `lead` its part after the figure before, `rest` what follows."""

    start: int
    end: int
    indicator: str
    figure: Figure
    comparator: Comparator
    change: Change
    opening: str
    lead: str
    rest: str
    back: int = 1
    """Which statement before it an elliptic one speaks of: in "A 5亿元、B 6亿元，分别增长…" each the second back."""


def statements(text: str, sentence: Span) -> Iterator[Statement]:
    """Every figure of a sentence that measures something, in order; ordinals, names and qualifiers are left out."""
    figures = list(find_figures(text, sentence.start, sentence.end))
    if not figures:
        return
    body = text[sentence.start : sentence.end]
    quoted = [(sentence.start + m.start(), sentence.start + m.end()) for m in _QUOTED.finditer(body)]
    figures = _measuring(
        text, [f for f in figures if not any(a < f.start < b and not f.is_word for a, b in quoted)]
    )
    edges = [sentence.start + m.end() for m in BOUNDARY.finditer(body)]
    for m in _BRACKET.finditer(body):
        opens, closes = sentence.start + m.start(), sentence.start + m.end()
        if any(opens < f.start < closes for f in figures):
            edges += [opens + 1, closes]
            if _SAME.match(m.group()):
                figures = [f for f in figures if not opens < f.start < closes]
    breaks = [sentence.start, *sorted(edges), sentence.end + 1]
    free = sentence.start
    index = 0
    while index < len(figures):
        figure = figures[index]
        place = bisect_right(breaks, figure.start)
        begin, close = breaks[place - 1], breaks[place] - 1
        left = max(begin, free)
        if _FRAME.match(text, begin, close):
            index += 1
            continue
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


def resolved(found: Iterable[Statement]) -> Iterator[Statement]:
    """The same statements of one sentence, each elliptic one named after what was measured before it.

    "财政收入50亿元，分别增长…", "力争达到8%" and "新开工20个" leave their measure to the statement before.
    """
    before: list[Statement] = []
    for statement in found:
        if before and ELLIPTIC.match(statement.indicator):
            model = before[-statement.back] if statement.back <= len(before) else before[-1]
            noun = COUNTED_HEAD.sub("", model.indicator)
            is_same_rate = not statement.indicator and model.figure.unit == statement.figure.unit == "%"
            statement = replace(
                statement,
                indicator=statement.indicator + noun if statement.indicator else model.indicator,
                change=model.change if is_same_rate else statement.change,
            )
        before.append(statement)
        yield statement


def _after(text: str, figure: Figure) -> tuple[str, int]:
    match = modifiers.AFTER_FIGURE.match(text, figure.end)
    return (match.group(), match.end()) if match else ("", figure.end)


def _measuring(text: str, figures: list[Figure]) -> list[Figure]:
    """The figures without those that describe a thing; in "产值超10亿元、5亿元的企业" the whole list describes it."""
    kept: list[Figure] = []
    describing: Figure | None = None
    for figure in reversed(figures):
        listed = (
            describing is not None
            and describing.unit == figure.unit
            and _PLAIN_GAP.match(text[figure.end : describing.start]) is not None
        )
        if listed or _describes(text, figure):
            describing = figure
        else:
            kept.append(figure)
    return kept[::-1]


def _describes(text: str, figure: Figure) -> bool:
    """A figure before 的 tells what a thing is like (产值上千亿元的产业), unless an aim follows (10%以上的目标)."""
    after, end = _after(text, figure)
    if figure.unit.endswith("岁"):
        return not _AGE.search(text, max(0, figure.start - 12), figure.start)
    if figure.is_word:
        return figure.number in ("全覆盖", "翻番") and _QUALITY.match(text, end) is not None
    if text.startswith("的", end):
        if figure.unit in ("%", "％") and (
            after or _CUT_DOWN.search(text, max(0, figure.start - 4), figure.start)
        ):
            return False
        return not _GOAL.match(text, end)
    if _CLASSES.match(text, end):
        return True
    return text.startswith("级", end) and not _CLASS.search(text, max(0, figure.start - 6), figure.start)


def _together(text: str, figures: list[Figure], index: int, begin: int) -> int:
    """How many figures from `index` on stand in one list: "分别增长5%、6%左右", "增长8%和10%以上"."""
    gap_form = _LIST_GAP if "分别" in text[begin : figures[index].start] else _PLAIN_GAP
    count = 1
    for earlier, later in zip(figures[index:], figures[index + 1 :], strict=False):
        gap = text[earlier.end : later.start]
        if len(gap) > 8 or not gap_form.match(gap) or not _STOP.match(text, _after(text, later)[1]):
            break
        count += 1
    return count


def _list(text: str, begin: int, close: int, group: list[Figure]) -> Iterator[Statement]:
    """ "A、B分别达到x和y以上": one statement per figure; a last 以上 or 左右 holds for all."""
    lead = text[begin : group[0].start]
    ordered = lead.rfind("分别") if "分别" in lead else len(lead)
    head, chain = modifiers.chain_before(lead[:ordered])
    chain += lead[ordered:]
    noun, cut = before_figure(head)
    last, end = _after(text, group[-1])
    for figure, indicator in zip(group, split_list(noun, len(group)), strict=True):
        after = _after(text, figure)[0] or last
        yield Statement(
            start=begin + cut,
            end=end,
            indicator=bare_measure(indicator),
            figure=figure,
            comparator=modifiers.comparator(chain, after, figure),
            change=modifiers.change(chain, indicator, figure),
            opening=text[begin : figure.start],
            lead=lead,
            rest=text[end:close],
            back=len(group) if not noun else 1,
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
        elif not figure.is_word:
            return  # "5亿元以上项目16个", "由3个增加到5个": only the last figure counts
    if (figure.unit == "强" or lead.endswith("前")) and (rank := _RANK.search(lead)):
        yield from _ranked(text, begin, left, figure, lead, rank.start())
        return
    if figure.unit == "强" or (_OPEN.search(lead) and not figure.is_word):
        return
    lead = lead.lstrip("、和与及")
    inset = figure.start - len(lead)
    head, chain = modifiers.chain_before(lead)
    if rest.startswith("的") and not _GOAL.match(rest):
        rest, of = rest[1:], 1
    else:
        of = 0
    bare = _STOP.match(rest) is not None or rest.startswith("的") or figure.is_word
    if not bare and not _fits(figure, after, rest, head, chain):
        return
    if bare:
        noun, cut = before_figure(head)
        nouns = [noun]
        if chain.endswith("各") or "分别" in chain:
            nouns = split_list(noun, noun.count("、") + 1)
        else:
            nouns = stand_alone(noun)
        stop = end
    else:
        noun, cut = after_figure(head, rest)
        nouns = [noun]
        stop = end + of + len(rest)
    if _is_spelled(figure) and not rest.startswith("级") and not _counts(figure, bare, head, chain):
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
            comparator=modifiers.comparator(chain if bare else lead, after, figure),
            change="level" if figure.is_count and not bare else modifiers.change(chain, head, figure),
            opening=text[begin : figure.start],
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
        opening=text[begin : figure.start],
        lead=lead,
        rest="",
    )


def _is_spelled(figure: Figure) -> bool:
    return figure.number[0] in "一二两三四五六七八九十百千万"


def _counts(figure: Figure, bare: bool, head: str, chain: str) -> bool:
    """A number in Chinese counts things only where a verb says so: 建成两个园区, but 四个全面 is a name."""
    if bare:
        return bool(chain) or figure.unit[:1] in ("万", "亿") or CREATE_WORD.search(head) is not None
    return figure.number != "一" and (figure.is_range or CREATE_TAIL.search(head) is not None)


def _fits(figure: Figure, after: str, rest: str, head: str, chain: str) -> bool:
    """Whether a figure followed by a noun counts it, rather than describes it (年产30万吨项目)."""
    if figure.is_count and (
        _PLAN.search(rest) or _PLACE.search(head) or (after and figure.unit in ("户", "人"))
    ):
        return False
    if rest.startswith("级"):
        return True
    if figure.unit.endswith("小时"):
        return bool(chain) or head.endswith("提供")
    if figure.is_count or figure.unit in ("%", "％"):
        return True
    if after:
        return False
    if figure.unit in ("万", "亿"):
        return True
    if figure.unit.endswith("元") and _FUNDS.match(rest):
        return DELIVER_TAIL.search(head) is not None
    return figure.unit.lstrip("万亿") in _LAND
