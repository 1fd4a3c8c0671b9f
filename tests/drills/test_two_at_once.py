"""Several people and several workers at the same moment: the chain stays whole, a job runs once, a due moment once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from luodi.kernel import audit, chain, schedule
from luodi.kernel.clock import CHINA
from luodi.kernel.models import AuditEntry, ChainHead, Occurrence, Recurring
from luodi.kernel.schedule import recurring

pytestmark = pytest.mark.django_db(transaction=True)

RAN: list[str] = []


@recurring("drill.counted", "数一数", "daily 03:10")
def counted(due):
    RAN.append(threading.current_thread().name)
    return ""


def at_once(work, times: int) -> list:
    """Run `work(n)` in so many threads, each with a connection of its own, let go at the same moment."""
    gate = threading.Barrier(times)

    def one(number: int):
        try:
            gate.wait(10)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def test_eight_writers_leave_one_unbroken_chain():
    def write(number):
        with audit.one_request():
            for each in range(15):
                audit.record(None, "drill.write", None, {"writer": number, "each": each})

    before = AuditEntry.objects.count()
    at_once(write, 8)
    assert AuditEntry.objects.count() == before + 8 * 15
    assert ChainHead.objects.get().length == before + 8 * 15
    assert audit.first_broken_entry() is None


def test_eight_workers_take_each_task_once():
    from luodi.kernel.jobs import run_job

    for number in range(40):
        run_job.enqueue(number)
    queue = DBTaskResult.objects.filter(status="READY")

    def claim_all(number):
        taken = []
        while True:
            with exclusive_transaction():
                task = DBTaskResult.objects.ready().get_locked()
                if task is None:
                    return taken
                task.claim(f"worker-{number}")
                taken.append(task.pk)

    taken = [pk for each in at_once(claim_all, 8) for pk in each]
    assert len(taken) == len(set(taken)) == 40
    assert not queue.exists()


def test_a_due_moment_runs_in_one_of_eight_workers():
    RAN.clear()
    now = datetime(2026, 9, 13, 12, tzinfo=CHINA)
    Recurring.objects.create(
        key="drill.counted", title="数一数", work=f"{counted.__module__}.counted", cadence="daily 03:10",
        settled_until=now, valid_from=now.date(),
    )  # fmt: skip
    ran = at_once(lambda _: schedule.run_due(now + timedelta(days=1)), 8)
    assert sum(map(len, ran)) == len(RAN) == Occurrence.objects.count() == 1


def test_walked_in_stretches_the_same_entry_is_named():
    """Stretches may be walked by several processes: together they stand for the whole chain."""
    for number in range(40):
        audit.record(None, "drill.write", None, {"n": number})
    walked = [chain._walk(*stretch) for stretch in chain._stretches(8)]
    entries = AuditEntry.objects.count()
    assert sum(each.length for each in walked) == entries
    assert audit.first_broken_entry() is None
    touched = AuditEntry.objects.order_by("id")[entries - 5]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_auditentry SET detail = '{}' WHERE id = %s", [touched.pk])
    named = [
        each.broken for each in (chain._walk(*stretch) for stretch in chain._stretches(8)) if each.broken
    ]
    assert named == [touched.pk]
    assert f"第 {touched.pk} 号" in audit.first_broken_entry()
