"""Tables for the terminal: Chinese characters take two cells, a page that is piped is 120 cells wide and plain."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from luodi.reading.forms.clean import clean
from luodi.reading.forms.from_report import head_of, lines_of
from luodi.reading.forms.lines import FormHead, FormLine
from luodi.reading.forms.wording import (
    BLANK,
    KINDS,
    TODO,
    deadline_in_words,
    targets_in_words,
)
from luodi.reading.model import Report

PIPED_WIDTH, NARROWEST = 120, 80
PROPOSED = "┄"
GAP = 2

# A Latin word or a number stays whole; every Chinese character may end a line.
_PIECE = re.compile(r"[!-~]+|.", re.DOTALL)
_NOT_FIRST = frozenset("，。；：、！？）》”’】％%,.;:!?)")
_NOT_LAST = frozenset("（《“‘【(")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a printed table: title, width in cells (0 takes what is left), style."""

    title: str
    width: int
    style: str = ""


def page(width: int = 0, colour: bool = False) -> Console:
    """A console that records a page `width` cells wide (0 when nobody's terminal sets one) for `export_text`."""
    return Console(
        file=io.StringIO(), record=True, width=max(width, NARROWEST) if width else PIPED_WIDTH, highlight=False, emoji=False,
        force_terminal=colour, color_system="standard" if colour else None, legacy_windows=False, markup=False,
    )  # fmt: skip


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, none of which starts or ends with a mark that must not."""
    return [
        line
        for paragraph in clean(text).replace("\t", " ").split("\n")
        for line in _wrapped(paragraph, width)
    ]


def _wrapped(text: str, width: int) -> Iterator[str]:
    line: list[str] = []
    room = width
    for piece in _pieces(text, width):
        size = cell_len(piece)
        if size > room and line:
            carried: list[str] = []
            while len(line) > 1 and ((carried or [piece])[0] in _NOT_FIRST or line[-1] in _NOT_LAST):
                carried.insert(0, line.pop())
            yield "".join(line).rstrip()
            line = carried if piece != " " or carried else []
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
    out: Console, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, titles: bool = True
) -> None:
    """The rows under their titles; a cell may hold several lines."""
    fixed = sum(column.width for column in columns) + GAP * len(columns)
    widths = [column.width or max(12, out.width - fixed) for column in columns]
    if titles:
        out.print(_line([column.title for column in columns], widths, ["bold"] * len(columns)))
        out.print(Text("─" * min(out.width, sum(widths) + GAP * (len(widths) - 1)), "dim"))
    styles = [column.style for column in columns]
    for row in rows:
        cells = [wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
        for line in zip_longest(*cells, fillvalue=""):
            out.print(_line(line, widths, styles))


def _line(cells: Sequence[str], widths: Sequence[int], styles: Sequence[str]) -> Text:
    line = Text(no_wrap=True, overflow="ignore")
    for cell, width, style in zip(cells, widths, styles, strict=True):
        looks = "magenta" if TODO in cell or BLANK in cell or cell.startswith(PROPOSED) else style
        line.append(cell, looks)
        line.append(" " * (width - cell_len(cell) + GAP))
    line.rstrip()
    return line


def print_report(out: Console, report: Report) -> None:
    """The ledger of a report, and below it how much there is and what is still open."""
    lines = lines_of(report)
    print_ledger(out, head_of(report), lines)
    sections = {(line.part, line.section) for line in lines if line.section}
    counts = {
        "部分": len({line.part for line in lines if line.part}),
        "节": len(sections),
        "项任务": len(lines),
        "个目标": len(report.targets),
        "个项目": len(report.projects),
    }
    open_ends = {"待补数字": len(report.blanks), "待定单位": sum(line.lead is None for line in lines)}
    out.print()
    out.print(Text("共 " + "　".join(f"{count} {what}" for what, count in counts.items()), "bold"))
    out.print(Text("　".join(f"{what} {count}" for what, count in open_ends.items()), "magenta"))


def print_ledger(out: Console, head: FormHead, lines: Sequence[FormLine]) -> None:
    """The 任务分解表 by part and section, with suggestions marked as what they are."""
    columns = (
        Column("编号", max([4, *(len(line.number) for line in lines)])),
        Column("工作任务", 0),
        Column("类别", 4, "dim"),
        Column("目标", min(32, out.width // 4)),
        Column("牵头单位", 23 if out.width >= 110 else 18),
        Column("完成时限", 14 if out.width >= 100 else 10),
    )
    out.print(Text(f"{clean(head.title)}分解表", "bold"), justify="center")
    out.print(
        Text(f"{PROPOSED} 建议的牵头单位和把握，尚未核定　{BLANK} 待填的数字　{TODO} 尚不知道", "dim"),
        justify="center",
    )
    part = section = ""
    at = 0
    while at < len(lines):
        line = lines[at]
        if new_part := at == 0 or line.part != part:
            out.print()
            out.print(Text(clean(line.part or "其他任务"), "bold"))
        if line.section and (new_part or line.section != section):
            out.print(Text(clean(line.section)))
        part, section = line.part, line.section
        group = _same_place(lines, at)
        print_table(out, columns, [_cells(row) for row in group], titles=new_part)
        at += len(group)


def _same_place(lines: Sequence[FormLine], at: int) -> list[FormLine]:
    end = at
    while end < len(lines) and (lines[end].part, lines[end].section) == (lines[at].part, lines[at].section):
        end += 1
    return list(lines[at:end])


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
