"""The month's watch, a county's objection and the bulletin in a real browser, wide and on a phone."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from luodi.assessment.models import Objection, Run
from luodi.kernel.rulesets.seeds import load_seeds
from luodi.scenarios.county_performance import demo

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium on this computer"),
]
SHOTS = os.environ.get("LUODI_SHOTS")
"""A folder for pictures of the pages, for people to look at."""


@pytest.mark.parametrize(("name", "wide"), [("desk", 1366), ("phone", 390)])
def test_from_the_watch_to_the_bulletin(name, wide, city, live_server, client, monkeypatch):
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    load_seeds()
    demo.load()
    run = Run.objects.get(code="county_quarterly", state="notice")
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        client.force_login(city["ducha"])
        context = browser.new_context(
            viewport={"width": wide, "height": 860}, base_url=live_server.url, locale="zh-CN"
        )
        context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        page = context.new_page()

        def fits(title):
            spilled = "[...document.querySelectorAll('.card, .bar')].some(e => e.getBoundingClientRect().right > innerWidth + 1)"
            assert not page.evaluate(spilled), title
            if SHOTS:
                page.screenshot(path=Path(SHOTS) / f"county-{title}-{name}.png", full_page=True)

        page.goto("/county_performance/?month=2026-10")
        assert page.locator(".lamp.red, .lamp.yellow, .lamp.green").count() >= 30
        fits("watch")
        page.locator("tr", has_text="2026年三季度").get_by_role("link", name="2026年三季度").click()
        fits("run")
        page.get_by_role("link", name="异议").click()
        page.locator("input[name=opinion]").fill("统计局已核增，按修订数")
        page.locator("input[name=new]").fill("9.1")
        page.get_by_role("button", name="成立", exact=True).click()
        page.get_by_text("更正为 9.1").wait_for()
        page.goto(f"/county_performance/bulletins/{run.pk}/")
        page.get_by_text("公示稿，未定案").wait_for()
        fits("bulletin")
        with page.expect_download() as download:
            page.get_by_role("link", name="Word").click()
        assert download.value.suggested_filename.endswith(".docx")
        browser.close()
    assert Objection.objects.get().state == "upheld"
