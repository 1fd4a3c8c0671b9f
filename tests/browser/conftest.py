"""The real thing: a server and a worker of their own on a free port, and Debian's chromium looking at it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from tests import seat

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


@pytest.fixture(scope="module")
def chromium():
    """Closed with its module: two of them can't run side by side in one process."""
    if seat.CHROMIUM is None:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    with seat.chromium() as browser:
        yield browser


@pytest.fixture
def sign_in(site, chromium):
    """Open a window of one's own and sign in; a script error or a request that leaves the machine fails the test."""
    seats, faults = [], []

    def enter(login: str, width: int = 1440, height: int = 860):
        taken = seat.Seat(chromium, site, width, height, faults=faults)
        seats.append(taken)
        taken.page.goto("/login")
        taken.fill(taken.page.locator("main"), username=login, password=PASSWORD)
        taken.send("main button.go")
        return taken.page

    yield enter
    for each in seats:
        each.context.close()
    assert faults == []


@pytest.fixture
def shoot():
    """Pictures under the very names that docs/screenshots has."""
    return seat.shoot
