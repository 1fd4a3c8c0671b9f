"""待办 inbox: everything that is due from a person, brought by whoever knows of it.

An app or scenario that waits for people has a module `due.py`; nothing else is edited:

    def due_from(person: Person, today: date) -> Iterable[Due]:
        if units := liaison_units(person):                         # ask nothing for those who can owe nothing
            for case in Case.objects.filter(unit__in=units, ...):  # one or two queries, however many rows
                yield Due("cases.answer", _("待答复"), case.title, _("答复诉求人"), case.due_on, case.url)

Where a due can be said from a few columns, the module yields an `Ask` in its place: the asks of all modules together
are one query, so that a person to whom twenty scenarios have a question still opens the page at once.

            yield Ask(Task.objects.filter(owner=person), ("title",), by="due_on", say=lambda key, by, title: Due(...))
"""

from __future__ import annotations

import importlib
import importlib.util
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import BigIntegerField, DateField, F, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast
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


MOST_TEXTS = 6


@dataclass(frozen=True, slots=True)
class Ask:
    """Rows of one table, each of which is one due: `say(key, by, *texts)` puts it into words.

    `texts` names columns, over relations too, whose content is told as text, None where it is empty; `by` names a column
    of days, and `key` one of whole numbers, mostly for the address.
    """

    rows: QuerySet[Any]
    texts: tuple[str, ...]
    say: Callable[..., Due]
    by: str = ""
    key: str = "pk"

    def told(self, number: int) -> QuerySet[Any, Any]:
        """The rows in the one shape that all asks share, led by the number of this ask."""
        names = self.texts + ("",) * (MOST_TEXTS - len(self.texts))
        return self.rows.order_by().values_list(
            Cast(Value(number), IntegerField()),
            Cast(F(self.key), BigIntegerField()),
            Cast(F(self.by) if self.by else Value(None), DateField()),
            *(Cast(F(name) if name else Value(None), TextField()) for name in names),
        )


def answered(brought: Iterable[Due | Ask]) -> list[Due]:
    """Dues as they were brought, each ask replaced by its own: one query for all asks, none when there is none."""
    items = list(brought)
    dues = _answers([item for item in items if isinstance(item, Ask)])
    return [due for item in items for due in ([item] if isinstance(item, Due) else next(dues))]


def _answers(asks: Sequence[Ask]) -> Iterator[list[Due]]:
    """The dues of each ask in turn, the most pressing first."""
    told = defaultdict(list)
    if asks:
        first, *others = (ask.told(number) for number, ask in enumerate(asks))
        for number, *row in first.union(*others, all=True):
            told[number].append(row)
    for number, ask in enumerate(asks):
        rows = sorted(told[number], key=lambda row: (row[1] or date.max, row[0]))
        yield [ask.say(key, by, *texts[: len(ask.texts)]) for key, by, *texts in rows]


Provider = Callable[[Person, date], Iterable[Due | Ask]]


@cache
def providers() -> tuple[Provider, ...]:
    """`due_from` of every app of the house that has a `due.py`, in the order of the apps."""
    modules = [f"{app.name}.due" for app in apps.get_app_configs() if app.name.startswith("luodi.")]
    return tuple(importlib.import_module(name).due_from for name in modules if importlib.util.find_spec(name))


def everything_due(person: Person, today: date | None = None) -> list[Due]:
    """All that is due from a person: kinds in the order their apps tell them, the most pressing first in each."""
    today = today or timezone.localdate()
    found = answered(each for provider in providers() for each in provider(person, today))
    order = {kind: at for at, kind in enumerate(dict.fromkeys(due.kind for due in found))}
    return sorted(found, key=lambda due: (order[due.kind], due.by or date.max))
