"""The outline of a report: which phrases are headings, and how they nest in this report.

A heading is found in three ways: by its marker (一、（一）1. 第一 一是 ——), as a short line of its own, or as a short
phrase that opens a paragraph and closes with 。 Ranks order the styles from the widest part to the narrowest; levels
are then counted by the nesting that this report really has. docs/reading.md rules what is a heading and what is not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby, pairwise

from luodi.reading.model import Heading, Span
from luodi.reading.paragraphs import (
    ENTRY,
    begins_annex,
    body_paragraphs,
    closing_words,
    is_glossary,
)


class Rank(IntEnum):
    """A heading closes every open heading whose rank is not below its own."""

    PART = 0
    CHAPTER = 1
    SECTION = 2
    ITEM = 3
    SUBITEM = 4
    POINT = 5
    LINE = 6
    RUN_IN = 7


_CN = "[一二三四五六七八九十]{1,3}"
_DIGIT = "[0-9０-９]"
# Tried once at the head of a paragraph; the group that matched names the style.
MARKER = re.compile(
    rf"""(?:
      (?P<division>第{_CN}(?:部分|章|篇))[：:、，\s]*
    | (?P<chapter>{_CN})\s*[、．.]\s*
    | (?P<section>[（(]\s*{_CN}\s*[）)]|[㈠-㈩])[、．.]?\s*
    | (?P<item>{_DIGIT}{{1,2}})\s*(?:[、．.](?!{_DIGIT}))\s*
    | (?P<subitem>[（(]\s*{_DIGIT}{{1,2}}\s*[）)]|[①-⑳])[、．.]?\s*
    | (?P<ordinal>第{_CN})[，、,：:]\s*
    | (?P<point>{_CN}[是要])[，,]?\s*
    | (?P<dash>[—―─－–-]{{1,4}}|[●◆■★])\s*
    )""",
    re.VERBOSE,
)
RANKS = {
    "division": Rank.PART,
    "chapter": Rank.CHAPTER,
    "section": Rank.SECTION,
    "item": Rank.ITEM,
    "subitem": Rank.SUBITEM,
    "ordinal": Rank.ITEM,
    "point": Rank.POINT,
    "dash": Rank.POINT,
    "line": Rank.LINE,
    "run_in": Rank.RUN_IN,
}
# How long a title may be before it is a sentence of the text.
LONGEST = {
    "division": 60,
    "chapter": 60,
    "section": 60,
    "ordinal": 56,
    "point": 56,
    "dash": 56,
    "item": 36,
    "subitem": 30,
    "line": 32,
}
PART_WORDS = re.compile(
    rf"回顾|总结|{_DIGIT}{{4}}\s*年|今年|过去|今后|未来|“(?:八|九|十[一二三四五六]?)五”|十[一二三四五六]五|总体要求|主要目标|预期目标|工作安排|工作部署|总体部署|重点工作|"
    r"主要任务|工作任务|工作打算|工作重点|奋斗目标|自身建设|政府建设|目标任务|工作建议|施政"
)
# Words that open a sentence of the text, never a heading without a marker.
SENTENCE_OPENING = re.compile(
    r"各位|同志们|刚刚|[一二三四五六七八九十两几过]去?十?年来|过去|回[顾首望]|总结|展望|今年|去年|明年|当前|目前|同时|此外|另外|与此同时|总之|全年|"
    r"(?:未来|今后)(?:[五几一三十，]|的)|为此|面对|特别是|其中|例如|比如|首先|其次|最后|因此|但是|这|那(?!曲)|在此|在.{2,20}(?:同时|上|中|下)，|"
    r"我(?!们)[市省区县州国]|经过|(?:通过|围绕|根据|按照).*，|综合(?:考虑|分析|各方面|研判)|预计|初步|要(?!素)|主要(?=是|有|做|表现|开展)|本届|上述|以上|"
    rf"实现上述|做好(?:今年|新|上述)|对以上|“?(?:八|九|十[一二三四五六]?)五”?(?:时期|期间|以来)|{_DIGIT}{{4}}\s*年|(?:牵头|责任)单位|目标任务："
)
FIGURE = re.compile(
    rf"{_DIGIT}(?:[.．]{_DIGIT}+)?\s*(?:%|％|‰|个百分点|万|亿|元|人|公里|平方|户|家|个|项|件|所|台|座)"
)
# What says something about its subject instead of naming what follows.
STATEMENT = re.compile(
    r".(?<!求)是|[？?！!：:；;]|就在|在于|源于|离不开|关乎|事关|涉及|提出了|带来|还[须需]|来之不易|不容|令人(?!民)|没有|必须|还要|(?<!人)才能|不能|已经|并存|序幕|无止境|即将|之所|"
    r"，我们|^.{1,3}了"
)
TITLED = re.compile(r"([^。！，；：\s]{4,24})\s+")
GAP = re.compile(r"\s+")
SENTENCE = re.compile(rf"(?=.{{20}})[^。]*，|[^。]*是|{_DIGIT}{{4}}年")
_LONG_BODY = 4  # times the title
CLOSERS = "。．.；;：:，,、 　"


@dataclass(slots=True)
class _Found:
    """A candidate; `paragraph` is its place among the paragraphs of the body."""

    style: str
    number: str
    title: str
    start: int
    end: int
    rank: Rank
    paragraph: int
    listed: bool = False  # an item of a list, or a whole statement
    figured: bool = False  # states a figure, as items do more often than titles


def find_headings(text: str) -> tuple[Heading, ...]:
    """Every heading in the order of the text, with ids h1, h2, ... and the id of the part it stands in."""
    body = body_paragraphs(text)
    headings = _drop_lists(_merge_lines(_candidates(text, body)))
    hails = [index for index, paragraph in enumerate(body) if text.startswith("各位代表", paragraph.start)]
    return tuple(_nest(_rank_lines(_drop_sentences(text, body, headings)), hails))


def _candidates(text: str, body: Sequence[Span]) -> Iterator[_Found]:
    farewell = closing_words(text, body)
    annexed = glossed = False
    for index, paragraph in enumerate(body):
        line = paragraph.of(text)
        if begins_annex(text, paragraph):
            annexed, glossed = True, is_glossary(line) or ENTRY.match(line) is not None
            title = _annex_title(line)
            if title:
                end = paragraph.start + line.index(title) + len(title)
                yield _Found("line", "", title, end - len(title), end, Rank.PART, index)
        elif glossed or (index >= farewell and not annexed):
            continue
        else:
            following = body[index + 1].of(text) if index + 1 < len(body) else ""
            found = _marked(line, following, paragraph.start, index) or _bare(
                line, following, paragraph.start, index
            )
            if found and (not annexed or _heads_annex(found, line)):
                yield found
                glossed = annexed and is_glossary(found.title)


def _annex_title(line: str) -> str:
    """附件：2018年十件民生实事 is a title; 附件1 alone, or with a list of annexes, leaves that to the next line."""
    entry = ENTRY.match(line)
    if entry:
        return entry[0].strip("[]^1［］【〔（(")
    bare = re.sub(
        rf"^(?:《?政府工作报告》?)?附\s*(?:件|录|表)?\s*(?:{_CN}|{_DIGIT}{{1,2}})?\s*[：:.、]?\s*", "", line
    ).strip(CLOSERS)
    return line.strip(CLOSERS) if bare and not re.match(_DIGIT + r"{1,2}[.．、]", bare) else ""


def _heads_annex(found: _Found, line: str) -> bool:
    """In an annex its title is a heading, and what groups its items; an item that states its figures is none."""
    if found.style == "line":
        found.rank = Rank.PART
        return True
    found.figured = FIGURE.search(found.title) is not None
    found.listed = "；" in found.title or line[-1] == "；"
    runs_in = found.end - found.start < len(line) - 2
    return found.style in ("chapter", "section") and (runs_in or line[-1] != "。")


def _marked(line: str, following: str, start: int, index: int) -> _Found | None:
    marker = MARKER.match(line)
    if marker is None or marker.lastgroup is None:
        return None
    style, number = marker.lastgroup, marker[marker.lastgroup]
    end = _title_end(line, marker.end())
    title = line[marker.end() : end].rstrip(CLOSERS)
    found = _Found(style, number, title, start, start + marker.end() + len(title), RANKS[style], index)
    if not title and style in ("section", "chapter"):
        found.end = start + len(line.rstrip(CLOSERS))
        return found
    if len(title) < 2 or (style == "dash" and len(number) < 2):
        return None
    if style in ("chapter", "section", "division"):
        return found if len(title) <= LONGEST[style] else None
    follower = MARKER.match(following)
    found.figured = FIGURE.search(title) is not None
    # A —— with a whole sentence behind it heads a paragraph that goes on at length.
    leads = style == "dash" and len(line) > _LONG_BODY * len(title)
    found.listed = (
        (len(title) > LONGEST[style] and not leads)
        or re.search("：|，即", title) is not None
        or line[-1] in "；，："
        or (
            style in ("item", "subitem")
            and end >= len(line) - 1
            and bool(follower and follower.lastgroup == style)
        )
    )
    return found


def _title_end(line: str, begin: int) -> int:
    """Where the title ends: at the first 。, at white space before a sentence that follows, else with the line."""
    stop = line.find("。", begin)
    if stop < 0:
        return len(line)
    gap = GAP.search(line, begin + 4, min(stop, begin + 60))
    return gap.start() if gap and SENTENCE.match(line, gap.end(), stop) else stop


def _bare(line: str, following: str, start: int, index: int) -> _Found | None:
    """A heading without a marker: a short line of its own, or a short opening phrase with its body after it."""
    if MARKER.match(line):
        return None
    stop = line.find("。")
    titled = TITLED.match(line)
    if titled and PART_WORDS.search(titled[1]) and SENTENCE.match(line, titled.end()):
        return _Found("line", "", titled[1], start, start + titled.end(1), Rank.LINE, index)
    if stop < 0:
        named = following and _names_a_part(line)
        return _Found("line", "", line, start, start + len(line), Rank.LINE, index) if named else None
    title = line[:stop]
    clauses = title.count("，") + 1
    if not 3 <= len(title) <= (24 if clauses == 1 else 30) or clauses > 2 or len(line) - stop < 13:
        return None
    figures = FIGURE.search(title) and "实事" not in title  # 办好12件民生实事 is a name
    if SENTENCE_OPENING.match(title) or figures or STATEMENT.search(title):
        return None
    return _Found("run_in", "", title, start, start + stop, Rank.RUN_IN, index)


def _names_a_part(line: str) -> bool:
    """Whether a line without a full stop is a title."""
    if len(line) > LONGEST["line"] or line[-1] in "！？：；，、:;,）)」" or "|" in line or "：" in line:
        return False
    if len(line) <= 24 and PART_WORDS.search(line):
        return True
    words = not SENTENCE_OPENING.match(line) and not FIGURE.search(line)
    return words and re.search(r"[一-鿿]{4}", line) is not None


def _merge_lines(candidates: Iterable[_Found]) -> list[_Found]:
    """A title set in two lines is one heading."""
    merged: list[_Found] = []
    for found in candidates:
        last = merged[-1] if merged else None
        if (
            last
            and found.style == "line"
            and found.paragraph == last.paragraph + 1
            and _unfinished(last, found)
        ):
            last.title, last.end, last.paragraph = last.title + found.title, found.end, found.paragraph
        else:
            merged.append(found)
    return merged


def _unfinished(last: _Found, found: _Found) -> bool:
    if last.style == "chapter":
        return last.title.endswith(("时期", "和", "及", "与", "、", "，", "的"))
    return last.style == "line" and last.rank != Rank.PART and not PART_WORDS.search(last.title + found.title)


def _drop_lists(headings: Sequence[_Found]) -> list[_Found]:
    """Drop items of lists: where most neighbours of one style read so all of them, else those that surely are."""
    kept: list[_Found] = []
    for _, run in groupby((f for f in headings if f.style != "run_in"), key=lambda found: found.style):
        members = list(run)
        doubtful = sum(found.listed or found.figured for found in members)
        if doubtful * 2 <= len(members):
            few = doubtful * 3 <= len(members)
            kept.extend(f for f in members if not f.listed and (few or not f.figured))
    return sorted([*kept, *(f for f in headings if f.style == "run_in")], key=lambda found: found.start)


def _drop_sentences(text: str, body: Sequence[Span], headings: Sequence[_Found]) -> list[_Found]:
    """Of the phrases that open paragraphs keep those that head them, judged by the paragraphs around."""
    kept: list[_Found] = []
    scope: list[_Found] = []
    begin = 0
    for found in [*headings, None]:
        if found and found.style == "run_in":
            scope.append(found)
            continue
        paragraphs = body[begin : found.paragraph if found else len(body)]
        told = sum(not SENTENCE_OPENING.match(text, paragraph.start) for paragraph in paragraphs)
        kept.extend(f for f in scope if _heads_its_paragraph(f, scope, told))
        scope = []
        if found:
            kept.append(found)
            begin = found.paragraph + 1
    return kept


def _heads_its_paragraph(found: _Found, scope: Sequence[_Found], told: int) -> bool:
    """One clause names what follows; two clauses, or 我们要, only where all `told` paragraphs or three alike open so."""
    ours = found.title.startswith("我们")
    if "，" not in found.title and not ours:
        return True
    if "，" in found.title and ours:
        return False
    company = sum("，" in other.title for other in scope) > 1 or told > 2
    return (len(scope) == told and company) or sum(_alike(found.title, other.title) for other in scope) > 2


def _alike(left: str, right: str) -> bool:
    """As many clauses, as long as each other or beginning with the same words."""
    pairs = list(zip(left.split("，"), right.split("，"), strict=False))
    if left.count("，") != right.count("，"):
        return False
    return all(abs(len(a) - len(b)) <= 2 for a, b in pairs) or any(a[:2] == b[:2] for a, b in pairs)


def _rank_lines(headings: list[_Found]) -> list[_Found]:
    """Give lines without a marker their rank, which only the whole report shows.

    They name the parts where the numbered headings begin again after each of them, or where they speak of parts;
    where numbered parts come first, they divide what stands under these.
    """
    chapters = [i for i, found in enumerate(headings) if found.style == "chapter"]
    lines = [i for i, found in enumerate(headings) if found.style == "line"]
    restarts = sum(headings[i].number == "一" for i in chapters)
    if chapters and restarts < 2 and lines and lines[0] > chapters[0]:
        return headings
    numbered = [
        i for i, found in enumerate(headings) if found.style == ("chapter" if chapters else "section")
    ]
    for i, after in pairwise([*lines, len(headings)]):
        first = next((headings[j].number for j in numbered if i < j < after), None)
        if not numbered or PART_WORDS.search(headings[i].title) or (first and first.strip("（()） ") == "一"):
            headings[i].rank = Rank.PART
    return headings


def _nest(headings: Sequence[_Found], hails: Sequence[int]) -> Iterator[Heading]:
    """Number and nest; `hails` are the paragraphs that address the house (各位代表), which ends a section."""
    open_: list[tuple[_Found, str]] = []
    counter = _ChapterCounter()
    for index, found in enumerate(headings, 1):
        if found.style == "chapter":
            found.rank = counter.rank(found.number)
        closes = found.rank
        if open_ and bisect_right(hails, open_[-1][0].paragraph) < bisect_right(hails, found.paragraph):
            closes = min(closes, Rank.SECTION)
        while open_ and open_[-1][0].rank >= closes:
            open_.pop()
        parent = open_[-1][1] if open_ else None
        open_.append((found, f"h{index}"))
        yield Heading(f"h{index}", len(open_), found.number, found.title, found.start, found.end, parent)


class _ChapterCounter:
    """一、 may number the parts and, starting again inside one of them, its items: counting tells them apart."""

    def __init__(self) -> None:
        self.outer = 0
        self.inner: int | None = None

    def rank(self, number: str) -> Rank:
        value = chinese_number(number)
        if self.inner is not None and value == self.inner + 1:
            self.inner = value
            return Rank.SECTION
        if value == 1 and self.outer >= 2:
            self.inner = 1
            return Rank.SECTION
        self.outer, self.inner = value, None
        return Rank.CHAPTER


def chinese_number(words: str) -> int:
    """一 to 九十九 as a number."""
    tens, ten, ones = words.rpartition("十")
    digits = "零一二三四五六七八九"
    if not ten:
        return digits.index(words[0])
    return (digits.index(tens[0]) if tens else 1) * 10 + (digits.index(ones[0]) if ones else 0)
