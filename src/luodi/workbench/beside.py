"""What other apps know of a thing, as links on its page: found by file name, so that nobody imports upward.

# links.py of any app or scenario
def links_for(person: Person, subject: Model) -> Iterable[Link]: ...
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db.models import Model

from luodi.kernel.models import Person


@dataclass(frozen=True, slots=True)
class Link:
    title: str
    url: str


@cache
def sources() -> tuple[Callable[[Person, Model], Iterable[Link]], ...]:
    """`links_for` of every app of the house that has a `links.py`, in the order of the apps."""
    names = [f"{app.name}.links" for app in apps.get_app_configs() if app.name.startswith("luodi.")]
    return tuple(importlib.import_module(name).links_for for name in names if importlib.util.find_spec(name))


def links_beside(person: Person, subject: Model) -> list[Link]:
    """Links for this person; a source asks the database nothing, since the page has few questions to give away."""
    return [link for source in sources() for link in source(person, subject)]
