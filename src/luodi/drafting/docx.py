"""A draft as a Word document: a template that a city can edit, filled; the source of each figure stands in the margin.

A template is any .docx with 【正文】 in a paragraph of its own; 【标题】 and 【副标题】 are filled where they stand. Its styles
(Heading 1, Heading 2, 任务) dress what is put in. Prose around them stays as it is.
"""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.text.paragraph import Paragraph

from luodi.drafting.draft import Draft, Piece
from luodi.kernel.action import Refused
from luodi.reading.forms import paper

TITLE, SUBTITLE, BODY = "标题", "副标题", "正文"
FIELDS = {TITLE, SUBTITLE, BODY}
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FIELD = re.compile("【([^】]{1,20})】")
_HEADINGS = {1: "Heading 1", 2: "Heading 2"}
_TEXT = "任务"
_MADE = datetime(2026, 1, 1, tzinfo=UTC)
_AUTHOR, _INITIALS = "落地", "落地"


def standard_template() -> bytes:
    """The template that a city begins with, laid out as official papers are (GB/T 9704)."""
    fields = (("Title", TITLE), ("Subtitle", SUBTITLE), ("Task", BODY))
    body = [paper.paragraph(style, paper.words(f"【{name}】")) for style, name in fields]
    return paper.document("起草模板", body, paper.UPRIGHT, created=_MADE)


def check_template(content: bytes) -> None:
    """Raises Refused, with the field that is wrong, when the file can't serve as a template."""
    paragraphs = _opened(content).paragraphs
    found = [name for paragraph in paragraphs for name in _FIELD.findall(paragraph.text)]
    if unknown := sorted(set(found) - FIELDS):
        raise Refused(f"模板里的【{unknown[0]}】不是可填的栏目；可用的有【标题】【副标题】【正文】。")
    if found.count(BODY) != 1 or not any(paragraph.text.strip() == f"【{BODY}】" for paragraph in paragraphs):
        raise Refused("模板里应有单独成段的【正文】，而且只有一处。")


def written(draft: Draft, template: bytes) -> bytes:
    """The .docx. Raises Refused when the template can't be filled."""
    check_template(template)
    document = _opened(template)
    for paragraph in list(document.paragraphs):
        if paragraph.text.strip() == f"【{BODY}】":
            _put_body(document, draft, paragraph)
        elif _FIELD.search(paragraph.text):
            _fill(paragraph, {TITLE: draft.title, SUBTITLE: draft.subtitle})
    document.core_properties.title = draft.title
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _opened(content: bytes) -> Any:
    try:
        return Document(io.BytesIO(content))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as fault:
        raise Refused("模板不是可以打开的 Word 文档（.docx）。") from fault


def _fill(paragraph: Paragraph, values: dict[str, str]) -> None:
    """Write into the first run, so that its look stays."""
    text = _FIELD.sub(lambda field: values[field[1]], paragraph.text)
    for run in paragraph.runs[1:]:
        run.text = ""
    paragraph.runs[0].text = text


def _put_body(document: Any, draft: Draft, place: Paragraph) -> None:
    for section in draft.sections:
        place.insert_paragraph_before(section.heading, _style(document, _HEADINGS[section.level]))
        for pieces in section.paragraphs:
            _put(document, place.insert_paragraph_before(style=_style(document, _TEXT)), pieces)
    place._element.getparent().remove(place._element)


def _put(document: Any, paragraph: Paragraph, pieces: tuple[Piece, ...]) -> None:
    for piece in pieces:
        run = paragraph.add_run(piece.text)
        if known := piece.known:
            said = f"{known.source}：{known.told}"
            document.add_comment(run, said, author=_AUTHOR, initials=_INITIALS)


def _style(document: Any, name: str) -> str:
    """The template's own style of this name, else its plain one."""
    return name if name in document.styles else "Normal"
