"""待办: one list over everything due from me, the calendar feed of it, and words of citizens to be read."""

from __future__ import annotations

from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luodi.commitments.ical import feed
from luodi.commitments.inbox import KINDS, due_from, lines_to_report
from luodi.commitments.models import CalendarKey, ProgressReport, Rating
from luodi.commitments.permission import edits_ledger, is_liaison, liaison_units, sees_ledger


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    if not sees_ledger(request.user):
        raise Http404
    today = timezone.localdate()
    dues = due_from(request.user)
    groups = [
        (kind, KINDS[kind], [(due, due.days_left(today)) for due in each])
        for kind, each in groupby(dues, key=lambda due: due.kind)
    ]
    key = CalendarKey.objects.filter(person=request.user).first()
    context = {
        "groups": groups,
        "total": len(dues),
        "late": sum(due.by is not None and due.by < today for due in dues),
        "soon": sum(due.by is not None and 0 <= (due.by - today).days <= 7 for due in dues),
        "key": key,
        "today": today,
    }
    return render(request, "commitments/inbox.html", context)


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


@login_not_required
@require_safe
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """The iCal feed behind a person's own key; a key that is no longer valid does not exist."""
    row = get_object_or_404(CalendarKey.objects.select_related("person"), key=key, person__is_active=True)
    if not sees_ledger(row.person):
        raise Http404
    name = _("落地待办：%(name)s") % {"name": row.person.name}
    text = feed(due_from(row.person), name, request.get_host().split(":")[0], timezone.now())
    return HttpResponse(
        text, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "private"}
    )


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
