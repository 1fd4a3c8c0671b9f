"""Nodes, progress and evidence: what a unit says of its lines while they run, and what the supervision office answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone

from luodi.commitments import life
from luodi.commitments.doubts import Doubt, Said, doubts, sentences
from luodi.commitments.models import Commitment, Node, ProgressReport, Receipt
from luodi.commitments.periods import Span
from luodi.commitments.permission import edits_ledger, leads, liaison_units, serves
from luodi.kernel import evidence
from luodi.kernel.action import Refused, action
from luodi.kernel.models import Evidence, Person

TEXTS = ("facts", "problem", "help_wanted", "next_step")
USED_BEFORE = {"same_file", "look_alike"}

evidence.accept_on(Commitment, may=serves)


@action("commitments.set_nodes", may=leads)
def set_nodes(by: Person, line: Commitment, nodes: Sequence[tuple[date, str]]) -> Commitment:
    """The lead unit says what must be visible by when; approved nodes stay, the others are replaced."""
    _owed(line)
    kept = {(node.due_on, node.shows) for node in line.nodes.filter(state=Node.State.APPROVED)}
    line.nodes.exclude(state=Node.State.APPROVED).delete()
    for due_on, shows in sorted(set(nodes)):
        if not shows.strip():
            raise Refused("{due_on} 的节点没有写形象进度：到时候能看见什么？", due_on=due_on)
        if line.deadline and due_on > line.deadline:
            raise Refused("节点 {due_on} 晚于任务时限 {deadline}。", due_on=due_on, deadline=line.deadline)
        if (due_on, shows.strip()) not in kept:
            Node.objects.create(commitment=line, due_on=due_on, shows=shows.strip()[:300], by=by)
    return line


@action("commitments.judge_nodes", may=edits_ledger)
def judge_nodes(by: Person, line: Commitment, approve: bool, opinion: str = "") -> Commitment:
    """Approve the proposed nodes of a line, or send them back with an opinion."""
    if not approve and not opinion.strip():
        raise Refused("退回节点请写明意见。")
    proposed = line.nodes.filter(state=Node.State.PROPOSED)
    if not proposed:
        raise Refused("没有待审核的节点。")
    state = Node.State.APPROVED if approve else Node.State.RETURNED
    proposed.update(state=state, opinion=opinion.strip()[:400])
    return line


@action("commitments.save_report", may=serves)
def save_report(by: Person, line: Commitment, span: Span, said: Mapping[str, object]) -> ProgressReport:
    """Keep what is typed so far as a draft; nobody else's work changes by it."""
    report = _open_report(by, line, span)
    for name in TEXTS:
        setattr(report, name, str(said.get(name) or "").strip())
    percent = said.get("percent")
    report.percent = None if percent is None else int(str(percent))
    if report.percent is not None and not 0 <= report.percent <= 100:
        raise Refused("完成比例在 0 到 100 之间。")
    report.percent_why = str(said.get("percent_why") or "").strip()[:200]
    report.is_done = bool(said.get("is_done"))
    report.by = by
    report.save()
    return report


@action("commitments.send_report", may=serves)
def send_report(
    by: Person,
    line: Commitment,
    span: Span,
    said: Mapping[str, object],
    reached: Sequence[int] = (),
    despite: bool = False,
) -> ProgressReport:
    """Send the report of one period. Contradictions refuse it until `despite` says that a person has looked at them."""
    report = save_report(by, line, span, said)
    if not report.facts:
        raise Refused("请写进展情况：这一期做成了什么。没有进展也请写明原因。")
    if report.percent is not None and not report.percent_why:
        raise Refused("填了完成比例，请写明依据（怎么算出来的）。")
    found = doubts_about(report)
    if found and not despite:
        raise Refused("报送前请核对：{doubts}。", doubts="；".join(sentences(found)))
    report.doubts, report.state, report.sent_at = (
        [str(each) for each in found],
        report.State.SENT,
        timezone.now(),
    )
    report.save()
    line.nodes.filter(pk__in=reached, reached_on=None).update(reached_on=timezone.localdate())
    if life.can(line, "start") and line.lead and report.unit_id == line.lead.unit_id:
        life.take(by, line, "start", note="首次报送进展")
    point_to_latest(line)
    return report


@action("commitments.return_report", may=edits_ledger)
def return_report(by: Person, line: Commitment, report: ProgressReport, opinion: str) -> ProgressReport:
    """Send a report back with an opinion; until it is written again it counts for nothing."""
    if report.commitment_id != line.pk or report.state != ProgressReport.State.SENT:
        raise Refused("这一期进展没有报送，或者已经退回。")
    if not opinion.strip():
        raise Refused("请写明退回的意见，让单位知道要补什么。")
    report.state, report.opinion, report.returned_by = report.State.RETURNED, opinion.strip()[:400], by
    report.save(update_fields=["state", "opinion", "returned_by"])
    point_to_latest(line)
    return report


@action("commitments.attach", may=serves)
def attach(
    by: Person,
    line: Commitment,
    name: str,
    content: bytes,
    title: str = "",
    report: ProgressReport | None = None,
) -> Evidence:
    """Add a file that shows a fact; the same file twice is one piece of evidence."""
    if not life.is_issued(line):
        raise Refused("任务印发以后才能上传佐证。")
    piece = evidence.attach(by, line, name, content, title)
    if report is not None:
        report.evidence.add(piece)
    return piece


@action("commitments.detach", may=serves)
def detach(by: Person, line: Commitment, piece: Evidence) -> Commitment:
    """Take back evidence of a report that has not been sent yet."""
    brought = line.reports.filter(evidence=piece)
    if not brought or any(report.state == ProgressReport.State.SENT for report in brought):
        raise Refused("已经报送的佐证不能撤回。")
    if piece.by_id != by.pk:
        raise Refused("请上传这份佐证的人来撤回。")
    evidence.withdraw(by, piece, "报送前撤回")
    return line


def doubts_about(report: ProgressReport) -> list[Doubt]:
    """What in a report contradicts itself, the evidence, or the reports before it."""
    line = report.commitment
    earlier = line.reports.filter(
        unit=report.unit_id, state=ProgressReport.State.SENT, period__lt=report.period
    )[:2]
    suspicions = evidence.doubts_of(evidence.of(line))
    reused = sum(any(doubt.code in USED_BEFORE for doubt in found) for found in suspicions.values())
    now = Said(report.facts, report.percent, report.is_done, len(suspicions), reused)
    return doubts(now, [Said(each.facts, each.percent, each.is_done) for each in earlier])


def point_to_latest(line: Commitment) -> None:
    """`latest` is the newest report that stands, the lead's before a support's of the same period."""
    sent = line.reports.filter(state=ProgressReport.State.SENT)
    newest = list(sent.filter(period=sent.values("period")[:1]))
    lead = line.lead.unit_id if line.lead else None
    line.latest = next((each for each in newest if each.unit_id == lead), newest[0] if newest else None)
    line.save(update_fields=["latest"])


def _open_report(by: Person, line: Commitment, span: Span) -> ProgressReport:
    """The report of this unit on this period that may still be written."""
    _owed(line)
    if span.start > timezone.localdate():
        raise Refused("{period}还没有到，不能报送。", period=span.title)
    units = liaison_units(by)
    unit = next(each.unit for each in line.owners if each.unit_id in units)
    if line.receipts.filter(unit=unit).exclude(state=Receipt.State.SIGNED).exists():
        raise Refused("请先签收这项任务，再报送进展。")
    report = line.reports.filter(unit=unit, period=span.start).first()
    if report is None:
        return ProgressReport(commitment=line, unit=unit, period=span.start, due_on=span.due_on, by=by)
    if report.state == ProgressReport.State.SENT:
        raise Refused("{period}的进展已经报送；要改请督查室退回。", period=span.title)
    return report


def _owed(line: Commitment) -> None:
    if line.same_as_id:
        raise Refused("这项任务已并入另一项，请在那一项里办理。")
    if line.state not in life.OWED:
        raise Refused("这项任务现在是“{state}”，不用填报。", state=line.get_state_display())
