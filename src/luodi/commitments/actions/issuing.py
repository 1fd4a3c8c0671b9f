"""印发 and 签收: a numbered version goes out, units take their lines on; other papers that ask for the same line."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone

from luodi.commitments import life
from luodi.commitments.actions.ledger import send_receipts
from luodi.commitments.history import edit
from luodi.commitments.ledger import ledger_of
from luodi.commitments.models import Commitment, Document, Every, Issue, Receipt, Source
from luodi.commitments.permission import edits_ledger, liaison_units, serves, serves_in
from luodi.commitments.versions import amendments, frozen
from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person

State = Commitment.State


@action("commitments.confirm_ready", may=edits_ledger)
def confirm_ready(by: Person, document: Document) -> int:
    """Confirm every draft whose lead is settled and whose figures are filled; returns how many."""
    ready = [
        row.line
        for row in ledger_of(document).lines
        if row.line.state == State.DRAFT and row.line.lead and not row.todo
    ]
    with edit(document, by, f"确认 {len(ready)} 项已定单位的任务", ready):
        document.commitments.filter(pk__in=[line.pk for line in ready]).update(state=State.CONFIRMED)
    return len(ready)


@action("commitments.set_rhythm", may=edits_ledger)
def set_rhythm(by: Person, document: Document, every: str, day: int) -> Document:
    """How often progress is reported, and by which day of the month after."""
    if every not in Every.values:
        raise Refused("报送周期只能按月或按季。")
    if not 1 <= day <= 28:
        raise Refused("报送日要在 1 到 28 之间，每个月都有的日子。")
    document.report_every, document.report_day = every, day
    document.save(update_fields=["report_every", "report_day"])
    return document


@action("commitments.issue", may=edits_ledger)
def issue(by: Person, document: Document, reference: str = "") -> Issue:
    """Issue all confirmed lines as the next numbered version of the whole ledger; units are asked to sign."""
    ready = list(
        document.commitments.filter(state=State.CONFIRMED, same_as=None).prefetch_related("assignments")
    )
    unowned = [line for line in ready if line.lead is None]
    if unowned:
        raise Refused(
            "{n} 项已确认的任务还没有核定牵头单位，先定单位再印发：{first}。",
            n=len(unowned),
            first=unowned[0].text[:30],
        )
    last = document.issues.first()
    if not ready and (last is None or not amendments(last)):
        raise Refused("没有新的内容可以印发：先确认任务，或者有了印发后的调整再印发新的版本。")
    for line in ready:
        life.take(by, line, "issue")
        send_receipts(line)
    return Issue.objects.create(
        document=document,
        number=last.number + 1 if last else 1,
        reference=reference.strip()[:60],
        by=by,
        lines=frozen(ledger_of(document)),
    )


@action("commitments.sign", may=serves)
def sign(by: Person, line: Commitment, leader: str = "", office: str = "", handler: str = "") -> Commitment:
    """Take the line on for one's unit. The people named serve every form afterwards."""
    waiting = _waiting(by, line)
    _sign(by, waiting, leader, office, handler)
    return line


@action("commitments.sign_all", may=serves_in)
def sign_all(by: Person, document: Document, leader: str = "", office: str = "", handler: str = "") -> int:
    """Take on every line of a document that waits for one's unit; returns how many."""
    waiting = Receipt.objects.filter(
        commitment__document=document, unit__in=liaison_units(by), state=Receipt.State.WAITING
    ).select_related("commitment")
    rows = list(waiting)
    if not rows:
        raise Refused("没有等待签收的任务。")
    _sign(by, rows, leader, office, handler)
    return len(rows)


@action("commitments.decline", may=serves)
def decline(by: Person, line: Commitment, reason: str) -> Commitment:
    """Give the line back: it is not this unit's. The supervision office reassigns it, or insists."""
    if not reason.strip():
        raise Refused("请写明退回的理由，比如依据哪份职责规定、应由哪个单位承担。")
    for receipt in _waiting(by, line):
        receipt.state, receipt.reason = Receipt.State.RETURNED, reason.strip()[:400]
        receipt.at, receipt.by = timezone.now(), by
        receipt.save()
    return line


@action("commitments.insist", may=edits_ledger)
def insist(by: Person, line: Commitment, receipt: Receipt, opinion: str) -> Commitment:
    """The supervision office does not agree that a line was given back: the unit is asked again, with its opinion."""
    if receipt.commitment_id != line.pk or receipt.state != Receipt.State.RETURNED:
        raise Refused("这份签收没有退回。")
    if not opinion.strip():
        raise Refused("请写明请该单位继续承担的理由。")
    receipt.state, receipt.opinion = Receipt.State.WAITING, opinion.strip()[:400]
    receipt.save(update_fields=["state", "opinion"])
    return line


@action("commitments.add_source", may=edits_ledger)
def add_source(
    by: Person,
    line: Commitment,
    kind: str,
    title: str,
    reference: str = "",
    on: date | None = None,
    quote: str = "",
) -> Source:
    """Another paper asks for the same thing: 民生实事, 批示, 会议纪要."""
    if kind not in Source.Kind.values:
        raise Refused("请选择来源的类别。")
    if not title.strip():
        raise Refused("请写明来源的名称。")
    return Source.objects.create(
        commitment=line, kind=kind, title=title.strip()[:200], reference=reference.strip()[:60], on=on,
        quote=quote.strip(), by=by,
    )  # fmt: skip


@action("commitments.join", may=edits_ledger)
def join(by: Person, line: Commitment, other: Commitment) -> Commitment:
    """Two papers ask for one thing: `other` is carried by `line` from now on, and stays readable as its source."""
    if other.pk == line.pk or line.same_as_id or other.same_as_id or other.joined.exists():
        raise Refused("这两项不能合并：一项任务只能并入另一项没有被并入的任务。")
    if other.state in life.OVER | {State.CLOSING}:
        raise Refused("“{line}”已在销号，不能并入。", line=other.text[:30])
    other.same_as = line
    other.save(update_fields=["same_as"])
    other.receipts.filter(state=Receipt.State.WAITING).delete()
    Source.objects.create(
        commitment=line,
        kind=Source.Kind.PLAN,
        title=other.document.title,
        quote=other.source,
        joined=other,
        by=by,
    )
    return line


@action("commitments.link_earlier", may=edits_ledger)
def link_earlier(by: Person, line: Commitment, earlier: Commitment | None) -> Commitment:
    """Say which line of an earlier year this one carries on; None takes it back."""
    if earlier is not None:
        if earlier.document_id == line.document_id:
            raise Refused("上一年的任务要在另一份文件里。")
        years = (earlier.document.year, line.document.year)
        if None not in years and years[0] >= years[1]:
            raise Refused("上一年的任务，年度要早于这一项。")
    line.earlier = earlier
    line.save(update_fields=["earlier"])
    return line


def _waiting(by: Person, line: Commitment) -> list[Receipt]:
    receipts = list(line.receipts.filter(unit__in=liaison_units(by), state=Receipt.State.WAITING))
    if not receipts:
        raise Refused("这项任务没有等待你单位签收。")
    return receipts


def _sign(by: Person, receipts: list[Receipt], leader: str, office: str, handler: str) -> None:
    """Sign, with the people of the work: those named now, else those named last time, else the liaison."""
    known = {
        receipt.unit_id: receipt
        for receipt in Receipt.objects.filter(
            unit__in={receipt.unit_id for receipt in receipts}, state=Receipt.State.SIGNED
        ).filter(~Q(leader="") | ~Q(office=""))
    }
    now = timezone.now()
    for receipt in receipts:
        last = known.get(receipt.unit_id)
        receipt.state, receipt.at, receipt.by = Receipt.State.SIGNED, now, by
        receipt.leader = leader.strip()[:30] or (last.leader if last else "")
        receipt.office = office.strip()[:40] or (last.office if last else "")
        receipt.handler = handler.strip()[:30] or (last.handler if last else by.name)
        receipt.save()
    lines = {receipt.commitment_id: receipt.commitment for receipt in receipts}
    still = set(
        Receipt.objects.filter(commitment__in=lines)
        .exclude(state=Receipt.State.SIGNED)
        .values_list("commitment_id", flat=True)
    )
    for pk, line in lines.items():
        if pk not in still and life.can(line, "accept"):
            life.take(by, line, "accept")
