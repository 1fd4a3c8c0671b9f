"""A lamp from the citizen's phone to its closing, in a real browser: phone and desk, nothing spills over, no other host is asked."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from django.test import Client

from luodi.scenarios.city_management.models import CityCase
from luodi.scenarios.city_management.tests.conftest import photo

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium on this computer"),
]
SHOTS = os.environ.get("LUODI_SHOTS")
"""A folder for pictures of the pages, for people to look at."""
PLACE = {"latitude": 35.1004, "longitude": 109.2004}


class Windows:
    """One browser with a window for each person."""

    def __init__(self, browser, base):
        self.browser, self.base, self.foreign = browser, base, []

    def enter(self, person=None, width=390):
        window = self.browser.new_context(
            viewport={"width": width, "height": 860},
            base_url=self.base,
            locale="zh-CN",
            geolocation=PLACE,
            permissions=["geolocation"],
        )
        if person is not None:
            client = Client()
            client.force_login(person)
            window.add_cookies(
                [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.base}]
            )
        page = window.new_page()
        page.set_default_timeout(15_000)
        page.on(
            "request",
            lambda sent: (
                None if sent.url.startswith((self.base, "blob:", "data:")) else self.foreign.append(sent.url)
            ),
        )
        return page

    def shoot(self, page, name):
        spilled = page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
        assert not spilled, f"{name} is wider than its screen"
        if SHOTS:
            page.screenshot(path=str(Path(SHOTS) / f"city-{name}.png"), full_page=True)


@pytest.fixture
def windows(live_server, monkeypatch):
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        found = Windows(browser, live_server.url)
        yield found
        browser.close()
    assert found.foreign == []


def step(page, name, **values):
    """One move on the case's own page at the desk."""
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


@pytest.mark.parametrize("wide", [390, 1366])
def test_from_the_phone_of_a_citizen_to_the_closing(windows, wide, city, ground, collector, tmp_path):
    shot = tmp_path / "a.jpg"
    shot.write_bytes(photo())
    page = windows.enter(width=wide)
    page.goto("/city_management/report")
    page.set_input_files("[name=photo]", str(shot))
    page.click("[data-locate]")
    page.wait_for_function("document.querySelector('[name=lon]').value")
    page.check("[name=category][value='20102']", force=True)
    page.fill("[name=body]", "巷口垃圾成堆")
    windows.shoot(page, f"report-{wide}")
    page.click("main button.go")
    page.wait_for_selector("text=查询码")
    case = CityCase.objects.get()
    assert case.grid == ground[0]

    desk = windows.enter(city["chengguan"], wide)
    desk.goto(f"/cases/{case.pk}/")
    step(desk, "send_to_verify")
    walker = windows.enter(collector, wide)
    walker.goto("/city_management/field")
    windows.shoot(walker, f"field-{wide}")
    walker.click(f"a[href='/city_management/field/{case.pk}']")
    walker.select_option("[name=found]", "是")
    walker.fill("[name=words]", "属实")
    with walker.expect_navigation():
        walker.click("button.go:has-text('核实')")
    desk.goto(f"/cases/{case.pk}/")
    step(desk, "accept")
    step(desk, "file", category="20102", standard="20102-1")
    step(desk, "dispatch", lead="澄岚区人民政府")
    windows.shoot(desk, f"case-{wide}")

    handler = windows.enter(city["chenglan"], wide)
    handler.goto(f"/cases/{case.pk}/")
    step(handler, "receive")
    handler.goto(f"/city_management/field/{case.pk}")
    after = tmp_path / "b.jpg"
    after.write_bytes(photo())
    form = handler.locator("form:has([name=move][value=feedback])")
    form.locator("[name=photo]").set_input_files(str(after))
    form.locator("[name=words]").fill("已清理")
    windows.shoot(handler, f"look-{wide}")
    with handler.expect_navigation():
        form.locator("button.go").click()

    walker.goto(f"/city_management/field/{case.pk}")
    form = walker.locator("form:has([name=move][value=pass_check])")
    form.locator("[name=words]").fill("干净")
    with walker.expect_navigation():
        form.locator("button.go").click()
    desk.goto(f"/cases/{case.pk}/")
    step(desk, "close", outcome="fixed")
    case.refresh_from_db()
    assert (case.state, case.outcome, case.was_late) == ("closed", "fixed", False)
    for name in ("open", "map", "evaluation"):
        desk.goto(f"/city_management/{name}")
        windows.shoot(desk, f"{name}-{wide}")
