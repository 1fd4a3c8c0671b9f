"""What other apps know of a thing, on its page and on its forms: found by file name, so that nobody imports upward.

# links.py of any app or scenario: links on the page
def links_for(person: Person, subject: Model) -> Iterable[Link]: ...

# computed.py of any app or scenario: figures that stand ready on a form, as known on a day
def computed_for(person: Person, subject: Model, on: date) -> Iterable[Computed]: ...
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Model

from luodi.kernel.models import Person


@dataclass(frozen=True, slots=True)
class Link:
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Computed:
    """What the house has counted of a thing, so that nobody types it: `words` are fit for a report.

    `percent` is how much of the task it makes, by the arithmetic `why_percent`; None where it makes no share of anything.
    `lamp` is the class of its light and `light` what that is called, `why` tells how the light comes about.
    """

    title: str
    words: str
    url: str
    percent: int | None = None
    why_percent: str = ""
    lamp: str = ""
    light: str = ""
    why: str = ""


def links_beside(person: Person, subject: Model) -> list[Link]:
    """Links for this person; a source asks the database nothing, since the page has few questions to give away."""
    return [link for source in _sources("links", "links_for") for link in source(person, subject)]


def computed_beside(person: Person, subject: Model, on: date) -> list[Computed]:
    """What is counted of the thing by that day; all sources together have four queries."""
    return [each for source in _sources("computed", "computed_for") for each in source(person, subject, on)]


@cache
def _sources(module: str, function: str) -> tuple[Callable[..., Iterable[Any]], ...]:
    """That function of every app of the house that has such a module, in the order of the apps."""
    names = [f"{app.name}.{module}" for app in apps.get_app_configs() if app.name.startswith("luodi.")]
    return tuple(
        getattr(importlib.import_module(name), function) for name in names if importlib.util.find_spec(name)
    )
