"""Which workers are alive, and the work that dead ones left: put back into the queue.

A worker holds a lock on a file of its own in LUODI_HOME/workers; the system drops it when the process ends, however
it ends. So death needs no clock to be told, and a slow worker is never taken for a dead one.
"""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from luodi.kernel.models import Job

log = logging.getLogger("luodi.workers")

MOST_ATTEMPTS = 5
"""A job that has taken down so many workers is not tried again."""


@contextmanager
def living(name: str) -> Iterator[None]:
    """The worker `name` is alive inside the block."""
    place = _place(name)
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        try:
            yield
        finally:
            place.unlink(missing_ok=True)


def is_alive(name: str) -> bool:
    try:
        with _place(name).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def take_back() -> int:
    """Put what dead workers were doing back into the queue; returns how many. Safe to call from several workers."""
    left = [task for task in DBTaskResult.objects.running() if not is_alive(task.worker_ids[-1])]
    return sum(_take_back(task) for task in left)


def _take_back(task: DBTaskResult) -> bool:
    with transaction.atomic():
        row = DBTaskResult.objects.select_for_update().get(pk=task.pk)
        if row.status != TaskResultStatus.RUNNING or row.worker_ids != task.worker_ids:
            return False
        again = len(row.worker_ids) < MOST_ATTEMPTS
        row.status = TaskResultStatus.READY if again else TaskResultStatus.FAILED
        row.finished_at = None if again else timezone.now()
        row.save(update_fields=["status", "finished_at"])
        if not again:
            _give_up(row)
    _place(task.worker_ids[-1]).unlink(missing_ok=True)
    log.warning(
        "task %s was left by a worker that died; %s", task.pk, "queued again" if again else "given up"
    )
    return again


def _give_up(row: DBTaskResult) -> None:
    Job.objects.filter(pk__in=row.args_kwargs["args"], finished_at=None).update(
        state=Job.State.BROKEN,
        message=f"办理中断 {MOST_ATTEMPTS} 次，不再重试；请把作业编号告诉系统管理员。",
        finished_at=timezone.now(),
    )


def _place(name: str) -> Path:
    return Path(settings.LUODI_HOME) / "workers" / name
