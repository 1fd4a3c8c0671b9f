"""docx (ECMA-376): the body's paragraphs in order, one a line, as a reader of the printed page sees them.

In: numbering markers, table rows (cells parted by a tab), text boxes after the paragraph that holds them, inserted
text. Out: tracked deletions, hidden text, footnotes, comments, headers and footers, phonetic guides, the table of
contents. The tree is first cleared of what is out, then read in one flat pass.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from luodi.reading.sources.archive import Archive
from luodi.reading.sources.numbering import Numbering, read_numbering, value
from luodi.reading.sources.refusal import Refusal

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode())
"""The namespace of the strict variant, and the usual one that stands for it here."""
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"

P, TBL, TR, TC, T = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}t"
OUT = (f"{W}del", f"{W}moveFrom", f"{MC}Fallback", f"{W}rt", f"{W}sectPr", f"{W}pPrChange", f"{W}rPrChange")
PSTYLE, NUMPR = f"{W}pStyle", f"{W}numPr"
BOX = f"{W}txbxContent"
SIGNS = {f"{W}tab": "\t", f"{W}noBreakHyphen": "-", f"{W}cr": "\n", f"{W}br": "\n", f"{W}softHyphen": ""}
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Soft hyphens and signs of no width."""
MAX_STYLE_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says about numbering (`number_id` "" when nothing)."""

    is_contents: bool
    number_id: str
    depth: int | None


class Context:
    """What the parts beside the body say about its paragraphs; a part is opened when a paragraph asks for it.

    The styles are often larger than the text, and many a report uses none.
    """

    def __init__(self, archive: Archive, folder: str) -> None:
        self._archive, self._folder = archive, folder
        self._styles: dict[str, Style | None] = {}

    @cached_property
    def numbering(self) -> Numbering:
        root = self._part("numbering.xml")
        return Numbering({}, {}) if root is None else read_numbering(root, W)

    @cached_property
    def _style_elements(self) -> dict[str, etree._Element]:
        root = self._part("styles.xml")
        styles = () if root is None else root.iterchildren(f"{W}style")
        return {element.get(f"{W}styleId", ""): element for element in styles}

    def style(self, key: str) -> Style | None:
        """The paragraph style of this id, if there is one."""
        if key not in self._styles:
            self._styles[key] = _style(key, self._style_elements)
        return self._styles[key]

    def _part(self, name: str) -> etree._Element | None:
        path = posixpath.join(self._folder, name)
        return self._archive.xml(path, alias=STRICT) if path in self._archive.names else None


def read(data: bytes) -> tuple[str, str]:
    """Encoding ("docx") and text."""
    archive = Archive(data)
    main = _main_part(archive)
    body = archive.xml(main, alias=STRICT).find(f"{W}body")
    if body is None:
        raise Refusal("缺少正文部分，文件不完整；请用 Word 或 WPS 另存一次再读")
    if body.find(f".//{W}altChunk") is not None:
        raise Refusal("正文里嵌入了另一份文档，读不全；请用 Word 或 WPS 另存一次再读")
    _clear(body)
    context = Context(archive, posixpath.dirname(main))
    return "docx", INVISIBLE.sub("", "\n".join(_blocks(body, context)))


def _main_part(archive: Archive) -> str:
    """The name of the part that the package declares as its document."""
    for relation in archive.xml("_rels/.rels").iter(f"{RELATIONS}Relationship"):
        if relation.get("Type", "").endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    raise Refusal("缺少正文部分，文件不完整；请用 Word 或 WPS 另存一次再读")


def _clear(body: etree._Element) -> None:
    """Takes what is not printed out of the tree, and sets text boxes behind the paragraph that holds them."""
    for element in list(body.iter(*OUT)):
        row_properties = element.getparent()
        _drop(row_properties.getparent() if row_properties.tag == f"{W}trPr" else element)
    for element in list(body.iter(f"{W}vanish")):
        run = element.getparent().getparent()
        if run is not None and run.tag == f"{W}r" and element.get(f"{W}val") not in ("0", "false", "off"):
            _drop(run)
    for box in reversed(list(body.iter(BOX))):
        holder = next((element for element in box.iterancestors(P)), None)
        _drop(box)
        if holder is not None:
            for paragraph in reversed(box):
                holder.addnext(paragraph)


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _blocks(container: etree._Element, context: Context) -> Iterator[str]:
    """The lines of a body, cell or content control."""
    for element in container:
        if element.tag == P:
            line = _paragraph(element, context)
            if line is not None:
                yield line
        elif element.tag == TBL:
            for row in element.iter(TR):
                if next(row.iterancestors(TBL)) is element:
                    yield from _row(row, context)
        elif element.tag != f"{W}sdtPr":
            yield from _blocks(element, context)


def _row(row: etree._Element, context: Context) -> Iterator[str]:
    """A row of several cells is one line; a single cell is a frame around paragraphs."""
    cells = [cell for cell in row.iter(TC) if next(cell.iterancestors(TR)) is row]
    if len(cells) == 1:
        yield from _blocks(cells[0], context)
    else:
        yield "\t".join(
            " ".join(line.replace("\n", " ") for line in _blocks(cell, context) if line) for cell in cells
        ).rstrip()


def _paragraph(paragraph: etree._Element, context: Context) -> str | None:
    """The text of a paragraph with its marker; None for a line of the table of contents."""
    marker = ""
    properties = paragraph.find(f"{W}pPr")
    if properties is not None:
        key = value(properties.find(PSTYLE), W)
        style = context.style(key) if key else None
        if style is not None and style.is_contents:
            return None
        marker = _marker(properties.find(NUMPR), style, context)
    parts: list[str] = []
    for element in paragraph.iter(T, *SIGNS):
        if element.tag == T:
            parts.append(element.text or "")
        elif element.get(f"{W}type", "textWrapping") == "textWrapping" and element.getparent().tag == f"{W}r":
            parts.append(SIGNS[element.tag])
    text = "".join(parts)
    return marker + text.lstrip() if marker and text.strip() else text


def _marker(own: etree._Element | None, style: Style | None, context: Context) -> str:
    number_id, depth = ("", None) if style is None else (style.number_id, style.depth)
    if own is not None:
        number_id = value(own.find(f"{W}numId"), W) or number_id
        level = value(own.find(f"{W}ilvl"), W)
        depth = int(level) if level.isdecimal() and len(level) == 1 else depth
    return context.numbering.marker(number_id, depth or 0) if number_id not in ("", "0") else ""


def _style(key: str, elements: dict[str, etree._Element]) -> Style | None:
    """A style with what it takes over from the styles it is based on."""
    if key not in elements:
        return None
    is_contents = value(elements[key].find(f"{W}name"), W).lower().startswith("toc ")
    number_id, depth = "", None
    for _ in range(MAX_STYLE_CHAIN):
        element = elements.get(key)
        if element is None:
            break
        number = element.find(f"{W}pPr/{W}numPr")
        if number is not None:
            level = value(number.find(f"{W}ilvl"), W)
            if depth is None and level.isdecimal() and len(level) == 1:
                depth = int(level)
            number_id = number_id or value(number.find(f"{W}numId"), W)
        key = value(element.find(f"{W}basedOn"), W)
    return Style(is_contents, number_id, depth)
