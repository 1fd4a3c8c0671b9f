"""How lines stand today: how old the last fact is, which reports are missing, what contradicts itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from luodi.commitments import life
from luodi.commitments.doubts import is_stale, sentences
from luodi.commitments.models import Commitment, Node, ProgressReport, Receipt
from luodi.commitments.periods import Span, owed, span_of

Sent = ProgressReport.State.SENT
COMING_DAYS = 14


@dataclass(frozen=True, slots=True)
class Standing:
    """One line today.

    `missing` are the periods that are over without a report of the lead unit, oldest first; `coming` is the present
    period, once its report is due within two weeks and nobody has written it.
    """

    line: Commitment
    missing: tuple[Span, ...] = ()
    coming: Span | None = None
    late_nodes: tuple[Node, ...] = ()
    returned: ProgressReport | None = None
    unsigned: tuple[Receipt, ...] = ()

    @property
    def is_owed(self) -> bool:
        return self.line.state in life.OWED and self.line.same_as_id is None

    @property
    def days_old(self) -> int | None:
        return self.line.latest.days_old if self.line.latest else None

    @property
    def is_stale(self) -> bool:
        return self.is_owed and is_stale(self.days_old)

    @property
    def doubts(self) -> list[str]:
        return sentences(self.line.latest.doubts) if self.line.latest else []

    @property
    def due(self) -> Span | None:
        """The period to report on now: the last one that is over, when nobody has reported on it."""
        return self.missing[-1] if self.missing else None

    @property
    def to_write(self) -> Span | None:
        """The period that the lead unit writes about now."""
        return self.due or self.coming

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due.due_on < timezone.localdate()

    @property
    def days_late(self) -> int:
        return self.due.days_late(timezone.localdate()) if self.due else 0

    @property
    def percent(self) -> int | None:
        return self.line.latest.percent if self.line.latest else None


def standings(lines: Iterable[Commitment], today: date | None = None) -> list[Standing]:
    """At most three queries over any number of lines. They must have `latest`, `document` and their assignments at hand."""
    today = today or timezone.localdate()
    rows = list(lines)
    keys = [line.pk for line in rows]
    sent, returned = _reported(keys)
    receipts: dict[int, list[Receipt]] = defaultdict(list)
    kept = Receipt.objects.filter(commitment__in=keys).select_related("unit")
    for receipt in kept.only("commitment", "unit", "state", "sent_at", "unit__name", "unit__short_names"):
        receipts[receipt.commitment_id].append(receipt)
    nodes = _late_nodes(rows, today)
    return [
        _standing(line, sent[line.pk], receipts[line.pk], nodes[line.pk], returned.get(line.pk), today)
        for line in rows
    ]


def _late_nodes(lines: Sequence[Commitment], today: date) -> dict[int, list[Node]]:
    """Approved nodes whose day is over, by line; one query, none when the lines have their nodes at hand."""
    late: dict[int, list[Node]] = defaultdict(list)
    if all("nodes" in getattr(line, "_prefetched_objects_cache", {}) for line in lines):
        nodes = [node for line in lines for node in line.nodes.all()]
    else:
        keys = [line.pk for line in lines]
        nodes = Node.objects.filter(commitment__in=keys, state=Node.State.APPROVED, reached_on=None)
        nodes = list(nodes.filter(due_on__lt=today))
    for node in nodes:
        if node.state == Node.State.APPROVED and not node.reached_on and node.due_on < today:
            late[node.commitment_id].append(node)
    return late


def _reported(keys: Sequence[int]) -> tuple[dict[int, set[date]], dict[int, ProgressReport]]:
    """The periods that each line was reported on, and the report that was given back. Years of reports are plain rows:
    only what is given back becomes an object."""
    sent: dict[int, set[date]] = defaultdict(set)
    returned: dict[int, ProgressReport] = {}
    fields = ("id", "commitment_id", "unit_id", "period", "state", "opinion")
    kept = ProgressReport.objects.filter(commitment__in=keys).exclude(state=ProgressReport.State.DRAFT)
    for row in kept.order_by("period").values_list(*fields):
        _pk, line, _unit, period, state, _opinion = row
        if state == Sent:
            sent[line].add(period)
        else:
            returned[line] = ProgressReport(**dict(zip(fields, row, strict=True)))
    return sent, returned


def _standing(
    line: Commitment,
    sent: set[date],
    receipts: Sequence[Receipt],
    nodes: Sequence[Node],
    returned: ProgressReport | None,
    today: date,
) -> Standing:
    if line.state not in life.OWED or line.same_as_id:
        return Standing(line)
    document, lead = line.document, line.lead
    mine = next((each for each in receipts if lead and each.unit_id == lead.unit_id), None)
    missing: tuple[Span, ...] = ()
    coming: Span | None = None
    if mine and mine.state == Receipt.State.SIGNED:
        first = timezone.localdate(mine.sent_at)
        missing = tuple(owed(first, sent, today, document.report_every, document.report_day))
        now = span_of(today, document.report_every, document.report_day)
        if now.start not in sent and (now.due_on - today).days <= COMING_DAYS:
            coming = now
    unsigned = tuple(each for each in receipts if each.state != Receipt.State.SIGNED)
    return Standing(line, missing, coming, tuple(nodes), returned, unsigned)
