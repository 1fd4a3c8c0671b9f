"""What task forces wait for from a person: the grains that are one's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.kernel.models import Person
from luodi.scenarios.task_forces.models import Task
from luodi.workbench.inbox import Ask, Due

AHEAD = timedelta(days=30)


def due_from(person: Person, today: date) -> Iterator[Ask]:
    """Open grains due within thirty days or late: a question to be asked with all others."""
    if not person.current_posts:
        return
    mine = Task.objects.filter(owner=person, done_on=None, due_on__lte=today + AHEAD)
    yield Ask(mine, ("title", "force__name", "force"), by="due_on", say=_grain)


def _grain(key: int, by: date, title: str, force: str, force_key: str) -> Due:
    return Due(
        kind="task_forces.grain",
        title=_("颗粒任务"),
        about=title,
        what=_("完成并上传一份佐证"),
        by=by,
        url=reverse("task_forces:force", args=[force_key]) + f"#task-{key}",
        source=force,
    )
