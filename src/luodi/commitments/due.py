"""What the ledger waits for: signatures, reports and nodes from liaisons; checks and decisions from the supervision office."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.db.models.functions import TruncDate
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
from luodi.workbench.inbox import SOON_DAYS, Ask, Batch, Due

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
VERBS = {"sign": gettext_lazy("签收"), "rewrite": gettext_lazy("填报"), "report": gettext_lazy("填报")}

SIGN_WITHIN_DAYS = 3
ANSWER_WITHIN_DAYS = 7
State = Commitment.State
LEAN = ("document__text", "document__report")
"""The text of a whole plan is not needed to say which line is due."""
LEAN_LINE = tuple(f"commitment__{name}" for name in LEAN)


def due_from(person: Person, today: date) -> Iterator[Due | Ask]:
    """Everything the ledger waits for from this person; at most five queries for a liaison, four for the office."""
    found: list[Due] = []
    if units := liaison_units(person):
        yield _to_sign(units)
        found += _to_report(units, today)
    if edits_ledger(person):
        found += [*_given_back(), *_to_judge(person), *_to_see_to(today), *_ratings()]
    order = list(KINDS)
    yield from sorted(found, key=lambda due: order.index(due.kind.partition(".")[2]))


def _due(
    kind: str,
    line: Commitment,
    what: str,
    by: date | None,
    url: str = "",
    *,
    part: str = "",
    note: str = "",
    batch: Batch | None = None,
) -> Due:
    return Due(
        kind=f"commitments.{kind}",
        title=str(KINDS[kind]),
        about=line.text,
        what=what,
        by=by,
        url=url or reverse("commitments:line", args=[line.pk]) + part,
        note=note,
        verb=str(VERBS.get(kind) or _("办理")),
        source=str(line.document.year or ""),
        batch=batch,
    )


def _to_sign(units: set[int]) -> Ask:
    receipts = Receipt.objects.filter(unit__in=units, state=Receipt.State.WAITING)
    of = "commitment__document"
    return Ask(
        receipts.annotate(sent_on=TruncDate("sent_at")),
        ("commitment__text", "opinion", of, f"{of}__title", f"{of}__year"),
        by="sent_on",
        key="commitment",
        say=_sign,
    )


def _sign(
    line: int, sent_on: date, text: str, opinion: str, document: str, title: str, year: str | None
) -> Due:
    url = reverse("commitments:sign_all", args=[document])
    return Due(
        kind="commitments.sign",
        title=str(KINDS["sign"]),
        about=text,
        what=_("签收，或写明理由退回"),
        by=sent_on + timedelta(days=SIGN_WITHIN_DAYS),
        url=reverse("commitments:line", args=[line]),
        note=_("督查室意见：%(opinion)s") % {"opinion": opinion} if opinion else "",
        verb=str(VERBS["sign"]),
        source=year or "",
        batch=Batch(_("全部签收：%(title)s") % {"title": title[:16]}, url, posts=True),
    )


def reports_due(person: Person) -> list[Due]:
    """The reports to write and to write again, today."""
    today = timezone.localdate()
    owed = _led_by(liaison_units(person), today)
    found = [due for standing in owed for due in _report(standing, today)]
    return sorted(found, key=lambda due: (due.kind == "commitments.report", due.by or date.max))


def lines_to_report(units: set[int], today: date | None = None) -> list[Standing]:
    """Lines on which these lead units have a report to write now, the latest ones first."""
    rows = [each for each in _led_by(units, today) if each.to_write and not each.returned]
    return sorted(rows, key=lambda each: (each.to_write.due_on, each.line.document_id, each.line.start))


def _led_by(units: set[int], today: date | None) -> list[Standing]:
    led = Assignment.objects.filter(unit__in=units, accepted=True, role=Assignment.Role.LEAD)
    lines = (
        Commitment.objects.filter(pk__in=led.values("commitment"), state__in=life.OWED, same_as=None)
        .select_related("document", "latest")
        .defer(*LEAN)
        .prefetch_related(Prefetch("assignments", Assignment.objects.select_related("unit")), "nodes")
    )
    return standings(lines, today)


def _to_report(units: set[int], today: date) -> Iterator[Due]:
    """What the lead units owe: reports, rewritten reports, nodes."""
    for standing in _led_by(units, today):
        yield from _report(standing, today)
        yield from _nodes(standing.line, today)


def _report(standing: Standing, today: date) -> Iterator[Due]:
    line = standing.line
    form = reverse("commitments:report", args=[line.pk])
    if standing.returned:
        span = span_of(standing.returned.period, line.document.report_every, line.document.report_day)
        told = {"period": span.title, "opinion": standing.returned.opinion}
        what = _("重报%(period)s进展：%(opinion)s") % told
        yield _due("rewrite", line, what, today, f"{form}?period={span.start}")
    elif span := standing.to_write:
        what = _("报送%(period)s进展") % {"period": span.title}
        batch = Batch(_("一页填完"), reverse("commitments:reports"))
        note = _how_old(standing)
        yield _due("report", line, what, span.due_on, f"{form}?period={span.start}", note=note, batch=batch)


def _how_old(standing: Standing) -> str:
    """How old the last fact is, and what else was not reported."""
    age = standing.days_old
    said = [_("还没有报过进展") if age is None else _("最近一次进展是 %(n)d 天前") % {"n": age}]
    if more := len(standing.missing) - (standing.due is not None):
        said.append(_("此前还有 %(n)d 期没有报") % {"n": more})
    return "，".join(said)


def _nodes(line: Commitment, today: date) -> Iterator[Due]:
    nodes = list(line.nodes.all())
    soon = today + timedelta(days=SOON_DAYS)
    for node in nodes:
        if node.state == Node.State.RETURNED:
            what = _("重填节点：%(opinion)s") % {"opinion": node.opinion}
            yield _due("plan", line, what, today, part="#nodes")
        elif node.state == Node.State.APPROVED and not node.reached_on and node.due_on <= soon:
            yield _due("node", line, node.shows, node.due_on, reverse("commitments:report", args=[line.pk]))
    if not nodes and line.state != State.ISSUED and line.kind == Commitment.Kind.PROJECT:
        yield _due("plan", line, _("填报各季度形象进度"), None, part="#nodes")


def _given_back() -> Iterator[Due]:
    receipts = Receipt.objects.filter(state=Receipt.State.RETURNED)
    for receipt in receipts.select_related("commitment__document", "unit").defer(*LEAN_LINE):
        by = timezone.localdate(receipt.at) + timedelta(days=SIGN_WITHIN_DAYS)
        what = _("%(unit)s退回：%(reason)s") % {"unit": receipt.unit.called, "reason": receipt.reason}
        yield _due("reassign", receipt.commitment, what, by)


def _to_judge(person: Person) -> Iterator[Due]:
    """Applications that wait for someone other than who made them: closings to verify, changes to decide."""
    closing = Q(kind=Application.Kind.CLOSE)
    waiting = Application.objects.filter(state=Application.State.OPEN).exclude(by=person)
    waiting = waiting.filter(~closing | Q(commitment__state=State.CLOSING))
    for application in waiting.select_related("commitment__document", "by").defer(*LEAN_LINE):
        line, reason = application.commitment, application.reason
        by = timezone.localdate(application.at) + timedelta(days=ANSWER_WITHIN_DAYS)
        if application.kind == Application.Kind.CLOSE:
            yield _due("verify", line, reason, by, note=application.by.name)
        else:
            change = f"{application.what}：{application.old} → {application.new}"
            yield _due("decide", line, f"{application.get_kind_display()} {change}", by, note=reason)


def _to_see_to(today: date) -> Iterator[Due]:
    """Lines to close, lines whose suspension ends, lines with nodes to look at."""
    soon = today + timedelta(days=SOON_DAYS)
    proposed = Node.objects.filter(commitment=OuterRef("pk"), state=Node.State.PROPOSED)
    ends = Q(state=State.SUSPENDED, review_on__lte=soon)
    lines = Commitment.objects.annotate(has_proposed=Exists(proposed))
    lines = lines.filter(Q(has_proposed=True) | Q(state=State.VERIFIED) | ends)
    for line in lines.select_related("document").defer(*LEAN):
        if line.state == State.VERIFIED:
            yield _due("close", line, _("已核实属实，可以销号"), None)
        if line.has_proposed:
            yield _due("nodes", line, _("审核形象进度节点"), None, part="#nodes")
        if line.state == State.SUSPENDED and line.review_on and line.review_on <= soon:
            yield _due("review", line, _("挂账到期：恢复推进，或写明原因继续挂账"), line.review_on)


def _ratings() -> Iterable[Due]:
    ratings = Rating.objects.filter(state=Rating.State.WAITING).exclude(words="")
    for rating in ratings.select_related("commitment__document").defer(*LEAN_LINE):
        said = f"{'★' * rating.stars} {rating.words}"
        yield _due("rating", rating.commitment, said, None, reverse("commitments:ratings"))
