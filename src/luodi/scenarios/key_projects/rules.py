"""Rules of key projects on top of the shape: a project's light of the month, what follows reds in a row, public funds. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from luodi.assessment.lights import Light, Lit, Month, Rule, milestone_light, pace_light
from luodi.kernel.clock import months_later
from luodi.shapes.projects.life import wan
from luodi.shapes.projects.rules import Pace, percent

LIGHTS, FUNDS = "key_projects.lights", "key_projects.funds"
NODES = {"start": "开工", "entry": "入库纳统", "finish": "建成", "operate": "投产"}
FEN_PER_YI = Decimal(10_000_000_000)


@dataclass(frozen=True, slots=True)
class Node:
    """A planned day of a project that lights know of (start, entry, finish, operate), and the day it was reached."""

    stage: str
    due_on: date
    reached_on: date | None
    has_reason: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What a project's light is counted from. `expired` are papers with the day they ran out, before the start."""

    pace: Pace
    nodes: tuple[Node, ...] = ()
    expired: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectLight:
    """The worst of a project's lights at a month's end, why, and for how many months in a row it has been red."""

    light: Light
    reasons: tuple[str, ...]
    red_months: int
    advice: str

    @property
    def was_repaired(self) -> bool:
        return any("已补上" in reason for reason in self.reasons)


def light_of(facts: Facts, month: date, rule: Rule, own: Mapping[str, Any]) -> ProjectLight:
    """By the city's rule `rule` and this scenario's own parameters `own` (ruleset `key_projects.lights`)."""
    lits = _lits(facts, month, rule, own)
    light = worst(each.light for each in lits)
    reds, back = 0, month
    while (
        worst(each.light for each in _lits(facts, back, rule, own)) == Light.RED and back.year == month.year
    ):
        reds, back = reds + 1, months_later(back, -1)
    # a good light is explained by its pace, a bad one by all that is bad
    shown = [each for each in lits if each.light == light] if light != Light.GREEN else lits[:1]
    return ProjectLight(light, tuple(each.why for each in shown), reds, advice(reds, own))


def worst(lights: Iterable[Light]) -> Light:
    """Where at least one can be said the worst of those said; else none."""
    order = [Light.RED, Light.YELLOW, Light.BLUE, Light.GREEN]
    said = [light for light in lights if light != Light.NONE]
    return min(said, key=order.index, default=Light.NONE)


def advice(red_months: int, own: Mapping[str, Any]) -> str:
    """What reds in a row lead to: a reminder to the leader in charge, then supervision."""
    if red_months >= own["supervise_after"]:
        return f"连续 {red_months} 个月红灯，建议督办"
    if red_months >= own["letter_after"]:
        return f"连续 {red_months} 个月红灯，建议发提醒函"
    return ""


def _lits(facts: Facts, month: date, rule: Rule, own: Mapping[str, Any]) -> list[Lit]:
    """Every light at a month's end, the pace first."""
    end = months_later(month.replace(day=1), 1)
    last = date.fromordinal(end.toordinal() - 1)
    out = [pace_light(months_of(facts.pace, month), rule)] if facts.pace.plan_fen else []
    for node in facts.nodes:
        if node.due_on <= last:
            lit = milestone_light(node.stage, node.due_on, node.reached_on, last, rule, node.has_reason)
            out.append(replace(lit, why=f"{NODES[node.stage]}：{lit.why}"))
            out += _late_start(node, last, own)
    for title, until in facts.expired:
        if own["expired_is_red"] and until <= last:
            out.append(Lit(Light.RED, f"“{title}”已于 {until} 过期。", LIGHTS))
    return out


def _late_start(node: Node, last: date, own: Mapping[str, Any]) -> list[Lit]:
    limit, late = own["start_days"], (last - node.due_on).days
    is_started = node.reached_on is not None and node.reached_on <= last
    if node.stage != "start" or is_started or limit is None or late <= limit or node.has_reason:
        return []
    return [Lit(Light.RED, f"应于 {node.due_on} 开工，已逾期 {late} 天，超过 {limit} 天为红灯。", LIGHTS)]


def months_of(pace: Pace, until: date) -> list[Month]:
    """A pace as the months that lights look at, in 万元."""
    plan = None if pace.plan_fen is None else _wan(pace.plan_fen)
    out, before = [], 0
    for month, ytd in sorted(pace.done.items()):
        if month <= until:
            asked = _asked(pace, month.month)
            task = _wan(pace.task[month.month - 1]) if pace.task else None
            out.append(Month(month, plan, _wan(ytd), task=task, asked=asked, delivered=_wan(ytd - before)))
            before = ytd
    return out


def _asked(pace: Pace, month: int) -> Decimal | None:
    """The month's own task."""
    if pace.plan_fen is None:
        return None
    if not pace.task:
        return _wan(pace.plan_fen) / 12
    return _wan(pace.task[month - 1] - (pace.task[month - 2] if month > 1 else 0))


def _wan(fen: int) -> Decimal:
    return Decimal(fen) / 1_000_000


def suggested_rule(own: Mapping[str, Any], name: str) -> Rule:
    """This scenario's own bands as a rule: at or above time green, up to so many points below yellow, then red."""
    bands = (
        {"light": "red", "over": own["red_points"], "at_least": None},
        {"light": "yellow", "over": own["yellow_points"], "at_least": None},
    )
    return Rule(name, False, {"compare": "gap", "bands": bands, "milestones": ()})


# public funds


def payment_faults(
    fen: int,
    on: date,
    granted_fen: int | None,
    granted_on: date | None,
    paid_fen: int,
    started_on: date | None,
) -> list[str]:
    """Why a payment from a fund can't stand: before it was granted, over what was granted, before the start."""
    said = []
    if granted_fen is None or granted_on is None:
        said.append("资金还没有下达，不能拨付。")
    elif on < granted_on:
        said.append(f"拨付 {on} 早于下达 {granted_on}。")
    if granted_fen is not None and paid_fen + fen > granted_fen:
        said.append(f"累计拨付 {wan(paid_fen + fen)} 万元，超过下达的 {wan(granted_fen)} 万元。")
    if started_on is None or on < started_on:
        said.append("项目还没有开工，资金应按工程进度拨付。")
    if fen <= 0:
        said.append("拨付金额要大于 0。")
    return said


@dataclass(frozen=True, slots=True)
class FundStanding:
    """How a granted fund stands: paid share in percent, what is asked by now, and what is wrong in sentences."""

    paid_share: Decimal | None
    asked_share: Decimal | None
    faults: tuple[str, ...]

    @property
    def light(self) -> Light:
        return Light.RED if self.faults else Light.GREEN if self.paid_share is not None else Light.NONE


def fund_standing(
    granted_fen: int | None, granted_on: date | None, paid_fen: int, started_on: date | None, today: date, own: Mapping[str, Any]
) -> FundStanding:  # fmt: skip
    """Behind what the rule asks to be paid out so many months after the grant, or not started in time: red."""
    if not granted_fen or granted_on is None:
        return FundStanding(None, None, ())
    share = percent(paid_fen, granted_fen)
    asked = max(
        (row["share"] for row in own["paid"] if months_later(granted_on, row["months"]) <= today),
        default=None,
    )
    faults = []
    if asked is not None and share < asked:
        faults.append(f"下达已满期限，应拨付 {asked:f}%，实拨 {share:.1f}%。")
    start_by = months_later(granted_on, own["start_months"])
    if started_on is None and today > start_by:
        faults.append(f"应于下达后 {own['start_months']} 个月内（{start_by} 前）开工，至今未开工。")
    return FundStanding(share, asked, tuple(faults))


@dataclass(frozen=True, slots=True)
class Ceremony:
    """A collective start 集中开工 against the evidence: how many of its projects have really started."""

    announced: int
    started: int
    without_evidence: tuple[str, ...]


def ceremony(on: date, projects: Sequence[tuple[str, date | None, bool]], days: int) -> Ceremony:
    """`projects`: name, day of the start, whether it has its evidence. A start counts up to `days` after the event."""
    latest = date.fromordinal(on.toordinal() + days)
    missing = [
        name
        for name, started, has_evidence in projects
        if started is None or started > latest or not has_evidence
    ]
    return Ceremony(len(projects), len(projects) - len(missing), tuple(missing))
