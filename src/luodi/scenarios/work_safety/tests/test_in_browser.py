"""A major danger from being found to being struck off, in a real browser: phone and desk, nothing spills over."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from luodi.scenarios.work_safety.models import Danger
from luodi.scenarios.work_safety.tests.conftest import photo
from luodi.scenarios.work_safety.tests.test_road import risk

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium on this computer"),
]
SHOTS = os.environ.get("LUODI_SHOTS")
"""A folder for pictures of the pages, for people to look at."""


@pytest.fixture
def enter(live_server, monkeypatch):
    """A window of one's own; what it asks of another host fails the test."""
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    foreign: list[str] = []
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )

        def window(person, width):
            context = browser.new_context(
                viewport={"width": width, "height": 860}, base_url=live_server.url, locale="zh-CN"
            )
            client = Client()
            client.force_login(person)
            context.add_cookies(
                [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
            )
            page = context.new_page()
            page.set_default_timeout(15_000)
            page.on(
                "request",
                lambda sent: None if sent.url.startswith(live_server.url) else foreign.append(sent.url),
            )
            return page

        yield window
        browser.close()
    assert foreign == []


def step(page, name, **values):
    """One move on the danger's page."""
    form = page.locator(f"details.move:has(form[action$='/take/{name}'])")
    form.locator("summary").click()
    for field, value in values.items():
        control = form.locator(f"[name={field}]")
        if control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
    with page.expect_navigation():
        form.locator("button.go").click()


def shoot(page, name):
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"), (
        f"{name} is wider than its screen"
    )
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"safety-{name}.png"), full_page=True)


@pytest.mark.parametrize("wide", [390, 1366])
def test_from_found_to_struck_off(enter, wide, city, mine, tmp_path):
    today = timezone.localdate()
    risk(city, mine, lon=109.2, lat=35.1, assessed_on=today - timedelta(days=3), owner="矿长")
    inspector = enter(city["yingji2"], wide)
    inspector.goto("/cases/work_safety/new")
    for name, value in (("title", "通风系统不可靠"), ("body", "回风巷风速不足"), ("firm", mine.name)):
        inspector.fill(f"[name={name}]", value)
    inspector.select_option("[name=category]", "coal")
    with inspector.expect_navigation():
        inspector.click("main form.case-form button.go")
    danger = Danger.objects.get()
    where = f"/cases/{danger.pk}/"

    bureau = enter(city["yingji"], wide)
    bureau.goto(where)
    step(bureau, "grade", level="major", category="coal", rule="coal-3")
    step(
        bureau,
        "list",
        lead="云川市发展和改革委员会",
        notice_no="云安委督1号",
        potential="12",
        fix_by=(today + timedelta(days=60)).isoformat(),
    )
    step(bureau, "announce", words="市政府网站")
    seen_to = enter(city["fagai"], wide)
    seen_to.goto(where)
    step(
        seen_to,
        "plan_major",
        fix_measures="更换主扇",
        fix_funds="50",
        fix_person="矿长",
        fix_plan="撤人预案",
        told="是",
    )
    shoot(seen_to, f"case-{wide}")
    after = tmp_path / "after.jpg"
    after.write_bytes(photo())
    seen_to.set_input_files("[name=file]", str(after))
    with seen_to.expect_navigation():
        seen_to.click("form[action$='/attach'] button")
    step(seen_to, "self_accept", words="整改完毕")
    bureau.goto(where)
    step(bureau, "accept_pass", experts="三名专家", words="合格")
    step(bureau, "strike_off", notice="公告1号")
    danger.refresh_from_db()
    assert (danger.state, danger.fix_funds_fen, danger.was_late) == ("struck_off", 50_000_000, False)

    bureau.goto(f"/work_safety/firms/{mine.pk}")
    shoot(bureau, f"firm-{wide}")
    bureau.select_option("[name=is_sound]", "是")
    bureau.fill("[name=by_name]", "安全员")
    with bureau.expect_navigation():
        bureau.click("button:has-text('记录')")
    assert "已记录，下次自查" in bureau.content()
    for name in ("map", "firms", "accidents", "listed"):
        bureau.goto(f"/work_safety/{name}")
        shoot(bureau, f"{name}-{wide}")
