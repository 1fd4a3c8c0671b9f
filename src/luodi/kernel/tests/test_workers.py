"""A worker that dies leaves its work to the next one, and a job that kills every worker is given up."""

import subprocess
import sys

import pytest
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult

from luodi.kernel import jobs, workers
from luodi.kernel.models import Job

pytestmark = pytest.mark.django_db

TRIES: list[str] = []


@jobs.job
def nothing(progress, by):
    return {}


@pytest.fixture
def task(city):
    jobs.start(city["ducha"], nothing, "试一试")
    return DBTaskResult.objects.get()


def test_a_job_and_its_place_in_the_queue_are_one_write(task):
    assert task.args_kwargs["args"] == [Job.objects.get().pk]


@jobs.job
def needs_the_database(progress, by, name):
    """The database is away at the first two tries."""
    TRIES.append(name)
    if len(TRIES) < 3:
        raise OperationalError("the server closed the connection")
    return {"tries": len(TRIES)}


@pytest.mark.django_db(transaction=True)
def test_a_job_waits_for_a_database_that_restarts(city, monkeypatch):
    TRIES.clear()
    monkeypatch.setattr(jobs, "WAITS_SECONDS", (0, 0, 0))
    row = jobs.start(city["ducha"], needs_the_database, "试一试", name="一号")
    jobs.run_job.func(row.pk)
    row.refresh_from_db()
    assert (row.state, row.result) == (Job.State.FINISHED, {"tries": 3})


def test_work_of_the_living_is_left_alone(task):
    with workers.living("one"):
        task.claim("one")
        assert workers.take_back() == 0
    assert workers.take_back() == 1
    task.refresh_from_db()
    assert task.status == "READY"


def test_a_killed_process_is_dead_at_once(home):
    code = (
        "import sys, time, fcntl; lock = open(sys.argv[1], 'w'); fcntl.flock(lock, fcntl.LOCK_EX);"
        "print('held', flush=True); time.sleep(60)"
    )
    (home / "workers").mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", code, str(home / "workers" / "other")], stdout=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        assert workers.is_alive("other")
        process.kill()
        process.wait()
        assert not workers.is_alive("other")


def test_a_job_that_took_down_five_workers_is_given_up(task):
    for attempt in range(workers.MOST_ATTEMPTS):
        task.claim(f"worker-{attempt}")
        workers.take_back()
        task.refresh_from_db()
    job = Job.objects.get()
    assert (task.status, job.state) == ("FAILED", Job.State.BROKEN)
    assert "中断 5 次" in job.message
