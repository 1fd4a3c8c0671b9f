"""What is assessed 考核方案: declared by a scenario's `pages.py` as `SCHEMES`, found and never listed.

    SCHEMES = (
        SchemeKind("land_large", "规上工业企业亩均效益评价", ruleset="land_productivity.large", called="企业",
                   lead="工业和信息化局", gather=entries_of_the_year),
    )

Parameters stand in the ruleset (shape `scheme.yaml`); `gather` brings who is assessed and with which values.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal

from django.http import Http404

from luodi.assessment.schemes import Entry, Scheme, scheme_of
from luodi.assessment.schemes.wide import Source
from luodi.kernel.models import Division
from luodi.kernel.rulesets import Ruleset, ruleset
from luodi.kernel.scenario import packages
from luodi.measures.periods import LENGTHS, first_day, in_words, index_of

Gather = Callable[[date, Scheme], Sequence[Entry]]
"""From the first day of a period and the scheme in force to the entries."""


@dataclass(frozen=True)
class SchemeKind:
    """One scheme. `lead` ends the name of the unit that scores; `own_targets`: members bring targets of their own."""

    code: str
    title: str
    ruleset: str
    gather: Gather
    lead: str
    called: str = "对象"
    period: Literal["month", "quarter", "year"] = "year"
    about: str = ""
    own_targets: bool = False
    links: tuple[tuple[str, str], ...] = ()
    """Pages of the scenario that belong to it, as (title, address)."""
    paper: str = ""
    """Address of a paper drawn from a run (通报), with {} for the run's key."""
    wide: Callable[[date, Scheme], Source] | None = None
    """The same members as one question to the columnar copy, for trials over very many; reads `wide_labels`."""
    wide_labels: tuple[str, ...] = ()

    def in_force(self, period: date) -> Ruleset:
        """The ruleset on the period's last day. Raises NoRuleset."""
        last = first_day(index_of(period) + LENGTHS[self.period]) - timedelta(days=1)
        return ruleset(self.ruleset, on=last, division=city_division())

    def scheme(self, period: date) -> Scheme:
        found = self.in_force(period)
        return scheme_of(found.document, found.verified, found.values)

    def paper_of(self, run: Any) -> str:
        return self.paper.format(run.pk) if self.paper else ""

    def when(self, period: date) -> str:
        return in_words(period, self.period)

    def first_day(self, day: date) -> date:
        """The period that a day lies in."""
        return first_day(index_of(day) // LENGTHS[self.period] * LENGTHS[self.period])


def city_division() -> Division | None:
    """The division at the top: its own rules go before the general ones."""
    return Division.objects.filter(parent=None, is_zone=False).order_by("code").first()


@cache
def schemes() -> tuple[SchemeKind, ...]:
    found = [
        kind
        for module in (f"{package}.pages" for package in packages())
        if importlib.util.find_spec(module) is not None
        for kind in getattr(importlib.import_module(module), "SCHEMES", ())
    ]
    codes = [kind.code for kind in found]
    if doubled := {code for code in codes if codes.count(code) > 1 or code in {"runs", "milestones"}}:
        raise ValueError(f"scheme codes taken twice or reserved: {', '.join(sorted(doubled))}")
    return tuple(found)


def scheme_kind(code: str) -> SchemeKind:
    for kind in schemes():
        if kind.code == code:
            return kind
    raise Http404(code)


def leads(person: Any, kind: SchemeKind) -> bool:
    """Whether the person holds a post in the unit that scores."""
    return any(post.unit.name.endswith(kind.lead) for post in person.current_posts)
