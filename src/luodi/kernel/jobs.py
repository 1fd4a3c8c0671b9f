"""Long work outside the request: declared as a function, queued in the database, run by `luodi work`.

    @job
    def read_document(progress: Progress, by: Person, document: int) -> dict: ...

    start(by, read_document, "读取 工作要点.docx", document=7)

A job that raises `Refused` ends as refused with its sentence; a database that is away is waited for; any other error
ends as broken, is logged with its trace and names the job, never hidden.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from luodi.kernel import audit, denials
from luodi.kernel.action import Forbidden, Refused, Unavailable
from luodi.kernel.models import Job, Person
from luodi.kernel.spoken import say

log = logging.getLogger("luodi.jobs")

Work = Callable[..., dict[str, Any] | None]

WAITS_SECONDS = (1, 2, 5, 10, 30, 60, 120)
"""How long a job waits for a database that restarts or has no room, before each further try."""


class Progress:
    """Says how far a job has come. Cheap to call often: it writes when the percentage moves."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def __call__(self, done: int, total: int, message: str = "") -> None:
        moved = not self.job.total or 100 * done // max(1, total) != 100 * self.job.done // self.job.total
        if moved or message != self.job.message:
            self.job.done, self.job.total, self.job.message = done, total, message[:400]
            self.job.save(update_fields=["done", "total", "message"])


def job(function: Work) -> Work:
    """Declare a module's function as a job; its arguments must fit JSON."""
    function.is_job = True  # type: ignore[attr-defined]
    return function


def start(by: Person, work: Work, title: str, **arguments: Any) -> Job:
    """Queue a job; it starts when the surrounding transaction commits, since the queue lies in the same database."""
    kind = f"{work.__module__}.{work.__qualname__}"
    row = Job.objects.create(kind=kind, title=title[:200], arguments=arguments, by=by)
    run_job.enqueue(row.pk)
    return row


@task()
def run_job(pk: int) -> None:
    """Run one queued job to its end; a job that is over already is left alone (a second delivery)."""
    row = Job.objects.select_related("by").get(pk=pk)
    if row.is_over:
        return
    row.state, row.started_at = Job.State.RUNNING, timezone.now()
    row.save(update_fields=["state", "started_at"])
    try:
        with audit.one_request():
            result = _patiently(lambda: _work_of(row)(Progress(row), row.by, **row.arguments))
    except Refused as refusal:
        row.state, row.message = Job.State.REFUSED, str(refusal)[:400]
    except Forbidden as denied:
        denials.note(row.by, denied.deed, denied.subject, job=row.pk)
        row.state, row.message = Job.State.REFUSED, say("你没有办理这件事的权限，什么都没有改动。")
    except Exception:
        log.exception("job %s (%s) broke", row.pk, row.kind)
        row.state, row.message = Job.State.BROKEN, "程序出错，已记录；请把作业编号告诉系统管理员。"
    else:
        row.state, row.message, row.result = Job.State.FINISHED, "", result or {}
    row.finished_at = timezone.now()
    row.save()


def _patiently(work: Callable[[], dict[str, Any] | None]) -> dict[str, Any] | None:
    for wait in WAITS_SECONDS:
        try:
            return work()
        except (OperationalError, InterfaceError, Unavailable) as error:
            log.warning("a job waits %d s for the database: %s", wait, error)
            connection.close_if_unusable_or_obsolete()
            time.sleep(wait)
    return work()


def _work_of(row: Job) -> Work:
    """The function behind a job, found by its dotted name; only a declared one is ever called."""
    work: Work = import_string(row.kind)
    if not getattr(work, "is_job", False):
        raise LookupError(f"{row.kind} is not declared as a job")
    return work
