"""待办: everything that is due from a person, in one list, each with a sentence that says exactly what and by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.commitments import life
from luodi.commitments.models import Application, Assignment, Commitment, Node, Rating, Receipt
from luodi.commitments.periods import span_of
from luodi.commitments.permission import edits_ledger, liaison_units
from luodi.commitments.standing import Standing, standings
from luodi.kernel.models import Person

KINDS: dict[str, str | Promise] = {
    "sign": gettext_lazy("待签收"),
    "rewrite": gettext_lazy("退回重报"),
    "report": gettext_lazy("待报进展"),
    "node": gettext_lazy("节点到期"),
    "plan": gettext_lazy("待填形象进度"),
    "reassign": gettext_lazy("单位退回签收"),
    "verify": gettext_lazy("待核实"),
    "close": gettext_lazy("待销号"),
    "decide": gettext_lazy("待审批"),
    "nodes": gettext_lazy("待审节点"),
    "review": gettext_lazy("挂账复核"),
    "rating": gettext_lazy("群众评价待审核"),
}
"""What may be due, in the order of the page."""

SIGN_WITHIN_DAYS = 3
ANSWER_WITHIN_DAYS = 7
SOON_DAYS = 7
State = Commitment.State
LEAN = ("commitment__document__text", "commitment__document__report")
"""The text of a whole plan is not needed to say which line is due."""


@dataclass(frozen=True, slots=True)
class Due:
    """One thing due from a person: what, on which line, by when (None: when there is time), and why."""

    kind: str
    line: Commitment
    what: str
    by: date | None
    url: str
    note: str = ""

    @property
    def title(self) -> str:
        return str(KINDS[self.kind])

    @property
    def days_late(self) -> int:
        return 0 if self.by is None else max(0, (timezone.localdate() - self.by).days)

    def days_left(self, today: date) -> int | None:
        return None if self.by is None else (self.by - today).days


def due_from(person: Person, today: date | None = None) -> list[Due]:
    """Everything due from this person, the most pressing first in each kind."""
    today = today or timezone.localdate()
    found: list[Due] = []
    if units := liaison_units(person):
        found += [*_to_sign(units), *_to_report(units, today)]
    if edits_ledger(person):
        found += [
            *_given_back(), *_to_verify(person), *_to_close(), *_to_decide(person), *_nodes_to_judge(),
            *_to_review(today), *_ratings(),
        ]  # fmt: skip
    order = list(KINDS)
    return sorted(found, key=lambda due: (order.index(due.kind), due.by or date.max, due.line.pk))


def _page(line: Commitment, part: str = "") -> str:
    return reverse("commitments:line", args=[line.pk]) + part


def _to_sign(units: set[int]) -> Iterator[Due]:
    receipts = Receipt.objects.filter(unit__in=units, state=Receipt.State.WAITING)
    for receipt in receipts.select_related("commitment__document").defer(*LEAN):
        by = timezone.localdate(receipt.sent_at) + timedelta(days=SIGN_WITHIN_DAYS)
        note = _("督查室意见：%(opinion)s") % {"opinion": receipt.opinion} if receipt.opinion else ""
        yield Due("sign", receipt.commitment, _("签收，或写明理由退回"), by, _page(receipt.commitment), note)


def lines_to_report(units: set[int], today: date | None = None) -> list[Standing]:
    """Lines on which these lead units have a report to write now, the latest ones first."""
    rows = [each for each in _led_by(units, today) if each.to_write and not each.returned]
    return sorted(rows, key=lambda each: (each.to_write.due_on, each.line.document_id, each.line.start))


def _led_by(units: set[int], today: date | None) -> list[Standing]:
    led = Assignment.objects.filter(unit__in=units, accepted=True, role=Assignment.Role.LEAD)
    lines = (
        Commitment.objects.filter(pk__in=led.values("commitment"), state__in=life.OWED, same_as=None)
        .select_related("document", "latest")
        .defer("document__text", "document__report")
        .prefetch_related(Prefetch("assignments", Assignment.objects.select_related("unit")), "nodes")
    )
    return standings(lines, today)


def _to_report(units: set[int], today: date) -> Iterator[Due]:
    """What the lead units owe: reports, rewritten reports, nodes."""
    for standing in _led_by(units, today):
        line = standing.line
        every, day = line.document.report_every, line.document.report_day
        if standing.returned:
            span = span_of(standing.returned.period, every, day)
            what = _("重报%(period)s进展：%(opinion)s") % {
                "period": span.title,
                "opinion": standing.returned.opinion,
            }
            yield Due(
                "rewrite",
                line,
                what,
                today,
                reverse("commitments:report", args=[line.pk]) + f"?period={span.start}",
            )
        elif span := standing.to_write:
            more = len(standing.missing) - (standing.due is not None)
            yield Due(
                "report", line, _("报送%(period)s进展") % {"period": span.title}, span.due_on,
                reverse("commitments:report", args=[line.pk]) + f"?period={span.start}",
                _("此前还有 %(n)d 期没有报") % {"n": more} if more else "",
            )  # fmt: skip
        nodes = list(line.nodes.all())
        for node in nodes:
            if node.state == Node.State.RETURNED:
                yield Due(
                    "plan",
                    line,
                    _("重填节点：%(opinion)s") % {"opinion": node.opinion},
                    today,
                    _page(line, "#nodes"),
                )
            elif (
                node.state == Node.State.APPROVED
                and not node.reached_on
                and node.due_on <= today + timedelta(days=SOON_DAYS)
            ):
                yield Due(
                    "node", line, node.shows, node.due_on, reverse("commitments:report", args=[line.pk])
                )
        if not nodes and line.state != State.ISSUED and line.kind == Commitment.Kind.PROJECT:
            yield Due("plan", line, _("填报各季度形象进度"), None, _page(line, "#nodes"))


def _given_back() -> Iterator[Due]:
    receipts = Receipt.objects.filter(state=Receipt.State.RETURNED).select_related(
        "commitment__document", "unit"
    )
    for receipt in receipts:
        by = timezone.localdate(receipt.at) + timedelta(days=SIGN_WITHIN_DAYS)
        what = _("%(unit)s退回：%(reason)s") % {"unit": receipt.unit.called, "reason": receipt.reason}
        yield Due("reassign", receipt.commitment, what, by, _page(receipt.commitment))


def _to_verify(person: Person) -> Iterator[Due]:
    open_ones = Application.objects.filter(
        kind=Application.Kind.CLOSE, state=Application.State.OPEN, commitment__state=State.CLOSING
    ).exclude(by=person)
    for application in open_ones.select_related("commitment__document", "by").defer(*LEAN):
        by = timezone.localdate(application.at) + timedelta(days=ANSWER_WITHIN_DAYS)
        yield Due(
            "verify",
            application.commitment,
            application.reason,
            by,
            _page(application.commitment),
            application.by.name,
        )


def _to_close() -> Iterator[Due]:
    for line in Commitment.objects.filter(state=State.VERIFIED).select_related("document"):
        yield Due("close", line, _("已核实属实，可以销号"), None, _page(line))


def _to_decide(person: Person) -> Iterator[Due]:
    open_ones = Application.objects.filter(state=Application.State.OPEN).exclude(
        Q(kind=Application.Kind.CLOSE) | Q(by=person)
    )
    for application in open_ones.select_related("commitment__document", "by").defer(*LEAN):
        by = timezone.localdate(application.at) + timedelta(days=ANSWER_WITHIN_DAYS)
        what = f"{application.get_kind_display()} {application.what}：{application.old} → {application.new}"
        yield Due(
            "decide", application.commitment, what, by, _page(application.commitment), application.reason
        )


def _nodes_to_judge() -> Iterator[Due]:
    lines = Commitment.objects.filter(nodes__state=Node.State.PROPOSED).select_related("document").distinct()
    for line in lines:
        yield Due("nodes", line, _("审核形象进度节点"), None, _page(line, "#nodes"))


def _to_review(today: date) -> Iterator[Due]:
    soon = today + timedelta(days=SOON_DAYS)
    for line in Commitment.objects.filter(state=State.SUSPENDED, review_on__lte=soon).select_related(
        "document"
    ):
        yield Due("review", line, _("挂账到期：恢复推进，或写明原因继续挂账"), line.review_on, _page(line))


def _ratings() -> Iterator[Due]:
    ratings = (
        Rating.objects.filter(state=Rating.State.WAITING)
        .exclude(words="")
        .select_related("commitment__document")
        .defer(*LEAN)
    )
    for rating in ratings:
        yield Due(
            "rating",
            rating.commitment,
            f"{'★' * rating.stars} {rating.words}",
            None,
            reverse("commitments:ratings"),
        )
