"""The outline of a report: which phrases are headings, and how they nest in this report.

A heading is found in three ways: by its marker (一、（一）1. 第一 一是 ——), as a short line of its own, or as a
short phrase that opens a paragraph and closes with 。 Ranks order the styles from the widest part to the
narrowest; levels are then counted by the nesting that this report really has. The rulings on what is and what
is not a heading are those of docs/reading.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from luodi.reading.model import Heading, Span, spans_of_lines

CHINESE_DIGITS = "一二三四五六七八九"
_CN = r"[一二三四五六七八九十]{1,3}"

# Ranks: a heading closes every open heading whose rank is not below its own.
PART, CHAPTER, SECTION, ITEM, SUBITEM, POINT, LINE, RUN_IN = range(8)

# One alternation, tried once at the head of a paragraph; the name of the group that matched is the style.
MARKER = re.compile(
    rf"""(?:
      (?P<division>第{_CN}(?:部分|章|篇))[：:、，\s　]*
    | (?P<chapter>{_CN})\s*[、．.][\s　]*
    | (?P<section>[（(]\s*{_CN}\s*[）)]|[㈠-㈩])[、．.]?[\s　]*
    | (?P<item>[0-9０-９]{{1,2}})\s*(?:[、．](?![0-9０-９])|\.(?![0-9]))[\s　]*
    | (?P<subitem>[（(]\s*[0-9０-９]{{1,2}}\s*[）)]|[①-⑳])[、．.]?[\s　]*
    | (?P<ordinal>第{_CN})[，、,：:][\s　]*
    | (?P<point>{_CN}(?:是|要))(?:要|，)?[\s　]*
    | (?P<dash>[—―─－–-]{{2,4}}|——|[●◆■★])[\s　]*
    )""",
    re.VERBOSE,
)
RANK_OF_STYLE = {
    "division": PART,
    "chapter": CHAPTER,
    "section": SECTION,
    "item": ITEM,
    "subitem": SUBITEM,
    "ordinal": ITEM,
    "point": POINT,
    "dash": POINT,
    "line": LINE,
    "run_in": RUN_IN,
}
# How long the title after a marker may be before it is a sentence of the text.
LONGEST = {
    "division": 60,
    "chapter": 60,
    "section": 60,
    "ordinal": 48,
    "point": 48,
    "dash": 42,
    "item": 36,
    "subitem": 30,
}

SALUTATION = re.compile(r"(?:各位|同志们|尊敬的)[^。]{0,12}[：:！!，]?$|^各位代表")
OPENING = re.compile(r"我(?:谨)?代表.{0,24}(?:政府|国务院|大会|管委会)")
PART_WORDS = re.compile(
    r"回顾|总结|[0-9０-９]{4}\s*年|今年|过去|今后|未来|“?十[一二三四五六]五”?|总体要求|主要目标|预期目标|工作安排|工作部署|总体部署|"
    r"重点工作|主要任务|工作任务|工作打算|工作重点|奋斗目标|自身建设|政府建设|目标任务|工作建议|施政"
)
ANNEX = re.compile(
    r"(?:附件|附录|附表|附)[\s　]*[一二三四五六七八九十0-9０-９]{0,2}[\s　]*[：:.、]?|"
    r"(?:《?政府工作报告》?)?(?:有关|相关|部分|主要)?(?:名\s*词|用\s*语|术\s*语|词\s*语|缩\s*略\s*语|专\s*有\s*名\s*词)(?:解\s*释|注\s*释|释\s*义|说\s*明)|"
    r"(?:有关|相关)?(?:注\s*释|注\s*解|释\s*义|说明)[：:]?$"
)
GLOSSARY = re.compile(r"名\s*词|用\s*语|术\s*语|词\s*语|注\s*释|注\s*解|释\s*义|解\s*释|说\s*明")

# Words that open a sentence of the text, never a heading without a marker.
SENTENCE_OPENING = re.compile(
    r"各位|同志们|[一二三四五六七八九十两几过][去]?[十]?年来|过去|回[顾首望]|展望|今年|去年|明年|当前|目前|同时|此外|另外|与此同时|总之|"
    r"全年|未来|今后|为此|面对|特别是|其中|例如|比如|首先|其次|最后|因此|但是|这|那|在此|[0-9０-９]{4}\s*年|我[们市省区县州国]|"
    r"经过|通过|围绕|根据|按照|综合|预计|初步|要|主要|一年|三年|五年|本届|上述|以上|实现上述|做好(?:今年|新|上述)|"
    r"“?十[一二三四五六]五”?(?:时期|期间|以来)|牵头|责任|目标任务"
)
FIGURE = re.compile(
    r"[0-9０-９]+(?:[.．][0-9０-９]+)?\s*(?:%|％|‰|个百分点|万|亿|元|人|公里|平方|户|家|个|项|件|所|台|座)"
)
STATEMENT = re.compile(r".是.|就是|离不开|来之不易|不容|没有.+就没有|[？?！!：:；;]")
CLOSERS = "。．.；;：:，,、 　"


@dataclass(slots=True)
class _Found:
    style: str
    number: str
    title: str
    start: int
    end: int
    rank: int


def find_headings(text: str) -> tuple[Heading, ...]:
    """Every heading in the order of the text, with ids h1, h2, ... and the id of the part it stands in."""
    return tuple(_nest(_settle(_candidates(text, body_paragraphs(text)))))


def body_paragraphs(text: str) -> list[Span]:
    """The paragraphs after title, date, speaker, contents and salutation, with annexes and glossaries."""
    paragraphs = list(_paragraphs(text))
    return paragraphs[_front_matter(text, paragraphs) :]


def begins_annex(text: str, paragraph: Span) -> bool:
    """Whether an annex or a glossary begins here: a short line that says so, in the later part of the text."""
    short = paragraph.end - paragraph.start <= 40 and paragraph.start > len(text) * 0.3
    return (
        short
        and ANNEX.match(text, paragraph.start, paragraph.end) is not None
        and "。" not in paragraph.of(text)
    )


def _paragraphs(text: str) -> Iterator[Span]:
    """Lines; a line that holds many paragraphs is cut where white space or a marker follows a full stop."""
    for line in spans_of_lines(text):
        if line.end - line.start < 2500:
            yield line
            continue
        start = line.start
        for cut in _HIDDEN_BREAK.finditer(text, line.start, line.end):
            if cut.start() > start:
                yield Span(start, cut.start())
            start = cut.end()
        if start < line.end:
            yield Span(start, line.end)


_HIDDEN_BREAK = re.compile(
    rf"(?<=[。！？：”])[\s　]+|(?<=[。！：])(?={_CN}、|[（(]{_CN}[）)])|(?<=以下工作：)|(?<=各位代表：)|(?<=各位代表！)"
    rf"|(?<=[一-鿿])[\s　]+(?=[（(]{_CN}[）)]|{_CN}、)"
)


def _front_matter(text: str, paragraphs: Sequence[Span]) -> int:
    """How many paragraphs come before the report itself: title, date, speaker, contents, salutation."""
    for index, paragraph in enumerate(paragraphs[:80]):
        if paragraph.start > 4000:
            break
        if OPENING.search(text, paragraph.start, min(paragraph.end, paragraph.start + 60)):
            return index + 1
    for index, paragraph in enumerate(paragraphs[:40]):
        if SALUTATION.match(text, paragraph.start, paragraph.end):
            return index + 1
    count = 0
    for paragraph in paragraphs[:8]:
        line = paragraph.of(text)
        if (
            "工作报告" in line
            or "人民代表大会" in line
            or re.fullmatch(r"[^。]{0,20}(?:长|主席)[\s　]*\S{0,6}", line)
        ):
            count += 1
        else:
            break
    return count


def _candidates(text: str, body: Sequence[Span]) -> Iterator[_Found]:
    annexed = ""
    for index, paragraph in enumerate(body):
        line = paragraph.of(text)
        following = body[index + 1].of(text) if index + 1 < len(body) else ""
        if begins_annex(text, paragraph):
            annexed = "glossary" if GLOSSARY.search(line) else "annex"
            title = (ANNEX.sub("", line, count=1) if line.startswith("附") else line).strip(CLOSERS)
            if title and not re.match(r"[0-9０-９]", title):
                yield _found(
                    "annex", "", title, paragraph.start, line, PART, title_end=len(line.rstrip(CLOSERS))
                )
                annexed = "glossary" if GLOSSARY.search(title) else annexed
            continue
        if annexed == "glossary":
            continue
        heading = _marked(line, following, paragraph.start) or _bare(line, following, paragraph.start)
        if heading is None:
            continue
        if annexed and not _heads_annex(heading, line):
            continue
        if annexed and GLOSSARY.search(heading.title) and heading.style == "line":
            annexed = "glossary"
        yield heading


def _heads_annex(heading: _Found, line: str) -> bool:
    """In an annex only its title and the lines that group its items are headings."""
    if heading.style == "line":
        heading.rank = PART
        return True
    return heading.style == "chapter" and len(line) <= 24 and line[-1] not in "。；"


def _found(
    style: str, number: str, title: str, start: int, line: str, rank: int | None = None, *, title_end: int
) -> _Found:
    return _Found(
        style, number, title, start, start + title_end, RANK_OF_STYLE[style] if rank is None else rank
    )


def _marked(line: str, following: str, start: int) -> _Found | None:
    marker = MARKER.match(line)
    if marker is None or marker.lastgroup is None:
        return None
    style, number = marker.lastgroup, marker[marker.lastgroup]
    end = _title_end(line, marker.end())
    title = line[marker.end() : end].rstrip(CLOSERS)
    if not 2 <= len(title) <= LONGEST[style] or ("：" in title[:-1] and style not in ("chapter", "section")):
        return None
    runs_in = end < len(line) - 1
    if style in ("item", "subitem"):
        follower = MARKER.match(following)
        listed = not runs_in and follower is not None and follower.lastgroup == style
        if listed or FIGURE.search(title) or "：" in title or line.endswith("；"):
            return None
    if style in ("point", "dash", "ordinal") and (
        FIGURE.search(title) or not (runs_in or line[-1] not in "；，")
    ):
        return None
    return _Found(style, number, title, start, start + marker.end() + len(title), RANK_OF_STYLE[style])


def _title_end(line: str, begin: int) -> int:
    """Where the title ends: at the first 。, at white space before a long body, else with the line."""
    stop = line.find("。", begin)
    stop = len(line) if stop < 0 else stop
    gap = re.compile(r"[\s　]+").search(line, begin + 4, min(stop, begin + 60))
    if gap and len(line) - gap.end() > 60:
        return gap.start()
    return stop


def _bare(line: str, following: str, start: int) -> _Found | None:
    """A heading without a marker: a short line of its own, or a short opening phrase with its body after it."""
    if SENTENCE_OPENING.match(line) and not (
        len(line) <= 24 and PART_WORDS.search(line) and line[-1] not in "。！：；，"
    ):
        return None
    stop = line.find("。")
    if stop < 0:
        alone = len(line) <= 32 and line[-1] not in "。！？：；，、:;,”）)」" and not FIGURE.search(line)
        if alone and following and re.search(r"[一-鿿]{4}", line) and "|" not in line and "：" not in line:
            return _Found("line", "", line, start, start + len(line), LINE)
        return None
    title, rest = line[:stop], len(line) - stop - 1
    clauses = title.count("，") + 1
    if not 4 <= len(title) <= (22 if clauses == 1 else 30) or clauses > 2 or rest < 12:
        return None
    if FIGURE.search(title) or STATEMENT.search(title):
        return None
    return _Found("run_in", "", title, start, start + len(title), RUN_IN)


def _settle(candidates: Iterable[_Found]) -> list[_Found]:
    """Give lines without a marker their rank, which only the whole report shows."""
    found = list(candidates)
    chapters = [i for i, f in enumerate(found) if f.style == "chapter"]
    lines = [i for i, f in enumerate(found) if f.style == "line"]
    restarts = sum(found[i].number == "一" for i in chapters)
    has_sections = any(f.style in ("section", "chapter") for f in found)
    for i in lines:
        names_part = bool(PART_WORDS.search(found[i].title))
        leads = not chapters or restarts > 1 or lines[0] < chapters[0]
        if leads and (names_part or not has_sections):
            found[i].rank = PART
    return found


def _nest(found: Sequence[_Found]) -> Iterator[Heading]:
    open_: list[tuple[_Found, str, int]] = []
    inner_chapters = _InnerChapters()
    for index, item in enumerate(found, 1):
        if item.style == "chapter":
            item.rank = inner_chapters.rank(item)
        while open_ and open_[-1][0].rank >= item.rank:
            open_.pop()
        level = len(open_) + 1
        parent = open_[-1][1] if open_ else None
        yield Heading(f"h{index}", level, item.number, item.title, item.start, item.end, parent)
        open_.append((item, f"h{index}", level))


class _InnerChapters:
    """一、 may number both the parts and, starting again inside one of them, its items: tell them apart by counting."""

    def __init__(self) -> None:
        self.outer = 0
        self.inner: int | None = None

    def rank(self, item: _Found) -> int:
        value = _value(item.number)
        if self.inner is not None and value == self.inner + 1:
            self.inner = value
            return SECTION
        if value == 1 and self.outer >= 2:
            self.inner = 1
            return SECTION
        self.outer, self.inner = value, None
        return CHAPTER


def _value(number: str) -> int:
    tens, _, ones = number.rpartition("十")
    if "十" not in number:
        return CHINESE_DIGITS.index(number[0]) + 1
    return (CHINESE_DIGITS.index(tens[0]) + 1 if tens else 1) * 10 + (
        CHINESE_DIGITS.index(ones) + 1 if ones else 0
    )
