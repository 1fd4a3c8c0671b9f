"""Whatever happens to the bytes of a document on its way, reading it gives text or a refusal, never anything else."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from luodi.reading.sources import Loaded, Refusal, load, pictures, recognition
from luodi.reading.sources.encodings import fault_of
from luodi.reading.sources.tests.samples import TEXT, docx, html, ofd, paragraph, pdf, png, zipped

QUIET = settings(deadline=None)
"""A busy machine is no failure; how long reading takes is measured in tests/test_malformed_documents.py."""

NUMBERED = docx(
    paragraph("重点任务", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    + "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    + paragraph(TEXT),
    numbering='<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt '
    'w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1">'
    '<w:abstractNumId w:val="1"/></w:num>',
)


def damaged(data: bytes) -> st.SearchStrategy[bytes]:
    """The document cut short, with bytes changed, a stretch lost, doubled or zeroed, or something put in."""
    place = st.integers(0, len(data))
    stretch = st.tuples(place, place).map(sorted)
    flip = st.tuples(st.integers(0, len(data) - 1), st.integers(1, 255))

    def flipped(flips: list[tuple[int, int]]) -> bytes:
        changed = bytearray(data)
        for at, bits in flips:
            changed[at] ^= bits
        return bytes(changed)

    return st.one_of(
        place.map(lambda end: data[:end]),
        st.lists(flip, min_size=1, max_size=12).map(flipped),
        stretch.map(lambda s: data[: s[0]] + data[s[1] :]),
        stretch.map(lambda s: data[: s[1]] + data[s[0] :]),
        stretch.map(lambda s: data[: s[0]] + bytes(s[1] - s[0]) + data[s[1] :]),
        st.tuples(place, st.binary(max_size=40)).map(lambda put: data[: put[0]] + put[1] + data[put[0] :]),
    )


@st.composite
def damaged_inside(draw: st.DrawFn, data: bytes) -> bytes:
    """A zip that is whole, around a part that is damaged."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = draw(st.sampled_from(sorted(name for name, part in parts.items() if part)))
    return zipped({**parts, name: draw(damaged(parts[name]))})


def answer(data: bytes, name: str) -> Loaded | None:
    """The document, or None when it was refused with one sentence."""
    try:
        loaded = load(data, name=name)
    except Refusal as refusal:
        sentence = str(refusal)
        assert sentence.startswith(f"《{name or '未命名文件'}》")
        assert sentence.endswith("。")
        assert "\n" not in sentence
        return None
    assert fault_of(loaded.text) == ""
    return loaded


@QUIET
@given(st.one_of(*(damaged(TEXT.encode(codec)) for codec in ("utf-8", "gb18030", "utf-16", "utf-16-be"))))
def test_text(data: bytes) -> None:
    loaded = answer(data, "报告.txt")
    assert loaded is None or loaded.text.encode(loaded.encoding) == data or data.startswith(b"\xff\xfe")


@QUIET
@given(st.one_of(damaged(NUMBERED), damaged_inside(NUMBERED)))
def test_word(data: bytes) -> None:
    answer(data, "报告.docx")


@QUIET
@given(st.one_of(damaged(ofd()), damaged_inside(ofd())))
def test_ofd(data: bytes) -> None:
    answer(data, "报告.ofd")


@QUIET
@given(damaged(html()))
def test_web(data: bytes) -> None:
    answer(data, "报告.html")


@settings(QUIET, max_examples=25)
@given(damaged(pdf()))
def test_pdf(data: bytes) -> None:
    answer(data, "报告.pdf")


@QUIET
@given(st.binary(max_size=2000))
@example(b"PK\x03\x04")
@example(b"%PDF-")
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
@example(b"OFD.xml")
def test_anything(data: bytes) -> None:
    for name in ("", "报告.txt", "报告.docx", "报告.html"):
        answer(data, name)


@pytest.mark.skipif(not recognition.is_installed(), reason="needs the extra [scan]")
@settings(QUIET, max_examples=60)
@given(st.data())
def test_picture(data: st.DataObject) -> None:
    """Decoding alone, in this process: what comes through is a picture that recognition can take."""
    damage = data.draw(damaged(png()))
    try:
        sheets = list(pictures.sheets(damage))
    except Refusal:
        return
    assert all(sheet.ndim == 3 and max(sheet.shape) <= recognition.MAX_SIDE for sheet in sheets)
