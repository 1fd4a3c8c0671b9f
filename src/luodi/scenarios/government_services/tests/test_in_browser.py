"""A case filed on a phone, worked at a desk, asked about and rated from outside, in a real browser."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from django.urls import reverse

from luodi.scenarios.government_services.models import Material, Rating, ServiceCase

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium on this computer"),
]
SHOTS = os.environ.get("LUODI_SHOTS")


@pytest.mark.parametrize(("name", "wide"), [("desk", 1366), ("phone", 390)])
def test_from_the_guide_to_the_rating(name, wide, city, item, live_server, client, monkeypatch):
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    Material.objects.create(item=item, name="营业执照", source="issued", is_spared=True)
    Material.objects.create(item=item, name="场所使用证明", form="copy", may_be_late=True)
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(
            viewport={"width": wide, "height": 860}, base_url=live_server.url, locale="zh-CN"
        )
        page = context.new_page()

        def as_person(person):
            client.force_login(person)
            context.clear_cookies()
            context.add_cookies(
                [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
            )

        def look(title):
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"), title
            if SHOTS:
                page.screenshot(path=str(Path(SHOTS) / f"services-{name}-{title}.png"), full_page=True)

        def move(title, **typed):
            page.goto(case)
            page.click(f"summary:text-is('{title}')")
            form = page.locator(f"details:has(summary:text-is('{title}'))")
            for field, value in typed.items():
                control = form.locator(f"[name={field}]")
                if control.evaluate("e => e.tagName") == "SELECT":
                    control.select_option(label=value)
                else:
                    control.fill(value)
            form.locator("button.go").click()

        page.goto(reverse("government_services:guide"))
        look("1-guide")
        page.click("text=食品经营许可")
        look("2-item")
        page.click("text=网上申请")
        page.fill("[name=item]", item.code)
        page.fill("[name=title]", "开饺子馆")
        page.fill("[name=body]", "新设门店")
        page.fill("[name=reporter_name]", "陈老板")
        page.click("button:has-text('提交')")
        number, code = re.findall(r"<b>([A-Z0-9]+)</b>", page.content())[:2]
        case = reverse("cases:case", args=[ServiceCase.objects.get(number=number).pk])
        as_person(city["xingzheng"])
        move("收件", lead=item.unit.name)
        as_person(city["shichang"])
        move("受理")
        look("3-case")
        move("准予", outcome="准予", reply="符合条件，准予。")
        move("制证", document="JY1990102")
        move("送达", channel="网上", visits="0")
        context.clear_cookies()
        page.goto(reverse("cases:ask"))
        page.fill("[name=number]", number)
        page.fill("[name=code]", code)
        page.click("button:has-text('查询')")
        page.select_option("[name=score]", "5")
        page.click("button:has-text('提交评价')")
        look("4-asked")
        as_person(city["xingzheng"])
        move("归档")
        page.goto(reverse("government_services:checkup"))
        look("5-checkup")
        page.goto("/work/service-items/")
        look("6-catalogue")
        browser.close()
    assert Rating.objects.get(case_number=number).stars == 5
    assert ServiceCase.objects.get(number=number).state == "archived"
