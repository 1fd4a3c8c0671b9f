"""The one door: on a machine that is not ready it says one clear line, and what to do."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from luodi.commands.serve import port_is_busy

ROOT = Path(__file__).resolve().parent.parent
BUILT_IN = "/usr/bin:/bin"


@pytest.fixture
def checkout(tmp_path) -> Path:
    """A checkout without an environment: the launcher and what it installs from."""
    for name in ("luodi", "pyproject.toml", "package.json", "package-lock.json"):
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    return tmp_path


def call(
    checkout: Path, *words: str, path: str = BUILT_IN, **variables: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", checkout / "luodi", *words],
        env={"PATH": path, "HOME": str(checkout), **variables},
        capture_output=True,
        text=True,
        timeout=120,
    )


def fake(folder: Path, name: str, body: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


def said_one_line(answer: subprocess.CompletedProcess[str]) -> str:
    lines = [line for line in answer.stderr.splitlines() if line.startswith("luodi:")]
    assert answer.returncode == 1
    assert len(lines) == 1, answer.stderr
    assert "Traceback" not in answer.stderr
    return lines[0]


def test_an_old_python_is_named(checkout):
    shims = checkout / "shims"
    for name in ("python3", "python3.14", "python3.13", "python3.12", "python3.11"):
        fake(shims, name, 'case "$1" in -V) echo "Python 3.9.2";; *) exit 1;; esac')
    line = said_one_line(call(checkout, "setup", path=f"{shims}:{BUILT_IN}"))
    assert "3.11" in line
    assert "3.9.2" in line


def test_a_missing_venv_module_is_named(checkout):
    shims = checkout / "shims"
    fake(shims, "python3", f'case "$2" in *"import venv"*) exit 1;; *) exec {sys.executable} "$@";; esac')
    assert "python3-venv" in said_one_line(call(checkout, "setup", path=f"{shims}:{BUILT_IN}"))


def test_no_network_is_named(checkout):
    (checkout / ".venv").symlink_to(make_bare_venv(checkout))
    nowhere = {
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_RETRIES": "0",
        "PIP_TIMEOUT": "2",
        "PIP_CONFIG_FILE": os.devnull,
    }
    line = said_one_line(call(checkout, "setup", **nowhere))
    assert "软件源" in line


def make_bare_venv(folder: Path) -> Path:
    place = folder / "bare"
    subprocess.run([sys.executable, "-m", "venv", place], check=True)
    return place


def test_a_busy_port_is_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = subprocess.run(
            [sys.executable, "-m", "luodi", "run", "--port", str(port)],
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert answer.returncode == 1
    assert answer.stderr.strip() == f"端口 {port} 已被占用；换一个：./luodi run --port {port + 1}"


def test_an_unknown_command_is_named():
    answer = subprocess.run(
        [sys.executable, "-m", "luodi", "fly"], capture_output=True, text=True, timeout=60
    )
    assert answer.returncode == 2
    assert "没有“fly”这个命令" in answer.stderr


def test_ctrl_c_ends_all_that_was_started(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    house = subprocess.Popen(
        [sys.executable, "-m", "luodi", "run", "--no-demo", "--port", str(port)],
        env={**os.environ, "LUODI_HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert any("Ctrl+C" in line for line in house.stdout)
        os.killpg(house.pid, signal.SIGINT)  # as a terminal sends it: to the whole group
        assert house.wait(14) == 0
        assert not port_is_busy("127.0.0.1", port)
    finally:
        house.kill()
