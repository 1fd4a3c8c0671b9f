"""OFD, the national layout format (GB/T 33190-2016): zip and XML, pages of text objects in millimetres.

OFD.xml names documents, a document names pages (7.5, 7.7), a page's content holds layers of text objects (11.3).
Template pages (running headers, grids) are left out: they are not part of a page's content.
"""

from __future__ import annotations

import math
import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from luodi.reading.sources import layout
from luodi.reading.sources.archive import Archive
from luodi.reading.sources.refusal import Refusal

MAX_PAGES = 1_000
MISPLACED = "文字的位置缺失或已损坏，不合 OFD 规范；请用 OFD 阅读器另存一次再读"
WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\uffef\U00020000-\U0003ffff“”‘’—…]")
"""Letters as wide as they are high; the others take half of that where a file doesn't say."""


def read(data: bytes) -> tuple[str, str]:
    """Encoding ("ofd") and text."""
    archive = Archive(data)
    pages: list[list[layout.Line]] = []
    pictures = 0
    for content in _page_contents(archive):
        pieces = [piece for text_object in content.iter("{*}TextObject") for piece in _pieces(text_object)]
        pages.append(layout.lines_of(pieces, len(pages)))
        pictures += not pieces and content.find(".//{*}ImageObject") is not None
        if len(pages) > MAX_PAGES:
            raise Refusal(f"超过 {MAX_PAGES} 页的上限；请拆开再读")
    if pictures:
        raise Refusal(f"有 {pictures} 页是扫描图、没有文字；请用 OFD 阅读器导出为 pdf 再读")
    return "ofd", layout.text_of(pages)


def _page_contents(archive: Archive) -> Iterator[etree._Element]:
    """The content of every page of every document, in order."""
    for root in _texts(archive.xml("OFD.xml"), "DocRoot"):
        document_path = _resolve("", root)
        document = archive.xml(document_path)
        for page in document.iter("{*}Page"):
            if page.get("BaseLoc"):
                yield archive.xml(_resolve(document_path, page.get("BaseLoc")))


def _texts(element: etree._Element, name: str) -> Iterator[str]:
    return ((found.text or "").strip() for found in element.iter(f"{{*}}{name}"))


def _resolve(base: str, location: str) -> str:
    """A location (7.3) as a name in the zip: from the root with a slash, else beside the file that names it."""
    if location.startswith("/"):
        return posixpath.normpath(location.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), location))


def _pieces(text_object: etree._Element) -> Iterator[layout.Piece]:
    """The runs of one text object, each in its box on the page."""
    if text_object.get("Visible") == "false":
        return
    box = _numbers(text_object.get("Boundary"))
    matrix = _numbers(text_object.get("CTM") or "1 0 0 1 0 0")
    if len(box) != 4 or len(matrix) != 6:
        raise Refusal(MISPLACED)
    a, b, c, d, e, f = matrix
    across = math.hypot(a, b) or 1
    size = (_numbers(text_object.get("Size")) or [4.0])[0]
    x = y = 0.0
    for code in text_object.iter("{*}TextCode"):
        x = (_numbers(code.get("X")) or [x])[0]  # 11.3: a code without a place goes on from the last
        y = (_numbers(code.get("Y")) or [y])[0]
        text = (code.text or "").strip("\r\n\t")
        if not text.strip():
            continue
        left, baseline = box[0] + a * x + c * y + e, box[1] + b * x + d * y + f
        height = size * (math.hypot(c, d) or 1)
        steps = _steps(code.get("DeltaX"), len(text) - 1)
        for piece, start, end in _runs(text, steps, size):
            yield layout.Piece(
                piece,
                left + start * across,
                baseline - 0.85 * height,
                left + end * across,
                baseline + 0.15 * height,
            )


def _runs(text: str, steps: list[float], size: float) -> Iterator[tuple[str, float, float]]:
    """`text` cut where the next letter stands far off, with start and end from the first letter's place."""
    start = place = 0.0
    run = ""
    for index, letter in enumerate(text):
        run += letter
        width = size if WIDE.match(letter) else size / 2
        step = steps[index] if index < len(steps) else width
        if index == len(text) - 1 or step > 2.5 * size:
            yield run, start, place + width
            run, start = "", place + step
        place += step


def _steps(delta: str | None, wanted: int) -> list[float]:
    """Distances from letter to letter (11.3): numbers, and "g N D" for N times D."""
    steps: list[float] = []
    words = iter((delta or "").split())
    for word in words:
        if word == "g":
            times, step = _numbers(next(words, "")), _numbers(next(words, ""))
            if times and step:
                steps += step * max(0, min(int(times[0]), wanted - len(steps)))
        else:
            steps += _numbers(word)
        if len(steps) >= wanted:
            break
    return steps[: max(wanted, 0)]


def _numbers(text: str | None) -> list[float]:
    """The finite numbers of a list."""
    numbers: list[float] = []
    for word in (text or "").split():
        try:
            number = float(word)
        except ValueError as error:
            raise Refusal(MISPLACED) from error
        if not math.isfinite(number):
            raise Refusal(MISPLACED)
        numbers.append(number)
    return numbers
