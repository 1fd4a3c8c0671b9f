"""Which stretch of a report looks back, which sets goals for several years, and which plans the coming year.

Parts are judged by their titles first; a title that names two of them (2018年工作回顾和2019年工作安排), or none,
is judged by how its paragraphs open. Thanks, lessons and difficulties stay with the part they stand in;
salutations, closing words and glossaries have no horizon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from luodi.reading.model import Heading, Horizon, HorizonLabel, Span
from luodi.reading.outline import begins_annex, body_paragraphs

_PLAN = r"[十][一二三四五六]五"
LOOKS_BACK = re.compile(
    r"回顾|总结|成就|成绩|过去|刚刚过去|工作情况|完成情况|[一二三四五]年来|以来(?:的)?工作|历程"
)
SEVERAL_YEARS = re.compile(
    r"(?:今后|未来)(?:的)?(?:[一二三四五几]|十)年|今后一个?(?:时|阶)期|五年(?:的)?(?:奋斗|发展|工作)?(?:目标|任务|规划)|本届政府|"
    rf"“?{_PLAN}”?(?=[^回]*(?:目标|任务|规划|思路|蓝图|展望|要求|安排|发展$|工作$))|2035|二〇三五"
)
COMING_YEAR = re.compile(r"今年(?!以来)|明年|下一步|下一阶段|新的?一年|全年工作")
A_YEAR = re.compile(r"[12１２][0-9０-９]{3}(?=\s*年)")

OPENS_PLAN = re.compile(
    r"(?:各位代表[，！,!]?)?(?:(?:做好|实现|完成|搞好|根据)?(?:今年|明年)(?!以来|[初上一二三四五六1-9])|新的一年|在新的一年|下一步|下一阶段|"
    r"(?:综合|通盘)(?:考虑|分析|各方面).{0,40}今年)"
)
OPENS_TERM = re.compile(
    rf"(?:各位代表[，！,!]?)?(?:今后|未来)(?:的)?五年|(?:各位代表[，！,!]?)?“?{_PLAN}”?(?:时期|期间)(?=[是，我])"
)
OPENS_REVIEW = re.compile(
    r"(?:各位代表[，！,!]?)?(?:刚刚过去|过去|[一二三四五]年来|去年|回顾|回首|回望|今年以来|一年来|本届政府(?:成立|任期))"
)
SALUTE = re.compile(r"各位代表|同志们|朋友们")
FAREWELL = re.compile(r"让我们|奋斗|团结|携手|同心|奋力|征程|新篇章|前进|辉煌|梦想|谢谢|努力")
LIVELIHOOD_ANNEX = re.compile(r"实事|重点项目|任务|工程|计划|目标")


def find_horizons(text: str, headings: Sequence[Heading], year: int | None) -> tuple[Horizon, ...]:
    """The spans of the report that have a horizon, in order, apart, without white space at either end.

    `year` is the year that the report plans for; without it only words tell (今年, 过去一年).
    """
    paragraphs = body_paragraphs(text)
    body = [p for p in _until_annex(text, paragraphs) if p.end - p.start > 1]
    body = body[: _closing(text, body)]
    if not body:
        return ()
    labelled = _label(text, body, [h for h in headings if h.level == 1], year)
    return tuple(_merge(labelled))


def _until_annex(text: str, paragraphs: Iterable[Span]) -> Iterator[Span]:
    for paragraph in paragraphs:
        if begins_annex(text, paragraph):
            return
        yield paragraph


def _closing(text: str, body: Sequence[Span]) -> int:
    """Where the closing words begin: the last salutation, when little but wishes comes after it."""
    for index in range(len(body) - 1, max(-1, len(body) - 8), -1):
        rest = text[body[index].start : body[-1].end]
        if len(rest) > 900:
            break
        if SALUTE.match(rest) or rest.startswith("让我们"):
            return index if FAREWELL.search(rest) else len(body)
    return len(body)


def _label(
    text: str, body: Sequence[Span], parts: Sequence[Heading], year: int | None
) -> Iterator[tuple[HorizonLabel, Span]]:
    state: HorizonLabel | None = None
    for title, paragraphs in _parts(body, parts):
        named = _named_by(title, year)
        if len(named) == 1:
            state = named[0]
            yield state, Span(paragraphs[0].start, paragraphs[-1].end)
            continue
        if not named:
            state = _opened_by(text, paragraphs, state, year)
            yield state, Span(paragraphs[0].start, paragraphs[-1].end)
            continue
        for label, span in _split(text, paragraphs, named, year):
            state = label
            yield label, span


def _parts(body: Sequence[Span], parts: Sequence[Heading]) -> Iterator[tuple[str, list[Span]]]:
    """The paragraphs under each top-level title; those before the first title come under an empty one."""
    titles = {h.start: h.title for h in parts}
    title, held = "", list[Span]()
    for paragraph in body:
        if paragraph.start in titles:
            if held:
                yield title, held
            title, held = titles[paragraph.start], []
        held.append(paragraph)
    if held:
        yield title, held


def _named_by(title: str, year: int | None) -> list[HorizonLabel]:
    """The horizons that a title names, in the order a report takes them."""
    years = [int(y) for y in A_YEAR.findall(title)]
    past = LOOKS_BACK.search(title) or (year and years and max(years) < year)
    several = SEVERAL_YEARS.search(title)
    coming = COMING_YEAR.search(title) or (year in years if year else years and not past)
    order: list[tuple[HorizonLabel, object]] = [("review", past), ("multi", several), ("year", coming)]
    return [label for label, said in order if said]


def _opened_by(
    text: str, paragraphs: Sequence[Span], state: HorizonLabel | None, year: int | None
) -> HorizonLabel:
    """The horizon of a part whose title is silent: by its first paragraphs, else what usually comes next."""
    for paragraph in paragraphs[:3]:
        said = _opening(text, paragraph, year)
        if said and (state != "year" or said == "year"):
            return said
    return "year"


def _opening(text: str, paragraph: Span, year: int | None) -> HorizonLabel | None:
    head = text[paragraph.start : paragraph.start + 60]
    if OPENS_REVIEW.match(head):
        return "review"
    if OPENS_TERM.match(head):
        return "multi"
    if OPENS_PLAN.match(head):
        return "year"
    said = A_YEAR.match(head.removeprefix("各位代表！").removeprefix("各位代表，"))
    if said and year:
        return "year" if int(said[0]) == year else "review" if int(said[0]) == year - 1 else None
    return None


def _split(
    text: str, paragraphs: Sequence[Span], named: Sequence[HorizonLabel], year: int | None
) -> Iterator[tuple[HorizonLabel, Span]]:
    """Cut a part that holds several horizons where a paragraph opens the next of them."""
    current, begin = 0, 0
    for index, paragraph in enumerate(paragraphs[1:], 1):
        said = _opening(text, paragraph, year)
        if said in named[current + 1 :]:
            yield named[current], Span(paragraphs[begin].start, paragraphs[index - 1].end)
            current, begin = named.index(said), index
    yield named[current], Span(paragraphs[begin].start, paragraphs[-1].end)


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
