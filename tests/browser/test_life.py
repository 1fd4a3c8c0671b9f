"""From a plan on the desk to a closed line, as four people do it: 督查室主任, 联络员, 督查专员, and a citizen."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser

PLAN = """云川市2026年抓落实专项工作要点
一、抓好项目建设。
（一）推进交通建设。年底前建成澄岚大桥。新增停车位6000个以上。
"""


def test_a_commitment_from_issue_to_closing(site, sign_in, shoot, tmp_path, chromium):
    # 督查室主任 reads the plan, settles the lead, confirms and issues
    office = sign_in("ducha")
    path = tmp_path / "要点.txt"
    path.write_text(PLAN, encoding="utf-8")
    office.goto(f"{site}/documents/")
    office.set_input_files("#drop input[type=file]", path)
    office.wait_for_selector("#rows tr[data-line]", timeout=30_000)
    paper = re.search(r"/documents/(\d+)/", office.url).group(1)
    row = office.locator("#rows tr[data-line]", has_text="大桥").first
    row.click()
    line = row.get_attribute("data-line")
    office.wait_for_selector(f"#inspector .inside[data-line='{line}']")
    office.locator("#inspector input[list=units]").fill("市发展改革委")
    office.locator("#inspector input[list=units]").press("Tab")
    office.wait_for_function(f"document.querySelector('#rows tr[data-line=\"{line}\"] .unit.lead')")
    office.locator("#rows").focus()
    office.keyboard.press("a")
    office.wait_for_function(f"document.querySelector('#rows tr[data-line=\"{line}\"] .lamp.confirmed')")
    office.click(".bar a:has-text('督查总览')")
    office.click("summary:has-text('印发')")
    office.fill("input[name=reference]", "云政办发〔2026〕18号")
    office.click("button:has-text('印发新版本')")
    office.wait_for_selector("text=第1次印发")
    assert "云政办发〔2026〕18号" in office.locator("main").inner_text()

    # 联络员 finds it in the to-do list, signs, and reports on a phone
    liaison = sign_in("fagai", width=390, height=844)
    liaison.goto(f"{site}/inbox/")
    assert liaison.locator("[id='commitments.sign']", has_text="大桥").count() == 1
    liaison.locator("[id='commitments.sign'] tr", has_text="大桥").locator("a.btn").click()
    liaison.fill("input[name=leader]", "分管副主任")
    liaison.fill("input[name=office]", "投资科")
    liaison.click("button:has-text('签收')")
    liaison.wait_for_selector("h1:has-text('已签收')")
    liaison.click("a.btn:has-text('报进展')")
    liaison.locator(".spans a").first.click()
    assert liaison.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    liaison.fill("[name=facts]", "主桥合龙，桥面铺装完成。")
    liaison.wait_for_selector("#saved:has-text('草稿已存')")
    liaison.check("[name=is_done]")
    liaison.wait_for_selector("#saved:has-text('没有任何佐证')")
    shoot(liaison, "report-phone")
    picture = tmp_path / "通车.png"
    liaison.locator("main").screenshot(path=picture)
    liaison.set_input_files("[name=files]", picture)
    liaison.click("button:has-text('只报送')")
    liaison.wait_for_selector("h1:has-text('推进中')")
    liaison.click("summary:has-text('申请销号')")
    assert "主桥合龙" in liaison.locator("form:has(input[value=close]) textarea").input_value()
    liaison.click("button:has-text('提交销号申请')")
    liaison.wait_for_selector("h1:has-text('申请销号')")

    # 督查专员 checks on site; the applicant could not
    checker = sign_in("ducha2")
    checker.goto(f"{site}/inbox/")
    checker.locator("[id='commitments.verify'] tr", has_text="大桥").locator("a.btn").click()
    shoot(checker, "verify")
    form = checker.locator("form[action$=verify]")
    form.locator("[name=kind]").select_option("site")
    form.locator("[name=place]").fill("澄岚大桥北岸")
    form.locator("[name=findings]").fill("现场可见桥面开放，车辆通行")
    form.locator("button:has-text('属实')").first.click()
    checker.wait_for_selector("h1:has-text('已核实')")
    checker.click("button:has-text('公开')")
    checker.wait_for_selector("button:has-text('已公开')")

    # 督查室主任 closes it
    office.goto(f"{site}/lines/{line}/")
    office.locator("form[action$=close] button").click()
    office.wait_for_selector("h1:has-text('已销号')")
    shoot(office, "line-closed")
    office.goto(f"{site}/documents/{paper}/overview")
    assert "完成 1" in office.locator(".big").first.inner_text()

    # a citizen sees what became of it, and says something
    window = chromium.new_context(viewport={"width": 390, "height": 844})
    citizen = window.new_page()
    citizen.goto(f"{site}/public/{paper}/")
    citizen.click("a:has-text('大桥')")
    assert "已完成" in citizen.locator("main").inner_text()
    citizen.locator(".shots img").scroll_into_view_if_needed()
    citizen.wait_for_function("document.querySelector('.shots img').naturalWidth > 0")
    assert citizen.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    citizen.locator("label[for=star4]").click()
    citizen.fill("[name=words]", "桥通了，回家近了二十分钟。")
    citizen.click("button:has-text('提交评价')")
    citizen.wait_for_selector("text=工作人员看过后")
    assert "回家近了" not in citizen.locator("main").inner_text()
    window.close()
    office.goto(f"{site}/ratings/")
    office.locator("tr", has_text="回家近了").locator("button[value='1']").click()
    citizen_page = sign_in("ducha2")
    citizen_page.goto(f"{site}/public/lines/{line}/")
    assert "回家近了二十分钟" in citizen_page.locator("main").inner_text()


def test_another_unit_looks_on(site, sign_in):
    page = sign_in("weijian")
    page.goto(f"{site}/tasks/?q=停车位&unit=")
    page.click("td a >> nth=0")
    assert page.locator(".deeds").count() == 0
    answer = page.request.get(page.url + "report")
    assert answer.status == 403


def test_the_year_at_a_glance(site, sign_in, shoot):
    """The supervision office's overview of 2026: what is late is one click away, and says by how much."""
    page = sign_in("ducha")
    page.goto(f"{site}/documents/")
    page.locator("tr", has_text="2026年政府工作计划").locator("a:has-text('督查总览')").click()
    shoot(page, "overview")
    assert page.locator(".units tr").count() > 20
    page.click(".card a:has-text('逾期未报')")
    assert "未报，迟" in page.locator(".overview").inner_text()
    shoot(page, "overview-late")
