"""The ledger as an Excel workbook of constant text: no cell is ever a formula, a number or a link."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from luodi.reading.forms.clean import clean
from luodi.reading.forms.columns import COLUMNS, SETTLED, SUGGESTED
from luodi.reading.forms.lines import FormHead, FormLine, stamp
from luodi.reading.forms.wording import BLANK, KINDS, NONE, TODO, day_in_words

LEDGER, ABOUT = "任务台账", "说明"
MAX_CELL = 32_767
"""Characters that Excel keeps in one cell, counted in UTF-16 code units."""

_TEXT_ONLY = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FONT = {"font_name": "宋体", "font_size": 10, "valign": "top", "text_wrap": True}
_EDGE = {"border": 1, "border_color": "#B8B3A6"}
_VIOLET, _DASHED = "#6B4FA0", 3
_SPARE_ROWS = 1000
"""Rows below the last one that already offer the lists of allowed words."""


class CellTooLong(ValueError):
    """A text that does not fit into an Excel cell; the sentence names its row and column."""


def write(head: FormHead, lines: Sequence[FormLine]) -> bytes:
    """A workbook with the ledger and a sheet of explanations. Raises `CellTooLong` rather than cut a text off."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _TEXT_ONLY) as book:
        book.set_properties({"title": clean(head.title), "author": "落地", "created": stamp(head)})
        _write_ledger(book, head, lines)
        _write_about(book, head, lines)
    return out.getvalue()


def _write_ledger(book: Any, head: FormHead, lines: Sequence[FormLine]) -> None:
    sheet = book.add_worksheet(LEDGER)
    known = book.add_format(_FONT | _EDGE)
    title = book.add_format(_FONT | _EDGE | {"bold": True, "bg_color": "#ECE7DA", "valign": "vcenter"})
    unknown = book.add_format(_FONT | _EDGE | {"font_color": _VIOLET})
    proposed = book.add_format(_FONT | {"border": _DASHED, "border_color": _VIOLET})
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.title, title)
        for row, line in enumerate(lines, start=1):
            cell = _fitting(clean(column.show(line)), row, at)
            looks = unknown if TODO in cell or BLANK in cell else known
            if line.suggested and column.field in {"lead", "support"} and cell != TODO:
                looks = proposed
            sheet.write_string(row, at, cell, looks)
    last = len(lines) + _SPARE_ROWS
    _offer(sheet, "kind", last, list(KINDS.values()))
    _offer(sheet, "suggested", last, [SUGGESTED, SETTLED, TODO])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(lines)), len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3: 22 columns have to fit its width
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    # & opens a code in a page header; && prints one.
    sheet.set_header(f"&C&12{clean(head.title)[:100].replace('&', '&&')}")
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _offer(sheet: Any, field: str, last: int, words: list[str]) -> None:
    at = next(place for place, column in enumerate(COLUMNS) if column.field == field)
    sheet.data_validation(
        1, at, last, at,
        {"validate": "list", "source": words, "error_title": "请从列表中选择", "error_message": "、".join(words)},
    )  # fmt: skip


def _write_about(book: Any, head: FormHead, lines: Sequence[FormLine]) -> None:
    sheet = book.add_worksheet(ABOUT)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 90)
    name, text = book.add_format(_FONT | {"bold": True}), book.add_format(_FONT)
    rows = [
        ("标题", head.title),
        ("地区", head.division or TODO),
        ("年度", str(head.year or TODO)),
        ("截至", day_in_words(head.cut_off) if head.cut_off else TODO),
        ("任务数", str(len(lines))),
        ("说明", head.note or NONE),
        ("待补与＿＿", "尚未知道、需要填写的内容；不等于零，也不等于没有。已知没有的写 —。"),
        ("虚线框", "程序建议的单位，尚未核定；核定后请把“单位核定”改为已核定。"),
        *((column.title, column.note) for column in COLUMNS if column.note),
    ]
    for row, (left, right) in enumerate(rows):
        sheet.write_string(row, 0, left, name)
        sheet.write_string(row, 1, clean(right), text)


def _fitting(cell: str, row: int, at: int) -> str:
    length = len(cell.encode("utf-16-le")) // 2
    if length > MAX_CELL:
        where = f"第 {row + 1} 行第 {at + 1} 列（{COLUMNS[at].title}）"
        raise CellTooLong(f"{where}有 {length} 个字符，超过 Excel 单元格 {MAX_CELL} 个字符的上限")
    return cell
