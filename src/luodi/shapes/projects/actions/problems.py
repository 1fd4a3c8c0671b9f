"""Problems with one owner and one date, and the reasons of starts that are put off."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person
from luodi.shapes.projects.models import Problem, Project, StartDelay
from luodi.shapes.projects.permission import answers, keeps, raises_problems
from luodi.workbench.desk import changed


@action("projects.raise_problem", may=raises_problems)
def raise_problem(by: Person, project: Project, values: dict[str, Any]) -> Problem:
    """`values`: words, owner, due_on, and where known reason, first_level, raised_on."""
    raised = values.get("raised_on") or timezone.localdate()
    if not (values.get("words") or "").strip():
        raise Refused("请写明是什么问题。")
    if values.get("owner") is None or values.get("due_on") is None:
        raise Refused("每个问题都要有一个牵头解决单位和一个期限。")
    if values["due_on"] < raised:
        raise Refused("解决期限 {due} 早于提出日期 {raised}。", due=values["due_on"], raised=raised)
    problem = Problem(project=project, raised_by=by, dates=[values["due_on"].isoformat()])
    return changed(problem, {**values, "raised_on": raised})


@action("projects.promise", may=answers)
def promise(by: Person, problem: Problem, due_on: date, words: str) -> Problem:
    """Put a problem off to a new date, with where it stands. All earlier dates stay on record."""
    _is_open(problem)
    if not words.strip():
        raise Refused("改期要写明进展和原因。")
    if due_on <= max(problem.promised):
        raise Refused("新的期限要晚于原来的 {last}。", last=max(problem.promised))
    problem.due_on, problem.dates, problem.progress = (
        due_on,
        [*problem.dates, due_on.isoformat()],
        words.strip(),
    )
    problem.save(update_fields=["due_on", "dates", "progress"])
    return problem


@action("projects.solve", may=answers)
def solve(by: Person, problem: Problem, on: date, solution: str) -> Problem:
    _is_open(problem)
    if not solution.strip():
        raise Refused("请写明是怎么解决的。")
    if on < problem.raised_on or on > timezone.localdate():
        raise Refused("解决日期应在提出之后、今天之前。")
    problem.solved_on, problem.solution = on, solution.strip()
    problem.save(update_fields=["solved_on", "solution"])
    return problem


@action("projects.explain_start", may=keeps)
def explain_start(by: Person, project: Project, month: date, values: dict[str, Any]) -> StartDelay:
    """Why a project on the month's list did not start: reason code, words, and the new date after that month."""
    month = month.replace(day=1)
    if project.started_on:
        raise Refused("项目已于 {on} 开工。", on=project.started_on)
    if not (values.get("words") or "").strip() or not values.get("reason"):
        raise Refused("没有按月开工的，要选原因并写明情况。")
    new_on = values.get("new_on")
    if new_on is None or (new_on.year, new_on.month) <= (month.year, month.month):
        raise Refused("新的开工日期要晚于 {year} 年 {month} 月。", year=month.year, month=month.month)
    delay = StartDelay.objects.filter(project=project, month=month).first() or StartDelay(
        project=project, month=month
    )
    delay.by = by
    return changed(delay, {"reason": values["reason"], "words": values["words"].strip(), "new_on": new_on})


def _is_open(problem: Problem) -> None:
    if problem.solved_on:
        raise Refused("这个问题已于 {on} 解决。", on=problem.solved_on)
