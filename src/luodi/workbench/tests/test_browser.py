"""At the desk with a keyboard: move, edit, take back, paste from Excel, choose rows; in a real browser, nothing asked elsewhere."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.seat import IN_A_BROWSER, shoot

from luodi.kernel.models import Unit
from luodi.workbench.tests.lots import Lot

pytestmark = [*IN_A_BROWSER, pytest.mark.urls("luodi.workbench.tests.urls")]
ROWS = 2000
PLACES = ("东门", "西门", "南站", "北桥", "人民广场", "体育中心", "老城", "高新园", "会展中心", "江滨")


@pytest.fixture
def lots(city):
    units = list(Unit.objects.filter(valid_until=None)[:12])
    Lot.objects.bulk_create(
        Lot(
            code=f"P-{number:04}", name=f"{PLACES[number % 10]}{number // 10 + 1}号停车场", lead=units[number % 12],
            division=units[number % 12].division if number % 7 else None, handler=city["zhujian"] if number % 3 else None,
            phone=f"138{number * 7919 % 10**8:08}", berths=(number * 37) % 900 + 12 if number % 11 else None,
            area_mu=Decimal(number * 13 % 900) / 10 if number % 5 else None,
            invest_fen=(number * 104729 % 90_000) * 1_000_000 if number % 4 else None,
            due_on=date(2026, 1 + number % 12, 1 + number % 28) if number % 9 else None, charged=(True, False, None)[number % 3],
            state=("planned", "building", "open")[number % 3],
            lon=104 + (number * 37 % 500) / 1000 if number % 6 else None, lat=30.4 + (number * 53 % 400) / 1000,
        )
        for number in range(1, ROWS + 1)
    )  # fmt: skip


@pytest.fixture
def page(city, lots, sit):
    """A signed-in officer's screen."""
    return sit(city["ducha"], 1440, 900).page


def at(page) -> str:
    return page.locator("#sheet td.at").inner_text().strip()


PASTE = """text => { const data = new DataTransfer(); data.setData("text/plain", text);
document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true})); }"""


def test_a_cell_is_edited_by_keys_and_taken_back(page):
    page.goto("/work/lots/")
    shoot(page, "table")
    assert page.locator("#sheet tbody tr").count() == 50
    assert at(page) == "P-0001"
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    assert at(page) == "49"
    page.keyboard.press("Enter")
    page.keyboard.type("五十")
    page.keyboard.press("Enter")
    page.locator(".note.error", has_text="不是数").wait_for()
    assert Lot.objects.get(code="P-0001").berths == 49


def test_editing_saves_moves_on_and_is_undone(page):
    page.goto("/work/lots/")
    page.locator('#sheet tr:has-text("P-0001") td').nth(8).click()
    assert at(page) == "49"
    page.keyboard.type("5")
    page.keyboard.type("50")
    shoot(page, "editing")
    with page.expect_response("**/cell"):
        page.keyboard.press("Enter")
    page.locator('#sheet tr:has-text("P-0001") td', has_text="550").wait_for()
    assert at(page) == "86"
    assert Lot.objects.get(code="P-0001").berths == 550
    page.keyboard.press("Enter")
    page.keyboard.type("1")
    page.keyboard.press("Escape")
    assert at(page) == "86"
    with page.expect_response("**/cell"):
        page.keyboard.press("z")
    page.locator('#sheet tr:has-text("P-0001") td', has_text="49").first.wait_for()
    assert Lot.objects.get(code="P-0001").berths == 49


def test_a_block_from_excel_is_previewed_and_written(page):
    page.goto("/work/lots/")
    page.locator('#sheet tr:has-text("P-0001") td').nth(8).click()
    page.evaluate(PASTE, "100\t10.5\n200\t多")
    page.locator("#paste", has_text="第 2 行第 2 列（面积）：“多”不是数").wait_for()
    shoot(page, "paste-problems")
    page.keyboard.press("Escape")
    page.evaluate(PASTE, "100\t10.5\n200\t20")
    page.locator("#paste", has_text="修改 2 行").wait_for()
    shoot(page, "paste")
    page.locator("#paste-apply").click()
    page.locator(".note.success", has_text="已粘贴，改动 2 行").wait_for()
    assert list(Lot.objects.filter(code__lte="P-0002").order_by("code").values_list("berths", "area_mu")) == [
        (100, Decimal("10.5")), (200, Decimal("20")),
    ]  # fmt: skip


def test_rows_are_found_chosen_and_opened_together(page):
    page.goto("/work/lots/")
    with page.expect_response("**q=*"):
        page.keyboard.press("/")
        page.keyboard.type("会展中心")
    page.locator(".pages", has_text="共 4 页 200 条").wait_for()
    with page.expect_response("**state=building**"):
        page.locator("select[name=state]").select_option("building")
    page.locator(".pages", has_text="66 条").or_(page.locator(".pages", has_text="67 条")).wait_for()
    page.locator("#pick-page").check()
    page.locator("#pick-all").click()
    shoot(page, "picked")
    page.locator("#bulk button", has_text="移交").wait_for()
    opened = Lot.objects.filter(state="open").count()
    page.locator("#bulk input[name=lead]").fill("市财政局")
    with page.expect_response("**/bulk**") as answer:
        page.locator("#bulk button", has_text="移交").click()
    assert answer.value.status == 204
    page.locator(".note.success", has_text="移交").wait_for()
    moved = Lot.objects.filter(lead__key="caizheng", state="building", name__startswith="会展中心").count()
    assert moved in {66, 67}
    assert Lot.objects.filter(state="open").count() == opened


def test_the_board_the_month_the_map_and_a_row(page):
    page.goto("/work/lots/board")
    card = page.locator(".lane[data-value=planned] .card-row").first
    code = card.locator("a").inner_text().split()[0]
    shoot(page, "board")
    card.focus()
    with page.expect_response("**/cell"):
        page.keyboard.press("ArrowRight")
    page.wait_for_load_state("networkidle")
    assert Lot.objects.get(code=code).state == "building"
    page.goto("/work/lots/calendar?month=2026-06")
    shoot(page, "calendar")
    assert page.locator(".on-day").count() > 20
    page.goto("/work/lots/map")
    shoot(page, "map")
    assert page.locator("#map circle").count() > 1000
    page.goto(f"/work/lots/{Lot.objects.get(code=code).pk}/")
    assert "状态：在建" in page.locator(".timeline").inner_text()
    shoot(page, "detail")
    page.goto("/work/lots/print?state=open&q=会展")
    shoot(page, "print")
    page.goto("/work/lots/form")
    shoot(page, "form")
    page.goto("/work/units/")
    shoot(page, "units")
    page.goto("/work/lots/?sort=-berths")
    page.locator("summary", has_text="栏目").click()
    shoot(page, "columns")
    page.keyboard.press("Escape")
    page.locator("summary", has_text="视图").click()
    page.locator("input[name=name]").fill("泊位最多")
    page.locator("button", has_text="存为视图").click()
    page.locator("summary", has_text="泊位最多").wait_for()
    page.locator("summary", has_text="泊位最多").click()
    shoot(page, "views")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    shoot(page, "keys")


def test_links_and_buttons_keep_their_keys(page):
    page.goto("/work/lots/")
    page.locator("#sheet th[data-c=berths] a").focus()
    with page.expect_response("**sort=berths**"):
        page.keyboard.press("Enter")
    assert page.locator(".in-cell").count() == 0
    page.locator("summary", has_text="栏目").focus()
    page.keyboard.press("Space")
    page.locator(".columns-form").wait_for()
    assert page.locator("#bulk").is_hidden()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.locator("#keys").wait_for()


def test_a_narrow_screen_and_a_dark_room(page):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/work/lots/")
    shoot(page, "phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.goto(f"/work/lots/{Lot.objects.first().pk}/")
    shoot(page, "phone-detail")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="dark")
    page.goto("/work/lots/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    shoot(page, "dark")
    page.emulate_media(media="print", color_scheme="light")
    page.goto("/work/lots/print?state=open&q=会展")
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    if folder := os.environ.get("LUODI_SHOTS"):
        (Path(folder) / "print.pdf").write_bytes(pdf)


def test_an_import_is_previewed(page, tmp_path):
    lines = [
        "编号,名称,主管单位,泊位,计划启用",
        "P-0001,东门1号停车场,,50,2027-01-01",
        "Q-1,新停车场,市财政局,30,2027-02-01",
    ]
    page.goto("/work/lots/import")
    shoot(page, "import")
    wrong = tmp_path / "停车场.csv"
    wrong.write_bytes("\n".join([*lines, "Q-2,,市桥梁局,三百,2027-02-30"]).encode("gb18030"))
    page.locator("input[type=file]").set_input_files(wrong)
    page.locator("button", has_text="预览").click()
    page.locator(".wrong-card", has_text="第 4 行第 4 列（泊位）：“三百”不是数").wait_for()
    shoot(page, "import-problems")
    right = tmp_path / "停车场2.csv"
    more = [f"R-{number},新增停车场{number},市财政局,{number},2027-03-01" for number in range(1, 300)]
    right.write_bytes("\n".join([*lines, *more]).encode("utf-8"))
    page.goto("/work/lots/import")
    page.locator("input[type=file]").set_input_files(right)
    page.locator("button", has_text="预览").click()
    page.locator("h2", has_text="新增 300 行，修改 1 行").wait_for()
    shoot(page, "import-preview")
    page.locator("button", has_text="写入 301 行").click()
    page.locator(".note", has_text="已新增 300 行，修改 1 行").wait_for()
    assert Lot.objects.filter(code__startswith="R-").count() == 299
