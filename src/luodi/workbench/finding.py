"""Desks are found, never listed: `DESKS` of `desks.py` of each app of the house, and of each scenario's `pages.py`."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.http import Http404
from django.urls import Resolver404, resolve

from luodi.kernel.models import Person
from luodi.kernel.permission import is_staff_of_the_city
from luodi.kernel.scenario import Scenario, packages, scenarios
from luodi.workbench.desk import Desk

TAKEN = {"api", "tokens"}
"""Words that stand in the place of a code in addresses."""


@cache
def desks() -> tuple[Desk, ...]:
    """Every desk, those of the house first."""
    return gather()


def gather() -> tuple[Desk, ...]:
    """Look the desks up anew. Raises `ValueError` when two have one code."""
    found = tuple(declared("DESKS"))
    codes = [desk.code for desk in found]
    if doubled := {code for code in codes if codes.count(code) > 1 or code in TAKEN}:
        raise ValueError(f"desk codes taken twice or reserved: {', '.join(sorted(doubled))}")
    return found


def declared(name: str) -> Iterator[Any]:
    """What apps of the house declare under this name in `desks.py`, and scenarios in `pages.py`."""
    scenarios = packages()
    house = [
        app.name
        for app in apps.get_app_configs()
        if app.name.startswith("luodi.") and app.name not in scenarios
    ]
    for module in (*(f"{app}.desks" for app in house), *(f"{package}.pages" for package in scenarios)):
        if importlib.util.find_spec(module) is not None:
            yield from getattr(importlib.import_module(module), name, ())


def desks_of(person: Person) -> list[Desk]:
    return [desk for desk in desks() if desk.open_to(person)]


def desk_for(person: Person, code: str) -> Desk:
    """The desk with this code, for a person who has it; to all others it does not exist."""
    for desk in desks_of(person):
        if desk.code == code:
            return desk
    raise Http404


def homes_of(person: Person) -> list[Scenario]:
    """The scenarios that have a first page of their own (`path("")` in their `urls.py`), for staff."""
    return [each for each in scenarios() if _has_home(each.code)] if is_staff_of_the_city(person) else []


def _has_home(code: str) -> bool:
    try:
        return bool(resolve(f"/{code}/"))
    except Resolver404:
        return False
