"""Sheets that come back from departments: any order of columns, titles above, typing errors, hostile files."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from luodi.reading.forms.xlsx_reader import faults, read_xlsx
from luodi.reading.sources.refusal import Refusal

TITLES = ["编号", "工作任务", "类别", "牵头单位", "配合单位", "完成时限", "单位核定"]


def sheet(*rows: list[Any], name: str = "Sheet1") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd"}) as book:
        page = book.add_worksheet(name)
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    return out.getvalue()


def test_a_sheet_with_a_title_above_and_empty_rows_between() -> None:
    data = sheet(
        ["云川市任务表"], [], ["备注", *TITLES], ["", "1-01", "建成大桥", "项目", "市交通局", "市财政局，市住建局", datetime(2027, 9, 30), "已核定"],
        [], ["", 7, "做好防汛", "任务", "待补", "—", "全年", "待补"],
    )  # fmt: skip
    first, second = read_xlsx(data)
    assert (first.row, second.row) == (4, 6)
    assert first.line.support == ("市财政局", "市住建局")
    assert first.line.deadline == "2027-09-30"
    assert (second.line.number, second.line.lead, second.line.deadline) == ("7", None, "全年")
    assert "lead" not in second.given
    assert faults([first, second]) == []


def test_every_wrong_cell_is_named_and_the_other_rows_are_read() -> None:
    rows = read_xlsx(
        sheet(
            TITLES,
            ["1-01", "建成大桥", "工程", "市交通局、市水务局", "", "2027-02-30", "大概"],
            ["1-02", "", "项目", "市交通局", "", "2027.9", ""],
            ["1-03", "修路", "项目", "市交通局", "", "2027年9月底", "建议"],
        )
    )
    assert faults(rows) == [
        "第 2 行第 3 列（类别）：“工程”不是类别，应为目标、项目、机制、任务之一",
        "第 2 行第 4 列（牵头单位）：“市交通局、市水务局”有 2 个单位，牵头单位只能填一个，其余请填入配合单位",
        "第 2 行第 6 列（完成时限）：“2027-02-30”不是日历上的日子",
        "第 2 行第 7 列（单位核定）：“大概”应为建议或已核定",
        "第 3 行第 2 列（工作任务）是空的，请写明工作任务",
        "第 3 行第 6 列（完成时限）：“2027.9”不是日期，请写成 2027-03-31，或写全年、长期坚持等",
    ]
    assert rows[2].problems == ()
    assert rows[2].line.deadline == "2027年9月底"


def test_no_problems_is_news_but_no_unit_is_none() -> None:
    (row,) = read_xlsx(
        sheet([*TITLES, "存在问题"], ["1-01", "建成大桥", "项目", "待定", "无", "全年", "", "无"])
    )
    assert (row.line.lead, row.line.support, row.line.problems) == (None, (), "无")
    assert row.given >= {"problems"}
    assert not row.given & {"lead", "support"}


def test_an_iso_date_typed_as_a_date_is_the_same_day() -> None:
    (row,) = read_xlsx(
        sheet(TITLES, ["1-01", "建成大桥", "项目", "市交通局", "", date(2027, 3, 31), "已核定"])
    )
    assert row.line.deadline == "2027-03-31"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (sheet(TITLES[:1] + TITLES[2:]), r"表头（第 1 行）缺少列：工作任务"),
        (sheet([*TITLES, "编号"]), r"第 1 行第 1 列和第 8 列都叫“编号”"),
        (sheet(["姓名", "电话"]), r"前 20 行里找不到表头"),
        (sheet(), r"前 20 行里找不到表头"),
        (b"", r"不是完好的 \.xlsx"),
        (b"PK\x03\x04 half a file", r"不是完好的 \.xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", r"旧版 \.xls"),
    ],
)
def test_a_sheet_that_cannot_be_read_is_refused_with_a_reason(data: bytes, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        read_xlsx(data)


def test_one_cell_far_away_does_not_take_all_memory() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, TITLES)
        page.write_string(1_048_575, 16_383, "x")
    with pytest.raises(Refusal, match="超出 99999 行或 52 列"):
        read_xlsx(out.getvalue())


def test_a_zip_of_something_else_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("content.xml", "<table/>")
    with pytest.raises(Refusal, match=r"不是 \.xlsx 工作簿"):
        read_xlsx(out.getvalue())


def test_a_path_is_read_like_bytes(tmp_path: Path) -> None:
    path = tmp_path / "任务.xlsx"
    path.write_bytes(sheet(TITLES, ["1-01", "建成大桥", "项目", "市交通局", "", "全年", "已核定"]))
    assert [row.line.text for row in read_xlsx(path)] == ["建成大桥"]
