"""A draft put together from what is known: each figure with its source, nothing about a figure that isn't there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from luodi.commitments import life
from luodi.commitments.ledger import Numbered
from luodi.commitments.models import Commitment, Target
from luodi.drafting.figures import Known
from luodi.drafting.known import Knowledge
from luodi.drafting.wording import TAILS, clause_of, reads_back
from luodi.measures.judging import Standing


class Form(StrEnum):
    """What is drafted: the report on a running plan, or the review part of the next report."""

    PROGRESS = "progress"
    REVIEW = "review"

    @property
    def label(self) -> str:
        return {"progress": "计划进展情况报告", "review": "下年度报告（回顾部分）"}[self]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph; with `known`, it says that figure."""

    text: str
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a level (1, 2) and the paragraphs under it."""

    heading: str
    level: int
    paragraphs: tuple[tuple[Piece, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A target that the draft says nothing of, and why; whoever leads the line can mend it."""

    row: Numbered
    target: Target
    why: str

    @property
    def lead(self) -> str:
        return self.row.line.lead.name if self.row.line.lead else ""


@dataclass(slots=True)
class Draft:
    title: str
    subtitle: str
    until: date
    sections: list[Section] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def figures(self) -> list[Known]:
        return [
            piece.known
            for section in self.sections
            for paragraph in section.paragraphs
            for piece in paragraph
            if piece.known
        ]

    @property
    def text(self) -> str:
        """The draft as plain text, as the reader will find it."""
        lines = [self.title, self.subtitle]
        for section in self.sections:
            lines.append(section.heading)
            lines += ["".join(piece.text for piece in paragraph) for paragraph in section.paragraphs]
        return "\n".join(filter(None, lines)) + "\n"


def draft(knowledge: Knowledge, form: Form) -> Draft:
    """The whole draft. What can't be said in words that are read back as they are meant is left out, with the reason."""
    document, until = knowledge.ledger.document, knowledge.until
    year, name = (
        document.year or until.year,
        document.division.name if document.division else document.division_name,
    )
    if form == Form.PROGRESS:
        made = Draft(
            f"{name}{year}年政府工作计划进展情况",
            f"（截至{until.year}年{until.month}月{until.day}日）",
            until,
        )
        made.sections.append(Section("一、总体情况", 1, tuple(_overall(knowledge))))
        made.sections += _by_part(knowledge, made, first=2)
        made.sections.append(
            Section(f"{_number(len(_parts(knowledge)) + 2)}、需要关注的任务", 1, tuple(_late(knowledge)))
        )
    else:
        made = Draft(f"{name}政府工作报告", "（回顾部分，起草稿）", until)
        made.sections.append(Section(f"一、{year}年工作回顾", 1, tuple(_headline(knowledge, made))))
        made.sections += _by_part(knowledge, made, first=1, level=2)
    return made


def _parts(knowledge: Knowledge) -> list[list[Numbered]]:
    """The lines under each part of the plan."""
    found: dict[int, list[Numbered]] = {}
    for row in knowledge.ledger.lines:
        if row.part is not None:
            found.setdefault(row.part.pk, []).append(row)
    return list(found.values())


def _overall(knowledge: Knowledge) -> Iterator[tuple[Piece, ...]]:
    yield from _headline(knowledge, None)
    ledger = [each for each in knowledge.figures if each.source.startswith("台账《")]
    if paragraph := _joined([(each, "") for each in ledger]):
        yield paragraph


def _headline(knowledge: Knowledge, made: Draft | None) -> Iterator[tuple[Piece, ...]]:
    """The figures that the plan names before its first part."""
    rows = [row for row in knowledge.ledger.lines if row.part is None]
    if paragraph := _joined(_told(knowledge, rows, made)):
        yield paragraph


def _by_part(knowledge: Knowledge, made: Draft, first: int, level: int = 1) -> Iterator[Section]:
    if level == 1:
        _headline_left_out(knowledge, made)
    for number, rows in enumerate(_parts(knowledge), first):
        part = rows[0].part
        assert part is not None
        marker = f"{_number(number)}、" if level == 1 else f"（{_number(number)}）"
        yield Section(f"{marker}{part.title}", level, tuple(_paragraphs(knowledge, rows, made)))


def _headline_left_out(knowledge: Knowledge, made: Draft) -> None:
    list(_told(knowledge, [row for row in knowledge.ledger.lines if row.part is None], made))


def _paragraphs(knowledge: Knowledge, rows: list[Numbered], made: Draft) -> Iterator[tuple[Piece, ...]]:
    """One paragraph of figures for each section of the part, and one of what else is done."""
    by_section: dict[tuple[int, ...], list[Numbered]] = {}
    for row in rows:
        by_section.setdefault(tuple(each.pk for each in row.sections[:1]), []).append(row)
    for section in by_section.values():
        if paragraph := _joined(_told(knowledge, section, made)):
            yield paragraph
        done = [row.line.text.rstrip("。；，") for row in section if _is_done_without_figures(row)]
        done = [words for words in done if reads_back(f"{words}。", [])]
        if done:
            yield (Piece(f"已经完成：{'；'.join(done)}。"),)


def _is_done_without_figures(row: Numbered) -> bool:
    return row.line.state == Commitment.State.CLOSED and not row.line.targets.all()


def _told(knowledge: Knowledge, rows: Iterable[Numbered], made: Draft | None) -> Iterator[tuple[Known, str]]:
    """The figures of these lines' targets with the words behind them; what can't be told goes to `made.left_out`."""
    for row in rows:
        for target in row.line.targets.all():
            known = knowledge.best.get(target.pk)
            why = (
                "还没有数字" if known is None else "" if clause_of(known) else "数字写成句子会被读错，请手写"
            )
            if known is not None and not why:
                yield known, TAILS.get(knowledge.standing.get(target.pk, Standing.UNKNOWN), "")
            elif made is not None:
                made.left_out.append(LeftOut(row, target, why))


def _joined(told: Iterable[tuple[Known, str]]) -> tuple[Piece, ...]:
    """One paragraph, a clause for each figure; each clause is a sentence of its own to the reader."""
    pieces: list[Piece] = []
    for known, tail in told:
        clause = clause_of(known)
        if clause is None:
            continue
        if pieces:
            pieces.append(Piece("；"))
        pieces += [Piece(clause, known), Piece(tail)] if tail else [Piece(clause, known)]
    return (*pieces, Piece("。")) if pieces else ()


def _late(knowledge: Knowledge) -> Iterator[tuple[Piece, ...]]:
    """Lines whose day is past, with what their units say; nothing that would be read as a figure."""
    for row in knowledge.ledger.lines:
        line = row.line
        if (
            line.deadline is None
            or line.deadline > knowledge.until
            or line.state in {*life.OVER, *life.PREPARED}
        ):
            continue
        lead = line.lead.name if line.lead else "牵头单位待定"
        words = f"“{line.text.rstrip('。；，')}”，时限{line.deadline.month}月{line.deadline.day}日，尚未销号（{lead}）。"
        report = knowledge.reports.get(line.pk)
        told = f"存在问题：{report.problem.rstrip('。')}。" if report and report.problem else ""
        for tried in (words + told, words):
            if reads_back(tried, []):
                yield (Piece(tried),)
                break
        else:
            yield (Piece(f"任务 {row.number}（{row.heading}）已过时限，尚未销号（{lead}）。"),)


def _number(number: int) -> str:
    digits = "一二三四五六七八九"
    if number < 10:
        return digits[number - 1]
    return (
        ("" if number < 20 else digits[number // 10 - 1])
        + "十"
        + (digits[number % 10 - 1] if number % 10 else "")
    )
