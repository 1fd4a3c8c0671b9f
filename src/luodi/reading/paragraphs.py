"""The body of a report as paragraphs: without title, date, speaker and salutation before it, closing words told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from luodi.reading.model import Span, spans_of_lines

_CN = "[一二三四五六七八九十]{1,3}"
LONG_LINE = 2500  # code points; a longer line holds many paragraphs
MARKER_WIDTH = 4  # white space inside or after a marker (三、 二是) cuts nothing off

SALUTATION = re.compile(
    r"(?:(?:各位|尊敬的)?(?:人大)?(?:代表|委员|同志们?|来宾|领导|主席团?)[、，,！!：:\s]*)+$"
)
OPENING = re.compile(r"我(?:谨)?代表.{0,24}(?:政府|国务院|大会|管委会)")
DATE = re.compile(r"[（(—―─-]*[0-9０-９一二三四五六七八九十〇○零]{4}\s*年\s*\S{1,3}\s*月\s*\S{1,3}\s*日")
# Lines that say what the document is, or put an aside about it in brackets.
TITLE = re.compile(r"工作(?:报告|要点|计划|方案)|年(?:政府)?重点工作$|人民代表大会|^[（(][^（(]*[）)]$")
SPEAKER = re.compile(r"[^。]{0,20}(?:长|主席)\s*\S{0,6}")

_MARK = rf"[（(]{_CN}[）)]|{_CN}、|第{_CN}[，、]|{_CN}是"
# Where a lost line break shows: white space before a marker, or a bracketed marker right after a full stop.
_LOST_BREAK = re.compile(
    rf"(?=[\s（(])(?:\s+(?={_MARK})|(?<=[。！])(?=[（(]{_CN}[）)])|(?<=：)(?=（一）(?!.*[^。！]（二）)))"
)
_BREAK_SIGN = re.compile("[ \u3000\t\xa0]|[。！][（(]|：（一）")
# In a line that holds many paragraphs every white space after a full stop is one as well.
_HIDDEN_BREAK = re.compile(
    rf"(?<=[。！？：”])\s+|(?<=[。！：])(?={_CN}、|[（(]{_CN}[）)])|(?<=以下工作：)|(?<=各位代表[：！])|\s+(?=[（(]{_CN}[）)]|{_CN}、)"
)
# A part's title at the end of another paragraph: 提出意见。一、2003年工作的回顾
_TRAILING_TITLE = re.compile(rf"(?<=[。！])(?={_CN}、[^。；，]{{2,30}}$)")

_WORDS = r"(?:名\s*词|用\s*语|术\s*语|词\s*语|缩\s*略\s*语)"
_EXPLAINED = r"(?:解\s*释|注\s*释|注\s*解|释\s*义|说\s*明)"
ANNEX = re.compile(
    rf"《?(?:政府工作)?(?:报告)?》?附(?![属近加带设])\s*(?:件|录|表|注)?\s*[一二三四五六七八九十0-9０-９]{{0,2}}\s*[：:.、]?|.{{0,10}}?{_WORDS}\s*{_EXPLAINED}|"
    rf"(?:《?政府工作报告》?)?(?:有关|相关)?{_EXPLAINED}[：:]?$|[0-9０-９]{{4}}年.{{0,12}}件.{{0,8}}实事(?!办)"
)
GLOSSARY = re.compile(rf"{_WORDS}|{_EXPLAINED}|附注")
# Glossaries that begin with their first entry.
ENTRY = re.compile(rf"[\[【〔［(（]\S{{0,8}}{_WORDS}{_EXPLAINED}|\[\^?1\]|［1］")

SALUTE = re.compile(r"各位代表|同志们|朋友们|让我们")
FAREWELL = re.compile(r"让我们|奋斗|团结|携手|同心|谢谢|再创|新篇章|新的篇章|美好(?:明天|未来)")

HOPE = re.compile(r"征程|前进|辉煌|梦想|努力|使命")


@lru_cache(maxsize=2)
def body_paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs after title, date, speaker, contents and salutation; annexes and glossaries included."""
    paragraphs = tuple(_paragraphs(text))
    return paragraphs[_front_matter(text, paragraphs) :]


def begins_annex(text: str, paragraph: Span) -> bool:
    """Whether an annex or a glossary begins here: a short line that says so, in the later part of the text."""
    if paragraph.start < len(text) * 0.3:
        return False
    start, end = paragraph
    if ENTRY.match(text, start, end):
        return True
    short = end - start <= 40
    return short and ANNEX.match(text, start, end) is not None and "。" not in text[start:end]


def is_glossary(title: str) -> bool:
    """Whether a title announces explanations of words, which hold no headings."""
    return GLOSSARY.search(title) is not None


def closing_words(text: str, body: Sequence[Span]) -> int:
    """Where the closing words begin: at the last salutation before an annex, when little but wishes comes after it.

    The index of a paragraph; where there are none, that of the annex or the end.
    """
    end = next((i for i, paragraph in enumerate(body) if begins_annex(text, paragraph)), len(body))
    for index in range(end - 1, max(-1, end - 8), -1):
        rest = text[body[index].start : body[end - 1].end]
        if len(rest) > 900:
            break
        if SALUTE.match(rest):
            parts = end - index
            wishes = FAREWELL.search(rest) or (parts == 1 and HOPE.search(rest))
            return index if wishes and parts <= 4 else end
    return end


def _paragraphs(text: str) -> Iterator[Span]:
    for line in spans_of_lines(text):
        start = line.start
        for cut in _breaks(text, line):
            if cut.start() - start > MARKER_WIDTH:
                yield Span(start, cut.start())
                start = cut.end()
        title = _TRAILING_TITLE.search(text, max(start, line.end - 40), line.end)
        if title and title.start() > start:
            yield Span(start, title.start())
            start = title.start()
        if start < line.end:
            yield Span(start, line.end)


def _breaks(text: str, line: Span) -> Iterator[re.Match[str]]:
    """Where paragraphs begin inside a line; most lines are passed over for want of the signs of a lost break."""
    if line.end - line.start >= LONG_LINE:
        return _HIDDEN_BREAK.finditer(text, line.start, line.end)
    if _BREAK_SIGN.search(text, line.start, line.end):
        return _LOST_BREAK.finditer(text, line.start, line.end)
    return iter(())


def _front_matter(text: str, paragraphs: Sequence[Span]) -> int:
    """How many paragraphs come before the report itself."""
    for index, paragraph in enumerate(paragraphs[:80]):
        if paragraph.start > 4000:
            break
        if OPENING.search(text, paragraph.start, min(paragraph.end, paragraph.start + 60)):
            return index + 1
    for index, paragraph in enumerate(paragraphs[:12]):
        if SALUTATION.match(text, paragraph.start, paragraph.end):
            return index + 1
    count = 0
    for paragraph in paragraphs[:8]:
        line = paragraph.of(text)
        if not TITLE.search(line) and not DATE.match(line) and not SPEAKER.fullmatch(line):
            break
        count += 1
    return count
