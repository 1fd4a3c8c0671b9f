"""What task forces wait for from a person: the grains that are one's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.kernel.models import Person
from luodi.scenarios.task_forces.models import Task
from luodi.workbench.inbox import Due

AHEAD = timedelta(days=30)


def due_from(person: Person, today: date) -> Iterator[Due]:
    """Open grains due within thirty days or late: one query."""
    if not person.current_posts:
        return
    for task in Task.objects.filter(owner=person, done_on=None, due_on__lte=today + AHEAD).select_related(
        "force"
    ):
        yield Due(
            kind="task_forces.grain",
            title=_("颗粒任务"),
            about=task.title,
            what=_("完成并上传一份佐证"),
            by=task.due_on,
            url=reverse("task_forces:force", args=[task.force_id]) + f"#task-{task.pk}",
            source=task.force.name,
        )
