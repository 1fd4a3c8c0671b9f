"""A PostgreSQL cluster of the tests' own, from Debian's binaries, in a temporary folder; gone when the tests end.

def test_it(postgres): postgres.url            # LUODI_DATABASE for a process of its own
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

BINARIES = Path("/usr/lib/postgresql")
# PostgreSQL refuses to run as root; whoever owns the packages' folders, or nobody, lends a name.
SERVANTS = ("postgres", "nobody")


@dataclass(frozen=True)
class Cluster:
    """A running server with one empty database; `url` is what LUODI_DATABASE takes."""

    binaries: Path
    folder: Path
    port: int

    @property
    def url(self) -> str:
        return self.url_of("luodi")

    def url_of(self, database: str) -> str:
        return f"postgresql://luodi@127.0.0.1:{self.port}/{database}"

    def create(self, database: str) -> str:
        """A new empty database; returns its url."""
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "luodi", database)
        return self.url_of(database)

    def start(self) -> None:
        options = f"-h 127.0.0.1 -p {self.port} -k {self.folder} -c fsync=off -c max_connections=60"
        self._run(
            "pg_ctl",
            "-D",
            str(self.folder / "data"),
            "-o",
            options,
            "-l",
            str(self.folder / "log"),
            "-w",
            "start",
        )

    def stop(self, mode: str = "fast") -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", mode, "-w", "stop")

    def kill(self) -> None:
        """End the server at once, as a power cut would: no goodbye, recovery at the next start."""
        self.stop("immediate")

    def _run(self, program: str, *arguments: str) -> None:
        command = [*as_servant(), str(self.binaries / program), *arguments]
        done = subprocess.run(
            command, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stdout}")


def find_binaries() -> Path | None:
    """The newest installed version's programs."""
    found = sorted(BINARIES.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return found[-1].parent if found else None


def as_servant() -> list[str]:
    """The words before a command that must not run as root."""
    if os.geteuid() != 0:
        return []
    return ["runuser", "-u", _servant().pw_name, "--"]


def _servant() -> pwd.struct_passwd:
    for name in SERVANTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError(f"none of the accounts {SERVANTS} exists to run PostgreSQL under")


def missing() -> str:
    """Why no cluster can be made here; empty when it can."""
    if find_binaries() is None:
        return f"no PostgreSQL under {BINARIES}; apt-get install postgresql"
    if os.geteuid() == 0 and shutil.which("runuser") is None:
        return "running as root without runuser, and PostgreSQL refuses root"
    return ""


def new_cluster(folder: Path) -> Cluster:
    """Make and start a cluster in an empty folder."""
    binaries = find_binaries()
    if binaries is None:
        raise RuntimeError(missing())
    if os.geteuid() == 0:
        os.chown(folder, _servant().pw_uid, _servant().pw_gid)
    cluster = Cluster(binaries, folder, _free_port())
    setup: Sequence[str] = (
        "-D",
        str(folder / "data"),
        "-U",
        "luodi",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    )
    cluster._run("initdb", *setup, "--no-sync")
    cluster.start()
    cluster.create("luodi")
    return cluster


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A running cluster for the whole session; tests that kill it start it again."""
    if why := missing():
        pytest.skip(why)
    # not pytest's own folder: its parents are closed to other users
    folder = Path(tempfile.mkdtemp(prefix="luodi-postgres-"))
    cluster = None
    try:
        cluster = new_cluster(folder)
        yield cluster
    finally:
        if cluster is not None:
            cluster.stop("immediate")
        for _ in range(10):
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                break
            time.sleep(0.2)
