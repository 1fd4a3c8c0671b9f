"""The outline of a report: which phrases are headings, and how they nest in this report.

A heading is found in three ways: by its marker (一、（一）1. 第一 一是 ——), as a short line of its own, or as a short
phrase that opens a paragraph and closes with 。 Ranks order the styles from the widest part to the narrowest; levels
are then counted by the nesting that this report really has. docs/reading.md rules what is a heading and what is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from luodi.reading.model import Heading, Span
from luodi.reading.paragraphs import begins_annex, body_paragraphs, closing_words, is_glossary


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
    "ordinal": 48,
    "point": 48,
    "dash": 42,
    "item": 36,
    "subitem": 30,
    "line": 32,
}
PART_WORDS = re.compile(
    rf"回顾|总结|{_DIGIT}{{4}}\s*年|今年|过去|今后|未来|“?十[一二三四五六]五”?|总体要求|主要目标|预期目标|工作安排|工作部署|总体部署|重点工作|"
    r"主要任务|工作任务|工作打算|工作重点|奋斗目标|自身建设|政府建设|目标任务|工作建议|施政"
)
# Words that open a sentence of the text, never a heading without a marker.
SENTENCE_OPENING = re.compile(
    r"各位|同志们|[一二三四五六七八九十两几过]去?十?年来|过去|回[顾首望]|展望|今年|去年|明年|当前|目前|同时|此外|另外|与此同时|总之|全年|未来|今后|"
    r"为此|面对|特别是|其中|例如|比如|首先|其次|最后|因此|但是|这|那|在此|在.{2,20}(?:同时|上|中|下|基础上)，|我[们市省区县州国]|经过|通过|围绕|根据|"
    rf"按照|综合|预计|初步|要|主要|一年|三年|五年|本届|上述|以上|实现上述|做好(?:今年|新|上述)|对以上|“?十[一二三四五六]五”?(?:时期|期间|以来)|{_DIGIT}{{4}}\s*年|"
    r"牵头|责任|目标任务"
)
FIGURE = re.compile(
    rf"{_DIGIT}(?:[.．]{_DIGIT}+)?\s*(?:%|％|‰|个百分点|万|亿|元|人|公里|平方|户|家|个|项|件|所|台|座)"
)
# What says something about its subject instead of naming what follows.
STATEMENT = re.compile(
    r".是|[？?！!：:；;]|就在|在于|源于|离不开|关乎|事关|关系|来之不易|不容|令人|没有|必须|还要|才能|不能|已经|并存|绘就|拉开|无止境|即将"
)
CLOSERS = "。．.；;：:，,、 　"


@dataclass(slots=True)
class _Found:
    """A candidate. `paragraph` is its place among the paragraphs of the body."""

    style: str
    number: str
    title: str
    start: int
    end: int
    rank: Rank
    paragraph: int


def find_headings(text: str) -> tuple[Heading, ...]:
    """Every heading in the order of the text, with ids h1, h2, ... and the id of the part it stands in."""
    body = body_paragraphs(text)
    headings = _merge_lines(text, _candidates(text, body))
    return tuple(_nest(_rank_lines(_drop_sentences(text, body, headings))))


def _candidates(text: str, body: Sequence[Span]) -> Iterator[_Found]:
    farewell = closing_words(text, body)
    annexed = glossed = False
    for index, paragraph in enumerate(body):
        line = paragraph.of(text)
        if begins_annex(text, paragraph):
            annexed, glossed = True, is_glossary(line)
            title = _annex_title(line)
            if title:
                yield _Found("line", "", title, paragraph.start, paragraph.end, Rank.PART, index)
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
    """附件：2018年十件民生实事 is titled by what follows; 附件1 alone leaves that to the next line."""
    title = re.sub(rf"^附(?:件|录|表)?\s*(?:{_CN}|{_DIGIT}{{1,2}})?\s*[：:.、]?\s*", "", line).strip(CLOSERS)
    return "" if re.match(_DIGIT + r"{1,2}[.．、]", title) else title


def _heads_annex(found: _Found, line: str) -> bool:
    """In an annex only its title and the lines that group its items are headings."""
    if found.style == "line":
        found.rank = Rank.PART
        return True
    return found.style == "chapter" and len(line) <= 24 and line[-1] not in "。；"


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
    runs_in = end < len(line) - 1
    if not 2 <= len(title) <= LONGEST[style]:
        return None
    if style in ("chapter", "section", "division"):
        return found
    if FIGURE.search(title) or "：" in title or line[-1] in "；，：" or (style == "dash" and len(number) < 2):
        return None
    if style in ("item", "subitem") and not runs_in:
        follower = MARKER.match(following)
        return None if follower and follower.lastgroup == style else found
    return found


def _title_end(line: str, begin: int) -> int:
    """Where the title ends: at the first 。, at white space before a long body, else with the line."""
    stop = line.find("。", begin)
    stop = len(line) if stop < 0 else stop
    gap = re.compile(r"\s+").search(line, begin + 4, min(stop, begin + 60))
    return gap.start() if gap and len(line) - gap.end() > 60 else stop


def _bare(line: str, following: str, start: int, index: int) -> _Found | None:
    """A heading without a marker: a short line of its own, or a short opening phrase with its body after it."""
    stop = line.find("。")
    if stop < 0:
        if (
            len(line) > LONGEST["line"]
            or line[-1] in "！？：；，、:;,”）)」"
            or FIGURE.search(line)
            or not following
        ):
            return None
        names_part = len(line) <= 24 and PART_WORDS.search(line)
        if not names_part and (SENTENCE_OPENING.match(line) or not re.search(r"[一-鿿]{4}", line)):
            return None
        return (
            None
            if "|" in line or "：" in line
            else _Found("line", "", line, start, start + len(line), Rank.LINE, index)
        )
    title = line[:stop]
    clauses = title.count("，") + 1
    if not 4 <= len(title) <= (24 if clauses == 1 else 30) or clauses > 2 or len(line) - stop < 13:
        return None
    if SENTENCE_OPENING.match(title) or FIGURE.search(title) or STATEMENT.search(title):
        return None
    return _Found("run_in", "", title, start, start + stop, Rank.RUN_IN, index)


def _merge_lines(text: str, candidates: Iterable[_Found]) -> list[_Found]:
    """A title set in two lines is one heading."""
    merged: list[_Found] = []
    for found in candidates:
        last = merged[-1] if merged else None
        if (
            last
            and last.style == found.style == "line"
            and found.paragraph == last.paragraph + 1
            and not PART_WORDS.search(last.title + found.title)
            and last.rank != Rank.PART
        ):
            last.title, last.end, last.paragraph = text[last.start : found.end], found.end, found.paragraph
            last.title = re.sub(r"\s*\n\s*", "", last.title)
            continue
        merged.append(found)
    return merged


def _drop_sentences(text: str, body: Sequence[Span], headings: Sequence[_Found]) -> list[_Found]:
    """Keep an opening phrase as a heading only where the paragraphs around it open so too."""
    kept: list[_Found] = []
    scope: list[_Found] = []
    begin = 0
    for found in [*headings, None]:
        if found and found.style == "run_in":
            scope.append(found)
            continue
        end = found.paragraph if found else len(body)
        kept.extend(
            _parallel(scope, [p for p in body[begin:end] if not SENTENCE_OPENING.match(text, p.start)])
        )
        scope = []
        if found:
            kept.append(found)
            begin = found.paragraph + 1
    return kept


def _parallel(scope: Sequence[_Found], paragraphs: Sequence[Span]) -> Iterator[_Found]:
    """Of the phrases that open paragraphs between two other headings, those that head their paragraphs."""
    single = [f for f in scope if "，" not in f.title]
    double = [f for f in scope if "，" in f.title]
    share = len(scope) / max(1, len(paragraphs))
    # One paragraph is not divided any further; one phrase among many paragraphs is a sentence.
    singles_head = len(paragraphs) > 1 and (
        len(single) > 2 or (len(single) + len(double)) / len(paragraphs) >= 0.5
    )
    for found in scope:
        if found in single:
            if singles_head:
                yield found
        elif (share >= 0.8 and len(scope) > 2) or sum(_alike(found.title, other.title) for other in double) > 2:
            yield found


def _alike(left: str, right: str) -> bool:
    """Two clauses against two: as long as each other, or beginning with the same words."""
    pairs = list(zip(left.split("，"), right.split("，"), strict=True))
    return all(abs(len(a) - len(b)) <= 2 for a, b in pairs) or any(a[:2] == b[:2] for a, b in pairs)


def _rank_lines(headings: list[_Found]) -> list[_Found]:
    """Give lines without a marker their rank, which only the whole report shows."""
    chapters = [i for i, f in enumerate(headings) if f.style == "chapter"]
    lines = [i for i, f in enumerate(headings) if f.style == "line"]
    restarts = sum(headings[i].number == "一" for i in chapters)
    sections = any(f.style in ("section", "chapter") for f in headings)
    for i in lines:
        leads = not chapters or restarts > 1 or lines[0] < chapters[0]
        if leads and (PART_WORDS.search(headings[i].title) or not sections):
            headings[i].rank = Rank.PART
    return headings


def _nest(headings: Sequence[_Found]) -> Iterator[Heading]:
    open_: list[tuple[_Found, str]] = []
    counter = _ChapterCounter()
    for index, found in enumerate(headings, 1):
        if found.style == "chapter":
            found.rank = counter.rank(found.number)
        while open_ and open_[-1][0].rank >= found.rank:
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
