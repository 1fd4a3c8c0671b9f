"""From pieces of text on pages back to paragraphs: shared by pdf, ofd and recognised scans.

Pages are read in one column, top to bottom. Coordinates grow rightwards and downwards, in any one unit.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text and the box it stands in."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page. `size` is the height of its tallest piece, which stands for the size of its type."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float
    size: float


HEADING = re.compile(
    r"第[一二三四五六七八九十百]+[章节部编篇]"
    r"|[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十]{1,3}[、产])|[（(][一二三四五六七八九十]{1,3}[）)]"
)
"""A marker that opens a paragraph even after a line without a closing mark (a title), not 一、二产业."""
ITEM = re.compile(r"\d{1,2}[、．](?!\d)|\d{1,2}\.(?!\d)|[（(]\d{1,2}[）)]|[①-⑳]")
"""A marker that opens one only after a closing mark."""
PAGE_NUMBER = re.compile(
    r"[\s—–\-－―─·•.|/第共页]*(?:[0-9０-９]{1,4}|[ivxlc]{1,6})(?:\s*[/／]\s*\d{1,4}|页[,，\s]*共?\s*\d{1,4}\s*)?"
    r"[\s—–\-－―─·•.|页]*",
    re.IGNORECASE,
)
CLOSING = "。！？；：.!?;:”’）)》】…"
CELL, WORD = 2.0, 0.4
"""A gap of this many letters parts cells, and one of this many words; justified lines are stretched by less."""
INDENT = 0.8
DEEP = 5
"""A line this many letters further in than the margin opens a paragraph (a Chinese indent is two letters);
one that is further in still is centred, and after a full line goes on with it."""
FULL_PAGE = 10
"""A page of at least so many lines shows its own margins: scanned sheets lie now more to the left, now to the right."""
MARGIN_SHARE = 0.15
"""A margin is where at least this share of the lines begins or ends."""
SHORT = 1.6
"""A line that ends this many letters before the margin closes its paragraph."""
GAP = 1.2
"""A step between lines this many times the usual one parts paragraphs."""
APART = 1.25
"""A running header or footer is this many usual steps away from the body."""
EDGE_LINES = 2
"""A running header or footer takes at most so many lines at either end of a page."""


def lines_of(pieces: Iterable[Piece], page: int) -> list[Line]:
    """The lines of a page from top to bottom, each with its pieces from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.top + p.bottom) / 2):
        middle = (piece.top + piece.bottom) / 2
        # The last rows are the only ones that can still reach down to a piece sorted by its middle.
        row = next((row for row in rows[:-4:-1] if _crosses(row[0], piece, middle)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    return [_line(sorted(row, key=lambda p: p.left), page) for row in rows]


def _crosses(first: Piece, piece: Piece, middle: float) -> bool:
    return first.top < middle < first.bottom or piece.top < (first.top + first.bottom) / 2 < piece.bottom


def _line(row: list[Piece], page: int) -> Line:
    text = row[0].text
    for before, piece in pairwise(row):
        if piece.text == before.text and piece.left < (before.left + before.right) / 2:
            continue  # drawn twice to look bold
        wordy = text[-1:].isascii() and piece.text[:1].isascii()
        gap = (piece.left - before.right) / max(piece.height, 1e-6)
        text += "\t" if gap > CELL else " " if gap > (0.2 if wordy else WORD) else ""
        text += piece.text
    return Line(
        text=text.strip(),
        page=page,
        left=min(p.left for p in row),
        top=min(p.top for p in row),
        right=max(p.right for p in row),
        bottom=max(p.bottom for p in row),
        size=max(p.height for p in row),
    )


def text_of(pages: Sequence[Sequence[Line]]) -> str:
    """The text of all pages, one paragraph a line, without page numbers and running headers."""
    lines = list(without_furniture(pages))
    if not lines:
        return ""
    return "\n".join(_joined(paragraph) for paragraph in _paragraphs(lines))


def without_furniture(pages: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """All lines but page numbers and what stands again apart from the body at either end of most pages."""
    written = [[line for line in page if line.text] for page in pages]
    step = _usual_step([line for page in written for line in page])
    apart = [_set_apart(page, step) for page in written]
    seen = Counter(shape for lines in apart for shape in {_shape(line) for line in lines})
    often = {shape for shape, times in seen.items() if times >= max(3, 0.5 * len(written))}
    for page, outside in zip(written, apart, strict=True):
        ends = (page[0], page[-1]) if len(page) > 1 else ()
        for line in page:
            loose = line in outside
            numbered = PAGE_NUMBER.fullmatch(line.text) and (loose or not line.text.isalnum())
            if not (loose and _shape(line) in often) and not (numbered and line in ends):
                yield line


def _set_apart(page: Sequence[Line], step: float) -> list[Line]:
    """The few lines at either end of a page that a wide gap parts from the body."""
    lines: list[Line] = []
    for count in range(1, min(EDGE_LINES, len(page) - 1) + 1):
        if page[count].top - page[count - 1].top > APART * step:
            lines.extend(page[:count])
        if page[-count].top - page[-count - 1].top > APART * step:
            lines.extend(page[-count:])
    return lines


def _shape(line: Line) -> str:
    """A line without what changes from page to page: digits and white space."""
    return re.sub(r"[\d\s]+", "", line.text)


def _paragraphs(lines: list[Line]) -> Iterator[list[Line]]:
    everywhere = _margins(lines)
    pages = {page: list(on_page) for page, on_page in groupby(lines, key=lambda line: line.page)}
    margins = {p: _margins(held) if len(held) >= FULL_PAGE else everywhere for p, held in pages.items()}
    step = _usual_step(lines)
    paragraph = [lines[0]]
    for before, line in pairwise(lines):
        if _opens(before, line, margins[before.page], margins[line.page], step):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    yield paragraph


def _margins(lines: Sequence[Line]) -> tuple[float, float]:
    """The left and right margin of the lines in the usual size."""
    size = median(line.size for line in lines)
    body = [line for line in lines if abs(line.size - size) < 0.15 * size] or lines
    left = _margin([line.left for line in body], size / 2, min)
    return left, _margin([line.right for line in body], size, max)


def _opens(
    before: Line, line: Line, before_margins: tuple[float, float], margins: tuple[float, float], step: float
) -> bool:
    """Whether `line` begins a paragraph, by its indent, its marker, its size, or how `before` ends."""
    letter = line.size
    full = before.right > before_margins[1] - SHORT * letter
    if not full or abs(before.size - line.size) > 0.2 * letter:
        return True
    if line.page == before.page and line.top - before.top > GAP * step:
        return True
    closed = before.text[-1] in CLOSING
    inset = (line.left - margins[0]) / letter
    if INDENT < inset < DEEP:
        return True
    if inset > INDENT and closed:
        return True
    return bool(HEADING.match(line.text) or (closed and ITEM.match(line.text)))


def _usual_step(lines: list[Line]) -> float:
    steps = [b.top - a.top for a, b in pairwise(lines) if a.page == b.page and b.top > a.top]
    return median(steps) if steps else float("inf")


def _margin(ends: Sequence[float], grain: float, outermost: Callable[[Iterable[int]], int]) -> float:
    """Where many lines end on one side: the outermost stretch of width `grain` with a share of them."""
    grain = max(grain, 1e-6)  # type without height
    stretches: dict[int, list[float]] = defaultdict(list)
    for end in ends:
        stretches[round(end / grain)].append(end)
    many = min(MARGIN_SHARE * len(ends), max(map(len, stretches.values())))
    return median(stretches[outermost(place for place, held in stretches.items() if len(held) >= many)])


def _joined(paragraph: list[Line]) -> str:
    """Chinese lines join without a space, words in Latin letters with one."""
    text = paragraph[0].text
    for line in paragraph[1:]:
        both_latin = (
            text[-1].isascii() and text[-1].isalpha() and line.text[0].isascii() and line.text[0].isalpha()
        )
        text += (" " if both_latin else "") + line.text
    return text
