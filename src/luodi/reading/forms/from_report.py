"""A report as the reader returns it, seen as the lines of a form."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from luodi.reading.forms.lines import FormHead, FormLine
from luodi.reading.forms.numbering import places
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
    targets = {target.id: target for target in report.targets}
    spans = sorted(
        sentences(report.text, Span(0, len(report.text)), report.headings), key=lambda span: span.start
    )
    starts = [span.start for span in spans]
    found = places(report.headings, [commitment.heading for commitment in report.commitments])

    def printed(heading: Heading) -> str:
        return report.text[heading.start : heading.end].strip()

    lines = []
    for commitment, place in zip(report.commitments, found, strict=True):
        lead, score, why = _lead(commitment)
        at = bisect_right(starts, commitment.start) - 1
        lines.append(
            FormLine(
                number=place.number,
                text=commitment.text,
                kind=commitment.kind,
                part=printed(place.part) if place.part else "",
                section=" ".join(printed(section) for section in place.sections),
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
