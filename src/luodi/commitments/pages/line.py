"""One line: the fragment beside the paper, the page of its whole life, and the form of a report."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luodi.commitments import life, periods
from luodi.commitments.actions.reporting import doubts_about
from luodi.commitments.doubts import sentences
from luodi.commitments.ledger import ledger_of
from luodi.commitments.models import (
    Application,
    Assignment,
    Check,
    Commitment,
    Edit,
    ProgressReport,
    Receipt,
    Source,
)
from luodi.commitments.pages.ledger import see_line
from luodi.commitments.permission import edits_ledger, leads, liaison_units, sees_ledger, serves
from luodi.commitments.timeline import timeline
from luodi.commitments.versions import issued_values
from luodi.kernel import evidence
from luodi.kernel.files import content_of
from luodi.kernel.models import AuditEntry, Evidence
from luodi.kernel.permission import is_auditor
from luodi.workbench.beside import Computed, computed_beside, links_beside

Sent = ProgressReport.State.SENT


@require_safe
def line(request: HttpRequest, pk: int) -> HttpResponse:
    """Beside the paper a fragment to work on the wording; by itself the page of the line's life."""
    if request.htmx:  # type: ignore[attr-defined]
        return _inspector(request, see_line(request, pk))
    return _life(request, pk)


def _inspector(request: HttpRequest, found: Commitment) -> HttpResponse:
    """One line opened for work: its sentence, wording, figures, units with reasons, and what was changed."""
    (row,) = ledger_of(found.document, [found]).lines
    edits = Edit.objects.filter(touched__line=found.pk).select_related("by").defer("before", "after")[:20]
    context = {
        "row": row,
        "line": row.line,
        "document": found.document,
        "kinds": Commitment.Kind.choices,
        "edits": edits,
        "is_issued": life.is_issued(found),
        "may_edit": edits_ledger(request.user),
    }
    return render(request, "commitments/_line.html", context)


def _life(request: HttpRequest, pk: int) -> HttpResponse:
    if not sees_ledger(request.user):
        raise Http404
    found = get_object_or_404(_whole_lines(), pk=pk)
    user = request.user
    receipts = list(found.receipts.select_related("unit", "by"))
    mine = liaison_units(user)
    applications = list(found.applications.select_related("by", "decided_by"))
    context = {
        "line": found,
        "issued": issued_values(found),
        "is_issued": life.is_issued(found),
        "receipts": receipts,
        "to_sign": [
            each for each in receipts if each.unit_id in mine and each.state == Receipt.State.WAITING
        ],
        "nodes": list(found.nodes.all()),
        "reports": list(found.reports.exclude(state="draft").select_related("unit", "by", "returned_by")),
        "applications": applications,
        "open": [each for each in applications if each.state == Application.State.OPEN],
        "events": (events := timeline(found)),
        "evidence": [event for event in events if event.kind == "evidence"],
        "sources": [event for event in events if event.kind == "source"],
        "later": [event for event in events if event.kind == "later"],
        "may_edit": edits_ledger(user),
        "leads": leads(user, found),
        "serves": serves(user, found),
        "is_owed": found.state in life.OWED and not found.same_as_id,
        "can": {step: life.can(found, step) for step in life.LIFE},
        "audit": _audit_of(found) if is_auditor(user) else [],
        "source_kinds": Source.Kind.choices,
        "check_kinds": Check.Kind.choices,
        "links": links_beside(user, found),
        "today": timezone.localdate(),
    }
    return render(request, "commitments/line.html", context)


def _audit_of(found: Commitment) -> list[AuditEntry]:
    """The sealed entries about a line, for those who audit."""
    return list(
        AuditEntry.objects.filter(subject=f"{Commitment._meta.label_lower}:{found.pk}").order_by("-id")[:100]
    )


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The one-minute form: what this period brought, with the last period's words beside it."""
    return report_form(request, line_to_report(request, pk), request.GET.get("period", ""))


def line_to_report(request: HttpRequest, pk: int) -> Commitment:
    """The line, for a person of one of its units; forbidden to others who may see it."""
    if not sees_ledger(request.user):
        raise Http404
    found = get_object_or_404(_whole_lines(), pk=pk)
    if not serves(request.user, found):
        raise PermissionDenied
    return found


def span_asked(found: Commitment, asked: str) -> periods.Span:
    """The period named by its first day; without one the last period that is over."""
    every, day = found.document.report_every, found.document.report_day
    today = timezone.localdate()
    try:
        return periods.span_of(date.fromisoformat(asked), every, day)
    except ValueError:
        now = periods.span_of(today, every, day)
        return periods.before(now, every, day)


def report_form(request: HttpRequest, found: Commitment, asked: str, doubted: bool = False) -> HttpResponse:
    document, today = found.document, timezone.localdate()
    span = span_asked(found, asked)
    units = liaison_units(request.user)
    unit = next(each.unit for each in found.owners if each.unit_id in units)
    rows = list(found.reports.filter(unit=unit).select_related("by"))
    row = next((each for each in rows if each.period == span.start), None)
    last = next((each for each in rows if each.period < span.start and each.state == Sent), None)
    computed = computed_beside(request.user, found, span.end)
    context: dict[str, Any] = {
        "line": found,
        "document": document,
        "computed": computed,
        "unit": unit,
        "span": span,
        "days_late": span.days_late(today),
        "spans": _choices(found, today),
        "sent": {each.period for each in rows if each.state == Sent},
        "report": row or _begun(computed if leads(request.user, found) else []),
        "last": last,
        "nodes": found.nodes.filter(state="approved", reached_on=None),
        "evidence": row.evidence.filter(withdrawn_at=None) if row else [],
        "doubts": sentences(doubts_about(row)) if row and row.facts else [],
        "doubted": doubted,
        "is_sent": row is not None and row.state == Sent,
        "is_owed": found.state in life.OWED and not found.same_as_id,
    }
    return render(request, "commitments/report.html", context)


def _begun(computed: list[Computed]) -> ProgressReport:
    """The report that nobody has begun: with what is counted already filled in. It is not kept until a person sends it."""
    shares = [each for each in computed if each.percent is not None]
    share = shares[0] if len(shares) == 1 else None
    return ProgressReport(
        facts="；".join(each.words for each in computed) + ("。" if computed else ""),
        percent=share.percent if share else None,
        percent_why=share.why_percent if share else "",
    )


def _choices(found: Commitment, today: date) -> list[periods.Span]:
    """This period and the three before it, newest first."""
    every, day = found.document.report_every, found.document.report_day
    spans = [periods.span_of(today, every, day)]
    while len(spans) < 4:
        spans.append(periods.before(spans[-1], every, day))
    return spans


@require_safe
def suspicions(request: HttpRequest, pk: int) -> HttpResponse:
    """What the line's photos tell of themselves, and what one should look at twice; fetched once the page stands."""
    pieces = list(evidence.of(see_line(request, pk)))
    found = evidence.doubts_of(pieces)
    told = [(piece, found[piece.pk]) for piece in pieces]
    return render(request, "commitments/_suspicions.html", {"told": told})


@require_safe
def show_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """A piece of evidence, for staff."""
    if not sees_ledger(request.user):
        raise Http404
    piece = get_object_or_404(evidence_of_lines(), pk=pk)
    media_type = evidence.kind_of_piece(piece).media_type
    return file_answer(piece, content_of(piece.file), media_type)


def evidence_of_lines() -> QuerySet[Evidence]:
    """What stands for any line of the ledger."""
    pieces = Evidence.objects.filter(label=Commitment._meta.label_lower, withdrawn_at=None)
    return pieces.select_related("file")


def file_answer(piece: Evidence, content: bytes, media_type: str) -> HttpResponse:
    """Pictures and PDF open in the browser, everything else is saved; nothing is ever run."""
    shown = media_type in {"image/jpeg", "image/png", "application/pdf"}
    return HttpResponse(
        content,
        content_type=media_type if shown else "application/octet-stream",
        headers={
            "Content-Disposition": f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(piece.file.name)}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


def _whole_lines() -> Any:
    owners = Prefetch("assignments", Assignment.objects.select_related("unit"))
    related = ("document", "passage", "latest", "same_as", "earlier__document")
    defer = ("document__text", "document__report", "earlier__document__text", "earlier__document__report")
    return Commitment.objects.select_related(*related).defer(*defer).prefetch_related(owners, "targets")
