"""Rows leave as a workbook, a CSV or a Word table. No cell is ever a formula; unknown stays 待补, never 0."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from luodi.kernel.action import Refused
from luodi.reading.forms import paper
from luodi.reading.forms.clean import clean, defuse
from luodi.workbench.desk import Column
from luodi.workbench.kinds import Kind

MOST_ROWS = {"xlsx": 100_000, "csv": 1_000_000, "docx": 2_000}
_TEXT_ONLY = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_EXACT_DIGITS = 15
"""A spreadsheet keeps so many digits of a number; a longer one goes out as text, undamaged."""
_WIDEST = 32_767


def write(
    format: str, title: str, about: str, columns: Sequence[Column], rows: Iterable[Any], at: datetime
) -> bytes:
    """The file's bytes. `about` says what rows these are (filters, time, person) where the format has a place for it."""
    return _WRITERS[format](title, about, columns, rows, at)


def _xlsx(title: str, about: str, columns: Sequence[Column], rows: Iterable[Any], at: datetime) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _TEXT_ONLY) as book:
        book.set_properties({"title": clean(title), "author": "落地", "created": at.replace(tzinfo=None)})
        sheet = book.add_worksheet("数据")
        font = {"font_name": "宋体", "font_size": 10, "valign": "top", "border": 1, "border_color": "#C3C9D2"}
        head = book.add_format(font | {"bold": True, "bg_color": "#ECE7DA", "text_wrap": True})
        known, unknown = book.add_format(font), book.add_format(font | {"font_color": "#6D3FB3"})
        figure = book.add_format(font | {"num_format": "#,##0.######"})
        whole = book.add_format(font | {"num_format": "#,##0"})
        for place, column in enumerate(columns):
            sheet.set_column(place, place, min(50, max(10, 2 * len(column.heading), 2 * column.width)))
            sheet.write_string(0, place, clean(column.heading), head)
        for number, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                value = column.value(row)
                if _fits_number(column.kind, value):
                    typed = Decimal(column.kind.typed(value))
                    sheet.write_number(number, place, float(typed), whole if typed == int(typed) else figure)
                    continue
                text = clean(column.said(value))
                if len(text.encode("utf-16-le")) // 2 > _WIDEST:
                    raise Refused(f"第 {number + 1} 行“{column.title}”太长，Excel 单元格放不下，请导出 CSV。")
                sheet.write_string(
                    number, place, text, unknown if value in (None, "") and not column.none else known
                )
        frozen = sum(column.frozen for column in columns)
        sheet.freeze_panes(1, frozen)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_header(f"&C&12{clean(title)[:100].replace('&', '&&')}")
        sheet.set_footer("&C第 &P 页，共 &N 页")
        note = book.add_worksheet("说明")
        note.set_column(0, 0, 100)
        for number, line in enumerate([title, *about.split("\n")]):
            note.write_string(number, 0, clean(line))
    return out.getvalue()


def _csv(title: str, about: str, columns: Sequence[Column], rows: Iterable[Any], at: datetime) -> bytes:
    """UTF-8 with a byte order mark, which Excel needs; figures bare, so that programs read them too."""
    out = io.StringIO(newline="")
    lines = csv.writer(out, quoting=csv.QUOTE_ALL)
    lines.writerow([defuse(clean(column.heading)) for column in columns])
    for row in rows:
        lines.writerow([_csv_cell(column, column.value(row)) for column in columns])
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(column: Column, value: Any) -> str:
    if column.kind.is_figure and value is not None:
        return column.kind.typed(value)
    return defuse(clean(column.said(value)))


def _docx(title: str, about: str, columns: Sequence[Column], rows: Iterable[Any], at: datetime) -> bytes:
    weights = [max(column.width, len(column.heading), 4) for column in columns]
    widths = [paper.ACROSS.text_width * weight / sum(weights) for weight in weights]
    body = [
        paper.paragraph("TableTitle", paper.words(title)),
        paper.paragraph("TableInfo", paper.words(about.replace("\n", "　"))),
        paper.table(
            widths,
            [column.heading for column in columns],
            (
                [
                    paper.Cell(
                        "TableText" if column.kind.control == "area" else "TableCenter",
                        paper.words(column.show(row)),
                    )
                    for column in columns
                ]
                for row in rows
            ),
        ),
    ]
    return paper.document(title, body, paper.ACROSS, created=at)


def _fits_number(kind: Kind, value: Any) -> bool:
    return (
        kind.is_figure
        and value is not None
        and len(Decimal(kind.typed(value)).as_tuple().digits) <= _EXACT_DIGITS
    )


_WRITERS: dict[str, Callable[..., bytes]] = {"xlsx": _xlsx, "csv": _csv, "docx": _docx}
