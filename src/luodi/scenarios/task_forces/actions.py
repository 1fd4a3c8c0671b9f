"""The only writers of task forces, their tasks and weekly notes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from luodi.kernel import evidence
from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person, Role
from luodi.kernel.permission import is_leader, is_supervision
from luodi.scenarios.task_forces import rules
from luodi.scenarios.task_forces.models import Task, TaskForce, WeekNote
from luodi.scenarios.task_forces.scenario import SCENARIO
from luodi.workbench.desk import changed

WORKS = (Role.LIAISON, Role.OPERATOR)


def forms_forces(person: Any, _subject: Any = None) -> bool:
    """The office that forms task forces, and supervision."""
    return is_supervision(person) or any(
        post.role in WORKS and post.unit.name.endswith(SCENARIO.lead) for post in person.current_posts
    )


def runs(person: Any, subject: Any = None) -> bool:
    """Runs a task force: its lead unit, its head, the office. Without one: could run some."""
    force = _force_of(subject)
    if forms_forces(person):
        return True
    if force is None:
        return any(post.role in WORKS for post in person.current_posts) or is_leader(person)
    return force.head_id == person.pk or any(
        post.role in WORKS and post.unit_id == force.lead_id for post in person.current_posts
    )


def owes(person: Any, task: Any = None) -> bool:
    """The one owner of a grain, and whoever runs its task force."""
    return runs(person, task) or (task is not None and task.owner_id == person.pk)


def _force_of(subject: Any) -> Any:
    if subject is None or isinstance(subject, TaskForce):
        return subject if subject is None or subject.pk else None
    return subject.force if subject.force_id else None


evidence.accept_on(Task, may=owes)


@action("task_forces.keep_force", may=forms_forces)
def keep_force(by: Person, force: TaskForce, values: dict[str, Any]) -> TaskForce:
    """Form or change a task force; dissolved only when no grain is open, with its outcome."""
    if values.get("dissolved_on") and force.pk:
        still_open = force.tasks.filter(is_grain=True, done_on=None).count()
        if still_open:
            raise Refused("还有 {n} 粒任务没有完成，不能撤销专班。", n=still_open)
    return changed(force, values)


@action("task_forces.keep_task", may=runs)
def keep_task(by: Person, task: Task, values: dict[str, Any]) -> Task:
    """A task, new or changed. Put under another, that one stops being a grain; a grain has its owner and its day."""
    force = values.get("force") or (task.force if task.force_id else None)
    if force is None or not runs(by, force):
        raise Refused("这个专班不归你管。")
    if force.dissolved_on:
        raise Refused("专班已撤销，不能再加任务。")
    if task.done_on is not None:
        raise Refused("这粒任务已完成，不能再改。")
    parent = values.get("parent", task.parent)
    if parent is not None:
        _may_lie_under(task, parent, force)
    if task.pk is None or task.is_grain:
        owner, due = values.get("owner", task.owner), values.get("due_on", task.due_on)
        if said := rules.grain_faults(False, owner is not None, due):
            raise Refused("".join(said))
        values.setdefault("unit", task.unit or _unit_of(owner))
    if task.pk is None:
        task.first_due_on = values.get("due_on")
    task = changed(task, values)
    if parent is not None and parent.is_grain:
        Task.objects.filter(pk=parent.pk).update(is_grain=False, owner=None, due_on=None, first_due_on=None)
    return task


def _may_lie_under(task: Task, parent: Task, force: TaskForce) -> None:
    if parent.force_id != force.pk:
        raise Refused("上级任务是别的专班的。")
    if parent.done_on:
        raise Refused("上级任务已完成，不能再拆。")
    parents = dict(Task.objects.filter(force=force).values_list("pk", "parent_id"))
    if task.pk and rules.would_loop(task.pk, parent.pk, parents):
        raise Refused("任务不能放在自己的下级下面。")


def _unit_of(person: Person) -> Any:
    posts = person.current_posts
    return posts[0].unit if posts else None


@action("task_forces.finish", may=owes)
def finish(by: Person, task: Task, on: date, result: str) -> Task:
    """A grain is done: with one proof and a word on the result."""
    task = Task.objects.select_for_update().get(pk=task.pk)
    grain = rules.Grain(
        task.pk, task.title, task.owner_id is not None, task.due_on, task.done_on, evidence.of(task).count()
    )
    said = rules.finish_faults(grain, task.parts.exists(), on, timezone.localdate())
    if not result.strip():
        said.append("请写明结果。")
    if said:
        raise Refused("".join(said))
    task.done_on, task.result = on, result.strip()[:200]
    task.save(update_fields=["done_on", "result"])
    return task


@action("task_forces.note", may=runs)
def keep_note(by: Person, note: WeekNote, values: dict[str, Any]) -> WeekNote:
    """The week's note of a task force; any day of the week stands for its Monday."""
    force = values.get("force") or (note.force if note.force_id else None)
    if force is None or not runs(by, force):
        raise Refused("这个专班不归你管。")
    if week := values.get("week"):
        if week > timezone.localdate():
            raise Refused("这一周还没有到。")
        values = {**values, "week": rules.week_of(week)}
    note.by = by
    return changed(note, values)
