"""The log can't be altered unseen: every kind of tampering is found and named."""

import hashlib
import json
from datetime import datetime

import pytest
from django.db import connection

from luodi.kernel import audit
from luodi.kernel.clock import CHINA
from luodi.kernel.models import AuditEntry, ChainHead

pytestmark = pytest.mark.django_db


@pytest.fixture
def log():
    """Ten entries, as ten writes would leave them, in a log that held none."""
    AuditEntry.objects.all().delete()
    ChainHead.objects.all().delete()
    with audit.one_request():
        return [audit.record(None, "test.write", None, {"figure": number}) for number in range(10)]


def test_an_untouched_log_holds(log):
    assert audit.first_broken_entry() is None
    assert ChainHead.objects.get().length == 10


def test_a_seal_is_sha256_over_the_previous_one_and_canonical_json():
    """Anyone can check it with a few lines of any language: sorted keys, no blanks, UTF-8."""
    entry = AuditEntry(
        at=datetime(2026, 3, 5, 17, 30, tzinfo=CHINA), by="ducha", action="commitments.reword",
        subject="commitments.commitment:7", request="r" * 32,
        detail={"text": "新增“停车位”\n1万个\u2028\\", "figures": [1, 2.5, None, True], "b": {"z": 1, "a": "é"}},
    )  # fmt: skip
    content = {name: getattr(entry, name) for name in audit.SEALED}
    content["at"] = "2026-03-05T09:30:00.000000+00:00"
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert audit.seal_of("p" * 64, entry) == hashlib.sha256(f"{'p' * 64}\n{plain}".encode()).hexdigest()


def test_entries_of_one_request_carry_one_id(log):
    other = audit.record(None, "test.write")
    assert len({entry.request for entry in log}) == 1
    assert other.request != log[0].request


@pytest.mark.parametrize("field", ["by", "action", "subject", "request"])
def test_an_edited_entry_is_named(log, field):
    AuditEntry.objects.filter(pk=log[4].pk).update(**{field: "someone"})
    assert f"第 {log[4].pk} 号" in audit.first_broken_entry()


def test_an_edited_figure_is_named(log):
    AuditEntry.objects.filter(pk=log[4].pk).update(detail={"figure": 99})
    assert f"第 {log[4].pk} 号" in audit.first_broken_entry()


def test_a_removed_entry_breaks_the_next(log):
    AuditEntry.objects.filter(pk=log[4].pk).delete()
    assert f"第 {log[5].pk} 号" in audit.first_broken_entry()


def test_a_cut_tail_is_found(log):
    AuditEntry.objects.filter(pk__gte=log[7].pk).delete()
    assert "应有 10 条，实有 7 条" in audit.first_broken_entry()


def test_two_swapped_entries_are_found(log):
    first, second = log[2], log[3]
    with connection.cursor() as cursor:
        for old, new in ((first.pk, -1), (second.pk, first.pk), (-1, second.pk)):
            cursor.execute("UPDATE kernel_auditentry SET id = %s WHERE id = %s", [new, old])
    assert f"第 {first.pk} 号" in audit.first_broken_entry()


def test_an_inserted_entry_is_found(log):
    forged = AuditEntry.objects.get(pk=log[4].pk)
    forged.pk, forged.seal = log[9].pk + 1, "f" * 64
    forged.save(force_insert=True)
    assert f"第 {forged.pk} 号" in audit.first_broken_entry()
