"""The auditor's desk: what was done is found by who, what, to what and when, and leaves as a harmless CSV."""

import csv
import io

import pytest
from django.db import connection
from django.utils import timezone

from luodi.kernel import audit
from luodi.kernel.anchors import kept_anchors, read_line
from luodi.kernel.jobs import run_job
from luodi.kernel.models import AuditEntry, Job


@pytest.fixture
def auditor(client, city):
    client.force_login(city["rizhi"])
    audit.record(
        city["fagai"], "commitments.reword", "commitments.commitment:7", {"text": '=HYPERLINK("http://x")'}
    )
    audit.record(city["ducha"], "commitments.assign", "commitments.commitment:8")
    audit.record(city["ducha"], "=cmd", "commitments.commitment:9")
    return client


def found(client, query: str) -> str:
    return client.get(f"/audit/?{query}").content.decode()


def test_entries_are_found_by_person_action_subject_and_day(auditor):
    assert "commitment:7" in found(auditor, "by=fagai") and "commitment:8" not in found(auditor, "by=fagai")
    assert "commitment:8" in found(auditor, "action=commitments.a")
    assert "commitment:7" not in found(auditor, "action=commitments.a")
    assert "commitment:8" not in found(auditor, "subject=commitments.commitment:7").split("<table>")[1]
    today = timezone.localdate()
    assert "commitment:7" in found(auditor, f"first={today}&last={today}")
    assert "没有符合条件的记录" in found(auditor, "last=2020-01-01")


def test_older_entries_follow_page_by_page(auditor):
    for number in range(120):
        audit.record(None, "test.many", f"thing:{number}")
    page = found(auditor, "action=test.many")
    assert "thing:119" in page and "thing:20<" in page and "thing:19<" not in page
    last = AuditEntry.objects.get(subject="thing:20").pk
    assert f"?action=test.many&amp;before={last}" in page
    assert "thing:19<" in found(auditor, f"action=test.many&before={last}")


def test_the_export_runs_nothing_and_is_itself_in_the_log(auditor):
    answer = auditor.get("/audit/export?action=")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[0][:3] == ["编号", "时间", "操作人"]
    assert "'=cmd" in [row[4] for row in rows]
    assert not any(cell[:1] in "=+-@\t\r" for row in rows for cell in row if cell)
    assert AuditEntry.objects.filter(action="audit.export", by="rizhi").count() == 1


def test_the_chain_is_verified_as_a_job_and_its_state_is_on_the_page(auditor):
    assert "还没有核验过" in found(auditor, "")
    auditor.post("/audit/verify")
    assert "正在核验" in found(auditor, "")
    run_job.call(Job.objects.get().pk)
    assert "条完好，与 0 个审计锚相符" in found(auditor, "")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_auditentry SET by = 'x' WHERE action = '=cmd'")
    auditor.post("/audit/verify")
    run_job.call(Job.objects.order_by("-id").first().pk)
    assert "与封印不符" in found(auditor, "")


def test_the_days_anchor_is_taken_away_as_one_line(auditor):
    answer = auditor.post("/audit/anchor")
    assert answer["Content-Disposition"].startswith("attachment")
    assert read_line(answer.content.decode()) == kept_anchors()[0]
    assert answer.content.decode().strip() in found(auditor, "")


def test_an_entry_is_masked_also_for_auditors_and_whole_only_with_a_reason(auditor, city):
    told = {
        "values": {"reporter_name": "欧阳修远", "reporter_phone": "13812345678"},
        "note": "身份证11010519491231002X",
    }
    with audit.one_request("10.1.2.3"):
        audit.record(city["rexian"], "cases.bring", "cases.case:7", told)
        audit.record(city["rexian"], "cases.assign", "cases.case:7")
    pk = AuditEntry.objects.get(action="cases.bring").pk
    whole = ("欧阳修远", "13812345678", "11010519491231002X")
    page = found_at(auditor, f"/audit/{pk}/")
    assert "138****5678" in page and "1101************2X" in page and "欧**远" in page
    assert "cases.assign" in page, "what else the same request did"
    listed = found(auditor, "subject=cases.case:7")
    exported = b"".join(auditor.get("/audit/export").streaming_content).decode()
    assert not [text for text in whole if text in page + listed + exported]
    assert auditor.post(f"/audit/{pk}/reveal", {"reason": "看"}, HTTP_HX_REQUEST="true").status_code == 422
    answer = auditor.post(f"/audit/{pk}/reveal", {"reason": "核对投诉来源"})
    assert all(text in answer.content.decode() for text in whole)
    assert "no-store" in answer["Cache-Control"]
    entry = AuditEntry.objects.get(action="audit.reveal")
    assert (entry.by, entry.subject, entry.detail) == (
        "rizhi",
        f"kernel.auditentry:{pk}",
        {"reason": "核对投诉来源"},
    )
    assert audit.first_broken_entry() is None


def test_an_entry_without_personal_data_offers_nothing_to_reveal(auditor):
    pk = AuditEntry.objects.get(action="commitments.assign").pk
    assert "reveal" not in found_at(auditor, f"/audit/{pk}/")


def found_at(client, address: str) -> str:
    return client.get(address).content.decode()
