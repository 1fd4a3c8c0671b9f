"""The disk fills up, the database is restarted: a clear refusal, reads where they can be, and recovery by itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from luodi.kernel.action import FULL, TRY_LATER

ROOT = Path(__file__).resolve().parents[2]


class Clerk:
    """A process that keeps running through the outage; see tests.drills.clerk."""

    def __init__(self, home: Path, url: str = "") -> None:
        self.environment = {**os.environ, "LUODI_HOME": str(home), "LUODI_DATABASE": url}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.drills.clerk"], cwd=ROOT, env=self.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def ask(self, words: str) -> dict:
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "error" not in answer, answer
        return answer

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(30)


@contextmanager
def clerk_at(home: Path, url: str = "") -> Iterator[Clerk]:
    clerk = Clerk(home, url)
    try:
        assert clerk.ask("open") == {"ok": True}
        yield clerk
    finally:
        clerk.close()


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A disk of 16 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", place], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"no small disk here: {mounted.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


def fill(disk: Path) -> Path:
    """A file that takes all the room that is left."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as out:
        try:
            while True:
                out.write(bytes(4096))
        except OSError:
            pass
    return ballast


def test_a_full_disk_refuses_writes_keeps_reads_and_recovers(small_disk):
    home = small_disk / "home"
    with clerk_at(home) as clerk:
        assert clerk.ask("deliver 云川市一号文件") == {"ok": True}
        ballast = fill(small_disk)
        assert "磁盘已满" in clerk.ask("deliver 云川市二号文件")["refused"]
        assert clerk.ask("page") == {"status": 200}
        assert clerk.ask("state")["documents"] == 1
        ballast.unlink()
        assert clerk.ask("deliver 云川市二号文件") == {"ok": True}
        assert clerk.ask("state") == {"documents": 2, "read": 0, "chain": None}
        assert not list((home / "files").glob("*/tmp*"))


def test_a_database_without_room_refuses_the_whole_write(small_disk, tmp_path):
    """The file still fits on another disk, its row does not: nothing half done is left."""
    home = small_disk / "home"
    (tmp_path / "files").mkdir()
    home.mkdir()
    (home / "files").symlink_to(tmp_path / "files")
    with clerk_at(home) as clerk:
        ballast = fill(small_disk)
        refusals = 0
        for number in range(60):  # the journal has room for a few more rows
            told = clerk.ask(f"deliver 云川市{number}号文件")
            refusals += told.get("refused") == FULL
            assert told in ({"ok": True}, {"refused": FULL})
        before = clerk.ask("state")
        assert refusals > 0
        assert before["documents"] == 60 - refusals
        assert before["chain"] is None
        assert clerk.ask("page") == {"status": 200}
        ballast.unlink()
        assert clerk.ask("deliver 云川市补充文件") == {"ok": True}
        assert clerk.ask("state") == {"documents": before["documents"] + 1, "read": 0, "chain": None}


def test_a_restarted_database_is_waited_for_by_site_and_worker(postgres, tmp_path):
    url = postgres.create("outage")
    with clerk_at(tmp_path / "home", url) as clerk:
        worker = subprocess.Popen(
            [sys.executable, "-m", "luodi", "work"],
            cwd=ROOT,
            env=clerk.environment,
            stderr=subprocess.DEVNULL,
        )
        try:
            assert clerk.ask("deliver 云川市一号文件") == {"ok": True}
            until(lambda: clerk.ask("state")["read"] == 1)
            postgres.kill()
            try:
                assert clerk.ask("deliver 云川市二号文件") == {"refused": TRY_LATER}
            finally:
                postgres.start()
            assert clerk.ask("page") == {"status": 200}
            assert clerk.ask("deliver 云川市二号文件") == {"ok": True}
            until(lambda: clerk.ask("state") == {"documents": 2, "read": 2, "chain": None})
            assert worker.poll() is None
        finally:
            worker.terminate()
            worker.wait(30)


def until(holds, seconds: float = 60) -> None:
    patience = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < patience, "it did not recover by itself"
        time.sleep(0.3)
