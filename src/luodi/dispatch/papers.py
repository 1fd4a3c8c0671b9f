"""A paper of a meeting, once as values and then as .docx or .pdf: title, headings, paragraphs, tables."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from luodi.reading.forms import paper as word

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_FONT = "STSong-Light"
"""Every reader of PDF brings this font's glyphs or its own for it, so none has to be shipped."""
_MARGIN = 20
"""Millimetres."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `level` 1 or 2 makes it a heading."""

    words: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """`widths` are shares of the page's width."""

    titles: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]


@dataclass(slots=True)
class Paper:
    title: str
    subtitle: str = ""
    blocks: list[Text | Table] = field(default_factory=list)
    is_wide: bool = False

    def say(self, words: str, level: int = 0) -> None:
        self.blocks.append(Text(words, level))

    def tabulate(self, titles: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        """A table, or a sentence where it would have no row."""
        self.blocks.append(Table(titles, rows, widths) if rows else Text("没有需要列出的事项。"))


def written(paper: Paper, form: str, created: datetime) -> bytes:
    """KeyError for a form that isn't docx or pdf."""
    return {"docx": docx, "pdf": pdf}[form](paper, created)


def docx(paper: Paper, created: datetime) -> bytes:
    page = word.ACROSS if paper.is_wide else word.UPRIGHT
    body = [word.paragraph("Title", word.words(paper.title))]
    if paper.subtitle:
        body.append(word.paragraph("Subtitle", word.words(paper.subtitle)))
    for block in paper.blocks:
        if isinstance(block, Text):
            style = {0: "Task", 1: "Heading1", 2: "Heading2"}[block.level]
            body.append(word.paragraph(style, word.words(block.words)))
        else:
            rows = [[word.Cell("TableText", word.words(cell)) for cell in row] for row in block.rows]
            widths = [share / sum(block.widths) * page.text_width for share in block.widths]
            body.append(word.table(widths, block.titles, rows))
    return word.document(paper.title, body, page, created=created)


def pdf(paper: Paper, created: datetime) -> bytes:
    """A4 with page numbers. Text can be searched and copied."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, TableStyle
    from reportlab.platypus import Table as Grid

    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))

    def style(size: float, lead: float, **more: object) -> ParagraphStyle:
        return ParagraphStyle("", fontName=_FONT, fontSize=size, leading=lead, wordWrap="CJK", **more)

    looks = {
        0: style(11, 19, firstLineIndent=22),
        1: style(14, 26, spaceBefore=6),
        2: style(12, 22, spaceBefore=4),
    }
    cell, head = style(9, 13), style(9, 13, alignment=1)
    size = landscape(A4) if paper.is_wide else A4
    width = size[0] - 2 * _MARGIN * mm
    story: list[object] = [Paragraph(_escaped(paper.title), style(20, 30, alignment=1))]
    if paper.subtitle:
        story.append(Paragraph(_escaped(paper.subtitle), style(12, 22, alignment=1)))
    story.append(Spacer(1, 4 * mm))
    for block in paper.blocks:
        if isinstance(block, Text):
            story.append(Paragraph(_escaped(block.words), looks[block.level]))
            continue
        rows = [[Paragraph(_escaped(each), head) for each in block.titles]]
        rows += [[Paragraph(_escaped(each), cell) for each in row] for row in block.rows]
        grid = Grid(rows, [share / sum(block.widths) * width for share in block.widths], repeatRows=1)
        grid.setStyle(
            TableStyle([("GRID", (0, 0), (-1, -1), 0.4, "#555555"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
        )
        story += [grid, Spacer(1, 3 * mm)]

    def number(canvas: object, document: object) -> None:
        canvas.setFont(_FONT, 9)  # type: ignore[attr-defined]
        canvas.drawCentredString(size[0] / 2, 10 * mm, f"— {document.page} —")  # type: ignore[attr-defined]

    out = io.BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), _MARGIN * mm)
    frame = SimpleDocTemplate(out, pagesize=size, title=paper.title, author="落地", invariant=1, **margins)
    frame.build(story, onFirstPage=number, onLaterPages=number)
    return out.getvalue()


def _escaped(words: str) -> str:
    """The words as reportlab's small markup."""
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\n", "<br/>")
