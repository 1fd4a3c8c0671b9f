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

from luodi.reading.sources import isolation, layout, pictures, recognition
from luodi.reading.sources.archive import Archive
from luodi.reading.sources.refusal import Refusal

MAX_PAGES = 1_000
MISPLACED = "文字的位置缺失或已损坏，不合 OFD 规范；请用 OFD 阅读器另存一次再读"
WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\uffef\U00020000-\U0003ffff“”‘’—…]")
"""Letters as wide as they are high; the others take half of that where a file doesn't say."""


def read(data: bytes) -> tuple[str, str]:
    """Encoding ("scan" when pages had to be recognised, else "ofd") and text."""
    pages: list[list[layout.Line]] = []
    for content, _ in _pages(Archive(data)):
        lines = _lines(content, len(pages))
        if lines is None:
            recognition.require()
            return isolation.run(read_scan, data, recognition.LIMITS)
        pages.append(lines)
        if len(pages) > MAX_PAGES:
            raise Refusal(f"超过 {MAX_PAGES} 页的上限；请拆开再读")
    return "ofd", layout.text_of(pages)


def read_scan(data: bytes) -> tuple[str, str]:
    """As `read` in this process, with every page that is a picture of text recognised."""
    archive = Archive(data)

    def recognised() -> Iterator[list[layout.Line]]:
        for number, (content, media) in enumerate(_pages(archive)):
            lines = _lines(content, number)
            yield lines if lines is not None else _recognised(content, number, archive, media)

    return "scan", layout.text_of(list(recognition.as_long_as_chinese(recognised())))


def _lines(content: etree._Element, number: int) -> list[layout.Line] | None:
    """The lines of a page; None when it has pictures and no text."""
    pieces = [piece for text_object in content.iter("{*}TextObject") for piece in _pieces(text_object)]
    if not pieces and content.find(".//{*}ImageObject") is not None:
        return None
    return layout.lines_of(pieces, number)


def _recognised(
    content: etree._Element, number: int, archive: Archive, media: dict[str, str]
) -> list[layout.Line]:
    """The lines in the pictures of a page, one picture after another; most scans have one."""
    lines: list[layout.Line] = []
    for image in content.iter("{*}ImageObject"):
        width = (_numbers(image.get("Boundary")) or [0, 0, 0])[2:3]
        name = media.get(image.get("ResourceID", ""))
        if name is None or not width or width[0] <= 0:
            raise Refusal(MISPLACED)
        for sheet in pictures.sheets(archive.read(name)):
            lines += recognition.lines_of(sheet, number, scale=sheet.shape[1] / width[0])
    return lines


def _pages(archive: Archive) -> Iterator[tuple[etree._Element, dict[str, str]]]:
    """The content of every page of every document, in order, and where its pictures are, by their ids."""
    for root in _texts(archive.xml("OFD.xml"), "DocRoot"):
        document_path = _resolve("", root)
        document = archive.xml(document_path)
        media = _media(archive, document_path, document)
        for page in document.iter("{*}Page"):
            if page.get("BaseLoc"):
                path = _resolve(document_path, page.get("BaseLoc"))
                content = archive.xml(path)
                yield content, media | _media(archive, path, content)


def _media(archive: Archive, base: str, element: etree._Element) -> dict[str, str]:
    """Ids and names of the media in the resource files (7.9) that a document or page names."""
    media: dict[str, str] = {}
    for kind in ("PublicRes", "DocumentRes", "PageRes"):
        for location in _texts(element, kind):
            path = _resolve(base, location)
            resources = archive.xml(path)
            folder = posixpath.join(_resolve(path, resources.get("BaseLoc") or "."), "")
            for medium in resources.iter("{*}MultiMedia"):
                media |= {
                    medium.get("ID", ""): _resolve(folder, name) for name in _texts(medium, "MediaFile")
                }
    return media


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
