"""Where the benchmarks of pages and log take place: a seeded city in a temporary folder, gone when the run ends."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache, partial

from tools import tables

from bench.runner import ROUNDS, in_turn


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


def page_seconds(
    login: str, address: str, others: Mapping[str, str], rounds: int = ROUNDS
) -> tuple[dict[str, float], int]:
    """Median seconds of our page ("ours") and of the other addresses by their names, and how many queries ours takes."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from luodi.kernel.models import Person

    client = Client()
    client.force_login(Person.objects.get(login=login))

    def ask(where: str) -> None:
        answer = client.get(where)
        if answer.status_code != 200:
            raise RuntimeError(f"{where} answered {answer.status_code}")

    contenders = {"ours": address, **others}
    seconds = in_turn({name: partial(ask, where) for name, where in contenders.items()}, rounds)
    with CaptureQueriesContext(connection) as queries:
        ask(address)
    return seconds, len(queries)
