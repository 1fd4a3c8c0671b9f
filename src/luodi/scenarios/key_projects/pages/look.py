"""Every key project at a month's end with its light: what the overview, the forms and the exports are drawn from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop

from luodi.assessment.lights import Light, Rule, presets
from luodi.assessment.pace import rule_in_force
from luodi.kernel.clock import months_later
from luodi.kernel.rulesets import Ruleset, ruleset
from luodi.scenarios.key_projects import rules
from luodi.scenarios.key_projects.models import StartEvent
from luodi.scenarios.key_projects.pages import KEY
from luodi.scenarios.key_projects.rules import Facts, Node, ProjectLight, light_of
from luodi.scenarios.key_projects.scenario import SCENARIO
from luodi.shapes.projects.models import Charge, Paper, Project, StartDelay
from luodi.shapes.projects.readers import in_charge, in_rhythm, paces
from luodi.shapes.projects.rules import Pace, common_time, percent

SUGGESTED = "suggested"


@dataclass(frozen=True, slots=True)
class Look:
    """One project at a month's end."""

    project: Project
    pace: Pace
    light: ProjectLight
    leader: Charge | None

    @property
    def stage(self) -> Any:
        return KEY.life.stage(self.project.stage)

    @property
    def month_fen(self) -> int | None:
        """The investment of the month reported last alone."""
        months = sorted(self.pace.done)
        if not months:
            return None
        return self.pace.done[months[-1]] - (self.pace.done[months[-2]] if len(months) > 1 else 0)


def looks(month: date, rule: Rule, own: Ruleset, rows: Sequence[Project] | None = None) -> list[Look]:
    """Worst first. Six questions."""
    rows = list(in_rhythm(SCENARIO.code)) if rows is None else rows
    by_pace, last = paces(rows, month), _last_day(month)
    excused = set(
        StartDelay.objects.filter(project__in=rows, new_on__gt=last, month__lte=month).values_list(
            "project", flat=True
        )
    )
    expired: dict[int, list[tuple[str, date]]] = defaultdict(list)
    for pk, kind, until in Paper.objects.filter(
        project__in=[row.pk for row in rows if row.started_on is None],
        state="obtained",
        valid_until__lte=last,
    ).values_list("project", "kind", "valid_until"):
        expired[pk].append((KEY.titles_of_papers.get(kind, kind), until))
    out = []
    for row in rows:
        facts = Facts(by_pace[row.pk], tuple(_nodes(row, row.pk in excused, last)), tuple(expired[row.pk]))
        out.append(
            Look(row, facts.pace, light_of(facts, month, rule, own.values), in_charge(row, "leader", last))
        )
    order = list(Light)
    return sorted(
        out, key=lambda look: (order.index(look.light.light), -look.light.red_months, look.project.number)
    )


def _nodes(row: Project, has_reason: bool, last: date) -> Iterable[Node]:
    """Start and entry are always looked at; finish and operation where they are planned."""
    if row.start_due_on:
        yield Node("start", row.start_due_on, row.started_on, has_reason)
    if row.started_on and row.started_on <= last:
        yield Node("entry", row.started_on, row.stat_entered_on)
    if row.finish_due_on:
        yield Node("finish", row.finish_due_on, row.finished_on)
    if row.operate_due_on:
        yield Node("operate", row.operate_due_on, row.operated_on)


@dataclass(frozen=True, slots=True)
class Group:
    """Projects of one division, leader, unit as one line."""

    title: str
    count: int
    plan_fen: int
    done_fen: int
    lights: Mapping[str, int]
    time: Decimal

    @property
    def rate(self) -> Decimal | None:
        return percent(self.done_fen, self.plan_fen)

    @property
    def gap(self) -> Decimal | None:
        return None if self.rate is None else self.rate - self.time


GROUPS = {
    "division": (
        gettext_noop("区县"),
        lambda look: look.project.division.short_name or look.project.division.name,
    ),
    "zone": (gettext_noop("园区"), lambda look: look.project.zone.short_name if look.project.zone else ""),
    "leader": (gettext_noop("包抓领导"), lambda look: look.leader.name if look.leader else "待定"),
    "lead": (
        gettext_noop("责任单位"),
        lambda look: look.project.lead.called if look.project.lead else "待定",
    ),
    "category": (gettext_noop("类别"), lambda look: look.project.get_category_display()),
}


def groups(found: Iterable[Look], by: str, month: date) -> list[Group]:
    members: dict[str, list[Look]] = defaultdict(list)
    for look in found:
        if title := GROUPS[by][1](look):
            members[title].append(look)
    lines = [group(title, each, month) for title, each in members.items()]
    return sorted(lines, key=lambda line: (line.gap is None, line.gap or 0))


def group(title: str, found: Sequence[Look], month: date) -> Group:
    planned = [look.pace for look in found if look.pace.plan_fen is not None]
    return Group(
        title,
        len(found),
        sum(pace.plan_fen or 0 for pace in planned),
        sum(pace.done_fen or 0 for pace in planned),
        Counter(str(look.light.light) for look in found),
        common_time(planned, month.month),
    )


def own_rules(month: date) -> Ruleset:
    return ruleset(rules.LIGHTS, on=_last_day(month))


def city_rule(month: date, asked: str | None, own: Ruleset) -> Rule:
    """The city's rule of that month, or the one asked for: a preset by its division's code, or the suggested bands."""
    if asked == SUGGESTED:
        return rules.suggested_rule(own.values, own.document)
    if asked is not None and asked in presets():
        return presets()[asked]
    return rule_in_force(month)


@dataclass(frozen=True, slots=True)
class Held:
    """A collective start with what came of it."""

    event: StartEvent
    total_fen: int
    came_of_it: rules.Ceremony
    is_over: bool
    """Whether the days in which the evidence has to come are over."""


def ceremonies(today: date) -> list[Held]:
    """Every collective start, newest first: four questions."""
    days = ruleset(rules.LIGHTS, on=today)["ceremony_days"]
    out = []
    for event in StartEvent.objects.prefetch_related("projects__start"):
        projects = list(event.projects.all())
        told = [(row.name, row.started_on, hasattr(row, "start")) for row in projects]
        came = rules.ceremony(event.on, told, days)
        is_over = (today - event.on).days > days
        out.append(Held(event, sum(row.total_fen or 0 for row in projects), came, is_over))
    return out


def month_asked(request: HttpRequest) -> date:
    """ "2026-10"; without one the last month that is over."""
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return months_later(timezone.localdate().replace(day=1), -1)


def _last_day(month: date) -> date:
    return date.fromordinal(months_later(month.replace(day=1), 1).toordinal() - 1)
