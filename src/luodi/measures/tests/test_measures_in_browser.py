"""The pages of step 4 in a real browser, wide and on a phone: nothing spills over, nothing is asked of another host."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from django.urls import reverse

from luodi.measures.models import Value
from luodi.measures.tests.test_measure_pages import bound, invested, plan

__all__ = ["invested", "plan"]  # fixtures

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("luodi.measures.tests.urls"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium on this computer"),
]
SHOTS = os.environ.get("LUODI_SHOTS")
"""A folder for pictures of the pages, for people to look at."""


@pytest.mark.parametrize(("name", "wide"), [("desk", 1366), ("phone", 390)])
def test_the_pages_fit(name, wide, city, plan, invested, live_server, client, monkeypatch):
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    client.force_login(city["tongji"])
    _, target = bound(city, plan, invested)
    newest = Value.objects.filter(series=invested, division__code="990100").last()
    pages = {
        "list": reverse("measures:measures"),
        "measure": reverse("measures:measure", args=[invested.pk]),
        "why": reverse("measures:why", args=[newest.pk]),
        "line": reverse("measures:line", args=[target.commitment_id]),
    }
    foreign: list[str] = []
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(
            viewport={"width": wide, "height": 860}, base_url=live_server.url, locale="zh-CN"
        )
        context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        page = context.new_page()
        page.on(
            "request", lambda sent: None if sent.url.startswith(live_server.url) else foreign.append(sent.url)
        )
        for title, address in pages.items():
            page.goto(address)
            assert page.locator("h1").count() == 1
            spilled = page.evaluate(
                "[...document.querySelectorAll('.card, .look')].some(e => e.getBoundingClientRect().right > innerWidth + 1)"
            )
            assert not spilled, title
            if SHOTS:
                page.screenshot(path=str(Path(SHOTS) / f"{name}-{title}.png"), full_page=True)
        browser.close()
    assert foreign == []
