"""A table that comes from outside, as rows of texts: a workbook, a CSV in any of the listed encodings, or a pasted block."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from luodi.kernel.action import Refused
from luodi.reading.forms import xlsx_reader
from luodi.reading.forms.clean import clean, defuse, restore
from luodi.reading.sources.encodings import decode
from luodi.reading.sources.refusal import MAX_FILE_BYTES, Refusal

Table = list[list[str]]


def table_of(name: str, data: bytes) -> Table:
    """The cells of the first sheet that has any, or of a CSV; raises `Refused` with a sentence that names the file."""
    try:
        return (
            _of_workbook(data)
            if data[:2] == b"PK" or name.lower().endswith((".xls", ".xlsx"))
            else _of_csv(data)
        )
    except Refusal as refusal:
        raise Refused(f"“{name}”{refusal}。") from refusal


def rows_of(name: str, data: bytes) -> Iterator[list[str]]:
    """The same cells one row after another: of a CSV no more than a row is held; raises `Refused` where it is met."""
    try:
        if data[:2] == b"PK" or name.lower().endswith((".xls", ".xlsx")):
            yield from _of_workbook(data)
        else:
            yield from _rows_of_csv(data)
    except Refusal as refusal:
        raise Refused(f"“{name}”{refusal}。") from refusal


def block_of(text: str) -> Table:
    """What Excel, WPS or a web page puts on the clipboard: cells between tabs, quoted where they hold a line end."""
    if len(text) > MAX_FILE_BYTES // 10:
        raise Refused("粘贴的内容太多，请存成文件导入。")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    except csv.Error as error:
        raise Refused("粘贴的内容里引号不成对，请检查后再粘贴。") from error
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _of_workbook(data: bytes) -> Table:
    import python_calamine

    xlsx_reader.refuse_unfit(data)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            table = [[xlsx_reader.text_of(cell) for cell in row] for row in cells]
            if any(any(row) for row in table):
                return table
    except python_calamine.CalamineError as error:
        raise Refusal("不是完好的 Excel 工作簿（.xlsx）；请在 Excel 或 WPS 里另存一次再导入") from error
    raise Refusal("里没有内容")


def _of_csv(data: bytes) -> Table:
    table = list(_rows_of_csv(data))
    if not any(any(row) for row in table):
        raise Refusal("里没有内容")
    return table


def _rows_of_csv(data: bytes) -> Iterator[list[str]]:
    if len(data) > MAX_FILE_BYTES:
        raise Refusal(f"超过 {MAX_FILE_BYTES // 2**20} MB；请拆成几份再导入")
    _, text = decode(data)
    head = text.partition("\n")[0]
    between = max(",\t;", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    number = 1
    try:
        for number, row in enumerate(rows, start=2):  # noqa: B007  the error below says it
            yield [restore(cell) for cell in row]
    except csv.Error as error:
        raise Refusal(f"第 {number} 行引号不成对或单元格过长；请检查后再导入") from error


def as_csv(table: Table) -> bytes:
    """A pasted table as the file that is kept of it; `table_of` gives the same cells again."""
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([[defuse(clean(cell)) for cell in row] for row in table])
    return out.getvalue().encode("utf-8-sig")
