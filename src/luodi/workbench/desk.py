"""A desk: the one declaration from which a register gets its pages, its files and its machine API.

    LOTS = Desk(
        code="parking", title="停车场", model=Lot, key=("code",),
        columns=(
            Column("code", "编号", frozen=True),
            Column("name", "名称", frozen=True, edit=True),
            Column("lead", "主管单位", edit=True),
            Column("berths", "泊位", Whole("个"), edit=True),
            Column("invest_fen", "投资", Money("万元")),
            Column("state", "状态", Choice(lamps={"open": "green"})),
        ),
        search=("code", "name"), filters=("lead", "state"), board="state", calendar="due_on", place=("lon", "lat"),
        scope=own_units("lead"), edit=keep_lot, create=keep_lot, bulk=(Bulk("验收", accept_lot),),
    )

Everything that is written goes through the actions named here:

    keep_lot(by: Person, lot: Lot, values: dict[str, Any]) -> Lot     `edit` gets the row, `create` a new unsaved one
    accept_lot(by: Person, lot: Lot) -> Lot                           a bulk action; with `asks`, values come third

`changed` writes values onto a row and checks them: most `edit` actions are that one line. A row's page takes evidence
once the model does: `kernel.evidence.accept_on(Lot, may=leads_lot)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.db.models import Field, Model, QuerySet
from django.urls import reverse

from luodi.kernel.action import Refused
from luodi.kernel.models import Person
from luodi.kernel.permission import is_staff_of_the_city
from luodi.workbench.kinds import Choice, Day, File, Kind, Link, Read, kind_of
from luodi.workbench.scope import Scope, everything

Action = Callable[..., Any]
Outline = tuple[str, Sequence[tuple[float, float]]]
"""A place's name and its border as (longitude, latitude)."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `name` is a field of the model, a path over links (`lot__lead`), an annotation or a property of the row.

    `frozen` columns stay in sight when the table moves sideways and come first; `edit` ones are changed in the table,
    in the form and by import, through the desk's actions; `hidden` ones wait in the column menu.
    """

    name: str
    title: str
    kind: Kind = None  # type: ignore[assignment]  # read off the model's field when not given
    frozen: bool = False
    edit: bool = False
    hidden: bool = False
    note: str = ""
    none: str = ""
    """What stands where no value means that there is none (现行, 长期), not that nobody knows it yet (待补)."""
    width: int = 0
    """In characters; 0 leaves it to the table."""
    is_stored: bool = field(default=False, init=False)
    """Whether the database knows it, so that it can be sorted and filtered; found by the desk."""
    is_needed: bool = field(default=False, init=False)
    """Whether a row can't be without it; read off the model's field by the desk."""

    @property
    def heading(self) -> str:
        """The title with its unit: 投资（万元）."""
        return f"{self.title}（{self.kind.unit}）" if self.kind.unit else self.title

    @property
    def unknown(self) -> str:
        """What stands where there is no value."""
        return self.none or self.kind.unknown

    def value(self, row: Any) -> Any:
        """The row's value, along the path; None where a link on the way is missing, or not yet given to a new row."""
        try:
            if "__" not in self.name:
                return getattr(row, self.name)
            for step in self.name.split("__"):
                row = getattr(row, step) if row is not None else None
            return row
        except ObjectDoesNotExist:
            return None

    def show(self, row: Any) -> str:
        return self.said(self.value(row))

    def said(self, value: Any) -> str:
        return self.none if self.none and value in (None, "") else self.kind.show(value)

    def reader(self) -> Read:
        """From a cell to a value; raises `ValueError` with a Chinese clause."""
        read = self.kind.reader()
        return lambda cell: None if self.none and cell.strip() == self.none else read(cell)


@dataclass(frozen=True, slots=True)
class Bulk:
    """An action over many rows, offered for a selection and for the whole filter; all rows or none.

    `asks` names columns of the desk whose values the person gives once for all rows.
    """

    title: str
    action: Action
    asks: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What pages call it by: the name of its action."""
        return str(self.action.action_name)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Desk:
    """A register as people work on it; the module's docstring shows one.

    `open_to` says who has the desk at all; `scope` which of its rows a person sees. All others answer 404.
    `key` names the columns that tell one row from another in an imported sheet: without it nothing is imported.
    """

    code: str
    title: str
    model: type[Model]
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    about: str = ""
    """One sentence under the title: what stands here, and where it comes from."""
    when_empty: str = ""
    """What to do first when there is no row yet."""
    search: tuple[str, ...] = ()
    """Paths of text fields that the search box looks into."""
    filters: tuple[str, ...] = ()
    """Names of columns, in the order of the filter line."""
    order: tuple[str, ...] = ("pk",)
    board: str = ""
    calendar: str = ""
    place: tuple[str, str] | None = None
    """Names of the fields that hold longitude and latitude."""
    outlines: Callable[[], Iterable[Outline]] = tuple
    """Borders that the map draws beneath the points."""
    open_to: Callable[[Any], bool] = is_staff_of_the_city
    scope: Scope = everything
    rows: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda rows: rows
    """Annotations and prefetches that the columns need."""
    edit: Action | None = None
    create: Action | None = None
    bulk: tuple[Bulk, ...] = ()
    page: Callable[[Any], str] | None = None
    """The address of a row's own page, where the model has a better one than the workbench's."""
    links: tuple[tuple[str, str], ...] = ()
    """Pages of the scenario's own that belong beside this desk: title and route."""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_-]*", self.code):
            raise ValueError(
                f"desk {self.code!r}: a code is small letters, digits, - and _, for it stands in addresses"
            )
        object.__setattr__(self, "columns", tuple(self._resolved(column) for column in self.columns))
        for name in (*self.filters, *self.key, *filter(None, (self.board, self.calendar)), *self._asked):
            if name not in self._by_name:
                raise ValueError(f"desk {self.code}: no column is named {name}")
        if self.board and not isinstance(self.column(self.board).kind, Choice):
            raise ValueError(f"desk {self.code}: a board needs a column of choices, {self.board} is none")
        if self.calendar and not isinstance(self.column(self.calendar).kind, Day):
            raise ValueError(f"desk {self.code}: a calendar needs a column of days, {self.calendar} is none")
        frozen = [column.frozen for column in self.columns]
        if frozen != sorted(frozen, reverse=True):
            raise ValueError(f"desk {self.code}: frozen columns come first")

    def column(self, name: str) -> Column:
        return self._by_name[name]

    def seen_by(self, person: Person) -> QuerySet[Any]:
        """The rows this person sees, with all that the columns need in a fixed number of queries."""
        paths = {path for column in self.columns if column.is_stored for path in _links_on(column)}
        rows = self.scope(person, self.rows(self.model._default_manager.all()))
        return rows.select_related(*sorted(paths)) if paths else rows

    def address(self, row: Any) -> str:
        """Where a row is opened."""
        return self.page(row) if self.page else reverse("workbench:detail", args=[self.code, row.pk])

    @property
    def names(self) -> Iterable[str]:
        return self._by_name.keys()

    @property
    def editable(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.edit)

    @property
    def views(self) -> tuple[str, ...]:
        """The ways to look at it, table first."""
        return (
            "table",
            *(["board"] if self.board else []),
            *(["calendar"] if self.calendar else []),
            *(["map"] if self.place else []),
        )

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @property
    def _asked(self) -> list[str]:
        return [name for bulk in self.bulk for name in bulk.asks]

    def _resolved(self, column: Column) -> Column:
        found = field_at(self.model, column.name)
        annotated = (
            found is None and column.name in self.rows(self.model._default_manager.all()).query.annotations
        )
        if found is None and column.kind is None:
            raise ValueError(
                f"desk {self.code}: {column.name} is no field of {self.model.__name__}; give its kind"
            )
        kind = column.kind or kind_of(found)
        if isinstance(kind, Choice) and not kind.choices and found is not None:
            kind = replace(kind, choices=tuple(found.flatchoices))
        out = replace(column, kind=kind)
        object.__setattr__(out, "is_stored", found is not None or annotated)
        object.__setattr__(out, "is_needed", found is not None and _is_needed(found))
        return out


def field_at(model: type[Model], path: str) -> Field[Any, Any] | None:
    """The model's field at the end of a path over links; None when there is none."""
    found = None
    for step in path.split("__"):
        try:
            found = model._meta.get_field(step)
        except FieldDoesNotExist:
            return None
        if found.is_relation:
            model = found.related_model
    return found if isinstance(found, Field) else None


def allows(action: Action | None, person: Any, row: Any = None) -> bool:
    """Whether the action's own predicate lets the person act on the row: pages offer only what would be done."""
    if action is None:
        return False
    return bool(action.may(person, row))


def title_of(desk: Desk, row: Any) -> str:
    """What a row is called where there is no room for all of it: its frozen columns."""
    return " ".join(column.show(row) for column in desk.columns if column.frozen) or str(row)


def changed(row: Any, values: dict[str, Any]) -> Any:
    """Write `values` onto a row (new or kept), check them by the model's own rules, save; raises `Refused`."""
    for name, value in values.items():
        setattr(row, name, _fit(row, name, value))
    # What stands at its default is right, also where a form would have to be told something else (an empty list).
    kept = [
        each.name
        for each in row._meta.fields
        if each.has_default() and each.value_from_object(row) == each.get_default()
    ]
    try:
        row.full_clean(exclude=kept, validate_unique=False, validate_constraints=False)
        # Of these nothing is left out: a default, too, may be taken by another row.
        row.validate_unique()
        row.validate_constraints()
    except ValidationError as error:
        raise Refused(in_words(row, error)) from error
    row.save()
    return row


def in_words(row: Any, error: ValidationError) -> str:
    """A model's objection as one Chinese sentence that names the fields."""
    if not hasattr(error, "error_dict"):
        return "；".join(error.messages)
    said = []
    for name, errors in error.message_dict.items():
        title = "" if name == "__all__" else str(row._meta.get_field(name).verbose_name) + "："
        said.append(title + "".join(errors))
    return "；".join(said)


def _fit(row: Any, name: str, value: Any) -> Any:
    """A field that knows no null takes its default for unknown: an empty text, the first state."""
    target = row._meta.get_field(name)
    return target.get_default() if value is None and not target.null else value


def _is_needed(target: Field[Any, Any]) -> bool:
    return not (target.null or target.blank or target.has_default()) and target.editable


def _links_on(column: Column) -> list[str]:
    """The links that a column's path goes over, itself included when it is one: lot__lead gives lot, lot__lead."""
    steps = column.name.split("__")
    ends = range(1, len(steps) + isinstance(column.kind, Link | File))
    return ["__".join(steps[:end]) for end in ends]
