"""The document as a page shows it: paragraphs cut into pieces, each piece knowing its place and its line.

A piece starts wherever a heading, a line of the ledger or a figure starts or ends, so that the page can mark any
of them, and so that a selection in the browser can be turned back into offsets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from luodi.commitments.models import Commitment, Document
from luodi.reading.model import Span, spans_of_lines


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: its offset, the line it belongs to, the heading level (0: body), the figure in it."""

    start: int
    text: str
    line: int | None = None
    level: int = 0
    is_figure: bool = False
    is_blank: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that a piece may lie in: a heading, a line or a printed figure."""

    start: int
    end: int
    line: int | None = None
    level: int = 0
    is_figure: bool = False
    is_blank: bool = False


def paper_of(document: Document, lines: Iterable[Commitment]) -> list[list[Piece]]:
    """Every paragraph of the document as its pieces; `lines` must have their targets at hand."""
    marks = [Mark(each.start, each.end, level=each.level) for each in document.passages.all()]
    for line in lines:
        marks.append(Mark(line.start, line.end, line=line.pk))
        marks += _figures(document.text, line)
    return [list(_pieces(document.text, span, marks)) for span in spans_of_lines(document.text)]


def _pieces(text: str, span: Span, marks: list[Mark]) -> Iterator[Piece]:
    here = [mark for mark in marks if mark.start < span.end and mark.end > span.start]
    edges = {span.start, span.end}
    for mark in here:
        edges |= {max(mark.start, span.start), min(mark.end, span.end)}
    for low, high in pairwise(sorted(edges)):
        over = [mark for mark in here if mark.start <= low and high <= mark.end]
        yield Piece(
            start=low,
            text=text[low:high],
            line=next((mark.line for mark in over if mark.line), None),
            level=max((mark.level for mark in over), default=0),
            is_figure=any(mark.is_figure for mark in over),
            is_blank=any(mark.is_blank for mark in over),
        )


def _figures(text: str, line: Commitment) -> Iterator[Mark]:
    """Where the figures of a line's targets are printed, and whether they still wait for a value."""
    at = line.start
    for target in line.targets.all():
        found = text.find(target.number, max(at, target.start), target.end)
        if found >= 0 and target.number:
            at = found + len(target.number)
            yield Mark(found, at, is_figure=True, is_blank=target.is_blank)
