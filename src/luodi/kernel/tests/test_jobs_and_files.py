"""Long work ends in one of three ways, each with a sentence; a file is kept once."""

import pytest

from luodi.kernel import files, jobs
from luodi.kernel.action import Refused
from luodi.kernel.models import Job

pytestmark = pytest.mark.django_db


@jobs.job
def counts(progress, by, until):
    for number in range(until):
        progress(number + 1, until, f"第 {number + 1} 步")
    return {"counted": until}


@jobs.job
def refuses(progress, by):
    raise Refused("文件加了密，请先解密。")


@jobs.job
def breaks(progress, by):
    raise ZeroDivisionError


def no_job(progress, by):
    return None


def run(person, work, **arguments):
    row = jobs.start(person, work, "试一试", **arguments)
    jobs.run_job.func(row.pk)
    row.refresh_from_db()
    return row


def test_a_job_runs_to_its_end_with_its_result(city):
    row = run(city["ducha"], counts, until=3)
    assert (row.state, row.percent, row.result) == (Job.State.FINISHED, 100, {"counted": 3})


def test_a_finished_job_delivered_again_is_left_alone(city):
    row = run(city["ducha"], counts, until=3)
    ended = row.finished_at
    jobs.run_job.func(row.pk)
    row.refresh_from_db()
    assert row.finished_at == ended


def test_a_refusal_ends_with_its_sentence(city):
    row = run(city["ducha"], refuses)
    assert (row.state, row.message) == (Job.State.REFUSED, "文件加了密，请先解密。")


def test_an_error_is_logged_and_never_shown_raw(city, caplog):
    row = run(city["ducha"], breaks)
    assert row.state == Job.State.BROKEN
    assert "ZeroDivision" not in row.message
    assert "ZeroDivisionError" in caplog.text


def test_only_declared_functions_are_called(city, caplog):
    assert run(city["ducha"], no_job).state == Job.State.BROKEN
    assert "not declared as a job" in caplog.text


def test_the_same_bytes_are_one_file(city, home):
    first, is_new = files.store(city["ducha"], "a.txt", "落地".encode())
    again, is_new_again = files.store(city["fagai"], "b.txt", "落地".encode())
    assert (is_new, is_new_again) == (True, False)
    assert first == again
    assert files.content_of(again).decode() == "落地"
