"""A person before a screen: how the tests of every folder use a real browser.

    pytestmark = IN_A_BROWSER

    @pytest.mark.parametrize("wide", WIDTHS)
    def test_the_page_fits(wide, city, sit):
        sit(city["ducha"], wide).visit("/inbox/", "inbox")

`sit` is a fixture. The environment variable LUODI_SHOTS names a folder for pictures of the pages, for people to look at.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this computer"),
]
WIDTHS = (1366, 390)
"""A desk and a phone, in pixels."""
HERE = {"longitude": 104.061234, "latitude": 30.661234}
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
SPILLED = """[
    ...(document.documentElement.scrollWidth > innerWidth + 1 ? ["the page"] : []),
    ...[...document.querySelectorAll(".card, .bar, .look")]
        .filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.className),
]"""


@contextmanager
def chromium() -> Iterator[Any]:
    """A running browser without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, "--lang=zh-CN"])
        yield browser
        browser.close()


def shoot(page: Any, name: str, **options: Any) -> None:
    """A picture of the page, where LUODI_SHOTS asks for pictures."""
    if folder := os.environ.get("LUODI_SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", **options)


class Seat:
    """`faults` receives script errors and requests to other hosts. `name` goes before the names of pictures."""

    def __init__(
        self, browser: Any, url: str, wide: int, high: int = 860, *, faults: list[str], name: str = "", here: dict[str, float] = HERE,
    ) -> None:  # fmt: skip
        self.url, self.wide, self.name = url, wide, name
        self.context = browser.new_context(
            viewport={"width": wide, "height": high}, base_url=url, locale="zh-CN", permissions=["geolocation"], geolocation=here,
        )  # fmt: skip
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.page.on("pageerror", lambda error: faults.append(str(error)))
        self.page.on(
            "request", lambda sent: sent.url.startswith((url, "blob:", "data:")) or faults.append(sent.url)
        )

    def sign_in(self, person: Any) -> None:
        """Through no page: for a site that shares the test's database."""
        door = Client()  # of one's own: one client's second person would end the session of the first
        door.force_login(person)
        self.context.add_cookies(
            [{"name": "sessionid", "value": door.cookies["sessionid"].value, "url": self.url}]
        )

    def fill(self, form: Any, **values: str) -> None:
        """Every value into the field of its name, whatever kind of field it is; an option goes by its value or words."""
        for name, value in values.items():
            field = form.locator(f"[name='{name}']")
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def send(self, button: str | Any) -> None:
        """Press the button that leads to another page."""
        with self.page.expect_navigation():
            (self.page.locator(button) if isinstance(button, str) else button).click()

    def look(self, name: str) -> None:
        """Nothing spills over the edge; a picture where somebody wants one."""
        spilled = self.page.evaluate(SPILLED)
        assert spilled == [], f"{name}, {self.wide} wide: {spilled}"
        self.shoot(name)

    def visit(self, address: str, name: str) -> None:
        """Open the page, which has one heading, and look at it."""
        self.page.goto(address)
        assert self.page.locator("h1").count() == 1, name
        self.look(name)

    def shoot(self, name: str) -> None:
        shoot(self.page, f"{self.name}-{self.wide}-{name}", full_page=True)


@pytest.fixture
def sit(
    live_server: Any, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Seat]]:
    """Seats before the running site: `sit(person, wide)`, without a person for a visitor from outside.

    A script error, or a request to any other host, fails the test. Pictures bear the name of the test's package.
    """
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    faults: list[str] = []
    with chromium() as browser:

        def seat(person: Any = None, wide: int = WIDTHS[0], high: int = 860, **options: Any) -> Seat:
            name = request.path.parent.parent.name
            taken = Seat(browser, live_server.url, wide, high, faults=faults, name=name, **options)
            if person is not None:
                taken.sign_in(person)
            return taken

        yield seat
    assert faults == []
