"""A sheet comes in all or nothing, the second delivery changes nothing, and what goes out runs in no spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest
import python_calamine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from luodi.kernel.action import Refused
from luodi.kernel.models import AuditEntry, Unit
from luodi.workbench import exporting, importing
from luodi.workbench.sheets import as_csv, block_of, table_of
from luodi.workbench.tests.lots import LOTS, Lot

pytestmark = [pytest.mark.django_db, pytest.mark.urls("luodi.workbench.tests.urls")]

TITLES = ["编号", "名称", "主管单位", "泊位（个）", "面积", "投资（万元）", "计划启用", "状态"]
EAST = ["P-1", "东门停车楼", "市住房和城乡建设局", "320", "12.5", "1,250", "2027-06-30", "在建"]
WEST = ["P-2", "西门停车场", "zhujian", "待补", "", "", "2027年9月1日", "拟建"]
AT = datetime(2027, 3, 1, tzinfo=UTC)


def as_xlsx(table: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(table):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def test_new_rows_come_in_through_the_action(officer):
    plan = importing.apply(LOTS, officer, [["云川市停车场备案表"], TITLES, EAST, WEST])
    assert (plan.problems, len(plan.new), len(plan.changed)) == ([], 2, 0)
    lot = Lot.objects.get(code="P-1")
    assert (lot.berths, lot.area_mu, lot.invest_fen, lot.lead.key) == (
        320,
        Decimal("12.50"),
        1_250_000_000,
        "zhujian",
    )
    assert Lot.objects.get(code="P-2").berths is None
    assert AuditEntry.objects.filter(action="lots.keep").count() == 2


def test_the_same_sheet_again_changes_nothing(officer):
    table = [TITLES, EAST, WEST]
    importing.apply(LOTS, officer, table)
    entries = AuditEntry.objects.count()
    again = importing.apply(LOTS, officer, table)
    assert (again.rows, again.unchanged, AuditEntry.objects.count()) == ([], 2, entries)


def test_a_known_row_is_changed_by_its_key_and_only_where_it_differs(officer):
    importing.apply(LOTS, officer, [TITLES, EAST, WEST])
    plan = importing.plan(LOTS, officer, [["泊位", "编号", "备注"], ["400", "P-1", "加层"], ["", "P-2", ""]])
    (row,) = plan.changed
    assert [(each.column.title, each.old, each.new) for each in row.differences] == [("泊位", "320", "400")]
    assert (plan.unchanged, plan.passed_over) == (1, ["备注"])
    cleared = importing.apply(LOTS, officer, [["编号", "泊位"], ["P-1", "待补"]])
    assert (len(cleared.changed), Lot.objects.get(code="P-1").berths) == (1, None)


def test_one_wrong_cell_and_nothing_is_written(officer):
    wrong = ["P-3", "", "市桥梁局", "三百", "1.234", "0.0000001", "2027-02-30", "停用"]
    plan = importing.apply(LOTS, officer, [TITLES, EAST, wrong, EAST, ["", "无号"]])
    assert plan.problems == [
        "第 3 行第 2 列（名称）是空的，新增的行不能没有它",
        "第 3 行第 3 列（主管单位）：单位名录里没有“市桥梁局”",
        "第 3 行第 4 列（泊位）：“三百”不是数",
        "第 3 行第 5 列（面积）：“1.234”最多保留 2 位小数",
        "第 3 行第 6 列（投资）：“0.0000001”万元不是整分",
        "第 3 行第 7 列（计划启用）：“2027-02-30”不是日历上的日子",
        "第 3 行第 8 列（状态）：“停用”不在可选之列，应为拟建、在建、已启用之一",
        "第 4 行：与第 2 行的编号相同（P-1）",
        "第 5 行：编号是空的，认不出是哪一行",
    ]
    assert not Lot.objects.exists()


def test_what_the_action_refuses_is_named_by_its_row_and_nothing_is_written(officer):
    table = [TITLES, EAST, ["P-8", "南门", "", "0", "", "", "", ""]]
    assert importing.plan(LOTS, officer, table).problems == []
    plan = importing.apply(LOTS, officer, table)
    assert plan.problems == ["第 3 行（P-8）：停车场至少有一个泊位；还不知道请留空。"]
    assert not Lot.objects.exists()
    assert not AuditEntry.objects.filter(action="lots.keep").exists()


def test_a_liaison_can_not_write_beyond_the_own_unit(officer, liaison, city):
    importing.apply(LOTS, officer, [["编号", "名称", "主管单位"], ["P-9", "财政局大院", "caizheng"]])
    plan = importing.plan(LOTS, liaison, [["编号", "名称"], ["P-9", "我的院子"]])
    assert plan.problems == ["第 2 行：P-9 已被范围外的一行占用，不能写入"]
    plan = importing.apply(LOTS, liaison, [["编号", "名称", "主管单位"], ["P-5", "新院", "caizheng"]])
    assert plan.problems == ["第 2 行（P-5）：改后这一行就不在你的范围内了"]
    assert not Lot.objects.filter(code="P-5").exists()
    plan = importing.plan(LOTS, city["shenji"], [["编号", "名称"], ["P-6", "新院"]])
    assert plan.problems == ["第 2 行：你不能新增（P-6）"]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ([["序号", "地点"], ["1", "东门"]], "找不到表头"),
        ([["名称", "泊位"], ["东门", "3"]], "缺少“编号”"),
        ([["编号", "泊位", "泊位"], ["P-1", "3", "4"]], "有两列“泊位”"),
        ([["编号", "投资（元）"], ["P-1", "3"]], "单位与这里的“投资（万元）”不同"),
    ],
)
def test_titles_that_can_not_be_trusted_are_refused(officer, table, said):
    with pytest.raises(Refused, match=said):
        importing.plan(LOTS, officer, table)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("between", [",", "\t", ";"])
def test_a_csv_is_read_in_the_listed_encodings(encoding, between):
    text = "\r\n".join(between.join(row) for row in (["编号", "名称", "主管单位"], EAST[:3]))
    assert table_of("停车场.csv", text.encode(encoding)) == [["编号", "名称", "主管单位"], EAST[:3]]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("坏.xlsx", b"PK\x03\x04half", "完好"),
        ("旧.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧版"),
        ("空.csv", b"\xef\xbb\xbf\n\n", "没有内容"),
        ("坏.csv", '编号,名称\nP-1,"东门"停\n'.encode(), "引号不成对"),
        ("图.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "二进制"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused_by_name(name, content, said):
    with pytest.raises(Refused, match=f"“{name}”.*{said}"):
        table_of(name, content)


def test_a_workbooks_own_dates_and_numbers_are_read(officer):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["编号", "名称", "泊位", "面积", "计划启用"])
        sheet.write_row(1, 0, ["P-1", "东门", 320, 12.5])
        sheet.write_datetime(1, 4, datetime(2027, 6, 30), book.add_format({"num_format": "yyyy/m/d"}))
    plan = importing.apply(LOTS, officer, table_of("停车场.xlsx", out.getvalue()))
    lot = Lot.objects.get()
    assert (plan.problems, lot.berths, lot.area_mu, f"{lot.due_on}") == (
        [],
        320,
        Decimal("12.5"),
        "2027-06-30",
    )


def test_a_block_is_pasted_onto_rows_after_a_preview(client, officer):
    importing.apply(LOTS, officer, [TITLES, EAST, WEST])
    pks = list(Lot.objects.order_by("code").values_list("pk", flat=True))
    client.force_login(officer)
    sent = {"pk": pks, "column": ["berths", "area_mu", "invest_fen"], "text": "330\t13\n90\t4.25\r\n"}
    preview = client.post("/work/lots/paste", sent)
    assert "写入 2 行" in preview.content.decode()
    assert Lot.objects.get(code="P-1").berths == 320
    assert client.post("/work/lots/paste", {**sent, "apply": "1"}).status_code == 204
    assert list(Lot.objects.order_by("code").values_list("berths", "area_mu")) == [
        (330, Decimal("13")), (90, Decimal("4.25")),
    ]  # fmt: skip
    wrong = client.post("/work/lots/paste", {**sent, "text": "1\t2\t3\t4\n五\n6\n"}).content.decode()
    for said in (
        "粘贴了 3 行，从这里往下只有 2 行",
        "粘贴了 4 列，从这里往右只有 3 列",
        "第 2 行第 1 列（泊位）：“五”不是数",
    ):
        assert said in wrong
    assert "paste-apply" not in wrong


def test_import_by_browser_shows_what_would_change_and_then_writes_it(client, officer):
    client.force_login(officer)
    upload = SimpleUploadedFile("备案表.xlsx", as_xlsx([TITLES, EAST, WEST]))
    preview = client.post("/work/lots/import", {"file": upload})
    assert "新增 2 行，修改 0 行，0 行没有变化" in preview.content.decode()
    assert not Lot.objects.exists()
    sent = {"file": preview.context["file"].sha256}
    assert client.post("/work/lots/import/apply", sent)["Location"] == "/work/lots/"
    assert Lot.objects.count() == 2
    pasted = client.post("/work/lots/import", {"text": "编号\t泊位\nP-1\t=1+1\n"})
    assert "第 2 行第 2 列（泊位）：“=1+1”不是数" in pasted.content.decode()
    assert (
        "没有选择文件"
        in client.post("/work/lots/import", {}, headers={"HX-Request": "true"}).content.decode()
    )
    assert client.post("/work/lots/import/apply", {"file": "0" * 64}).status_code == 404
    assert client.get("/work/units/import").status_code == 403
    assert client.get("/work/posts/import").status_code == 404


@pytest.fixture
def nasty(city):
    """A lot whose words a spreadsheet would run."""
    return Lot.objects.create(
        code="=1+1", name='=HYPERLINK("http://x")', lead=Unit.objects.get(key="zhujian"), phone="+86-10-1234567",
        berths=None, invest_fen=12_345_678_901, area_mu=Decimal("-3.5"),
    )  # fmt: skip


def test_the_workbook_holds_no_formula_and_keeps_numbers_as_numbers(client, officer, nasty):
    client.force_login(officer)
    content = client.get("/work/lots/export?format=xlsx&all=1").content
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    head, row = book.get_sheet_by_name("数据").to_python()
    shown = dict(zip(head, row, strict=True))
    assert (shown["编号"], shown["泊位（个）"], shown["投资（万元）"], shown["面积（亩）"]) == (
        "=1+1", "待补", 12345.678901, -3.5,
    )  # fmt: skip
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())
    assert "共 1 行" in str(book.get_sheet_by_name("说明").to_python())


def test_the_csv_is_defused_and_the_word_table_complete(client, officer, nasty):
    client.force_login(officer)
    answer = client.get("/work/lots/export?format=csv")
    head, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert dict(zip(head, row, strict=True))["编号"] == "'=1+1"
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    word = Document(io.BytesIO(client.get("/work/lots/export?format=docx").content))
    assert [cell.text for cell in word.tables[0].rows[1].cells][:2] == ["=1+1", '=HYPERLINK("http://x")']
    assert client.get("/work/lots/export?format=exe").status_code == 404


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_no_exporter_ever_writes_a_live_cell(words):
    lot = Lot(code="1", name=words)
    columns = (LOTS.column("name"), LOTS.column("berths"))
    _, row = csv.reader(
        io.StringIO(exporting.write("csv", "表", "", columns, [lot], AT).decode("utf-8-sig"), newline="")
    )
    assert row[0][:1] not in set("=+-@＝＋－＠\t\r\n")
    book = exporting.write("xlsx", "表", "", columns, [lot], AT)
    import zipfile

    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_what_was_exported_comes_back_without_a_change(client, officer, city):
    importing.apply(LOTS, officer, [TITLES, EAST, WEST])
    Lot.objects.filter(code="P-1").update(handler=city["zhujian"], phone="13812345678", charged=False)
    client.force_login(officer)
    for format in ("xlsx", "csv"):
        content = client.get(f"/work/lots/export?format={format}&all=1").content
        plan = importing.plan(LOTS, officer, table_of(f"停车场.{format}", content))
        assert (plan.problems, plan.rows, plan.unchanged) == ([], [], 2)


def test_what_excel_puts_on_the_clipboard_is_read():
    assert block_of('1\t"两\n行"\r\n2\t\r\n') == [["1", "两\n行"], ["2", ""]]
    assert table_of("粘贴.csv", as_csv([["编号", "=1"], ["'a", "b"]])) == [["编号", "=1"], ["'a", "b"]]
