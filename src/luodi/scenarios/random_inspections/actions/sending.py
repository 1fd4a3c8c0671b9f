"""From a drawn list to checks that are sent out: at once for a short list, by a job that can be run again for a long one."""

from __future__ import annotations

from typing import Any

from luodi.kernel.action import action
from luodi.kernel.jobs import Progress, job, start
from luodi.kernel.models import Person
from luodi.scenarios.random_inspections.actions.pooling import tag_of
from luodi.scenarios.random_inspections.models import Coverage, Inspector, Seat, SpotCheck, Task
from luodi.scenarios.random_inspections.rules import draw as rules
from luodi.scenarios.random_inspections.rules.words import DRAWN
from luodi.scenarios.random_inspections.scenario import SCENARIO
from luodi.shapes.cases import actions as cases
from luodi.shapes.cases.permission import working_units
from luodi.shapes.registers.models import Enterprise

AT_ONCE_MOST = 60
"""A longer list is sent out by a job: no request waits for hundreds of checks."""


def leads(person: Any, task: Task | None) -> bool:
    return task is not None and task.lead_id in working_units(person)


def send_out(by: Person, task: Task) -> None:
    if len(task.result.splitlines()) > AT_ONCE_MOST:
        start(by, send_all, f"派出检查：{task.title}", task=task.pk)
        return
    for uscc, tags in waiting(task):
        send_one(by, task, uscc, tags)
    _cover(task)


@job
def send_all(progress: Progress, by: Person, task: int) -> dict[str, Any]:
    """Every drawn firm that has no check yet, each in a transaction of its own. A second run finds nothing left to do."""
    row = Task.objects.select_related("plan", "lead__division").get(pk=task)
    left = waiting(row)
    for done, (uscc, tags) in enumerate(left):
        progress(done, len(left), uscc)
        send_one(by, row, uscc, tags)
    _cover(row)
    return {"sent": len(left)}


@action("random_inspections.send_out", may=leads)
def send_one(by: Person, task: Task, uscc: str, tags: list[str]) -> SpotCheck:
    """The check of one drawn firm with its crew, dated by the draw."""
    firm = Enterprise.objects.select_related("division").get(uscc=uscc)
    credit_class = next(line.split("|")[1] for line in task.pool.splitlines() if line.startswith(f"{uscc}|"))
    items = list(task.items.values_list("code", "method"))
    codes = [code for code, _ in items]
    check = cases.open_case(
        by, SpotCheck(kind=SCENARIO.code, home=task.lead, task=task),
        {
            "title": f"{task.title}：{firm.name}"[:120], "body": f"按{task.title}（{task.code}）随机抽取。", "category": items[0][1],
            "level": credit_class, "channel": DRAWN, "firm": firm, "division": firm.division, "items": codes,
            "is_joint": task.is_joint, "drawn_on": task.drawn_on, "lon": firm.lon, "lat": firm.lat, "address": firm.address,
        },
        task.drawn_at,
    )  # fmt: skip
    people = by_tag(task)
    Seat.objects.bulk_create(
        Seat(
            check_of=check, inspector=people[tag], division=firm.division, tag=tag, seated_on=task.drawn_on, at=task.drawn_at
        )
        for tag in tags
    )  # fmt: skip
    cases.take(
        by,
        check,
        "assign",
        {"lead": task.lead, "co": list(task.partners.all()), "items": codes},
        task.drawn_at,
    )
    return check


def waiting(task: Task) -> list[tuple[str, list[str]]]:
    """Drawn firms without a check, in the order of the draw, each with the tags of its crew."""
    sent = set(task.checks.values_list("firm__uscc", flat=True))
    rows = [line.split("|") for line in task.result.splitlines()]
    return [(uscc, [tag for tag in tags.split(",") if tag]) for uscc, tags in rows if uscc not in sent]


def by_tag(task: Task) -> dict[str, Inspector]:
    """The inspectors of the task's departments by the tags that stand for them in its lists."""
    known = {each.tag for each in rules.read_inspectors(task.inspectors)}
    units = [task.lead_id, *task.partners.values_list("pk", flat=True)]
    found = {tag_of(each): each for each in Inspector.objects.filter(unit__in=units)}
    return {tag: each for tag, each in found.items() if tag in known}


def _cover(task: Task) -> None:
    """The divisions whose firms were drawn are covered from this day on; so is the one whose unit drew."""
    regions = SpotCheck.objects.filter(task=task).values_list("division", flat=True)
    Coverage.objects.filter(plan=task.plan, drawn_on=None, division__in=[task.lead.division_id, *regions]).update(
        drawn_on=task.drawn_on
    )  # fmt: skip
