"""待办 inbox: everything that is due from a person, brought by whoever knows of it.

An app or scenario that waits for people has a module `due.py`; nothing else is edited:

    def due_from(person: Person, today: date) -> Iterable[Due]:
        if units := liaison_units(person):                         # ask nothing for those who can owe nothing
            for case in Case.objects.filter(unit__in=units, ...):  # one or two queries, however many rows
                yield Due("cases.answer", _("待答复"), case.title, _("答复诉求人"), case.due_on, case.url)
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.apps import apps
from django.utils import timezone

from luodi.kernel.models import Person

SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class Batch:
    """A way to do many dues of a kind at once: a page to go to, or an address that `posts`."""

    title: str
    url: str
    posts: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """One thing due from a person.

    `kind` groups and filters (`app.word`, the same wherever it is said), `title` is what people read for it; `about` is
    the thing it is about, `what` the deed as a precise sentence, `by` the last day for it (None: there is time), `note`
    what one should know before, `verb` the word on the button, `source` where the thing comes from.
    """

    kind: str
    title: str
    about: str
    what: str
    by: date | None
    url: str
    note: str = ""
    verb: str = "办理"
    source: str = ""
    batch: Batch | None = None

    def days_left(self, today: date) -> int | None:
        return None if self.by is None else (self.by - today).days

    def is_late(self, today: date) -> bool:
        return self.by is not None and self.by < today

    def is_soon(self, today: date) -> bool:
        return self.by is not None and 0 <= (self.by - today).days <= SOON_DAYS


Provider = Callable[[Person, date], Iterable[Due]]


@cache
def providers() -> tuple[Provider, ...]:
    """`due_from` of every app of the house that has a `due.py`, in the order of the apps."""
    modules = [f"{app.name}.due" for app in apps.get_app_configs() if app.name.startswith("luodi.")]
    return tuple(importlib.import_module(name).due_from for name in modules if importlib.util.find_spec(name))


def everything_due(person: Person, today: date | None = None) -> list[Due]:
    """All that is due from a person: kinds in the order their apps tell them, the most pressing first in each."""
    today = today or timezone.localdate()
    found = [due for provider in providers() for due in provider(person, today)]
    order = {kind: at for at, kind in enumerate(dict.fromkeys(due.kind for due in found))}
    return sorted(found, key=lambda due: (order[due.kind], due.by or date.max))
