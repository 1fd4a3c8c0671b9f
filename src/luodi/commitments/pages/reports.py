"""Every report that is due from me on one page, and words of citizens to be read."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luodi.commitments.due import lines_to_report
from luodi.commitments.models import ProgressReport, Rating
from luodi.commitments.permission import edits_ledger, is_liaison, liaison_units, sees_ledger


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Every report that is due from me, on one page: a row each, last period's words at hand."""
    if not sees_ledger(request.user):
        raise Http404
    if not is_liaison(request.user):
        raise PermissionDenied
    return reports_page(request)


def reports_page(request: HttpRequest, told: dict[int, str] | None = None) -> HttpResponse:
    """`told` are sentences about rows that were not sent, by line."""
    units = liaison_units(request.user)
    rows = lines_to_report(units)
    drafts = {
        (draft.commitment_id, draft.period): draft
        for draft in ProgressReport.objects.filter(
            commitment__in=[each.line.pk for each in rows], unit__in=units
        ).exclude(state=ProgressReport.State.SENT)
    }
    shown = [
        (each, drafts.get((each.line.pk, each.to_write.start)), (told or {}).get(each.line.pk, ""))
        for each in rows
    ]
    return render(request, "commitments/reports.html", {"rows": shown})


@require_safe
def ratings(request: HttpRequest) -> HttpResponse:
    """Citizens' words, the unread first."""
    if not sees_ledger(request.user):
        raise Http404
    if not edits_ledger(request.user):
        raise PermissionDenied
    state = request.GET.get("state", Rating.State.WAITING)
    rows = (
        Rating.objects.exclude(words="")
        .filter(state=state)
        .select_related("commitment__document", "judged_by")
    )
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(
        request, "commitments/ratings.html", {"page": page, "states": Rating.State.choices, "state": state}
    )
