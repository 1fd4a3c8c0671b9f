"""The log can't be altered unseen: every kind of tampering is found and named, also by those who can write to the table."""

import hashlib
import json
from datetime import date, datetime

import pytest
from django.db import connection, transaction

from luodi.kernel import anchors, audit, chain
from luodi.kernel.clock import CHINA
from luodi.kernel.models import AuditEntry, ChainHead

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


def sql(query: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def log(home):
    """Ten entries, as ten writes would leave them, in a log that held none."""
    sql("DELETE FROM kernel_auditentry")
    ChainHead.objects.all().delete()
    with audit.one_request("10.1.2.3"):
        for number in range(10):
            audit.record(None, "test.write", None, {"figure": number, "名": "甲"})
    return list(AuditEntry.objects.order_by("id"))


def told(*args) -> AuditEntry:
    """An entry, written and read again."""
    audit.record(*args)
    return AuditEntry.objects.last()


def test_an_untouched_log_holds(log):
    assert audit.first_broken_entry() is None
    assert ChainHead.objects.get().length == 10


def test_a_seal_is_sha256_over_the_previous_one_and_the_fields_line_by_line():
    """Anyone can check it with a few lines of any language."""
    entry = AuditEntry(
        at=datetime(2026, 3, 5, 17, 30, tzinfo=CHINA), by="ducha", address="10.1.2.3", action="commitments.reword",
        subject="commitments.commitment:7", request="r" * 32,
        detail={"text": "新增“停车位”\n1万个\u2028\\", "figures": [1, 2.5, None, True], "b": {"z": 1, "a": "é"}},
    )  # fmt: skip
    detail = json.dumps(entry.detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    lines = ["p" * 64, "2026-03-05 09:30:00.000000", entry.by, entry.address, entry.action, entry.subject, entry.request, detail]  # fmt: skip
    assert audit.seal_of("p" * 64, entry) == hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_entries_of_one_request_carry_one_id_and_their_address(log):
    other = told(None, "test.write")
    assert len({entry.request for entry in log}) == 1
    assert (other.request != log[0].request, log[0].address, other.address) == (True, "10.1.2.3", "")


def test_what_is_read_again_is_what_was_told(log):
    assert AuditEntry.objects.get(pk=log[3].pk).detail == {"figure": 3, "名": "甲"}
    assert sql("SELECT detail FROM kernel_auditentry WHERE id = %s", log[3].pk) == [
        ('{"figure":3,"名":"甲"}',)
    ]


def test_a_moment_without_a_fraction_is_sealed_like_any_other(log, monkeypatch):
    from django.utils import timezone

    whole = timezone.now().replace(microsecond=0)
    monkeypatch.setattr(timezone, "now", lambda: whole)
    audit.record(None, "test.write")
    assert audit.first_broken_entry() is None


def test_a_line_end_in_a_field_does_not_reach_the_seal(log):
    entry = told(None, "test.write", "one\ntwo")
    assert entry.subject == "one two"


def test_keys_and_values_of_any_kind_are_kept_as_text(log):
    entry = told(None, "test.write", log[0], {"day": DAY, "of": {2: {"b", "a"}, "x": (1, 2)}, "row": log[1]})
    assert entry.subject == f"kernel.auditentry:{log[0].pk}"
    assert entry.detail == {
        "day": "2026-11-24", "of": {"2": ["a", "b"], "x": [1, 2]}, "row": f"kernel.auditentry:{log[1].pk}",
    }  # fmt: skip
    assert audit.first_broken_entry() is None


def test_entries_told_together_are_appended_at_the_end_in_their_order(log, django_assert_num_queries):
    with django_assert_num_queries(5), audit.together():  # a savepoint, the head, all entries, the head moved
        for number in range(50):
            audit.record(None, "test.many", f"thing:{number}")
    subjects = list(AuditEntry.objects.filter(action="test.many").values_list("subject", flat=True))
    assert subjects == [f"thing:{number}" for number in range(50)]
    assert audit.first_broken_entry() is None
    assert ChainHead.objects.get().length == 60


def test_what_a_savepoint_took_back_is_not_told_with_the_rest(log):
    with audit.together():
        audit.record(None, "test.kept", "before")
        with pytest.raises(ValueError, match="row 2"), transaction.atomic(), audit.together():
            audit.record(None, "test.lost")
            raise ValueError("row 2")
        audit.record(None, "test.kept", "after")
    assert not AuditEntry.objects.filter(action="test.lost").exists()
    assert AuditEntry.objects.filter(action="test.kept").count() == 2
    assert audit.first_broken_entry() is None


def test_a_write_that_fails_together_with_others_tells_nothing(log):
    with pytest.raises(ValueError, match="all or none"), audit.together():
        audit.record(None, "test.lost")
        raise ValueError("all or none")
    audit.record(None, "test.write")
    assert ChainHead.objects.get().length == 11
    assert not AuditEntry.objects.filter(action="test.lost").exists()


def test_the_log_has_no_way_to_change_or_remove_an_entry(log):
    for attempt in (
        lambda: AuditEntry.objects.filter(pk=log[4].pk).update(by="x"),
        lambda: AuditEntry.objects.all().delete(),
        lambda: log[4].delete(),
        lambda: log[4].save(),
    ):
        with pytest.raises(TypeError, match="never"):
            attempt()


@pytest.mark.parametrize("field", ["by", "address", "action", "subject", "request"])
def test_an_edited_entry_is_named(log, field):
    sql(f"UPDATE kernel_auditentry SET {field} = 'someone' WHERE id = %s", log[4].pk)
    assert f"第 {log[4].pk} 号" in audit.first_broken_entry()


def test_an_edited_time_or_figure_is_named(log):
    sql("UPDATE kernel_auditentry SET at = '2020-01-01 00:00:00' WHERE id = %s", log[6].pk)
    assert f"第 {log[6].pk} 号" in audit.first_broken_entry()
    sql("UPDATE kernel_auditentry SET detail = '{\"figure\":99}' WHERE id = %s", log[4].pk)
    assert f"第 {log[4].pk} 号" in audit.first_broken_entry()


def test_text_moved_from_one_field_to_the_next_is_named(log):
    sql("UPDATE kernel_auditentry SET action = 'test', subject = '.write' WHERE id = %s", log[4].pk)
    assert f"第 {log[4].pk} 号" in audit.first_broken_entry()


def test_a_removed_entry_breaks_the_next(log):
    sql("DELETE FROM kernel_auditentry WHERE id = %s", log[4].pk)
    assert f"第 {log[5].pk} 号" in audit.first_broken_entry()


def test_a_cut_tail_is_found(log):
    sql("DELETE FROM kernel_auditentry WHERE id >= %s", log[7].pk)
    assert "应有 10 条，实有 7 条" in audit.first_broken_entry()


def test_two_swapped_entries_are_found(log):
    first, second = log[2], log[3]
    for old, new in ((first.pk, -1), (second.pk, first.pk), (-1, second.pk)):
        sql("UPDATE kernel_auditentry SET id = %s WHERE id = %s", new, old)
    assert f"第 {first.pk} 号" in audit.first_broken_entry()


def test_an_inserted_entry_is_found(log):
    forged = AuditEntry.objects.get(pk=log[4].pk)
    forged = AuditEntry(at=forged.at, by="x", action="y", request="z", seal="f" * 64)
    forged.save()
    assert f"第 {forged.pk} 号" in audit.first_broken_entry()


def test_an_entry_added_with_a_right_seal_but_past_the_head_is_found(log):
    forged = AuditEntry(at=log[9].at, by="x", action="y", request="z", detail={})
    forged.seal = audit.seal_of(log[9].seal, forged)
    forged.save()
    assert "应有 10 条，实有 11 条" in audit.first_broken_entry()


def rewrite(change=lambda entry: entry, keep: int = 100) -> None:
    """What an intruder with the whole database does: change, seal everything anew, set the head."""
    rows = sql("SELECT id FROM kernel_auditentry ORDER BY id")
    previous, length = chain.GENESIS, 0
    for (pk,) in rows:
        if length == keep:
            sql("DELETE FROM kernel_auditentry WHERE id = %s", pk)
            continue
        entry = change(AuditEntry.objects.get(pk=pk))
        previous, length = audit.seal_of(previous, entry), length + 1
        sql(
            "UPDATE kernel_auditentry SET by = %s, detail = %s, seal = %s WHERE id = %s",
            entry.by, json.dumps(entry.detail, ensure_ascii=False, sort_keys=True, separators=(",", ":")), previous, pk,
        )  # fmt: skip
    ChainHead.objects.update(seal=previous, length=length)


def innocent(entry: AuditEntry) -> AuditEntry:
    entry.by = "somebody-else"
    return entry


def test_a_whole_rewrite_is_unseen_inside_and_found_by_an_anchor_kept_elsewhere(log):
    on_paper = anchors.drop_anchor(None, DAY).line
    audit.record(None, "test.write")
    assert chain.verify([anchors.read_line(on_paper).mark]) == chain.Verdict(
        12, ChainHead.objects.get().seal, None
    )
    rewrite(innocent)
    assert audit.first_broken_entry() is None
    assert "的审计锚不符：前 11 条被改写过" in chain.verify([anchors.read_line(on_paper).mark]).fault


def test_a_tail_cut_and_sealed_over_is_found_by_the_anchor(log):
    anchor = anchors.drop_anchor(None, DAY)
    rewrite(keep=6)
    assert audit.first_broken_entry() is None
    assert "记有 11 条，实有 6 条：记录被截去" in chain.verify([anchor.mark]).fault


def test_an_anchor_is_made_once_a_day_and_read_from_its_line_again(log):
    first, again = anchors.drop_anchor(None, DAY), anchors.drop_anchor(None, DAY)
    assert first == again
    assert anchors.kept_anchors() == [first]
    assert anchors.read_line(f"  {first.line.replace(' ', '  ')}") == first


def test_a_miscopied_anchor_is_told_from_a_broken_log(log):
    line = anchors.drop_anchor(None, DAY).line
    slip = line.replace(" 11 ", " 17 ")
    with pytest.raises(anchors.BadAnchor, match="抄错了"):
        anchors.read_line(slip)
    with pytest.raises(anchors.BadAnchor, match="不是审计锚"):
        anchors.read_line("落地审计锚 2026-11-24 11 abcd")
