"""What a person asks of a desk by an address: words, filters, order, columns, page; and the rows that answer.

    ?q=东门&state=building&due_on_to=2027-06-30&berths=-&sort=-due_on&page=2

A ranged column takes `_from` and `_to`, both included; `-` asks for rows where the value is unknown (待补).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, Q, QuerySet, Value, When

from luodi.kernel.action import Refused
from luodi.kernel.models import Person
from luodi.reading.forms.clean import clean
from luodi.workbench.desk import Column, Desk
from luodi.workbench.kinds import Choice, File, Link, Words, YesNo

PAGE = 50
MOST_COUNTED = 10_000
"""A total is counted up to here; beyond it a page says that there are more, for counting a million costs more than the page."""
UNKNOWN = "-"
MOST_OPTIONS = 300


class CappedPaginator(Paginator):
    """Pages over the first `MOST_COUNTED` rows; who wants what lies beyond narrows the filter or turns the order."""

    @cached_property
    def _found(self) -> int:
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        return rows.order_by().values("pk")[: MOST_COUNTED + 1].count()

    @property
    def count(self) -> int:  # type: ignore[override]
        return min(self._found, MOST_COUNTED)

    @property
    def is_capped(self) -> bool:
        return self._found > MOST_COUNTED


@dataclass(frozen=True)
class Filter:
    """One filter of the line above the table, as it is set now."""

    column: Column
    value: str = ""
    low: str = ""
    high: str = ""

    @property
    def is_set(self) -> bool:
        return bool(self.value or self.low or self.high)

    @property
    def is_link(self) -> bool:
        """Its options are looked up when a person reaches for them."""
        return isinstance(self.column.kind, Link)

    @property
    def is_typed(self) -> bool:
        """A link that a person typed the name of, since there are too many to choose from."""
        return bool(self.value) and self.value != UNKNOWN and not is_pk(self.value)


@dataclass(frozen=True)
class Asked:
    """A desk, who asks, and the query of the address. `problems` are sentences on what in it can't be read."""

    desk: Desk
    person: Person
    query: Mapping[str, str]
    shown: tuple[Column, ...] = ()
    problems: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return self._asked("q")

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.shown or tuple(column for column in self.desk.columns if not column.hidden)

    @cached_property
    def filters(self) -> list[Filter]:
        return [
            Filter(
                self.desk.column(name),
                *(self._asked(f"{name}{end}") for end in ("", "_from", "_to")),
            )
            for name in self.desk.filters
        ]

    @cached_property
    def sort(self) -> str:
        """The column sorted by, with - before it for the greatest first; empty for the desk's own order."""
        asked = self.query.get("sort", "")
        sortable = {column.name for column in self.desk.columns if is_sortable(column)}
        return asked if asked.removeprefix("-") in sortable else ""

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """All rows that answer, in order."""
        rows = self.desk.seen_by(self.person).filter(*self._conditions())
        name = self.sort.removeprefix("-")
        if not name:
            return rows.order_by(*self.desk.order, "pk")
        by = _order(self.desk.column(name))
        first = by.desc(nulls_last=True) if self.sort.startswith("-") else by.asc(nulls_last=True)
        return rows.order_by(first, *self.desk.order, "pk")

    def sure_rows(self) -> QuerySet[Any]:
        """The rows for what can't be taken back by a look; raises `Refused` when a filter could not be read."""
        rows = self.rows
        if self.problems:
            raise Refused("；".join(self.problems) + "。")
        return rows

    def page(self, size: int = PAGE) -> Page:
        return CappedPaginator(self.rows, size).get_page(self.query.get("page"))

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or any(each.is_set for each in self.filters))

    @property
    def in_words(self) -> str:
        """The filters as a heading of a print or a file says them; empty for the whole desk."""
        said = [f"含“{self.words}”"] if self.words else []
        for each in self.filters:
            title = each.column.heading
            if each.value:
                said.append(f"{title}：{self.said(each)}")
            if each.low or each.high:
                said.append(f"{title}：{each.low or '…'} 至 {each.high or '…'}")
        return "；".join(said)

    def _asked(self, name: str) -> str:
        return clean(self.query.get(name, "")).strip()[:100]

    def said(self, each: Filter) -> str:
        kind = each.column.kind
        if each.value == UNKNOWN:
            return each.column.unknown
        if isinstance(kind, Link):
            row = kind.model._default_manager.filter(pk=each.value).first() if is_pk(each.value) else None
            return kind.show(row)
        if isinstance(kind, Choice):
            return next((str(title) for value, title in kind.choices if str(value) == each.value), each.value)
        return each.value

    def _conditions(self) -> list[Q]:
        wanted = []
        for word in self.words.split():
            any_field = Q(pk__in=())
            for path in self.desk.search:
                any_field |= Q(**{f"{path}__icontains": word})
            wanted.append(any_field)
        for each in self.filters:
            try:
                wanted += _where(each)
            except ValueError as error:
                self.problems.append(f"{each.column.title}：{error}，这个条件没有生效")
        return wanted


def is_pk(text: str) -> bool:
    """Whether a text is a row's number that a database can hold."""
    return text.isdecimal() and len(text) <= 18


def is_sortable(column: Column) -> bool:
    return column.is_stored and not isinstance(column.kind, Words | File)


def _where(each: Filter) -> list[Q]:
    """The conditions of one filter; raises `ValueError` for what can't be read."""
    name, kind = each.column.name, each.column.kind
    if each.value == UNKNOWN:
        blank = Q(**{f"{name}__isnull": True})
        return [blank | Q(**{name: ""}) if kind.control in {"text", "area"} else blank]
    wanted = []
    if each.value:
        if isinstance(kind, Link):
            wanted.append(Q(**{name: int(each.value) if is_pk(each.value) else kind.reader()(each.value)}))
        elif isinstance(kind, Choice | YesNo) or kind.is_ranged:
            wanted.append(Q(**{name: kind.reader()(each.value)}))
        else:
            wanted.append(Q(**{f"{name}__icontains": each.value}))
    for bound, sign in ((each.low, "gte"), (each.high, "lte")):
        if bound:
            value = kind.reader()(bound)
            wanted.append(Q(**{f"{name}__{sign}": value}))
    return wanted


def _order(column: Column) -> Any:
    """By what stands in the cell: a link by its name, a choice in the order of its choices."""
    kind = column.kind
    if isinstance(kind, Link):
        return F(f"{column.name}__{kind.by[0]}")
    if isinstance(kind, Choice):
        places = [When(**{column.name: value}, then=Value(at)) for at, (value, _) in enumerate(kind.choices)]
        return Case(*places, default=None)
    return F(column.name)


def occurring(desk: Desk, person: Person, column: Column) -> Sequence[tuple[str, str]] | None:
    """What a filter of a link column offers: the rows of the other register that occur in those one sees.

    None when there are too many to choose from: then a person types the name.
    """
    kind = column.kind
    assert isinstance(kind, Link)
    rows = desk.scope(person, desk.rows(desk.model._default_manager.all())).order_by()
    found = list(kind.model._default_manager.filter(pk__in=rows.values(column.name))[: MOST_OPTIONS + 1])
    return [(str(row.pk), kind.show(row)) for row in found] if len(found) <= MOST_OPTIONS else None
