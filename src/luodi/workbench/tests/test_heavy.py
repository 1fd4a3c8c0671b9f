"""What is too long for a request: queued, shown with a bar, written whole or not at all, never twice."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luodi.kernel.action import Refused
from luodi.kernel.jobs import Progress
from luodi.kernel.models import AuditEntry, Job
from luodi.workbench import heavy, importing
from luodi.workbench.tests.lots import Lot

pytestmark = [pytest.mark.django_db, pytest.mark.urls("luodi.workbench.tests.urls")]


@pytest.fixture(autouse=True)
def short(monkeypatch):
    """Long begins at three rows, and parts have two, so that small sheets go the long way."""
    monkeypatch.setattr(heavy, "IN_REQUEST", 3)
    monkeypatch.setattr(importing, "PART", 2)


def sheet(*lines: str) -> SimpleUploadedFile:
    text = "\n".join(["备案表", "编号,名称,泊位（个）", *lines])
    return SimpleUploadedFile("备案表.csv", text.encode())


def run(job: Job) -> Job:
    """As a worker does it."""
    work = {
        "check_sheet": heavy.check_sheet,
        "write_sheet": heavy.write_sheet,
        "act_on_rows": heavy.act_on_rows,
    }
    job.state = Job.State.RUNNING
    job.result = work[job.kind.rpartition(".")[2]](Progress(job), job.by, **job.arguments)
    job.state = Job.State.FINISHED
    job.save()
    return job


ROWS = [f"P-{at},{at}号停车场,{at + 1}" for at in range(1, 6)]


def test_a_long_sheet_is_checked_in_the_background_and_then_written(client, officer):
    client.force_login(officer)
    answer = client.post("/work/lots/import", {"file": sheet(*ROWS)})
    checking = Job.objects.get()
    assert answer.url == f"/work/lots/jobs/{checking.pk}"
    assert 'hx-trigger="load delay:1s"' in client.get(answer.url).content.decode()
    run(checking)
    page = client.get(answer.url).content.decode()
    assert "新增 5 行，修改 0 行，0 行没有变化" in page and "3号停车场" in page and Lot.objects.count() == 0
    answer = client.post("/work/lots/import/apply", {"file": checking.arguments["file"]})
    run(Job.objects.first())
    assert "已新增 5 行" in client.get(answer.url).content.decode()
    assert list(Lot.objects.order_by("code").values_list("berths", flat=True)) == [2, 3, 4, 5, 6]
    assert AuditEntry.objects.filter(action="lots.keep").count() == 5


def test_problems_are_told_by_row_over_all_parts(client, officer):
    client.force_login(officer)
    client.post("/work/lots/import", {"file": sheet(*ROWS[:4], "P-1,又一个,3", "P-6,六号,很多")})
    job = run(Job.objects.get())
    assert job.result["count"] == 2
    page = client.get(f"/work/lots/jobs/{job.pk}").content.decode()
    assert "第 7 行：与第 3 行的编号相同" in page and "第 8 行第 3 列（泊位）" in page


def test_one_refused_row_and_none_is_written(client, officer):
    client.force_login(officer)
    client.post("/work/lots/import", {"file": sheet(*ROWS, "P-9,九号,0")})
    digest = Job.objects.get().arguments["file"]
    client.post("/work/lots/import/apply", {"file": digest})
    with pytest.raises(Refused, match="第 8 行（P-9）：停车场至少有一个泊位"):
        run(Job.objects.first())
    assert Lot.objects.count() == 0 and not AuditEntry.objects.filter(action="lots.keep").exists()


def test_the_second_delivery_changes_nothing_and_a_job_that_wrote_says_so_again(client, officer):
    client.force_login(officer)
    client.post("/work/lots/import", {"file": sheet(*ROWS)})
    digest = Job.objects.get().arguments["file"]
    client.post("/work/lots/import/apply", {"file": digest})
    first = run(Job.objects.first())
    again = heavy.write_sheet(
        Progress(first), officer, **first.arguments
    )  # its worker died before it could say so
    assert again == first.result
    client.post("/work/lots/import/apply", {"file": digest})
    assert run(Job.objects.first()).result == {"new": 0, "changed": 0, "unchanged": 5, "written": True}


def test_a_bulk_action_over_a_long_filter_is_a_job(client, officer):
    client.force_login(officer)
    for at in range(5):
        Lot.objects.create(code=f"P-{at}", name=f"{at}号", berths=3)
    answer = client.post("/work/lots/bulk?q=号", {"action": "lots.open", "all": "1"})
    job = Job.objects.get()
    assert answer["HX-Redirect"] == f"/work/lots/jobs/{job.pk}"
    Lot.objects.filter(code="P-4").update(berths=None)
    with pytest.raises(Refused, match="P-4：泊位数待补"):
        run(job)
    assert not Lot.objects.filter(state="open").exists()
    Lot.objects.filter(code="P-4").update(berths=9)
    run(Job.objects.get())
    assert Lot.objects.filter(state="open").count() == 5
    assert "已对 5 行启用" in client.get(f"/work/lots/jobs/{job.pk}").content.decode()


def test_anothers_job_does_not_exist(client, officer, city):
    client.force_login(officer)
    client.post("/work/lots/import", {"file": sheet(*ROWS)})
    client.force_login(city["ducha2"])
    assert client.get(f"/work/lots/jobs/{Job.objects.get().pk}").status_code == 404
