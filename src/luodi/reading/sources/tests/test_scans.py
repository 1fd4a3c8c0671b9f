"""Scanned reports: real recognition of a real picture, and what is said where it is not installed."""

from __future__ import annotations

import difflib
import io
import re
import socket
from typing import Any

import pytest

from luodi.reading.sources import Refusal, load, pictures, recognition
from luodi.reading.sources.tests.samples import (
    CJK_FONT,
    PARAGRAPHS,
    TEXT,
    ofd_parts,
    pdf,
    pdf_file,
    png,
    typeset,
    zipped,
)

needs_recognition = pytest.mark.skipif(
    not (recognition.is_installed() and CJK_FONT.exists()),
    reason="needs the extra [scan] and Debian's fonts-noto-cjk to print a sheet",
)


SCANNED_PAGE = '<ofd:ImageObject ID="3" Boundary="0 0 210 297" ResourceID="4"/>'


def likeness(text: str) -> float:
    return difflib.SequenceMatcher(None, TEXT, text, autojunk=False).ratio()


@needs_recognition
def test_the_sheets_of_a_scan_are_read_in_order_with_nearly_all_characters_right() -> None:
    from PIL import Image

    first, second = (Image.open(io.BytesIO(png(part))) for part in (PARAGRAPHS[:4], PARAGRAPHS[4:]))
    buffer = io.BytesIO()
    first.save(buffer, "TIFF", save_all=True, append_images=[second])
    loaded = load(buffer.getvalue(), name="报告.tif")
    assert (loaded.kind, loaded.encoding) == ("picture", "scan")
    assert likeness(loaded.text) > 0.98
    assert loaded.text.split("\n")[0] == PARAGRAPHS[0]


@needs_recognition
def test_a_scanned_pdf_is_read() -> None:
    from PIL import Image

    buffer = io.BytesIO()
    Image.open(io.BytesIO(png())).convert("RGB").save(
        buffer, "PDF", resolution=120
    )  # as JPEG, like a scanner
    pages: list[tuple[int, int]] = []
    loaded = load(buffer.getvalue(), name="报告.pdf", on_page=lambda done, total: pages.append((done, total)))
    assert pages == [(1, 1)]
    assert (loaded.kind, loaded.encoding) == ("pdf", "scan")
    assert likeness(loaded.text) > 0.98


@needs_recognition
def test_a_scanned_page_among_pages_with_text_is_read_in_its_place() -> None:
    from PIL import Image

    picture = Image.open(io.BytesIO(png(PARAGRAPHS[4:]))).convert("RGB")
    sheet = Image.new("RGB", (992, 1404), "white")
    sheet.paste(picture)
    jpeg = io.BytesIO()
    sheet.save(jpeg, "JPEG")
    letter = 26 * 595 / 992  # as large and as far to the right as on the sheet
    lines = typeset(PARAGRAPHS[:4])
    first = [(60 + letter * inset, 100 + 28 * row, text) for row, (inset, text) in enumerate(lines)]
    data = pdf([first, [(60, 100, "")]], size=letter)
    image = b"<</Type/XObject/Subtype/Image/Width 992/Height 1404/ColorSpace/DeviceRGB/BitsPerComponent 8"
    image += b"/Filter/DCTDecode/Length %d>>stream\n%s\nendstream" % (len(jpeg.getvalue()), jpeg.getvalue())
    drawing = b"q 595 0 0 842 0 0 cm /I Do Q"
    *objects, _, _ = re.findall(rb"\d+ 0 obj\n(.*?)\nendobj", data, re.DOTALL)
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 9 0 R>>>>/Contents 8 0 R>>"
    )
    contents = b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing)
    loaded = load(pdf_file([*objects, page, contents, image]), name="报告.pdf")
    assert loaded.encoding == "scan"
    assert loaded.text.startswith("\n".join(PARAGRAPHS[:4]) + "\n")
    assert likeness(loaded.text) > 0.98


@needs_recognition
def test_a_scanned_ofd_is_read() -> None:
    parts: dict[str, str | bytes] = {**ofd_parts([SCANNED_PAGE])}
    loaded = load(zipped({**parts, "Doc_0/Res/scan.png": png()}), name="报告.ofd")
    assert (loaded.kind, loaded.encoding) == ("ofd", "scan")
    assert likeness(loaded.text) > 0.98


@needs_recognition
def test_recognition_asks_nothing_of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    _, text = pictures.read_here(png())
    assert likeness(text) > 0.98


@needs_recognition
def test_a_photograph_taken_sideways_is_turned_upright() -> None:
    from PIL import Image

    sheet = Image.open(io.BytesIO(png()))
    turned = io.BytesIO()
    sideways = Image.Exif()
    sideways[0x0112] = 6  # orientation: the top of the sheet is at the right
    sheet.transpose(Image.Transpose.ROTATE_90).save(turned, "JPEG", exif=sideways)
    (upright,) = pictures.sheets(turned.getvalue())
    assert upright.shape == (sheet.height, sheet.width, 3)


@needs_recognition
def test_a_picture_without_writing_is_refused() -> None:
    from PIL import Image

    buffer = io.BytesIO()
    Image.effect_noise((600, 800), 90).save(buffer, "PNG")
    with pytest.raises(Refusal, match="没有可读的中文"):
        load(buffer.getvalue(), name="照片.png")


@pytest.mark.parametrize("document", ["picture", "scanned pdf", "scanned ofd"])
def test_without_the_extra_the_refusal_says_how_to_install_it(
    document: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognition, "is_installed", lambda: False)
    documents = {
        "picture": b"\x89PNG\r\n\x1a\n",
        "scanned pdf": _pdf_of_a_picture(),
        "scanned ofd": zipped(ofd_parts([SCANNED_PAGE])),
    }
    with pytest.raises(Refusal, match=r"\./luodi setup scan"):
        load(documents[document])


def test_a_pdf_with_text_needs_no_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "is_installed", lambda: False)
    assert load(pdf()).encoding == "pdf"


def _pdf_of_a_picture() -> bytes:
    """One page that a grey picture of one dot covers."""
    drawing = b"q 595 0 0 842 0 0 cm /I Do Q"
    return pdf_file(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 4 0 R>>>>/Contents 5 0 R>>",
            b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
            b"stream\n\x80\nendstream",
            b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
        ]
    )
