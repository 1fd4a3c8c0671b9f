"""The authorisation matrix outside this folder: each package that has pages of its own keeps its rows beside its tests.

A `tests/test_matrix.py` holds `MATRIX = {route: (method, what is sent, {login: answer})}` with whole routes as Django
prints them; "" is the visitor who has not signed in. `check` asks as each of them and compares.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.test import Client

SOURCES = Path(__file__).resolve().parent.parent / "src" / "luodi"
Row = tuple[str, Mapping[str, Any], Mapping[str, int]]

STAFF = ("ducha", "changwu", "fagai", "chenglan", "tongji", "rexian", "shenji")
"""One of each kind: supervision, leader, liaison, liaison of a division, statistician, operator, auditor."""
ADMINISTRATORS = ("xitong", "anquan", "rizhi")


def staff(answer: int, **others: int) -> dict[str, int]:
    """All staff get this answer but those named; administrators get 404, a visitor is sent to the sign-in page."""
    return {"": 302, **dict.fromkeys(STAFF, answer), **dict.fromkeys(ADMINISTRATORS, 404), **others}


def everyone(answer: int) -> dict[str, int]:
    """Open to anyone, signed in or not."""
    return dict.fromkeys(("", *STAFF, *ADMINISTRATORS), answer)


def check(client: Client, people: Mapping[str, Any], address: str, row: Row) -> None:
    """Ask for the address as each login of the row; every one finds the data as the others did."""
    method, sent, answers = row
    given = {}
    for login in answers:
        with transaction.atomic():
            client.logout()
            if login:
                client.force_login(people[login])
            given[login] = getattr(client, method)(address, sent).status_code
            transaction.set_rollback(True)
    assert given == answers, f"{method} {address}"


def rows_elsewhere() -> dict[str, Row]:
    """The rows of every package; the workbench has a matrix by desk instead."""
    found: dict[str, Row] = {}
    for place in sorted(SOURCES.rglob("tests/test_matrix.py")):
        if place.parent.parent.name != "workbench":
            name = f"matrix_of_{place.parent.parent.name}"
            spec = importlib.util.spec_from_file_location(name, place)
            assert spec and spec.loader
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            found |= module.MATRIX
    return found
