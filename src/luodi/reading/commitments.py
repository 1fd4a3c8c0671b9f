"""Commitments: what one responsible unit would report on in one line, each a verbatim span of the report."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from luodi.reading.clauses import Clause, body_of, clauses
from luodi.reading.deadlines import find_deadline
from luodi.reading.model import Commitment, Division, Heading, Horizon, Kind, Project, Span, Target
from luodi.reading.places import find_places
from luodi.reading.sentences import sentences
from luodi.reading.verbs import bearing, main_verb

# "主要预期目标是：", "重点抓好以下工作：": what comes after the colon is the promise.
_ANNOUNCED = re.compile(r"[^：:]{0,80}?(?:目标|任务|要求|思路|工作|方面|重点|如下|做到)(?:是|为)?[：:]")
_MARKER = re.compile(
    r"(?:[一二三四五六七八九十]+(?:是|要)|第[一二三四五六七八九十]+，|[（(]?[一二三四五六七八九十\d]+[)）、．.]|[—－-]{1,2})\s*"
)

# Sentences that say how things stand, set the tone or address the hall: nothing in them can be delivered.
_GUIDING = re.compile(
    r"(?:总体要求|总体思路|指导思想|基本思路|工作思路|总的要求|总要求|总体部署)(?:和[^，：:]{0,20})?(?:是|为|[：:])"
)
_SITUATION = re.compile(
    r"(?:做好今年|(?:完成|实现)(?:上述|这些|今年|全年)[^，]{0,8}(?:目标|任务)|(?:上述|以上|这些)[^，]{0,4}(?:目标|指标)|展望|回顾|当前|今天|现在|只要|唯有|站在|面对|各位代表|同志们|让我们|"
    r"我们(?:深知|坚信|相信|清醒|充分认识|面临|也?要看到)|[^，]{0,8}(?:新的一年|新征程)[^，]{0,4}，|"
    r"(?:今年|明年|[0-9０-９XＸ]{4} ?年|“[^”]{1,12}”时期)，?[^，]{0,6}(?:是|既是|处于|正值|恰逢|将迎来)|今年的[^，]{0,12}(?:体现|考虑)|"
    r"[^：]{0,60}(?:是|处于|正处在?)[^，：]{0,40}(?:之年|关键时期|关键阶段|机遇期|窗口期)|(?:我们)?必须(?:始终|牢牢|毫不动摇)?坚持)"
)
# What explains a goal instead of setting one, and lines that only say who is to do what stands before them.
_ASIDE = re.compile(
    r"稳妥可行|这些?都?是[^，]*所在$|，有利于[^，]+，(?:也|更)?有利于|(?:牵头|责任|主办|承办|配合|协办)(?:单位|部门|领导)[:：]"
)
_RHETORIC = re.compile(
    "^[要为](?:完成|实现)(?:上述|以上|这些)|[^，]就是|越[^，]{1,8}越|(?<!毫)不放松|才能|必将|一定(?:能|会|要)|让发展|干就干|两个维护|两个确立|高度一致|新担当新作为|蔚然成风"
)
# "企业家是最宝贵的资源", "这些是后劲所在": says what something is.
_JUDGEMENT = re.compile(
    "(?:[^，：；“]{2,24}(?<![一二三四五六七八九要就尤特还凡但都])是(?!否)[^，]{2}|是|这(?:些|是|不|都|既)|总的看|我们将不负)"
)
_TOPIC = re.compile("[^，、：；0-9０-９XＸ“]{3,13}。")
_DELIVERABLE = re.compile("[0-9０-９XＸ]|活动|行动(?!上)|专项|机制|制度|工程")
_SALUTE = re.compile(r"(?:各位代表|同志们|谢谢|以上报告)[^，。]{0,4}$")
_MECHANISM = re.compile(
    r"(?:建立|健全|完善|落实|出台|制定|构建|推行|执行|实行|创新|优化)[^，；]*?"
    r"(?:机制|制度|办法|方案|体系|体制|条例|规定|规划|细则|清单|标准|政策|责任制|“?[河湖林田路链街]+长制”?)"
)


def find_commitments(
    text: str,
    horizons: Sequence[Horizon],
    headings: Sequence[Heading],
    targets: Sequence[Target],
    projects: Sequence[Project],
    year: int | None,
    division: Division | None = None,
) -> tuple[Commitment, ...]:
    """Every commitment of the coming year and of the years beyond, in the order of the text, never overlapping.

    The kind goes by what can be checked first: a figure to reach (target), then a named undertaking (project),
    then a rule or an arrangement to set up (mechanism); all else is an action. `division` is whose report it is:
    the places a clause names are found against it.
    """
    ordered = sorted(headings, key=lambda heading: heading.start)
    heads = [heading.start for heading in ordered]
    figures, works = _Placed(targets), _Placed(projects)
    out: list[Commitment] = []
    for horizon in horizons:
        if horizon.label == "review":
            continue
        for start, end, chunks in _promises(text, Span(horizon.start, horizon.end), ordered, works):
            words = text[start:end]
            reached, named = figures.inside(start, end), works.inside(start, end)
            above = bisect_right(heads, start) - 1
            out.append(
                Commitment(
                    id=f"c{len(out) + 1}",
                    start=start,
                    end=end,
                    text=words,
                    heading=ordered[above].id if above >= 0 else None,
                    horizon=horizon.label,
                    kind=_kind(words, reached, named),
                    verbs=_verbs(chunks),
                    deadline=find_deadline(words, year, horizon.label),
                    places=find_places(words, division, year),
                    targets=reached,
                    projects=named,
                )
            )
    return tuple(out)


def _promises(text: str, span: Span, headings: Sequence[Heading], works: _Placed) -> Iterator[Clause]:
    """The clauses of `span` that promise something."""
    parted = sentences(text, span, headings)
    topics = _topics(text, parted, works)
    prefaces = _prefaces(parted, headings)
    for sentence in parted:
        start, end = body_of(text, sentence)
        words = text[start:end]
        if sentence in topics or _is_talk(words):
            continue
        if sentence in prefaces and not _DELIVERABLE.search(words) and "“" not in words:
            continue
        announced = _ANNOUNCED.match(words) or _MARKER.match(words)
        if announced:
            start += announced.end()
        if end - start > 3:
            yield from clauses(text, Span(start, end), works.any_inside)


def _is_talk(words: str) -> bool:
    """Whether nothing in the sentence can be delivered: it guides, explains, judges, hails or announces."""
    if words.endswith(("：", ":")) or _GUIDING.search(words) or _ASIDE.search(words) or _SALUTE.match(words):
        return True
    if _SITUATION.match(words) and "：" not in words:
        return True
    if _DELIVERABLE.search(words):
        return False
    judges = _JUDGEMENT.match(words) and bearing(words).startswith("noun")
    return bool(judges or _RHETORIC.search(words))


def _topics(text: str, parted: Sequence[Span], works: _Placed) -> frozenset[Span]:
    """Sentences that only name what those after them do, in a paragraph of several such groups.

    "强化要素保障。新增用地5000亩。……优化营商环境。……": at least three short ones, the first at the paragraph's
    beginning, each with longer ones behind it.
    """
    found: list[Span] = []
    for _, group in groupby(parted, key=lambda sentence: text.rfind("\n", 0, sentence.start)):
        paragraph = list(group)
        places = [at for at, one in enumerate(paragraph) if _TOPIC.fullmatch(text, one.start, one.end)]
        apart = all(after - before > 1 for before, after in pairwise([*places, len(paragraph)]))
        if len(places) > 2 and places[0] < 2 and apart:
            found += [paragraph[at] for at in places if not works.any_inside(*paragraph[at])]
    return frozenset(found)


def _prefaces(parted: Sequence[Span], headings: Sequence[Heading]) -> frozenset[Span]:
    """Sentences right behind a heading and before the first one below it, which set the tone."""
    found: list[Span] = []
    for above, below in pairwise(headings):
        if below.level > above.level:
            first, last = (
                bisect_left(parted, (at,)) for at in (above.start, min(below.start, above.end + 60))
            )
            found += parted[first:last]
    return frozenset(found)


class _Placed:
    """Targets or projects in the order of the text, to be asked for those inside a span."""

    def __init__(self, records: Sequence[Target] | Sequence[Project]) -> None:
        self._records: list[Target | Project] = sorted(records, key=lambda record: record.start)
        self._starts = [record.start for record in self._records]

    def inside(self, start: int, end: int) -> tuple[str, ...]:
        """The ids of those that lie inside a stretch of the text."""
        first = bisect_left(self._starts, start)
        if first == len(self._starts) or self._starts[first] > end:
            return ()
        last = bisect_right(self._starts, end, first)
        return tuple([record.id for record in self._records[first:last] if record.end <= end])

    def any_inside(self, start: int, end: int) -> bool:
        at = bisect_left(self._starts, start)
        return at < len(self._records) and self._records[at].end <= end


def _kind(words: str, figures: Sequence[str], works: Sequence[str]) -> Kind:
    if figures:
        return "target"
    if works:
        return "project"
    return "mechanism" if _MECHANISM.search(words) else "action"


def _verbs(chunks: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([verb for verb in map(main_verb, chunks) if verb]))
