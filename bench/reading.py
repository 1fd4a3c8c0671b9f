"""From the bytes of a Word report to its ledger, beside reading the text alone and other people's libraries."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Iterator
from functools import partial

from bench.runner import Row, exponent, in_turn
from luodi import demo
from luodi.reading.reader import read, read_text

CHARACTERS = 20_000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def long_report(characters: int) -> str:
    """Demonstration plans one after another, each under a year of its own, up to so many characters."""
    texts = [demo.text(name) for name in demo.TEXTS]
    out = ""
    while len(out) < characters:
        out += texts[len(out) % len(texts)] + "\n"
    return out[: out.rindex("\n", 0, characters)]


def as_docx(text: str) -> bytes:
    from docx import Document

    document, out = Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def limit(content: bytes) -> int:
    """What no reader can undercut: unzip, parse, join the text, one pass of one expression."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    text = "\n".join("".join(run.text or "" for run in line.iter(f"{W}t")) for line in tree.iter(f"{W}p"))
    return sum(1 for _ in FIGURE.finditer(text))


def rows(quick: bool) -> Iterator[Row]:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    text = long_report(CHARACTERS)
    content = as_docx(text)
    contenders = {
        "ours": lambda: read(content, name="report.docx"),
        "limit": lambda: limit(content),
        "jieba.lcut": lambda: jieba.lcut(text),
    }
    if not quick:
        import jionlp

        sentences = [line for line in text.splitlines() if line]
        contenders["jionlp time"] = lambda: [jionlp.ner.extract_time(line) for line in sentences]
    seconds = in_turn(contenders)
    sizes = [CHARACTERS // 4, CHARACTERS // 2, CHARACTERS, CHARACTERS * 2]
    grown = [in_turn({"ours": partial(read_text, long_report(size))})["ours"] for size in sizes]
    yield Row(
        "docx report (20,000 characters) to ledger",
        seconds,
        goal="at least 15 % of the limit's rate; faster than jieba.lcut; 50 reports a second",
        exponent=exponent(sizes, grown),
        extra={"reports a second": 1 / seconds["ours"]},
    )
