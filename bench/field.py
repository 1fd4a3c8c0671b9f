"""Where the benchmarks of pages and log take place: a seeded city in a temporary folder, gone when the run ends."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import cache

from tools import tables


@cache
def set_up() -> str:
    """Start Django once, on an empty database of its own with every table made; returns its folder."""
    home = tempfile.mkdtemp(prefix="luodi-bench-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ["LUODI_HOME"] = home
    os.environ.pop("LUODI_DATABASE", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    tables.set_up()
    tables.make_tables()
    return home


@cache
def seed(commitments: int) -> None:
    """The large city, once, without its log."""
    from tools.seed import Size, fill

    set_up()
    fill(Size(commitments=commitments, audit=0))
