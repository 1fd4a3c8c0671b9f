"""One person before one screen, wide or a phone, who works a case in a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

SHOTS = os.environ.get("LUODI_SCREENSHOTS")
"""A folder for pictures of the pages, for people to look at."""
IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium on this computer"),
]
WIDTHS = (1366, 390)
HERE = {"longitude": 104.061234, "latitude": 30.661234}


@contextmanager
def chromium(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as browsers:
        yield browsers.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )


class Seat:
    """`person` None is a visitor from outside. `name` goes before the names of pictures."""

    def __init__(self, browser: Any, url: str, wide: int, person: Any = None, name: str = "case") -> None:
        self.context = browser.new_context(
            viewport={"width": wide, "height": 860}, base_url=url, locale="zh-CN", permissions=["geolocation"], geolocation=HERE,
        )  # fmt: skip
        if person is not None:
            door = Client()
            door.force_login(person)
            self.context.add_cookies(
                [{"name": "sessionid", "value": door.cookies["sessionid"].value, "url": url}]
            )
        self.page, self.wide, self.name = self.context.new_page(), wide, name
        self.page.set_default_timeout(10_000)

    def fill(self, form: Any, **values: str) -> None:
        """Every value into the field of its name, whatever kind of field it is."""
        for name, value in values.items():
            field = form.locator(f"[name={name}]")
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def take(self, case: Any, move: str, **values: str) -> None:
        """Open the move's form on the case's page, fill it, send it."""
        self.page.goto(f"/cases/{case.pk}/")
        form = self.page.locator(f"form[action$='/take/{move}']")
        form.locator("xpath=..").locator("summary").click()
        self.fill(form, **values)
        form.locator("button.go").click()
        self.page.wait_for_load_state()
        assert "已记录" in self.page.content(), (move, self.page.locator(".error").all_inner_texts())

    def look(self, name: str) -> None:
        """Nothing spills over the edge; a picture where somebody wants one."""
        spilled = self.page.evaluate(
            "[...document.querySelectorAll('.card, .bar')].some(e => e.getBoundingClientRect().right > innerWidth + 1)"
        )
        assert not spilled, name
        if SHOTS:
            self.page.screenshot(
                path=str(Path(SHOTS) / f"{self.name}-{self.wide}-{name}.png"), full_page=True
            )
