"""The four file formats: nothing in them runs, nothing is lost, nothing unknown is blank."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from luodi.reading.forms import FORMATS, FORMS, MEDIA_TYPES, FormHead, FormLine, write
from luodi.reading.forms.clean import clean, defuse, restore
from luodi.reading.forms.columns import COLUMNS
from luodi.reading.forms.xlsx_file import CellTooLong
from luodi.reading.forms.xlsx_reader import read_xlsx

NASTY = st.one_of(
    st.text(max_size=30),
    st.sampled_from("=+-@\t\r＝＋－＠'").flatmap(
        lambda sign: st.text(max_size=20).map(lambda rest: sign + rest)
    ),
    st.sampled_from(
        [
            "=cmd|' /C calc'!A0",
            '=HYPERLINK("http://x","领取")',
            "@SUM(1+1)",
            " =1+1",
            "{=1+1}",
            "http://x.cn",
            "'=1",
            "_x0041_",
            "待补",
            "00123",
            "1e400;\n        TRUE",
            "</w:t>&<![CDATA[",
        ]
    ),
    st.sampled_from(["\r=1", "a\r\nb", "\x00\x01\x0b", "\ud800", "\ufffe"]),
)
ANY_LINE = st.builds(
    FormLine, number=NASTY, text=NASTY, part=NASTY, section=NASTY, targets=st.lists(NASTY, max_size=3).map(tuple),
    lead=st.none() | NASTY, support=st.lists(NASTY, max_size=3).map(tuple), suggested=st.booleans(), why=NASTY,
    confidence=st.none() | st.floats(0, 1), deadline=st.none() | NASTY, state=NASTY, work=NASTY, progress=NASTY,
    problems=NASTY, next_steps=NASTY, leader=NASTY, office=NASTY, handler=NASTY, sentence=NASTY, id=NASTY,
)  # fmt: skip
ANY_HEAD = st.builds(
    FormHead, title=NASTY, division=st.none() | NASTY, year=st.none() | st.integers(1900, 2100), note=NASTY
)
LEDGERS = {"head": ANY_HEAD, "lines": st.lists(ANY_LINE, max_size=3)}


def xml_parts(data: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: etree.fromstring(package.read(name)) for name in package.namelist()}


@settings(max_examples=60, deadline=None)
@given(**LEDGERS)
def test_a_workbook_holds_constant_text_only_and_all_of_it(head: FormHead, lines: list[FormLine]) -> None:
    import python_calamine

    data = write(head, lines, "xlsx")
    for root in xml_parts(data).values():
        assert not root.findall(".//{*}f"), "a live formula"
        assert not root.findall(".//{*}hyperlink")
        assert all(cell.get("t") == "s" for cell in root.iter("{*}c")), "a cell that is not a text"
    sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    shown = sheet.to_python(skip_empty_area=False)
    assert shown == [[c.title for c in COLUMNS], *([clean(c.show(line)) for c in COLUMNS] for line in lines)]


@settings(max_examples=60, deadline=None)
@given(**LEDGERS)
def test_a_csv_holds_no_cell_that_runs_and_gives_every_text_back(
    head: FormHead, lines: list[FormLine]
) -> None:
    data = write(head, lines, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    for row in rows:
        assert not any(re.match(r"\s*[=+\-@＝＋－＠]|[\t\r\n]", cell) for cell in row)
    shown = [[restore(cell) for cell in row] for row in rows[1:]]
    assert shown == [[clean(column.show(line)) for column in COLUMNS] for line in lines]


@settings(max_examples=60, deadline=None)
@given(form=st.sampled_from(sorted(FORMS)), **LEDGERS)
def test_a_word_form_keeps_every_text_and_has_no_live_field_but_page_numbers(
    form: Any, head: FormHead, lines: list[FormLine]
) -> None:
    data = write(head, lines, "docx", form=form)
    for name, root in xml_parts(data).items():
        fields = [field.get(f"{{{field.nsmap['w']}}}instr") for field in root.iter("{*}fldSimple")]
        assert fields == ([" PAGE "] if "footer" in name else [])
        assert not [*root.iter("{*}instrText"), *root.iter("{*}hyperlink"), *root.iter("{*}altChunk")]
    body = docx.Document(io.BytesIO(data)).element.body
    shown = squeezed("".join(text.text or "" for text in body.iter("{*}t")))
    for line in lines:
        assert squeezed(line.text) in shown
        assert form != "progress" or squeezed(line.progress) in shown


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", clean(text))


@settings(max_examples=60, deadline=None)
@given(**LEDGERS)
def test_json_keeps_even_what_other_files_cannot_hold(head: FormHead, lines: list[FormLine]) -> None:
    document = json.loads(write(head, lines, "json"))
    assert document["schema"] == "luodi.form/1"
    assert [line["progress"] or "" for line in document["lines"]] == [line.progress for line in lines]
    assert [line["lead"] or "" for line in document["lines"]] == [line.lead or "" for line in lines]


@given(st.text())
def test_defusing_is_undone_without_loss(cell: str) -> None:
    assert restore(defuse(cell)) == cell


def test_unknown_is_said_in_every_format(head: FormHead, lines: list[FormLine]) -> None:
    bridge = replace(lines[2], deadline=None)
    assert write(head, [bridge], "csv").decode("utf-8-sig").count("待补") >= 8
    row = next(csv.DictReader(io.StringIO(write(head, [bridge], "csv").decode("utf-8-sig"))))
    assert "" not in row.values()
    assert (row["牵头单位"], row["完成时限"], row["目标"]) == ("待补", "待补", "—")
    assert json.loads(write(head, [bridge], "json"))["lines"][0]["lead"] is None
    assert "（＿＿＿＿＿＿＿＿牵头）" in paragraphs(write(head, [bridge], "docx", form="list"))[-1]


def test_equal_ledgers_give_equal_files(head: FormHead, lines: list[FormLine]) -> None:
    for format in FORMATS:
        assert write(head, lines, format) == write(head, list(lines), format)
        assert MEDIA_TYPES[format]


def test_the_list_reads_like_the_official_one(head: FormHead, lines: list[FormLine]) -> None:
    document = docx.Document(
        io.BytesIO(write(replace(head, cut_off=date(2027, 3, 31)), lines, "docx", form="list"))
    )
    assert [(p.style.name, p.text) for p in document.paragraphs] == [
        ("Title", "云川市2027年《政府工作报告》\n重点任务分解清单"),
        ("Subtitle", "（截至2027年3月31日）"),
        ("Heading 1", "二、扩大有效投资"),
        ("Heading 2", "（一）抓项目"),
        ("任务", "1．落实“周调度”。（市发展改革委牵头，市财政局配合）"),
        ("任务", "2．全年开工重点项目X个。（市工信局牵头，2027年12月底前完成）"),
        ("Heading 2", "（二）补短板"),
        ("任务", "3．建成青石河大桥。（＿＿＿＿＿＿＿＿牵头，2027年9月15日前完成）"),
    ]
    page = document.sections[0]
    assert [round(side.mm) for side in (page.page_width, page.page_height, page.top_margin, page.left_margin)] == [
        210, 297, 37, 28,
    ]  # fmt: skip
    proposed = [run.text for p in document.paragraphs for run in p.runs if run.style.name == "建议单位"]
    assert proposed == ["市工信局"], "only what no person has settled is dashed"


@pytest.mark.parametrize(
    ("form", "titles", "name"),
    [
        ("table", ["序号", "工作任务", "目标", "牵头单位", "配合单位", "完成时限"], "分解表"),
        (
            "plan",
            ["责任事项", "具体工作内容", "工作目标", "完成时限", "单位分管领导", "责任处室", "经办人员"],
            "办理方案",
        ),
        (
            "progress",
            ["序号", "内容与要求", "进展情况", "存在问题", "下步措施", "责任单位"],
            "第一季度进展情况表",
        ),
    ],
)
def test_tables_have_the_official_columns_on_every_page(
    head: FormHead, lines: list[FormLine], form: Any, titles: list[str], name: str
) -> None:
    document = docx.Document(io.BytesIO(write(head, lines, "docx", form=form)))
    table = document.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == titles
    assert table.rows[0]._tr.find(".//{*}tblHeader") is not None, "the titles come again on the next page"
    assert document.paragraphs[0].text.endswith(name)
    assert document.sections[0].page_width.mm > document.sections[0].page_height.mm
    groups = [row.cells[0].text for row in table.rows if len({id(cell._tc) for cell in row.cells}) == 1]
    assert groups == ["二、扩大有效投资", "（一）抓项目", "（二）补短板"]
    assert all(cell.text.strip() for row in table.rows for cell in row.cells), "no cell is blank"


def test_a_form_of_one_unit_names_it_as_the_reporter(head: FormHead, lines: list[FormLine]) -> None:
    assert "填报单位：市发展改革委" in paragraphs(write(head, lines[:1], "docx", form="plan"))[1]
    assert "填报单位：＿＿" in paragraphs(write(head, lines, "docx", form="plan"))[1]
    unknown_quarter = paragraphs(write(replace(head, quarter=None), lines, "docx", form="progress"))[0]
    assert unknown_quarter.endswith("第＿＿季度进展情况表")


def test_a_text_that_excel_would_cut_off_is_refused(head: FormHead, lines: list[FormLine]) -> None:
    long = replace(lines[0], progress="进" * 32_768)
    with pytest.raises(CellTooLong, match=r"第 3 行第 13 列（进展情况）有 32768 个字符"):
        write(head, [lines[1], long], "xlsx")


def test_a_workbook_returns_as_it_went(head: FormHead, lines: list[FormLine]) -> None:
    assert [row.line for row in read_xlsx(write(head, lines, "xlsx"))] == lines


def paragraphs(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]
