"""What the pages, the forms and the assessment read: every deal with its funds, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from luodi.kernel.clock import months_later
from luodi.kernel.rulesets import Ruleset, ruleset
from luodi.scenarios.investment_promotion.actions.deals import COUNTING, LIMITS
from luodi.scenarios.investment_promotion.models import Arrival, Deal, Goal
from luodi.scenarios.investment_promotion.rules.alerts import Alert, alerts
from luodi.scenarios.investment_promotion.rules.rates import Standing

RATES = (
    ("kept", "履约率"), ("landed", "落地率"), ("begun", "开工率"), ("begun_in_year", "当年开工率"), ("producing", "投产率"), ("arrived", "资金到位率"),
)  # fmt: skip


@dataclass(slots=True)
class Line:
    """One place or chain (or the city) with its standing and what the year asks of it."""

    title: str
    standing: Standing
    goal: Goal | None = None
    code: str = ""
    lists: dict[str, int] = field(default_factory=dict)
    """How many deals stand on each of the three lists now."""

    def share(self, name: str) -> Any:
        """What of the goal is reached, in percent; None without a goal."""
        wanted = getattr(self.goal, GOALS[name], None)
        return round(getattr(self.standing, name) * 100 / wanted, 1) if wanted else None

    @property
    def shares(self) -> dict[str, Any]:
        return {name: self.share(name) for name in GOALS}

    @property
    def rates(self) -> list[Any]:
        """Each rate in percent, in the order of `RATES`."""
        return [self.standing.percent(name) for name, _title in RATES]


GOALS = {
    "large": "deals",
    "contract_fen": "contract_fen",
    "outside_fen": "outside_fen",
    "province_fen": "province_fen",
}


@dataclass(slots=True)
class Picture:
    """All deals and sums up to a day: two queries, and one for the goals."""

    until: date
    deals: list[Deal]
    arrived: dict[int, int]
    """Verified funds of each deal, counted part."""
    sums: list[tuple[int, date, str, int]]
    """Counted sums of the year: deal, day, origin, 分."""
    goals: list[Goal]

    def line(self, title: str, deals: Iterable[Deal], goal: Goal | None = None, code: str = "") -> Line:
        found = Line(title, Standing(), goal, code, {"talk": 0, "signed": 0, "started": 0, "out": 0})
        members = {each.pk: each for each in deals}
        for each in members.values():
            found.lists[each.batch] += 1
            if each.first_fen is not None and each.contract_on.year == self.until.year:
                found.standing.add(each, self.arrived.get(each.pk, 0))
        for pk, _on, origin, fen in self.sums:
            if pk in members:
                found.standing.add_funds(origin, fen)
        return found

    def city(self) -> Line:
        return self.line("全市", self.deals)

    def lines(self, by: str) -> list[Line]:
        """By `division` or `chain`, those with a goal or a deal."""
        members: dict[Any, list[Deal]] = defaultdict(list)
        for each in self.deals:
            members[getattr(each, by)].append(each)
        goals = {getattr(each, by): each for each in self.goals if getattr(each, f"{by}_id")}
        order: Callable[[Any], Any] = lambda each: (each is None, getattr(each, "code", ""))  # noqa: E731
        return [
            self.line(
                str(getattr(each, "short_name", "") or each or "不在链"),
                members.get(each, ()),
                goals.get(each),
                getattr(each, "code", ""),
            )
            for each in sorted({*members, *goals}, key=order)
        ]


def picture(until: date) -> Picture:
    """What was known of contracts and receipts up to a day; states are those of now."""
    deals = [
        each
        for each in Deal.objects.select_related("division", "chain", "lead", "enterprise")
        if each.found_on <= until
    ]
    for each in deals:
        if each.contract_on and each.contract_on > until:
            each.first_fen = None
    arrived: dict[int, int] = defaultdict(int)
    sums = []
    rows = Arrival.objects.filter(counted_fen__isnull=False, on__lte=until)
    for pk, on, origin, fen in rows.values_list("deal", "on", "origin", "counted_fen"):
        arrived[pk] += fen
        if on.year == until.year:
            sums.append((pk, on, origin, fen))
    goals = list(Goal.objects.filter(year=until.year).select_related("division", "chain"))
    return Picture(until, deals, arrived, sums, goals)


def limits_on(day: date) -> Ruleset:
    return ruleset(LIMITS, on=day)


def counting_on(day: date) -> Ruleset:
    return ruleset(COUNTING, on=day)


def alerts_of(view: Picture, today: date, limits: Ruleset) -> list[tuple[Deal, list[Alert]]]:
    """Deals with something alarming, red first."""
    found = [
        (each, told)
        for each in view.deals
        if each.batch != "out" and (told := alerts(each, view.arrived.get(each.pk, 0), today, limits.values))
    ]
    return sorted(found, key=lambda pair: (pair[1][0].light != "red", pair[0].number))


def end_of_month(asked: str) -> date:
    """The last day of `2026-10`, today at the latest; today without a word."""
    today = timezone.localdate()
    try:
        first = date.fromisoformat(f"{asked}-01")
    except ValueError:
        return today
    return min(today, date.fromordinal(months_later(first, 1).toordinal() - 1))
