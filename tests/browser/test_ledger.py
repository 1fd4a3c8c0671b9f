"""From a file dropped on the page to an edited, exported and re-imported ledger, as an officer does it."""

from __future__ import annotations

import pytest

from luodi import demo
from luodi.reading.forms.xlsx_reader import read_xlsx

pytestmark = pytest.mark.browser


@pytest.fixture
def plan_file(tmp_path):
    """A plan that the site has not seen: the demonstration plan under another name."""

    def make(name: str):
        path = tmp_path / f"{name}.txt"
        path.write_text(
            demo.text("work-plan-2027").replace("2027年政府工作计划", f"2027年{name}"), encoding="utf-8"
        )
        return path

    return make


def deliver(page, site, path):
    page.goto(f"{site}/documents/")
    page.set_input_files("#drop input[type=file]", path)
    page.wait_for_selector("#rows tr[data-line]", timeout=30_000)


def choose(page, words):
    """Click the ledger line with these words; returns its row once it is open below."""
    row = page.locator("#rows tr[data-line]", has_text=words).first
    row.click()
    line = row.get_attribute("data-line")
    page.wait_for_selector(f"#inspector .inside[data-line='{line}']")
    return page.locator(f"#rows tr[data-line='{line}']")


def test_upload_edit_export_reload(site, sign_in, plan_file, shoot, tmp_path):
    page = sign_in("ducha")
    shoot(page, "documents")
    deliver(page, site, plan_file("工作要点"))
    assert page.locator("#rows tr[data-line]").count() > 250
    shoot(page, "ledger")

    # either side scrolls the other
    row = choose(page, "停车位")
    line = row.get_attribute("data-line")
    piece = page.locator(f"#paper span[data-line='{line}']").first
    assert "on" in piece.get_attribute("class")
    assert piece.evaluate(
        "e => { const b = e.getBoundingClientRect(); return b.top > 0 && b.bottom < innerHeight }"
    )
    page.locator("#paper span[data-line]").nth(40).click()
    assert page.locator("#rows tr.on").is_visible()

    # reword: the sentence stays
    row = choose(page, "停车位")
    source = page.locator("#inspector blockquote").inner_text()
    page.fill("#inspector textarea", "年内新增停车位，向社会公布")
    page.keyboard.press("Control+Enter")
    page.wait_for_function(
        f"document.querySelector('#rows tr[data-line=\"{line}\"]').innerText.includes('向社会公布')"
    )
    assert page.locator("#inspector blockquote").inner_text() == source

    # assign, confirm by key
    page.locator("#inspector input[list=units]").fill("市城管局")
    page.locator("#inspector input[list=units]").press("Tab")
    page.wait_for_function(f"document.querySelector('#rows tr[data-line=\"{line}\"] .unit.lead')")
    page.locator("#rows").focus()
    page.keyboard.press("a")
    page.wait_for_function(f"document.querySelector('#rows tr[data-line=\"{line}\"] .lamp.confirmed')")
    shoot(page, "line")

    # fill a blank
    blanks = int(page.locator("#n-blank").inner_text())
    assert blanks > 0
    page.click("button[data-todo=blank]")
    assert page.locator("#rows tr[data-line]:visible").count() == blanks
    first = page.locator("#rows tr[data-line]:visible").first
    first.click()
    page.wait_for_selector(
        f"#inspector .inside[data-line='{first.get_attribute('data-line')}'] input[name=value]"
    )
    page.locator("#inspector input[name=value]").first.fill("86.5")
    page.locator("#inspector input[name=source]").first.fill("云政发〔2027〕3号")
    page.locator("#inspector input[name=source]").first.press("Enter")
    page.wait_for_function("document.querySelector('#inspector').innerText.includes('云政发〔2027〕3号')")
    assert "86.5" in page.locator("#inspector").inner_text()
    page.click("button[data-todo=blank]")

    # export, edit in a sheet, preview, import
    page.click("summary:has-text('导出')")
    with page.expect_download() as coming:
        page.click("details[open] a:has-text('Excel 台账')")
    sheet = tmp_path / "台账.xlsx"
    coming.value.save_as(sheet)
    rows = read_xlsx(sheet)
    assert any(
        each.line.text == "年内新增停车位，向社会公布" and each.line.lead == "市城市管理执法局"
        for each in rows
    )
    edited = edit_sheet(sheet, tmp_path, {"年内新增停车位，向社会公布": "年内新增停车位一万个"})
    page.click("summary:has-text('导入')")
    page.set_input_files("details.menu input[type=file]", edited)
    page.click("details[open] button:has-text('预览改动')")
    assert page.locator("td:has-text('年内新增停车位一万个')").count() == 1
    shoot(page, "import")
    page.click("main button.go")
    page.wait_for_selector("#rows tr[data-line]")

    # reload: everything stands, and one step goes back
    page.reload()
    assert page.locator("#rows tr[data-line]", has_text="年内新增停车位一万个").count() == 1
    page.locator("#rows").focus()
    page.keyboard.press("z")
    page.wait_for_function(
        "[...document.querySelectorAll('#rows td')].some(e => e.innerText.includes('向社会公布'))"
    )


def edit_sheet(sheet, folder, texts):
    """What a person does in Excel, done by a library that writes sheets: same table, some cells changed."""
    import python_calamine
    import xlsxwriter

    table = python_calamine.CalamineWorkbook.from_path(str(sheet)).get_sheet_by_index(0).to_python()
    path = folder / "改好的台账.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        for at, row in enumerate(table):
            for column, cell in enumerate(row):
                page.write(at, column, texts.get(cell, cell) if isinstance(cell, str) else cell)
    return path


def test_words_picked_in_the_paper_become_a_line(site, sign_in, plan_file):
    page = sign_in("ducha")
    deliver(page, site, plan_file("政府工作安排"))
    row = choose(page, "停车位")
    line, count = row.get_attribute("data-line"), page.locator("#rows tr[data-line]").count()
    page.locator("#rows").focus()
    page.keyboard.press("x")
    page.wait_for_function(f"!document.querySelector('#rows tr[data-line=\"{line}\"]')")
    page.evaluate("""() => {
        const piece = [...document.querySelectorAll('#paper span')].find(e => e.innerText.includes('停车位'));
        const range = document.createRange();
        range.selectNodeContents(piece);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
    }""")
    page.wait_for_selector("#picked:visible")
    page.keyboard.press("n")
    page.wait_for_function(f"document.querySelectorAll('#rows tr[data-line]').length === {count}")
    assert page.locator("#rows tr.on", has_text="停车位").count() == 1


def test_a_refusal_is_a_sentence(site, sign_in, tmp_path):
    page = sign_in("ducha")
    path = tmp_path / "not-a-report.txt"
    path.write_bytes(b"\x89PNG nothing to read here")
    page.goto(f"{site}/documents/")
    page.set_input_files("#drop input[type=file]", path)
    page.wait_for_selector("#progress .note.error", timeout=20_000)
    assert "。" in page.locator("#progress .note.error").inner_text()


def test_the_same_file_twice_opens_the_same_ledger(site, sign_in, plan_file):
    page = sign_in("ducha")
    path = plan_file("重点工作")
    deliver(page, site, path)
    first = page.url.split("#")[0]
    deliver(page, site, path)
    assert page.url.split("#")[0] == first
    assert "此前已经收到过" in page.locator("#notes").inner_text()


def test_a_liaison_sees_and_does_not_edit(site, sign_in, shoot):
    page = sign_in("zhujian")
    page.goto(f"{site}/tasks/")
    assert page.locator("h1").inner_text() == "我单位的任务"
    shoot(page, "tasks")
    page.goto(f"{site}/documents/")
    assert page.locator("#drop").count() == 0
    page.click("table a >> nth=0")
    page.wait_for_selector("#inspector .inside")
    assert page.locator("#inspector textarea").get_attribute("readonly") is not None
    assert page.locator("#inspector button").count() == 0


def test_english_by_a_switch(site, sign_in):
    page = sign_in("ducha")
    page.goto(f"{site}/documents/")
    assert page.locator("html").get_attribute("lang") == "zh-hans"
    page.click("text=English")
    page.wait_for_load_state()
    assert "Drop a work report" in page.locator("main").inner_text()
    page.click("text=中文")
    page.wait_for_load_state()
    assert "把工作报告" in page.locator("main").inner_text()


def test_on_a_phone_the_ledger_fits(site, sign_in, shoot):
    page = sign_in("ducha", width=390, height=800)
    page.goto(f"{site}/documents/")
    page.click("table a >> nth=0")
    page.wait_for_selector("#rows tr[data-line]")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    shoot(page, "phone")
