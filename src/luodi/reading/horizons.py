"""Which stretch of a report looks back, which sets goals for several years, and which plans the coming year.

Parts are judged by their titles first; a title that names two of them (2018年工作回顾和2019年工作安排), or none, is
judged by how its paragraphs open. Thanks, lessons and difficulties stay with the part they stand in; salutations,
closing words and glossaries have no horizon. An annex that lists what the year is to bring (民生实事) has the year's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from luodi.reading.model import Heading, Horizon, HorizonLabel, Span
from luodi.reading.outline import chinese_number
from luodi.reading.paragraphs import begins_annex, body_paragraphs, closing_words, is_glossary

# A five-year plan, as “十五”, 十四五 or “十四五”; the tenth ended with 2005.
_PLAN = re.compile(r"“(八|九|十[一二三四五六]?)五”|(十[一二三四五六])五")
_HAIL = "(?:各位代表[，！,!]?)?"
LOOKS_BACK = re.compile(
    r"回顾|总结|成就|成绩|成果|过去|工作情况|完成情况|[一二三四五]年来|以来(?:的)?工作|历程|收官|圆满|走过"
)
TURNS_BACK = re.compile(r"回顾|总结|过去|完成情况|工作情况")  # what may name a review after a plan has begun
SEVERAL_YEARS = re.compile(
    r"(?:今后|未来|下)(?:的)?(?:[一二三四五几]|十)年|今后一个?(?:时|阶)期|五年(?:的)?(?:奋斗|发展|工作)?(?:目标|任务|规划)|2035|二〇三五"
)
COMING_YEAR = re.compile(
    r"今年(?!以来)|明年|下一步|下一阶段|新的?一年|全年工作|开局之年|开局工作|开好局|起好步"
)
A_YEAR = re.compile(r"[12１２][0-9０-９]{3}(?=\s*年|[—-])")

OPENS_REVIEW = re.compile(
    rf"{_HAIL}(?:刚刚过去|过去|[一二三四五]年来|去年|回顾|回首|回望|今年以来|本届政府(?:成立|任期|组成))"
)
OPENS_TERM = re.compile(rf"{_HAIL}(?:今后|未来)(?:的)?(?:五|几)年")
OPENS_PLAN = re.compile(rf"{_HAIL}(?:{_PLAN.pattern})(?:时期|期间|以来)?[是，我的]")
OPENS_YEAR = re.compile(
    rf"{_HAIL}(?:(?:做好|实现|完成|搞好|根据|建议)?(?:今年|明年)(?!以来|[初上一二三四五六1-9]月?[，年])|(?:在)?新的一年|下一步|下一阶段|"
    r"(?:综合|通盘)(?:考虑|分析|各方面).{0,40}今年)"
)
_NUMERALS = tuple("一二三四五六七八九十")
STARTS_PLAN = re.compile(r"开局|首年|起步|收官")
LISTED = re.compile(r"实事|民生|任务|项目|工程|目标")
DONE = re.compile(r"完成情况|落实情况|进展情况|回顾|说明")


def find_horizons(text: str, headings: Sequence[Heading], year: int | None) -> tuple[Horizon, ...]:
    """The spans of the report that have a horizon, in order, apart, without white space at either end.

    `year` is the year that the report plans for; without it only words tell (今年, 过去一年).
    """
    paragraphs = body_paragraphs(text)
    body = paragraphs[: closing_words(text, paragraphs)]
    tops = {heading.start: heading.title for heading in headings if heading.level == 1} | _lost_part(headings)
    return (*_merge(_label(text, _parts(body, tops), year)), *_annexes(text, paragraphs, tops, year))


def _lost_part(headings: Sequence[Heading]) -> dict[int, str]:
    """Where a part begins whose title the text has lost, with an empty title.

    三、 follows 一、, and what stands between them begins with （三） or the like: 二、 and its （一）（二） are missing.
    """
    for before, after in pairwise(heading for heading in headings if heading.level == 1):
        numbered = before.number in _NUMERALS and after.number in _NUMERALS
        if numbered and chinese_number(after.number) == chinese_number(before.number) + 2:
            inside = (
                h for h in headings if before.start < h.start < after.start and h.level == 2 and h.number
            )
            first = next(inside, None)
            if first and first.number.strip("（()） ") in _NUMERALS[1:]:
                return {first.start: ""}
    return {}


def _parts(body: Sequence[Span], tops: dict[int, str]) -> list[tuple[str, list[Span]]]:
    """The paragraphs under each top-level title; those before the first title come under an empty one."""
    parts: list[tuple[str, list[Span]]] = [("", [])]
    for paragraph in body:
        if paragraph.start in tops:
            parts.append((tops[paragraph.start], []))
        parts[-1][1].append(paragraph)
    return [(title, paragraphs) for title, paragraphs in parts if paragraphs]


def _label(
    text: str, parts: Sequence[tuple[str, list[Span]]], year: int | None
) -> list[tuple[HorizonLabel, Span]]:
    labelled: list[tuple[HorizonLabel, Span]] = []
    for index, (title, paragraphs) in enumerate(parts):
        state = labelled[-1][0] if labelled else None
        named = _named_by(title, year)
        if named == ["review"] and state in ("multi", "year") and not TURNS_BACK.search(title):
            named = []
        if (
            not title
            and index == 0
            and len(parts) > 1
            and not _opens(text, paragraphs, None, year, default=None)
        ):
            continue  # words of greeting before the first part
        if len(named) > 1:
            labelled.extend(_split(text, paragraphs, named, year))
        elif named and (named != ["multi"] or state):
            labelled.append((named[0], _whole(paragraphs)))
        else:
            label = _opens(text, paragraphs, state, year, default=named[0] if named else "year")
            labelled.append((label or "year", _whole(paragraphs)))
    first_review = next((i for i, (label, _) in enumerate(labelled) if label == "review"), 0)
    # What comes before the review reports on the past as well (关于新冠肺炎疫情防控).
    return [("review", span) for _, span in labelled[:first_review]] + labelled[first_review:]


def _named_by(title: str, year: int | None) -> list[HorizonLabel]:
    """The horizons that a title names, in the order a report takes them."""
    years = [int(words) for words in A_YEAR.findall(title)]
    plan_ahead = _plan_ahead(_PLAN.search(title), year)
    past = bool(LOOKS_BACK.search(title)) or bool(year and years and max(years) < year) or plan_ahead is False
    several = bool(SEVERAL_YEARS.search(title) or (plan_ahead and not STARTS_PLAN.search(title)))
    coming = bool(COMING_YEAR.search(title)) or (year in years if year else bool(years) and not past)
    if past and several and not re.search(r"目标|任务|规划|思路|展望|蓝图|安排", title):
        several = False  # “十三五”发展成就, said in the plan's last year
    said: list[tuple[HorizonLabel, bool]] = [("review", past), ("multi", several), ("year", coming)]
    return [label for label, is_said in said if is_said]


def _plan_ahead(plan: re.Match[str] | None, year: int | None) -> bool | None:
    """Whether a five-year plan still runs in the year; None where none is named."""
    if plan is None:
        return None
    return year is None or 1955 + 5 * chinese_number(plan[1] or plan[2]) >= year


def _opens(
    text: str,
    paragraphs: Sequence[Span],
    state: HorizonLabel | None,
    year: int | None,
    *,
    default: HorizonLabel | None,
) -> HorizonLabel | None:
    """The horizon of a part whose title is silent, by its first paragraphs; a report does not turn back."""
    order = ("review", "multi", "year")
    for paragraph in paragraphs[:4]:
        said = _opening(text, paragraph, year)
        if said and (state is None or order.index(said) >= order.index(state)):
            return said
    return default


def _opening(text: str, paragraph: Span, year: int | None) -> HorizonLabel | None:
    head = text[paragraph.start : paragraph.start + 60]
    said = A_YEAR.match(re.sub(rf"^{_HAIL}(?:刚刚过去的|做好)?", "", head))
    if said and year:
        return "year" if int(said[0]) == year else "review" if int(said[0]) in (year - 1, year - 5) else None
    if OPENS_REVIEW.match(head):
        return "review"
    if OPENS_TERM.match(head):
        return "multi"
    plan = OPENS_PLAN.match(head)
    if plan:
        return "multi" if _plan_ahead(plan, year) else "review"
    return "year" if OPENS_YEAR.match(head) else None


def _split(
    text: str, paragraphs: Sequence[Span], named: Sequence[HorizonLabel], year: int | None
) -> Iterator[tuple[HorizonLabel, Span]]:
    """Cut a part that holds several horizons where a paragraph opens the next of them."""
    current = begin = 0
    for index, paragraph in enumerate(paragraphs[1:], 1):
        said = _opening(text, paragraph, year)
        if said in named[current + 1 :] and index == 1:
            current = named.index(said)  # only the title stands before it
        elif said in named[current + 1 :]:
            yield named[current], _whole(paragraphs[begin:index])
            current, begin = named.index(said), index
    yield named[current], _whole(paragraphs[begin:])


def _annexes(
    text: str, paragraphs: Sequence[Span], tops: dict[int, str], year: int | None
) -> Iterator[Horizon]:
    """Annexes that list what the coming year is to bring."""
    starts = [i for i, paragraph in enumerate(paragraphs) if begins_annex(text, paragraph)]
    for begin, end in pairwise([*starts, len(paragraphs)]):
        block = paragraphs[begin:end]
        title = next((tops[p.start] for p in block[:3] if p.start in tops), "")
        years = [int(words) for words in A_YEAR.findall(title)]
        promises = LISTED.search(title) and not DONE.search(title) and not is_glossary(title)
        if promises and len(block) > 2 and (not years or year in years):
            yield Horizon("year", block[0].start, block[-1].end)


def _whole(paragraphs: Sequence[Span]) -> Span:
    return Span(paragraphs[0].start, paragraphs[-1].end)


def _merge(labelled: Iterable[tuple[HorizonLabel, Span]]) -> Iterator[Horizon]:
    held: Horizon | None = None
    for label, span in labelled:
        if held and held.label == label:
            held = Horizon(label, held.start, span.end)
            continue
        if held:
            yield held
        held = Horizon(label, span.start, span.end)
    if held:
        yield held
