"""From a draft to a corrected, sealed result in a real browser, wide and on a phone; nothing spills, no other host is asked."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from luodi.assessment.models import Objection, Run
from luodi.kernel.rulesets.seeds import load_seeds
from luodi.scenarios.land_productivity import demo
from luodi.scenarios.land_productivity.models import YearRecord

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium on this computer"),
]
SHOTS = os.environ.get("LUODI_SHOTS")
"""A folder for pictures of the pages, for people to look at."""


@pytest.mark.parametrize(("name", "wide"), [("desk", 1366), ("phone", 390)])
def test_from_entry_to_the_seal(name, wide, city, live_server, monkeypatch):
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    load_seeds()
    monkeypatch.setattr(
        demo, "_evaluate", lambda *_: None
    )  # figures only: the evaluation is what is lived here
    demo.load()
    period = YearRecord.objects.filter(year=2025).count() and "2025-01-01"
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        foreign: list[str] = []

        def page_of(login):
            client = Client()  # a session of its own: one client would end the other's
            client.force_login(city[login])
            context = browser.new_context(
                viewport={"width": wide, "height": 860}, base_url=live_server.url, locale="zh-CN"
            )
            context.add_cookies(
                [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
            )
            page = context.new_page()
            page.on(
                "request",
                lambda sent: None if sent.url.startswith(live_server.url) else foreign.append(sent.url),
            )
            return page

        def fits(page, title):
            spilled = "[...document.querySelectorAll('.card, .bar')].some(e => e.getBoundingClientRect().right > innerWidth + 1)"
            assert not page.evaluate(spilled), title
            if SHOTS:
                page.screenshot(path=Path(SHOTS) / f"land-{title}-{name}.png", full_page=True)

        page = page_of("gongxin")
        page.goto("/land_productivity/?year=2025")
        fits(page, "overview")
        page.goto(f"/assessment/land_large/?period={period}")
        fits(page, "scheme")
        page.get_by_role("button", name="初评 2025年").click()
        page.wait_for_url("**/assessment/runs/*/")
        fits(page, "run")
        page.get_by_role("link", name="试算").click()
        page.locator("input[name=w-tax]").fill("10")
        page.locator("input[name=w-added]").fill("40")
        page.get_by_role("button", name="试算", exact=True).click()
        page.get_by_text("个会变").first.wait_for()
        fits(page, "trial")
        page.get_by_role("link", name="结果", exact=True).click()
        page.get_by_role("button", name="公示 3 个工作日").click()
        page.get_by_text("公示期满才能定案").or_(page.locator("li.here", has_text="公示")).first.wait_for()
        run = Run.objects.get(code="land_large", state="notice")
        second = run.results.get(rank=2)

        liaison = page_of("gaoxin")
        liaison.goto(f"/assessment/runs/{run.pk}/members/{second.pk}/")
        assert liaison.get_by_text("提出异议").count() == 0  # the firm lies elsewhere
        page.goto(f"/assessment/runs/{run.pk}/members/{second.pk}/")
        fits(page, "member")
        page.locator("input[name=claimed]").fill("44.5")
        page.locator("textarea[name=says]").fill("补缴税款没有计入，附完税证明")
        page.get_by_role("button", name="提出异议").click()
        page.get_by_text("待复核").first.wait_for()

        office = page_of("ducha")
        office.goto(f"/assessment/runs/{run.pk}/objections")
        office.locator("input[name=opinion]").fill("核对属实")
        office.locator("input[name=new]").fill("44.5")
        office.get_by_role("button", name="成立", exact=True).click()
        office.get_by_text("更正为 44.5").wait_for()
        fits(office, "objections")
        Run.objects.filter(pk=run.pk).update(notice_until=timezone.localdate() - timedelta(days=1))
        office.goto(f"/assessment/runs/{run.pk}/")
        office.get_by_role("button", name="定案").click()
        office.get_by_text("更正自第 1 版").wait_for()
        office.get_by_role("link", name="复算核对").click()
        office.get_by_text("结果和指纹完全一致").wait_for()
        browser.close()
    final = Run.objects.get(code="land_large", state="final")
    assert (final.version, final.sealed_by, Objection.objects.get().state) == (2, city["ducha"], "upheld")
    assert final.results.get(key=second.key).values["tax"]["value"] == "44.5"
    assert not foreign
