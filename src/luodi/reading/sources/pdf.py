"""PDF: the text layer back into paragraphs; pages that are pictures of text go to recognition."""

from __future__ import annotations

import ctypes
import math
import sys
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from luodi.reading.sources import isolation, layout, recognition
from luodi.reading.sources.encodings import HAN, LOST, fault_of
from luodi.reading.sources.refusal import Refusal

LIMITS = isolation.Limits(memory=448 * 2**20, seconds=9)
MAX_PAGES = 1_000
SCANNED_SHARE = 0.5
"""A page with a picture over this share of it and without text is a scanned page."""
MAX_UNMAPPED_SHARE = 0.02
"""Above this share of letters that the file gives no meaning for, the text layer is not used."""
DOTS_PER_INCH = 200
NEEDS_RECOGNITION = "needs recognition"


def read(data: bytes) -> tuple[str, str]:
    """Encoding ("scan" when pages had to be recognised, else "pdf") and text."""
    encoding, text = isolation.run(read_text_layer, data, LIMITS)
    if encoding == NEEDS_RECOGNITION:
        recognition.require()
        return isolation.run(read_scan, data, recognition.LIMITS)
    return encoding, text


def read_text_layer(data: bytes) -> tuple[str, str]:
    """As `read` in this process, but NEEDS_RECOGNITION for a document with a scanned or unreadable page."""
    pages: list[list[layout.Line]] = []
    for number, page in _pages(open_document(data)):
        lines = _lines_of_text_layer(page, number)
        if lines is None:
            return NEEDS_RECOGNITION, ""
        pages.append(lines)
    text = layout.text_of(pages)
    return (NEEDS_RECOGNITION, "") if fault_of(text) else ("pdf", text)


def read_scan(data: bytes) -> tuple[str, str]:
    """As `read` in this process, with every page that has no text layer recognised.

    When the letters of a text layer add up to no writing at all, every page is recognised.
    """
    document = open_document(data)
    pages = [_lines_of_text_layer(page, number) for number, page in _pages(document)]
    if fault_of(layout.text_of([lines or [] for lines in pages])):
        pages = [None] * len(pages)

    def recognised() -> Iterator[list[layout.Line]]:
        for (number, page), lines in zip(_pages(document), pages, strict=True):
            yield lines if lines is not None else _recognised(page, number)

    return "scan", layout.text_of(list(recognition.as_long_as_chinese(recognised(), len(pages))))


def _pages(document: Any) -> Iterator[tuple[int, Any]]:
    for number in range(len(document)):
        page = document[number]
        yield number, page
        page.close()


def open_document(data: bytes) -> Any:
    """A pypdfium2 document; refuses one that is encrypted, damaged or has too many pages."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
            raise Refusal("已加密；请先去掉密码再读") from error
        raise Refusal("PDF 结构已损坏（可能没有下载完整）；请重新取得原文件") from error
    if len(document) > MAX_PAGES:
        raise Refusal(f"有 {len(document)} 页，超过 {MAX_PAGES} 页的上限；请拆开再读")
    if len(document) == 0:
        raise Refusal("PDF 里没有页面；请重新取得原文件")
    return document


def _lines_of_text_layer(page: Any, number: int) -> list[layout.Line] | None:
    """The lines of a page's text layer; None when the page is a picture of text or its letters have no meaning."""
    pieces, letters, unmapped = _pieces(page)
    if unmapped > MAX_UNMAPPED_SHARE * max(letters, 1):
        return None
    if not any(HAN.search(piece.text) for piece in pieces) and _is_covered_by_picture(page):
        return None
    return layout.lines_of(pieces, number)


def _pieces(page: Any) -> tuple[list[layout.Piece], int, int]:
    """Runs of letters along one line, the number of letters, and how many of them have no meaning."""
    pieces: list[layout.Piece] = []
    letters = unmapped = 0
    run = ""
    box = (0.0, 0.0, 0.0, 0.0)
    for letter, left, top, right, bottom in _letters(page):
        letters += 1
        if not letter:
            unmapped += 1
            continue
        same_row = abs(top - box[1]) < 0.3 * (bottom - top) and abs(bottom - box[3]) < 0.3 * (bottom - top)
        if run and same_row and -0.5 * (right - left) <= left - box[2] < 0.2 * (bottom - top):
            run += letter
            box = (box[0], box[1], right, box[3])
            continue
        if run:
            pieces.append(layout.Piece(run, *box))
        run, box = letter, (left, top, right, bottom)
    if run:
        pieces.append(layout.Piece(run, *box))
    return pieces, letters, unmapped


def _letters(page: Any) -> Iterator[tuple[str, float, float, float, float]]:
    """Each visible letter that the page draws level, "" for one without meaning, with its box.

    A letter stands on its baseline as high as its type; the boxes that fonts give differ from letter to letter.
    """
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    rotation = math.radians(page.get_rotation())
    seen = _as_seen(page)
    box, matrix, x, y = pdfium.FS_RECTF(), pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    for index in range(textpage.count_chars()):
        if pdfium.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        letter = _plain(chr(code)) if code <= sys.maxunicode else LOST
        kind = unicodedata.category(letter[0])
        if kind in ("Cn", "Co") or letter == LOST or pdfium.FPDFText_HasUnicodeMapError(textpage, index) == 1:
            letter = ""  # a font that doesn't say which letter this is
        elif letter.isspace() or kind in ("Cc", "Cf", "Cs"):
            continue
        if not (
            pdfium.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box))
            and pdfium.FPDFText_GetMatrix(textpage, index, ctypes.byref(matrix))
            and pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
        ):
            continue
        if math.cos(pdfium.FPDFText_GetCharAngle(textpage, index) + rotation) < 0.99:
            continue  # a watermark, or a note along the edge
        height = pdfium.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)
        left, right = sorted((seen(box.left, box.bottom)[0], seen(box.right, box.top)[0]))
        baseline = seen(x.value, y.value)[1]
        yield letter, left, baseline - 0.85 * height, right, baseline + 0.15 * height


def _as_seen(page: Any) -> Callable[[float, float], tuple[float, float]]:
    """From a point of the page's own space, which grows upwards, to where a reader sees it, from the top left."""
    width, height = page.get_width(), page.get_height()
    turns: dict[int, Callable[[float, float], tuple[float, float]]] = {
        0: lambda x, y: (x, height - y),
        90: lambda x, y: (y, x),
        180: lambda x, y: (width - x, y),
        270: lambda x, y: (width - y, height - x),
    }
    return turns[page.get_rotation()]


def _plain(letter: str) -> str:
    """The everyday character for a radical or compatibility form, which fonts put in its place."""
    if "\u2e80" <= letter <= "\u2fdf" or "\uf900" <= letter <= "\ufaff":
        return unicodedata.normalize("NFKC", letter)
    return letter


def _recognised(page: Any, number: int) -> list[layout.Line]:
    """The lines of a page as a picture of `DOTS_PER_INCH`, or fewer where `recognition.MAX_SIDE` asks for it."""
    scale = min(DOTS_PER_INCH / 72, recognition.MAX_SIDE / max(page.get_width(), page.get_height(), 1))
    picture = page.render(scale=scale, rev_byteorder=True, force_bitmap_format=2).to_numpy()  # 2 is RGB
    return recognition.lines_of(picture, number, scale)


def _is_covered_by_picture(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    covered = 0.0
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return bool(covered > SCANNED_SHARE * page.get_width() * page.get_height())
