"""A kind of case: what a system declares to stand on the engine. Kinds are found in the scenarios, never listed.

APPEALS = CaseKind(
    code="enterprise_appeals", title="企业诉求", model=Appeal, machine=MACHINE, prefix="QS", lead="行政审批服务局",
    ruleset="enterprise_appeals.limits", categories=CATEGORIES, levels=LEVELS, outcomes=OUTCOMES,
)
CASES = (APPEALS,)                     # in the scenario's pages.py, beside DESKS
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from luodi.kernel import evidence
from luodi.kernel.action import Refused
from luodi.kernel.models import Person, Unit
from luodi.kernel.pictures import Place
from luodi.kernel.rulesets import NoRuleset, ruleset, ruleset_by_id
from luodi.shapes.cases.limits import Limits, read_limits
from luodi.shapes.cases.machine import Machine
from luodi.shapes.cases.models import Case
from luodi.shapes.cases.permission import may_attach, working_units
from luodi.shapes.cases.record import Event
from luodi.workbench.finding import declared

if TYPE_CHECKING:
    from luodi.workbench.kinds import Kind

Choices = tuple[tuple[str, str], ...]

TOLD: Mapping[str, str] = {"accept": "", "reject": "reason", "reply": "reply", "rate": ""}
WRITES: Mapping[str, str] = {
    "level": "level",
    "category": "category",
    "outcome": "outcome",
    "score": "score",
    "resolved": "is_resolved",
    "review_on": "review_on",
}
"""Values of moves that also stand on the case, by the field that holds them."""


@dataclass(frozen=True)
class Letter:
    """A paper that a case gives out 文书: offered when the case holds one of the `after` moves.

    `lines` are paragraphs with fields in braces: {number}, {title}, {due_on}, {reply}, ... (`letters.fields_of`).
    """

    name: str
    title: str
    after: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class CaseKind:
    """`lead` is the unit's usual name without its city; `public` says whether anybody may bring one without signing in.

    `period` picks the business period for a case; without one it goes by level and category. `asks` are kinds of values
    beyond the engine's own (`asks.ASKS`), by name.
    """

    code: str
    title: str
    model: type[Case]
    machine: Machine
    prefix: str
    lead: str
    ruleset: str
    categories: Choices
    outcomes: Choices
    levels: Choices = ()
    channels: Choices = ()
    public: bool = False
    letters: tuple[Letter, ...] = ()
    period: Callable[[Any, Limits], Any] = lambda case, limits: limits.business_for(case.level, case.category)
    asks: Mapping[str, tuple[str, Kind]] = field(default_factory=dict)
    check: Callable[[Person | None, Any], str] = lambda by, case: ""
    """Whether a new case can be taken in at all: the sentence that refuses it, or ""."""
    bringer: Callable[[Any], str] = lambda case: case.reporter_phone
    """What tells the same bringer again (a phone, a credit code); only a keyed hash of it is compared."""
    sealed: Callable[[Any], bool] = lambda case: False
    """Whether the case hides who brought it (举报、欠款), by what it is."""
    accuses: Callable[[Any], tuple[Any, ...]] = lambda case: ()
    """Units and people that the case speaks against: it is sealed, and does not exist for them."""
    needs: tuple[str, ...] = ("title", "body", "category")
    """Fields that bringing a case asks for."""
    offers: tuple[str, ...] = ()
    """Fields of the system's own that may be given then."""
    desk_offers: tuple[str, ...] = ()
    """Those that only the desk fills in: `channel`, `received_on`, what is known of the bringer."""
    public_channel: str = ""
    """The channel of what comes in without signing in."""
    only_desk_brings: bool = False
    """Whether only the unit that takes them in registers cases; else staff of any unit do, and see what their unit brought."""
    solved: tuple[str, ...] = ()
    """The outcomes that count as solved 解决 in statistics."""
    told: Mapping[str, str] = field(default_factory=lambda: TOLD)
    """The moves that whoever brought it hears of, and of each the value that is told with it ("" for none)."""
    writes: Mapping[str, str] = field(default_factory=dict)
    """Values of moves that also stand in columns of the system's own, by the field that holds them (beside `WRITES`)."""
    stamps: Mapping[str, str] = field(default_factory=dict)
    """Moves whose day stands in a column of the system's own: {"accept": "accepted_on"}. The newest one counts."""
    facts: Callable[[Any], Iterable[tuple[str, Any]]] = lambda case: ()
    """What the case's page shows beside what every case has: titles and values."""
    note: Callable[[Any, Event], None] = lambda case, event: None
    """Sets further columns that follow from a step; may raise `NotAllowed`. The row still stands as it was before, its
    clocks included."""

    def __post_init__(self) -> None:
        evidence.accept_on(self.model, may=may_attach, site=_site_of)

    def limits_in_force(self, on: date, division: Any = None) -> Limits:
        """Raises Refused when the city has no rules for this kind yet."""
        try:
            found = ruleset(self.ruleset, on=on, division=division)
        except NoRuleset as missing:
            raise Refused(str(missing)) from missing
        return read_limits(found.values, found.id)

    def limits_of(self, case: Case) -> Limits:
        """The version under which the case was taken in: a later change of rules does not move its days."""
        if case.ruleset_id is None:
            return self.limits_in_force(timezone.localdate(), case.division)
        return _limits_of_version(case.ruleset_id)

    def may_bring(self, person: Any) -> bool:
        """The public (None), staff of the unit that takes cases in, or of every unit that handles any."""
        if person is None:
            return True
        units = working_units(person)
        if not self.only_desk_brings:
            return bool(units)
        return any(
            post.unit_id in units and post.unit.name.endswith(self.lead) for post in person.current_posts
        )

    def unit(self) -> Unit:
        """The unit that takes cases in. Raises Refused when the city's list has none of that name."""
        found = (
            Unit.objects.on(timezone.localdate()).filter(name__endswith=self.lead).order_by("order").first()
        )
        if found is None:
            raise Refused(f"单位名录里没有“{self.lead}”，不能受理{self.title}；请先在单位名录里登记。")
        return found


def _site_of(case: Case) -> Place | None:
    return None if case.lat is None or case.lon is None else (case.lat, case.lon)


@cache
def _limits_of_version(pk: int) -> Limits:
    """An approved version never changes."""
    return read_limits(ruleset_by_id(pk).values, pk)


@cache
def kinds() -> Mapping[str, CaseKind]:
    """Every kind by its code: `CASES` beside the desks of scenarios and of the house."""
    return {kind.code: kind for kind in declared("CASES")}


def kind_of(case: Case) -> CaseKind:
    return kinds()[case.kind]


def typed(case: Case) -> Any:
    """The case as the row of its own system."""
    kind = kind_of(case)
    return case if isinstance(case, kind.model) else kind.model.objects.get(pk=case.pk)
