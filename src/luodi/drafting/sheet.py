"""The figures of a draft, or of a checked text, as a workbook: what is said, and where it stands."""

from __future__ import annotations

import io

import xlsxwriter

from luodi.drafting.checking import Finding
from luodi.drafting.draft import Draft

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Row = tuple[str, ...]


def sources(draft: Draft) -> bytes:
    """Two sheets: 数字来源, and 未写入 with who can give the figure."""
    told = [(each.indicator, each.told, each.source) for each in draft.figures]
    missing = [(each.row.number, str(each.target), each.why, each.lead) for each in draft.left_out]
    return _workbook(
        {
            "数字来源": [("指标", "数字", "来源"), *told],
            "未写入": [("序号", "目标", "原因", "牵头单位"), *missing],
        }
    )


def findings(finding: Finding) -> bytes:
    """One sheet 核对: every figure of the text with its verdict."""
    rows = [(each.said.quote, each.said.indicator, each.verdict.label, each.why) for each in finding.checked]
    return _workbook({"核对": [("文中", "指标", "结论", "说明"), *rows]})


def _workbook(sheets: dict[str, list[Row]]) -> bytes:
    """Every cell is text, so that nothing in it is ever a formula."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            page.freeze_panes(1, 0)
            page.set_column(0, len(rows[0]) - 1, 28)
            for at, row in enumerate(rows):
                for column, words in enumerate(row):
                    page.write_string(at, column, words, wrapped if at else bold)
    return out.getvalue()
