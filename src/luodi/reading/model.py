"""What a reader of work reports returns: plain values that don't change, and their one JSON form.

Offsets are code points into `Report.text`; `quote` and `text` are always `report.text[start:end]`.
The words (heading, horizon, target, project, commitment) are those of docs/reading.md. Records are tuples, for they
come by the thousand and are made in a third of the time of frozen dataclasses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

SCHEMA = "luodi.report/1"

HorizonLabel = Literal["review", "multi", "year"]
Kind = Literal["target", "project", "mechanism", "action"]
Comparator = Literal["eq", "ge", "gt", "le", "lt", "approx", "range"]
Change = Literal["level", "growth"]
Ambition = Literal["firm", "stretch"]
Stage = Literal["prepare", "start", "build", "finish", "operate", "other"]
Role = Literal["lead", "support"]


class Division(NamedTuple):
    """An administrative division by GB/T 2260, as it was called in the report's year."""

    code: str
    name: str


class Heading(NamedTuple):
    """A part of the report. `level` counts from 1 by the nesting in this report; `number` is the bare marker."""

    id: str
    level: int
    number: str
    title: str
    start: int
    end: int
    parent: str | None = None


class Horizon(NamedTuple):
    """A span about one stretch of time: what was done, goals for several years, or the coming year."""

    label: HorizonLabel
    start: int
    end: int


class UnitSuggestion(NamedTuple):
    """A unit that may own a commitment. `score` is in 0..1; `why` says in Chinese what spoke for it."""

    name: str
    role: Role
    score: float
    why: str


class Target(NamedTuple):
    """A figure to be reached (or its mask: `value` is None then). `value` and `value_high` are in `unit`."""

    id: str
    start: int
    end: int
    quote: str
    indicator: str
    number: str
    value: float | None
    value_high: float | None
    unit: str
    comparator: Comparator
    change: Change
    ambition: Ambition
    horizon: str


class Project(NamedTuple):
    """A named undertaking with a place or an owner in its name."""

    id: str
    start: int
    end: int
    quote: str
    name: str
    stage: Stage


class Achievement(NamedTuple):
    """A figure that the review part says was reached."""

    id: str
    start: int
    end: int
    quote: str
    indicator: str
    value: float | None
    unit: str
    change: Change


class Blank(NamedTuple):
    """A masked figure (X) of a target, for a person to fill."""

    target: str
    start: int
    end: int


class Commitment(NamedTuple):
    """One line of the ledger: what one responsible unit would report on."""

    id: str
    start: int
    end: int
    text: str
    heading: str | None
    horizon: HorizonLabel
    kind: Kind
    verbs: tuple[str, ...] = ()
    deadline: str | None = None
    places: tuple[Division, ...] = ()
    targets: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    units: tuple[UnitSuggestion, ...] = ()

    def owned_by(self, units: tuple[UnitSuggestion, ...]) -> Commitment:
        """The same line with these units."""
        return Commitment(*self[:-1], units)


@dataclass(frozen=True, slots=True)
class Report:
    """A work report as read. `encoding` names how the bytes became text ("utf-8", "gb18030", "docx", ...)."""

    source: str
    encoding: str
    text_sha256: str
    text: str
    title: str | None
    year: int | None
    division: Division | None
    headings: tuple[Heading, ...] = ()
    horizons: tuple[Horizon, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    targets: tuple[Target, ...] = ()
    projects: tuple[Project, ...] = ()
    achievements: tuple[Achievement, ...] = ()
    blanks: tuple[Blank, ...] = ()
    schema: str = field(default=SCHEMA)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of docs/reading.md; keys in the order given there."""
        fields: dict[str, Any] = {name: _plain(getattr(self, name)) for name in self.__dataclass_fields__}
        return {"schema": fields.pop("schema"), **fields}


def _plain(value: Any) -> Any:
    """A value of a report as JSON has it: a record by the names of its fields, what is many as a list."""
    if not isinstance(value, tuple):
        return value
    names = getattr(value, "_fields", None)
    return dict(zip(names, map(_plain, value), strict=True)) if names else [_plain(each) for each in value]


class Span(NamedTuple):
    """A stretch of the text, end exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def __contains__(self, offset: object) -> bool:
        return isinstance(offset, int) and self.start <= offset < self.end


# Not str.splitlines: a text file keeps form feeds and the like, and they end no line.
LINE = re.compile(r"[^\r\n]+")


def spans_of_lines(text: str) -> Iterator[Span]:
    """Every line with something on it, without its white space at either end."""
    for line in LINE.finditer(text):
        body = line.group().strip()
        if body:
            start = line.start() + line.group().index(body[0])
            yield Span(start, start + len(body))
