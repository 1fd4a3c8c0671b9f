"""What was refused stands in the log with who, what, on what and from where; a hammered button does not fill it."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from luodi.kernel import anchors, audit, denials, jobs
from luodi.kernel.accounts import people
from luodi.kernel.clock import CHINA
from luodi.kernel.models import AuditEntry, DeniedDeed, Job

NOON = datetime(2026, 11, 24, 12, tzinfo=CHINA)


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test moves by seconds."""
    now = [NOON]
    monkeypatch.setattr("django.utils.timezone.now", lambda: now[0])

    def pass_by(seconds: float) -> None:
        now[0] += timedelta(seconds=seconds)

    return pass_by


def told() -> list[tuple]:
    rows = AuditEntry.objects.filter(action__startswith=denials.PREFIX).order_by("id")
    return list(rows.values_list("by", "action", "subject", "detail", "address"))


def test_the_first_is_told_at_once_with_where_it_came_from(city, clock):
    with audit.one_request("10.1.2.3"):
        denials.note(city["fagai"], "commitments.issue", city["ducha"], path="/documents/7/issue")
    assert told() == [
        ("fagai", "denied.commitments.issue", f"kernel.person:{city['ducha'].pk}", {"path": "/documents/7/issue"}, "10.1.2.3")
    ]  # fmt: skip


def test_repetitions_within_a_minute_are_counted_and_told_as_one(city, clock):
    with audit.one_request("10.1.2.3"):
        for number in range(30):
            denials.note(city["fagai"], "lines.save", f"line:{number}")
            clock(1)
    assert len(told()) == 1
    assert DeniedDeed.objects.get().times == 29
    clock(31)
    with audit.one_request("10.9.9.9"):
        denials.note(city["ducha"], "other.deed")
    first, summary, other = told()
    assert (first[2], other[:2]) == ("line:0", ("ducha", "denied.other.deed"))
    assert summary[:3] == ("fagai", "denied.lines.save", "")
    assert summary[4] == "10.1.2.3", "the address is that of the refused, not of whoever came next"
    assert summary[3]["times"] == 29
    assert summary[3]["subjects"] == [f"line:{number}" for number in range(1, 21)]
    assert audit.first_broken_entry() is None


def test_after_a_minute_the_same_deed_is_told_again_and_other_people_and_deeds_at_once(city, clock):
    for by, deed in (("fagai", "a.b"), ("fagai", "a.c"), ("gongxin", "a.b"), ("fagai", "a.b")):
        denials.note(city[by], deed)
    assert len(told()) == 3
    clock(61)
    denials.note(city["fagai"], "a.b")
    assert [row[:2] for row in told()[3:]] == [("fagai", "denied.a.b"), ("fagai", "denied.a.b")]
    assert [row[3].get("times") for row in told()[3:]] == [1, None]


def test_strangers_are_counted_by_their_address(db, clock):
    for address in ("10.0.0.1", "10.0.0.2", "10.0.0.1"):
        with audit.one_request(address):
            denials.note(None, "accounts.sign_in")
    assert [row[4] for row in told()] == ["10.0.0.1", "10.0.0.2"]


def test_the_days_anchor_leaves_nothing_counted_but_untold(city, clock, home):
    for _ in range(3):
        denials.note(city["fagai"], "a.b")
    anchors.drop_anchor(None, date(2026, 11, 24))
    assert [row[3].get("times") for row in told()] == [None, 2]
    assert not DeniedDeed.objects.exists()


def test_an_action_says_which_deed_was_refused(city):
    with pytest.raises(PermissionDenied) as caught:
        people.set_active(city["ducha"], city["fagai"], False)
    assert (caught.value.deed, caught.value.subject) == ("accounts.set_active", city["fagai"])


@jobs.job
def overstep(progress, by, person):
    people.set_active(by, type(by).objects.get(pk=person), False)


def test_a_job_that_may_not_do_it_is_refused_and_told(city):
    row = jobs.start(city["ducha"], overstep, "越权", person=city["fagai"].pk)
    jobs.run_job.call(row.pk)
    row.refresh_from_db()
    assert (row.state, row.message) == (Job.State.REFUSED, "你没有办理这件事的权限，什么都没有改动。")
    assert [entry[:3] for entry in told()] == [
        ("ducha", "denied.accounts.set_active", f"kernel.person:{city['fagai'].pk}")
    ]
