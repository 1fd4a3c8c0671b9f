"""A report as the reader returns it, seen as the lines of a form."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from luodi.reading.figures import to_value
from luodi.reading.forms.lines import FormHead, FormLine
from luodi.reading.forms.wording import BLANK, PERIODS, target_in_words
from luodi.reading.model import Commitment, Heading, Report, Role, Span
from luodi.reading.sentences import sentences

SUGGESTION_NOTE = "本表由程序从原文逐句摘出。带虚线的单位是建议，“＿＿”和“待补”是原文未写明、需要填写的内容，印发前请逐项核定。"


def subject_of(title: str | None, division: str | None, year: int | None) -> str:
    """What a form about a plan is called: "云川市2027年《政府工作报告》重点任务"; the unknown is left open."""
    title = re.sub(r"\s+", "", title or "")
    if title and "政府工作报告" not in title:
        return f"《{title}》任务"
    return f"{division or f'{BLANK}人民政府'}{year or BLANK}年《政府工作报告》重点任务"


def head_of(report: Report) -> FormHead:
    """The head of a form about `report`."""
    division = report.division.name if report.division else None
    subject = subject_of(report.title, division, report.year)
    return FormHead(subject, division=division, year=report.year, note=SUGGESTION_NOTE)


def lines_of(report: Report) -> list[FormLine]:
    """The commitments of `report` in the order of its text, numbered by their headings.

    "2.1-02" is the second commitment under 二（一）. Where every commitment stands under one and the same top
    heading ("三、2027年主要工作"), the headings below that one are the parts of the form.
    """
    paths = _paths(report.headings)
    shared = _shared_top(report, paths)
    targets = {target.id: target for target in report.targets}
    spans = sorted(
        sentences(report.text, Span(0, len(report.text)), report.headings), key=lambda span: span.start
    )
    starts = [span.start for span in spans]
    taken: Counter[str] = Counter()
    lines = []
    for commitment in report.commitments:
        path = paths[commitment.heading] if commitment.heading else ()
        place = ".".join(ordinal for ordinal, _ in path)
        taken[place] += 1
        part, *sections = [report.text[h.start : h.end].strip() for _, h in path][shared:] or [""]
        lead, score, why = _lead(commitment)
        at = bisect_right(starts, commitment.start) - 1
        lines.append(
            FormLine(
                number=f"{place}-{taken[place]:02d}" if place else f"{taken[place]:02d}",
                text=commitment.text,
                kind=commitment.kind,
                part=part,
                section=" ".join(sections),
                targets=tuple(target_in_words(targets[key]) for key in commitment.targets),
                lead=lead,
                support=_support(commitment, lead),
                suggested=lead is not None,
                confidence=score,
                why=why,
                deadline=commitment.deadline or PERIODS.get(commitment.horizon),
                state="待确认",
                sentence=spans[at].of(report.text) if at >= 0 else commitment.text,
                id=commitment.id,
            )
        )
    return lines


def _lead(commitment: Commitment) -> tuple[str | None, float | None, str]:
    best = max(_units(commitment, "lead"), key=lambda unit: unit[1], default=None)
    return best or (None, None, "")


def _support(commitment: Commitment, lead: str | None) -> tuple[str, ...]:
    return tuple(name for name, _, _ in _units(commitment, "support") if name != lead)


def _units(commitment: Commitment, role: Role) -> Iterator[tuple[str, float, str]]:
    return ((unit.name, unit.score, unit.why) for unit in commitment.units if unit.role == role)


def _paths(headings: tuple[Heading, ...]) -> dict[str, tuple[tuple[str, Heading], ...]]:
    """For each heading its way down from the top: (ordinal, heading) at every level.

    The ordinal is the printed one where there is one, because people look it up on paper; else the place
    among its siblings.
    """
    paths: dict[str, tuple[tuple[str, Heading], ...]] = {}
    siblings: Counter[str | None] = Counter()
    for heading in headings:
        siblings[heading.parent] += 1
        above = paths[heading.parent] if heading.parent else ()
        paths[heading.id] = (*above, (str(_ordinal(heading.number) or siblings[heading.parent]), heading))
    return paths


def _shared_top(report: Report, paths: dict[str, tuple[tuple[str, Heading], ...]]) -> int:
    """1 when all commitments share their top heading and each has a heading below it, else 0."""
    used = [paths[c.heading] if c.heading else () for c in report.commitments]
    tops = {path[0][1].id if path else None for path in used}
    return int(len(tops) == 1 and all(len(path) > 1 for path in used))


def _ordinal(marker: str) -> int | None:
    """The number of a marker: "二", "（十二）", "第三", "一是", "4"; None without one."""
    numeral = re.search(r"[一二三四五六七八九十百]+|\d+", marker)
    value = to_value(numeral.group()) if numeral else None
    return None if value is None else int(value)
