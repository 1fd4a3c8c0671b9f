"""Recurring work for system administrators: what runs when, how it ended the last time, and a run at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luodi.kernel import schedule
from luodi.kernel.calendar import calendar_in_force
from luodi.kernel.models import Job, Occurrence, Recurring
from luodi.kernel.permission import is_system_admin
from luodi.site.seeing import seen_by


@require_safe
@seen_by(is_system_admin)
def recurring(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    rows = schedule.overview(now, calendar_in_force())
    context = {
        "rows": rows,
        "broken": sum(row.last.state == Occurrence.State.BROKEN for row in rows if row.last),
        "jobs": Job.objects.select_related("by")[:20],
    }
    return render(request, "site/schedule.html", context)


@require_POST
@seen_by(is_system_admin)
def run_now(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Recurring.objects.on(timezone.localdate()), pk=pk)
    occurrence = schedule.run_now(request.user, row, timezone.now())
    told = {"title": row.title, "state": occurrence.get_state_display(), "message": occurrence.message}
    say = messages.success if occurrence.state == Occurrence.State.DONE else messages.error
    say(request, _("%(title)s：%(state)s %(message)s") % told)
    return redirect("schedule")
