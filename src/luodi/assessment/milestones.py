"""开工, 建成, 投产 as promised in the plan, against the projects that are kept: judged, with a light, and its arithmetic.

A project of the plan and one of the shape are the same when their names are. Where none is found nothing is said but what
the line's own closing shows: what nobody keeps is unknown, not late.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from luodi.assessment.lights import Light, Lit, Rule, milestone_light
from luodi.commitments.models import Commitment, NamedProject
from luodi.measures.judging import Judged, Standing, judge_milestone
from luodi.reading.model import Stage
from luodi.shapes.projects.models import Milestone, Project, StartDelay

ALIKE, LONG = 0.8, 5
STAGES = ("start", "finish", "operate")
"""Stages that a plan promises and a day shows."""
_ROW: Mapping[str, str] = {"start": "start", "build": "start", "finish": "finish", "operate": "operate"}
"""Which row of the rule a promised stage answers to."""


@dataclass(frozen=True, slots=True)
class Promised:
    """One project that the plan promises to bring to a stage."""

    named: NamedProject
    due_on: date
    project: Any
    judged: Judged
    lit: Lit


def excused_on(today: date) -> set[int]:
    """Projects whose late start has a reason and a new day that is still to come. One query."""
    return set(StartDelay.objects.filter(new_on__gt=today).values_list("project", flat=True))


def promised(year: int, today: date, rule: Rule, excused: Container[int] = ()) -> list[Promised]:
    """Every project of the year's issued lines with a promised stage, the worst light first. Two queries."""
    rows = list(
        NamedProject.objects.filter(commitment__document__year=year, stage__in=_ROW)
        .exclude(commitment__state__in=(Commitment.State.DRAFT, Commitment.State.CONFIRMED))
        .select_related("commitment__document")
        .defer("commitment__document__text", "commitment__document__report")
    )
    kept = list(Project.objects.only("name", "started_on", "finished_on", "operated_on", "start_due_on"))
    names = [(bare(each.name), each) for each in kept]
    out = [_promised(row, _project_of(row, names), today, rule, excused) for row in rows]
    order = list(Light)
    return sorted(out, key=lambda each: (order.index(each.lit.light), each.due_on))


def _promised(
    named: NamedProject, project: Any, today: date, rule: Rule, excused: Container[int]
) -> Promised:
    line = named.commitment
    due_on = line.deadline or date(line.document.year or today.year, 12, 31)
    if project is None:
        is_done = line.state in (Commitment.State.VERIFIED, Commitment.State.CLOSED)
        standing = Standing.MET if is_done else Standing.UNKNOWN
        why = "任务已核实销号。" if is_done else "项目库里没有找到同名项目，无法判断。"
        light = Light.GREEN if is_done else Light.NONE
        return Promised(named, due_on, None, Judged(standing, None, why), Lit(light, why, rule.called))
    reached = _reached(project)
    stage: Stage = "start" if named.stage == "build" else named.stage  # type: ignore[assignment]
    judged = judge_milestone(stage, due_on, reached, today)
    lit = milestone_light(
        _ROW[named.stage], due_on, _day_of(stage, reached), today, rule, project.pk in excused
    )
    return Promised(named, due_on, project, judged, lit)


def _reached(project: Any) -> dict[Stage, date]:
    days: dict[Stage, date | None] = {
        "start": project.started_on, "finish": project.finished_on, "operate": project.operated_on,
    }  # fmt: skip
    return {stage: day for stage, day in days.items() if day is not None}


def _day_of(stage: Stage, reached: Mapping[Stage, date]) -> date | None:
    """A later stage shows the earlier ones."""
    later = STAGES[STAGES.index(stage) :] if stage in STAGES else ()
    return min((reached[each] for each in later if each in reached), default=None)  # type: ignore[index]


def bare(name: str) -> str:
    """A project's name without marks, what stands in brackets, and the word for a project at its end."""
    plain = re.sub(r"[（(][^（()）]*[）)]|[\s“”《》、，·—-]", "", unicodedata.normalize("NFKC", name))
    return re.sub(r"(?:建设)?(?:项目|工程)$", "", plain)


def _project_of(named: NamedProject, kept: Sequence[tuple[str, Any]]) -> Any:
    """The kept project of the same name, or the most alike one; a longer name that holds the plan's is as good as alike."""
    wanted, best, how = bare(named.name), None, 0.0
    for name, project in kept:
        alike = SequenceMatcher(None, wanted, name).ratio() if wanted != name else 1.0
        if len(wanted) >= LONG and (wanted in name or name in wanted):
            alike = max(alike, 0.9)
        if alike > how:
            best, how = project, alike
    return best if how >= ALIKE else None


@dataclass(frozen=True, slots=True)
class Due:
    """One milestone of a kept project with its light."""

    milestone: Milestone
    lit: Lit


def due_lights(today: date, rule: Rule, excused: Container[int] = (), most: int = 100) -> list[Due]:
    """Milestones that are past due and unreached, the oldest first, with the light the rule gives them. One query."""
    rows = Milestone.objects.filter(reached_on=None, due_on__lt=today).exclude(mark=Milestone.Mark.OTHER)
    found = [
        Due(each, milestone_light(each.mark, each.due_on, None, today, rule, each.project_id in excused))
        for each in rows.select_related("project__division").order_by("due_on")[:most]
    ]
    order = list(Light)
    return sorted(found, key=lambda each: order.index(each.lit.light))


def counts(lights: Iterable[Lit]) -> list[tuple[Light, int]]:
    """How many of each light, the worst first."""
    found = [each.light for each in lights]
    return [(light, found.count(light)) for light in Light if light in found]
