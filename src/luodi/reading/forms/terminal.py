"""Tables for the terminal: Chinese characters take two cells, a page that is piped is 120 cells wide and plain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, zip_longest

from rich.cells import cell_len

from luodi.reading.forms.clean import clean
from luodi.reading.forms.from_report import head_of, lines_of
from luodi.reading.forms.lines import FormHead, FormLine
from luodi.reading.forms.wording import (
    BLANK,
    FORMS,
    KINDS,
    TODO,
    deadline_in_words,
    targets_in_words,
)
from luodi.reading.model import Report

PIPED_WIDTH, NARROWEST = 120, 80
PROPOSED = "┄"
GAP = 2
_STYLES = {"bold": 1, "dim": 2, "red": 31, "green": 32, "yellow": 33, "magenta": 35}

# A Latin word or a number stays whole; every Chinese character may end a line.
_PIECE = re.compile(r"[!-~]+|.", re.DOTALL)
_NOT_FIRST = frozenset("，。；：、！？）》”’】％%,.;:!?)")
_NOT_LAST = frozenset("（《“‘【(")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a printed table: title, width in cells (0 takes what is left), style, and styles of single words."""

    title: str
    width: int
    style: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)

    def style_of(self, cell: str) -> str:
        """What is open or only proposed stands out."""
        if TODO in cell or BLANK in cell or cell.startswith(PROPOSED):
            return "magenta"
        return self.marks.get(cell, self.style)


@dataclass(slots=True)
class Page:
    """Lines for a terminal `width` cells wide (0 when nobody's terminal sets one), with colour or without."""

    width: int = PIPED_WIDTH
    colour: bool = False
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.width = max(self.width, NARROWEST) if self.width else PIPED_WIDTH

    def ink(self, text: str, style: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.colour and style and text else text

    def put(self, text: str = "", style: str = "", *, centred: bool = False) -> None:
        """A paragraph, wrapped."""
        for line in wrap(text, self.width):
            indent = " " * ((self.width - cell_len(line)) // 2 if centred else 0)
            self.lines.append(indent + self.ink(line, style))

    def text(self) -> str:
        return "".join(f"{line}\n" for line in self.lines)


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, none of which starts or ends with a mark that must not."""
    return [
        line
        for paragraph in clean(text).replace("\t", " ").split("\n")
        for line in _wrapped(paragraph, width)
    ]


def _wrapped(text: str, width: int) -> Iterator[str]:
    if cell_len(text) <= width:
        yield text
        return
    line: list[str] = []
    room = width
    for piece in _pieces(text, width):
        size = cell_len(piece)
        if size > room and line:
            carried: list[str] = []
            while len(line) > 1 and ((carried or [piece])[0] in _NOT_FIRST or line[-1] in _NOT_LAST):
                carried.insert(0, line.pop())
            yield "".join(line).rstrip()
            line = carried
            room = width - sum(map(cell_len, line))
            if piece == " " and not line:
                continue
        line.append(piece)
        room -= size
    yield "".join(line)


def _pieces(text: str, width: int) -> Iterator[str]:
    for match in _PIECE.finditer(text):
        word = match.group()
        if cell_len(word) <= width:
            yield word
        else:
            yield from word


def print_table(
    page: Page, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, titles: bool = True
) -> None:
    """The rows under their titles; a cell may hold several lines."""
    fixed = sum(column.width for column in columns) + GAP * (len(columns) - 1)
    widths = [column.width or max(12, page.width - fixed) for column in columns]
    if titles:
        page.lines.append(_line(page, [(column.title, "bold") for column in columns], widths))
        page.put("─" * min(page.width, sum(widths) + GAP * (len(widths) - 1)), "dim")
    for row in rows:
        cells = [
            [(line, column.style_of(line)) for line in wrap(cell, width)]
            for column, cell, width in zip(columns, row, widths, strict=True)
        ]
        page.lines.extend(_line(page, line, widths) for line in zip_longest(*cells, fillvalue=("", "")))


def _line(page: Page, cells: Sequence[tuple[str, str]], widths: Sequence[int]) -> str:
    """One line over all columns; nothing trails behind the last word."""
    line = ""
    gap = 0
    for (text, style), width in zip(cells, widths, strict=True):
        if text:
            line += " " * gap + page.ink(text, style)
            gap = 0
        gap += width - cell_len(text) + GAP
    return line


def print_report(page: Page, report: Report) -> None:
    """The ledger of a report, and below it how much there is and what is still open."""
    lines = lines_of(report)
    print_ledger(page, head_of(report), lines)
    sections = {(line.part, line.section) for line in lines if line.section}
    counts = {
        "部分": len({line.part for line in lines if line.part}),
        "节": len(sections),
        "项任务": len(lines),
        "个目标": len(report.targets),
        "个项目": len(report.projects),
    }
    open_ends = {"待补数字": len(report.blanks), "待定单位": sum(line.lead is None for line in lines)}
    page.put()
    page.put("共 " + "　".join(f"{count} {what}" for what, count in counts.items()), "bold")
    page.put("　".join(f"{what} {count}" for what, count in open_ends.items()), "magenta")


def print_ledger(page: Page, head: FormHead, lines: Sequence[FormLine]) -> None:
    """The 任务分解表 by part and section, with suggestions marked as what they are."""
    wide = page.width >= 110
    columns = (
        Column("编号", max([4, *(len(line.number) for line in lines)])),
        Column("工作任务", 0),
        Column("类别", 4, "dim"),
        Column("目标", min(32, page.width // 4) if wide else page.width // 5),
        Column("牵头单位", 23 if wide else 14),
        Column("完成时限", 14 if wide else 10),
    )
    page.put(head.title + FORMS["table"], "bold", centred=True)
    page.put(
        f"{PROPOSED} 建议的牵头单位和把握，尚未核定　{BLANK} 待填的数字　{TODO} 尚不知道", "dim", centred=True
    )
    above: str | None = None
    for (part, section), group in groupby(lines, key=lambda line: (line.part, line.section)):
        if part != above:
            page.put()
            page.put(part or ("其他任务" if above else ""), "bold")
        if section:
            page.put(section)
        print_table(page, columns, [_cells(line) for line in group], titles=part != above)
        above = part


def _cells(line: FormLine) -> list[str]:
    return [
        line.number, line.text, KINDS[line.kind], targets_in_words(line), _lead(line), deadline_in_words(line.deadline),
    ]  # fmt: skip


def _lead(line: FormLine) -> str:
    if line.lead is None:
        return TODO
    if not line.suggested:
        return line.lead
    return f"{PROPOSED}{line.lead}" + ("" if line.confidence is None else f" {line.confidence:.2f}")
