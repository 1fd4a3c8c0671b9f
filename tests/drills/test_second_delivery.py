"""Files and sheets come twice, late and out of order: what stands at the end is what each brought once.

A history is any mix of: a plan delivered (again), a queued reading run (again, in any order), a sheet taken from the
ledger of the day and edited, a sheet delivered (again, after later ones). Sheets bring one line each, so the later
delivery of a line decides it. The same sheet right after itself must change nothing.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from luodi.commitments import intake, sheets
from luodi.commitments.ledger import ledger_of
from luodi.commitments.models import Commitment, Document, Edit
from luodi.kernel import audit, jobs
from luodi.kernel.models import AuditEntry, Job, Person, StoredFile
from luodi.reading.forms import FormHead, write

PLANS = tuple(
    f"云川市{year}年政府工作计划\n一、抓好项目建设\n新建口袋公园{year % 100}处。完成农村公路{year % 10 + 2}公里。"
    for year in (2025, 2026, 2027)
)
WORDINGS = ("年内建成口袋公园", "分两批完成农村公路", "按季公布进度")


class Deliveries(RuleBasedStateMachine):
    """`expected` holds the wording of every line that was read, by document and place."""

    @initialize()
    def an_empty_office(self):
        self.block = transaction.atomic()
        self.block.__enter__()
        self.by = Person.objects.get(login="ducha")
        self.delivered: set[int] = set()
        self.expected: dict[tuple[int, int], str] = {}
        self.kept_sheets: list[tuple[int, int, str, bytes]] = []

    def teardown(self):
        if hasattr(self, "block"):
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    @rule(which=st.sampled_from(range(len(PLANS))))
    def deliver_plan(self, which):
        _, is_new = intake.deliver_text(self.by, PLANS[which])
        assert is_new == (which not in self.delivered)
        self.delivered.add(which)

    @precondition(lambda self: self.delivered)
    @rule(data=st.data())
    def run_a_reading(self, data):
        """Whichever is queued, also one that is over."""
        pk = data.draw(st.sampled_from(sorted(Job.objects.values_list("pk", flat=True))))
        jobs.run_job.func(pk)
        document = Document.objects.get(job=pk)
        for place, line in enumerate(self.lines(document)):
            self.expected.setdefault((document.pk, place), line.text)

    @precondition(lambda self: self.expected)
    @rule(data=st.data(), wording=st.sampled_from(WORDINGS))
    def edit_a_sheet(self, data, wording):
        """Someone takes one line home; when the sheet comes back is another matter."""
        pk, place = data.draw(st.sampled_from(sorted(self.expected)))
        document = Document.objects.get(pk=pk)
        form = sheets.form_lines(ledger_of(document))[place]
        content = write(FormHead(document.title), [replace(form, text=wording)], "xlsx")
        self.kept_sheets.append((pk, place, wording, content))

    @precondition(lambda self: self.kept_sheets)
    @rule(data=st.data())
    def deliver_a_sheet(self, data):
        pk, place, wording, content = data.draw(st.sampled_from(self.kept_sheets))
        document = Document.objects.get(pk=pk)
        sheets.apply(self.by, document, content)
        self.expected[pk, place] = wording
        before = self.everything()
        assert sheets.plan(document, content).changes == ()
        sheets.apply(self.by, document, content)
        assert self.everything() == before

    @invariant()
    def what_stands_is_what_was_brought(self):
        if not hasattr(self, "block"):
            return
        found = {
            (document.pk, place): line.text
            for document in Document.objects.exclude(read_at=None)
            for place, line in enumerate(self.lines(document))
        }
        assert found == self.expected
        assert Document.objects.count() == len(self.delivered)
        assert not Job.objects.filter(state__in=[Job.State.BROKEN, Job.State.REFUSED]).exists()

    @invariant()
    def the_chain_is_whole(self):
        if hasattr(self, "block"):
            assert audit.first_broken_entry() is None

    def lines(self, document):
        return [row.line for row in ledger_of(document).lines] if document.read_at else []

    def everything(self):
        """All rows that a second delivery must leave alone, the log included."""
        return [
            list(Commitment.objects.order_by("pk").values()),
            *(model.objects.count() for model in (Edit, AuditEntry, StoredFile, Job)),
        ]


def histories(count: int, steps: int) -> None:
    run_state_machine_as_test(
        Deliveries,
        settings=settings(
            max_examples=count, stateful_step_count=steps, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_a_second_delivery_changes_nothing(city):
    histories(15, 15)


@pytest.mark.drill
def test_ten_thousand_histories(city):
    histories(10_000, 25)
