"""The real thing: a server and a worker of their own on a free port, and Debian's chromium looking at it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PASSWORD = "luodi-yunchuan"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[str]:
    """`luodi run` in an empty home, as a newcomer starts it; the address it answers on."""
    home, port = tmp_path_factory.mktemp("home"), free_port()
    log = home / "run.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "luodi", "run", "--port", str(port)],
            env={**os.environ, "LUODI_HOME": str(home)},
            stdout=subprocess.PIPE,
            stderr=out,
            text=True,
        )
        try:
            for line in server.stdout:
                if "Ctrl+C" in line:
                    break
            else:
                pytest.fail(f"luodi run did not start: {log.read_text(encoding='utf-8')[-2000:]}")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def sign_in(site, chromium):
    """Open a window of one's own and sign in; a script error or a request that leaves the machine fails the test."""
    windows, faults = [], []

    def enter(login: str, width: int = 1440, height: int = 860):
        window = chromium.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
        page = window.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request", lambda sent: sent.url.startswith((site, "blob:", "data:")) or faults.append(sent.url)
        )
        page.goto(f"{site}/login")
        page.fill("[name=username]", login)
        page.fill("[name=password]", PASSWORD)
        page.click("main button.go")
        page.wait_for_load_state()
        windows.append(window)
        return page

    yield enter
    for window in windows:
        window.close()
    assert faults == []


@pytest.fixture
def shoot():
    """Keep a screenshot in the folder that LUODI_SHOTS names (docs/screenshots for those of the docs); else do nothing."""
    folder = Path(os.environ.get("LUODI_SHOTS", ""))

    def keep(page, name: str) -> None:
        if os.environ.get("LUODI_SHOTS"):
            folder.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=folder / f"{name}.png")

    return keep
