"""A suggestion from a citizen's phone to its closing, in a real browser, wide and on a phone; and the pages of the meeting."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from luodi.scenarios.petitions import demo
from luodi.scenarios.petitions.models import Backlog, Petition, Sitting
from luodi.shapes.cases.tests.photos import photo

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium on this computer"),
]
SHOTS = os.environ.get("LUODI_SHOTS")
"""A folder for pictures of the pages, for people to look at."""


class Seat:
    """One person before one screen."""

    def __init__(self, browser, url: str, wide: int, person=None) -> None:
        self.context = browser.new_context(
            viewport={"width": wide, "height": 860}, base_url=url, locale="zh-CN", permissions=["geolocation"], geolocation={"longitude": 104.061234, "latitude": 30.661234},
        )  # fmt: skip
        if person is not None:
            door = Client()
            door.force_login(person)
            self.context.add_cookies(
                [{"name": "sessionid", "value": door.cookies["sessionid"].value, "url": url}]
            )
        self.page, self.wide = self.context.new_page(), wide
        self.page.set_default_timeout(10_000)

    def take(self, case: Petition, move: str, **values: str) -> None:
        """Open the move's form on the case's page, fill it, send it."""
        self.page.goto(f"/cases/{case.pk}/")
        form = self.page.locator(f"form[action$='/take/{move}']")
        form.locator("xpath=..").locator("summary").click()
        for name, value in values.items():
            field = form.locator(f"[name={name}]")
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        form.locator("button.go").click()
        self.page.wait_for_load_state()
        assert "已记录" in self.page.content(), (move, self.page.locator(".error").all_inner_texts())

    def look(self, name: str) -> None:
        spilled = self.page.evaluate(
            "[...document.querySelectorAll('.card, .bar')].some(e => e.getBoundingClientRect().right > innerWidth + 1)"
        )
        assert not spilled, name
        if SHOTS:
            self.page.screenshot(path=str(Path(SHOTS) / f"petitions-{self.wide}-{name}.png"), full_page=True)


@pytest.mark.parametrize("wide", [1366, 390])
def test_from_a_citizens_phone_to_the_closing(wide, city, live_server, monkeypatch, tmp_path):
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    picture = tmp_path / "路口.jpg"
    picture.write_bytes(photo().read())
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        outside = Seat(browser, live_server.url, wide)
        outside.page.goto("/ask/petitions/")
        outside.page.select_option("[name=category]", "transport")
        outside.page.select_option("[name=stream]", "suggestion")
        for name, value in (
            ("division", "澄岚区"),
            ("title", "建议学校路口增设信号灯"),
            ("body", "放学时段车流大，学生过街不安全。"),
            ("reporter_name", "郑念诚"),
            ("reporter_phone", "13900001234"),
        ):
            outside.page.fill(f"[name={name}]", value)
        outside.page.click("[data-locate]")
        outside.page.wait_for_function("document.querySelector('[name=lon]').value !== ''")
        outside.page.set_input_files("[name=photo]", str(picture))
        outside.look("form")
        outside.page.click("button.go:has-text('提交')")
        number, code = outside.page.locator("section b").all_inner_texts()
        case = Petition.objects.get(number=number)
        assert (round(case.lon, 4), case.channel) == (104.0612, "online")

        desk, bureau = (
            Seat(browser, live_server.url, wide, city["xinfang"]),
            Seat(browser, live_server.url, wide, city["zhujian"]),
        )
        desk.take(case, "classify", stream="suggestion", nature="first")
        desk.take(case, "transfer", lead="市住房城乡建设局", manner="passed")
        desk.look("desk")
        bureau.take(case, "accept")
        bureau.take(
            case,
            "reply",
            outcome="adopted",
            facts="现场查看属实",
            reply="列入今年改造",
            basis="城市道路管理条例",
            served_on=date.today().isoformat(),
        )
        bureau.take(case, "executed", words="已列入项目库")
        bureau.take(case, "serve", served_on=date.today().isoformat(), service="online")
        bureau.look("unit")

        outside.page.goto("/ask/")
        outside.page.fill("[name=number]", number)
        outside.page.fill("[name=code]", code)
        outside.page.click("button.go:has-text('查询')")
        assert "列入今年改造" in outside.page.content()
        outside.page.select_option("[name=score]", "5")
        outside.page.select_option("[name=resolved]", "是")
        outside.page.click("button.go:has-text('提交评价')")
        outside.look("answer")
        desk.take(case, "close_other")
        case.refresh_from_db()
        assert (case.state, case.score, case.outcome) == ("closed", 5, "adopted")
        browser.close()


@pytest.mark.parametrize("wide", [1366, 390])
def test_the_pages_of_the_meeting_fit(wide, city, live_server, monkeypatch):
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    demo.load()
    old, sitting = (
        Backlog.objects.filter(state="verified").first(),
        Sitting.objects.filter(items__isnull=False).first(),
    )
    pages = {
        "overview": "/petitions/", "backlog": f"/petitions/backlogs/{old.pk}/", "sitting": f"/petitions/sittings/{sitting.pk}/", "calendar": "/petitions/receptions/",
        "ledger": "/work/petitions/", "backlogs": "/work/backlogs/", "board": "/work/backlogs/board", "queue": "/cases/", "inbox": "/inbox/",
    }  # fmt: skip
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        seat = Seat(browser, live_server.url, wide, city["xinfang"])
        for name, address in pages.items():
            seat.page.goto(address)
            assert seat.page.locator("h1").count() == 1, name
            seat.look(name)
        browser.close()
