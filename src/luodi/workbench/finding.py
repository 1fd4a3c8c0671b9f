"""Desks are found, never listed: `DESKS` of `desks.py` of each app of the house, and of each scenario's `pages.py`."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
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
    for _package, found in _declarations(name):
        yield from found


def _declarations(name: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The same by the package that declares it."""
    scenarios = packages()
    house = [
        app.name
        for app in apps.get_app_configs()
        if app.name.startswith("luodi.") and app.name not in scenarios
    ]
    for package, module in (
        *((app, f"{app}.desks") for app in house),
        *((each, f"{each}.pages") for each in scenarios),
    ):
        if importlib.util.find_spec(module) is not None:
            yield package, tuple(getattr(importlib.import_module(module), name, ()))


def desks_of(person: Person) -> list[Desk]:
    return [desk for desk in desks() if desk.open_to(person)]


def desk_for(person: Person, code: str) -> Desk:
    """The desk with this code, for a person who has it; to all others it does not exist."""
    for desk in desks_of(person):
        if desk.code == code:
            return desk
    raise Http404


@dataclass(frozen=True, slots=True)
class Section:
    """The desks of one scenario that a person has, with the scenario's first page where it has one; `scenario` None for those
    of the house."""

    scenario: Scenario | None
    home: str
    desks: tuple[Desk, ...]


def sections_of(person: Person) -> list[Section]:
    """Scenarios in the order of their codes, the house last."""
    by_code = {f"luodi.scenarios.{each.code}": each for each in scenarios()}
    mine: dict[str, list[Desk]] = {}
    for package, found in _declarations("DESKS"):
        key = package if package in by_code else ""
        mine.setdefault(key, []).extend(desk for desk in found if desk.open_to(person))
    staff = is_staff_of_the_city(person)
    out = []
    for key, found in sorted(mine.items(), key=lambda item: (not item[0], item[0])):
        scenario = by_code.get(key)
        home = f"/{scenario.code}/" if scenario and staff and _has_home(scenario.code) else ""
        if found or home:
            out.append(Section(scenario, home, tuple(found)))
    return out


def _has_home(code: str) -> bool:
    try:
        return bool(resolve(f"/{code}/"))
    except Resolver404:
        return False
