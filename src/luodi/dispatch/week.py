"""The weekly dispatch 周调度: exceptions only, from every source, each with its leader, its owner and what was settled before.

Sources are the shapes and steps below, never a scenario: projects, lights of bound targets, lines of the ledger, orders.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from luodi.assessment.lights import Light, pace_light
from luodi.assessment.pace import paced, rule_in_force, up_to
from luodi.commitments import life
from luodi.commitments.models import Assignment, Commitment, Node
from luodi.dispatch.models import Order, Oversight, Resolution
from luodi.dispatch.orders import COLOURS
from luodi.kernel.clock import months_later
from luodi.kernel.models import Person, Unit
from luodi.shapes.projects import exceptions as projects
from luodi.shapes.projects.lines import lines_on
from luodi.shapes.projects.readers import in_charge
from luodi.shapes.projects.rules import Standing, standing

RED, YELLOW = "red", "yellow"
SOURCES = {
    "project": gettext_noop("项目"), "target": gettext_noop("指标"), "line": gettext_noop("任务"), "order": gettext_noop("督办单"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One exception. `key` names it from week to week; `sentence` says what is wrong with its figures."""

    key: str
    source: str
    title: str
    code: str
    sentence: str
    severity: str
    due_on: date | None
    owner: Unit | None
    leader: Person | None
    url: str
    project: Any = None
    line: Commitment | None = None
    settled: tuple[Resolution, ...] = ()

    @property
    def called(self) -> str:
        return SOURCES[self.source]

    def frozen(self) -> dict[str, Any]:
        """As the meeting's record keeps it."""
        return {
            "key": self.key, "source": self.called, "title": self.title, "code": self.code, "sentence": self.sentence,
            "severity": self.severity, "due_on": self.due_on.isoformat() if self.due_on else None,
            "owner": self.owner.called if self.owner else None, "leader": self.leader.name if self.leader else None,
        }  # fmt: skip


@dataclass(slots=True)
class Week:
    """All exceptions on a day, red first, and the open resolutions with how they stand."""

    on: date
    items: list[Item]
    open: list[Open]
    leaders: list[Person] = field(default_factory=list)

    def of(self, leader: Person | None) -> list[Item]:
        return [item for item in self.items if item.leader == leader]

    def settled_with(self, leader: Person | None) -> list[Open]:
        return [each for each in self.open if each.resolution.leader == leader]

    @property
    def reds(self) -> int:
        return sum(item.severity == RED for item in self.items)


@dataclass(frozen=True, slots=True)
class Open:
    """An open resolution and how it stands: missed twice, it goes up a level (the rule of `projects.lines`)."""

    resolution: Resolution
    standing: Standing


def week_of(on: date) -> Week:
    """In a fixed number of questions."""
    answers = {each.unit_id: each.leader for each in Oversight.objects.on(on).select_related("leader")}
    settled = open_resolutions(on)
    by_key: dict[str, list[Resolution]] = defaultdict(list)
    for each in settled:
        by_key[each.resolution.key].append(each.resolution)
    found = [*_projects(on), *_targets(on, answers), *_lines(on, answers), *_orders(on, answers)]
    items = [_with(item, by_key) for item in found]
    items.sort(key=lambda item: (item.severity != RED, item.due_on or on, item.key))
    leaders = {item.leader for item in items if item.leader} | set(answers.values())
    return Week(on, items, settled, sorted(leaders, key=lambda leader: leader.pk))


def open_resolutions(on: date) -> list[Open]:
    """Those at the highest level first, then by date. Of a project's problem the problem tells the dates."""
    lines = lines_on(on).values
    rows = Resolution.objects.filter(done_on=None).select_related(
        "owner", "leader", "meeting", "problem__project", "line"
    )
    found = []
    for row in rows:
        if row.problem is None:
            found.append(Open(row, standing(1, row.promised, None, on, lines)))
        elif row.problem.solved_on is None:
            found.append(Open(row, projects.standing_of(row.problem, on, lines)))
    return sorted(found, key=lambda each: (-each.standing.level, each.resolution.due_on, each.resolution.pk))


def _with(item: Item, settled: Mapping[str, list[Resolution]]) -> Item:
    return replace(item, settled=tuple(settled[item.key])) if item.key in settled else item


def _projects(on: date) -> Iterator[Item]:
    for each in projects.exceptions(on):
        charge = in_charge(each.project, "leader", on)
        yield Item(
            f"project:{each.project.pk}:{each.code}:{each.subject.pk}", "project", each.project.name, each.title, each.sentence,
            each.severity, each.due_on, each.owner, charge.person if charge else None, each.project.get_absolute_url(),
            project=each.project,
        )  # fmt: skip


def _targets(on: date, answers: Mapping[int, Person]) -> Iterator[Item]:
    """Bound targets whose light is red or yellow at the last month's end."""
    month = months_later(on.replace(day=1), -1)
    rule = rule_in_force(month)
    rows = [each for each in paced(month.year) if not each.why_none]
    leads = _leads({each.binding.target.commitment_id for each in rows})
    for each in rows:
        lit = pace_light(up_to(each.months, month), rule)
        if lit.light in {Light.RED, Light.YELLOW}:
            line, owner = each.binding.target.commitment, leads.get(each.binding.target.commitment_id)
            yield Item(
                f"target:{each.binding.target_id}", "target", str(each.binding.target), lit.light.label, lit.why,
                lit.light.value, None, owner, answers.get(owner.pk) if owner else None, reverse("commitments:line", args=[line.pk]),
                line=line,
            )  # fmt: skip


def _leads(lines: set[int]) -> dict[int, Unit]:
    rows = Assignment.objects.filter(commitment__in=lines, accepted=True, role=Assignment.Role.LEAD)
    return {row.commitment_id: row.unit for row in rows.select_related("unit") if row.unit}


def _lines(on: date, answers: Mapping[int, Person]) -> Iterator[Item]:
    """Lines past their day, and nodes that were not reached."""
    owed = Commitment.objects.filter(state__in=life.OWED, same_as=None)
    late = {line.pk: line for line in owed.filter(deadline__lt=on).select_related("document")}
    nodes = Node.objects.filter(
        commitment__in=owed, state=Node.State.APPROVED, reached_on=None, due_on__lt=on
    ).select_related("commitment")
    rows = [
        (
            line,
            line.deadline,
            f"时限 {line.deadline}，已过 {(on - line.deadline).days} 天，尚未销号。",
            "line",
        )
        for line in late.values()
    ]
    rows += [
        (node.commitment, node.due_on, f"“{node.shows}”应于 {node.due_on} 达到，已过 {(on - node.due_on).days} 天。", f"node-{node.pk}")
        for node in nodes
        if node.commitment_id not in late
    ]  # fmt: skip
    leads = _leads({line.pk for line, *_ in rows})
    for line, due, sentence, code in rows:
        owner = leads.get(line.pk)
        days = (on - due).days
        yield Item(
            f"line:{line.pk}:{code}", "line", line.text[:60], "任务逾期" if code == "line" else "节点逾期", sentence,
            RED if days > 30 else YELLOW, due, owner, answers.get(owner.pk) if owner else None,
            reverse("commitments:line", args=[line.pk]), line=line,
        )  # fmt: skip


def _orders(on: date, answers: Mapping[int, Person]) -> Iterator[Item]:
    """Orders whose time is over."""
    now = timezone.now()
    rows = Order.objects.filter(is_open=True, due_at__lt=now, finished_at=None).select_related(
        "lead", "line", "project"
    )
    titles = dict(COLOURS)
    for order in rows:
        yield Item(
            f"order:{order.pk}", "order", order.title, titles.get(order.level, ""), f"督办单 {order.number} 应于 {order.due_on} 办结，已逾期 {(on - order.due_on).days} 天。",
            RED if order.level == "red" else YELLOW, order.due_on, order.lead, answers.get(order.lead_id) if order.lead_id else None,
            order.get_absolute_url(), project=order.project, line=order.line,
        )  # fmt: skip
