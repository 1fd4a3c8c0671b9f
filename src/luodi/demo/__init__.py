"""The demonstration city 云川市: an invented place to try everything on, as plain frozen values.

Nothing here is real: the city, its people and its texts were written for the project, and its division codes
begin with 99, which GB/T 2260 does not assign. The texts are in the genre of real work plans and reports and
carry a line under the title that says what they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

import yaml

DivisionKind = Literal["district", "county", "county_level_city", "zone"]
Role = Literal[
    "mayor",
    "vice_mayor",
    "supervisor",
    "liaison",
    "division_liaison",
    "statistician",
    "operator",
    "auditor",
    "system_admin",
    "security_admin",
    "audit_admin",
]
Comparator = Literal["eq", "ge", "gt", "le", "lt", "approx", "range"]
Verdict = Literal["reached", "exceeded", "missed", "not_mentioned"]
TextName = Literal["work-plan-2026", "progress-report-2026", "work-plan-2027"]

TEXTS: tuple[TextName, ...] = get_args(TextName)


@dataclass(frozen=True, slots=True)
class Division:
    """A county, district or county-level city, or a zone 功能区, whose land and people lie in those it `overlaps`."""

    code: str
    name: str
    short_names: tuple[str, ...]
    kind: DivisionKind
    population: int
    area_km2: int
    profile: str
    overlaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Township:
    """A subdistrict, town or township by its statistical code. `valid_to` is its last day (None: it exists)."""

    code: str
    name: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class City:
    """The city with its divisions. Zones come last and must not be added to the city's totals."""

    code: str
    name: str
    short_names: tuple[str, ...]
    province_code: str
    province_name: str
    note: str
    divisions: tuple[Division, ...]
    townships: tuple[Township, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A body that can owe a result.

    `function` is one short word that stays the same when a reform renames the body. `valid_to` is the last day
    it existed (None: it exists). `predecessors` handed their commitments over to it on `valid_from`.
    """

    code: str
    name: str
    short_names: tuple[str, ...]
    function: str
    duties: str
    division: str
    valid_from: date
    valid_to: date | None = None
    parent: str | None = None
    predecessors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who signs in. `oversees` are the units that a mayor or vice-mayor answers for 包抓."""

    login: str
    name: str
    post: str
    unit: str
    role: Role
    oversees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """One figure of the 2026 plan and what the report of January 2027 says became of it.

    `promised` and `reported` are runs of the two texts, word for word; `achieved` is in `unit`.
    `reported` and `achieved` are None when the report is silent.
    """

    promised: str
    indicator: str
    value: float
    unit: str
    comparator: Comparator
    verdict: Verdict
    change: Literal["level", "growth"]
    ambition: Literal["firm", "stretch"]
    value_high: float | None = None
    reported: str | None = None
    achieved: float | None = None


@cache
def city() -> City:
    """云川市, its eight divisions, two of them zones, and some of their townships."""
    fields = _table("city.yaml")
    divisions = tuple(Division(**_frozen(row)) for row in fields["divisions"])
    townships = tuple(Township(**row) for row in fields["townships"])
    return City(**{**_frozen(fields), "divisions": divisions, "townships": townships})


@cache
def units() -> tuple[Unit, ...]:
    """Every unit there is or was, former ones included."""
    return tuple(Unit(**_frozen(row)) for row in _table("units.yaml")["units"])


@cache
def people() -> tuple[Person, ...]:
    """Everyone who can sign in; passwords are not part of the data."""
    return tuple(Person(**_frozen(row)) for row in _table("people.yaml")["people"])


@cache
def outcomes() -> tuple[Outcome, ...]:
    """Every figure of the 2026 plan, in the order of the plan, with its true outcome."""
    table = _table("truth-2026.yaml")
    return tuple(Outcome(**{**table["defaults"], **row}) for row in table["promises"])


def text(name: TextName) -> str:
    """A text of the city by its name in `TEXTS`; LookupError for any other name."""
    if name not in TEXTS:
        raise LookupError(f"演示城市没有文本“{name}”，现有：{'、'.join(TEXTS)}")
    return _read(f"{name}.txt")


def _table(filename: str) -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(_read(filename))
    return table


def _read(filename: str) -> str:
    return files(__name__).joinpath(filename).read_text(encoding="utf-8")


def _frozen(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
