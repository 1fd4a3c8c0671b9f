"""A ledger sheet that came back from Excel, row by row, with what is wrong in which cell."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from luodi.reading.forms.columns import COLUMNS, Column
from luodi.reading.forms.lines import FormLine
from luodi.reading.sources.refusal import MAX_FILE_BYTES, Refusal

HEADER_WITHIN = 20
"""The row of titles is looked for in so many rows: people put a heading above their tables."""
MAX_ROWS, MAX_COLUMNS = 99_999, 52
MAX_UNPACKED = 64 * 2**20

# The library lays a sheet out as a full rectangle, so one cell far away would take all memory. This finds the
# address of a cell or row that lies beyond MAX_ROWS or MAX_COLUMNS.
_FAR = re.compile(rb"""\sr\s*=\s*["'](?:[A-Za-z]{3,}\d|[B-Zb-z][A-Za-z]\d|[A-Za-z]*0*[1-9]\d{5})""")

_BY_TITLE = {column.title: column for column in COLUMNS}
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the sheet. `row` counts as Excel does; `given` are the fields of `line` that its cells filled.

    `problems` are sentences that name row and column; a field with a problem is at its default in `line`.
    """

    row: int
    line: FormLine
    given: frozenset[str]
    problems: tuple[str, ...] = ()


def read_xlsx(source: bytes | str | Path) -> list[SheetRow]:
    """The lines of a ledger sheet, whatever the order of its columns; empty rows are passed over.

    Raises `Refusal` when the file as a whole can't be read: not an .xlsx, damaged, encrypted, too large,
    without a row of titles or without a column that is needed. What is wrong in single cells is in `problems`.
    """
    import python_calamine

    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    refuse_unfit(data)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
    except python_calamine.CalamineError as error:
        raise Refusal("不是完好的 Excel 工作簿（.xlsx）；请在 Excel 或 WPS 里另存一次再导入") from error
    table, top = _ledger_of(sheets)
    columns = _columns_of(table[top], top + 1)
    rows = enumerate(table[top + 1 :], start=top + 2)
    return [_row(number, cells, columns) for number, cells in rows if any(text_of(cell) for cell in cells)]


def refuse_unfit(data: bytes) -> None:
    if data.startswith(_OLE):
        raise Refusal("是旧版 .xls，或者加了密码；请去掉密码，另存为 .xlsx 再导入")
    if len(data) > MAX_FILE_BYTES:
        raise Refusal(f"超过 {MAX_FILE_BYTES // 2**20} MB；请拆成几份再导入")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = set(parts.namelist())
            if "xl/workbook.xml" not in names or "content.xml" in names:
                raise Refusal("不是 .xlsx 工作簿；请另存为 .xlsx 再导入")
            if sum(entry.file_size for entry in parts.infolist()) > MAX_UNPACKED:
                raise Refusal("解压后异常庞大，疑似压缩炸弹，已拒绝打开")
            for entry in parts.infolist():  # not by name: two entries may share one
                part = parts.read(entry)  # to its end, which also proves the size that the directory claims
                if b"sheetData" in part and _FAR.search(part):
                    raise Refusal(f"表格超出 {MAX_ROWS} 行或 {MAX_COLUMNS} 列；请删去多余的行列再导入")
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OverflowError,
    ) as error:
        raise Refusal("不是完好的 .xlsx 工作簿（可能没有下载完整）；请重新取得原文件") from error


def _ledger_of(sheets: Sequence[list[list[Any]]]) -> tuple[list[list[Any]], int]:
    """The sheet with the most known titles in one of its first rows, and that row's index."""
    known = [
        (sum(_title(cell) in _BY_TITLE for cell in row), -index, -at)
        for index, table in enumerate(sheets)
        for at, row in enumerate(table[:HEADER_WITHIN])
    ]
    count, index, at = max(known, default=(0, 0, 0))
    if count < 2:
        needed = "”“".join(column.title for column in COLUMNS if column.required)
        raise Refusal(f"前 {HEADER_WITHIN} 行里找不到表头；表头应有“{needed}”等列")
    return sheets[-index], -at


def _columns_of(titles: Sequence[Any], row: int) -> dict[int, Column]:
    columns: dict[int, Column] = {}
    seen: dict[str, int] = {}
    for at, cell in enumerate(titles):
        column = _BY_TITLE.get(_title(cell))
        if column is None:
            continue
        if column.title in seen:
            raise Refusal(
                f"第 {row} 行第 {seen[column.title]} 列和第 {at + 1} 列都叫“{column.title}”；请删去一列"
            )
        seen[column.title] = at + 1
        columns[at] = column
    if missing := [column.title for column in COLUMNS if column.required and column.title not in seen]:
        raise Refusal(f"表头（第 {row} 行）缺少列：{'、'.join(missing)}；请补上后再导入")
    return columns


def _row(number: int, cells: Sequence[Any], columns: dict[int, Column]) -> SheetRow:
    given: dict[str, Any] = {}
    problems: list[str] = []
    for at, column in columns.items():
        where = f"第 {number} 行第 {at + 1} 列（{column.title}）"
        try:
            value = column.read(text_of(cells[at]))
        except ValueError as error:
            problems.append(f"{where}：{error}")
            continue
        if value is not None:
            given[column.field] = value
        elif column.field == "text":
            problems.append(f"{where}是空的，请写明工作任务")
    line = FormLine(**{"number": "", "text": ""} | given)
    return SheetRow(number, line, frozenset(given), tuple(problems))


def _title(cell: Any) -> str:
    return re.sub(r"\s|[*＊:：]", "", text_of(cell))


def text_of(cell: Any) -> str:
    """A cell as a person reads it; Excel turns typed dates and numbers into its own types."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def faults(rows: Iterable[SheetRow]) -> list[str]:
    """Everything that is wrong in the sheet, from top to bottom."""
    return [problem for row in rows for problem in row.problems]
