"""One deal on one sheet: where it stands, what the next gate asks for, the money by month, the visits and look-backs."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luodi.kernel.permission import is_staff_of_the_city
from luodi.scenarios.investment_promotion import actions
from luodi.scenarios.investment_promotion.models import Deal
from luodi.scenarios.investment_promotion.pages import look
from luodi.scenarios.investment_promotion.rules import alerts, life

RAIL = tuple((code, life.TITLES[code]) for code in life.ROAD)


def _deal(request: HttpRequest, pk: int) -> Deal:
    if not is_staff_of_the_city(request.user):
        raise Http404
    return get_object_or_404(
        Deal.objects.select_related("division", "lead", "chain", "node", "enterprise", "project"), pk=pk
    )


@require_safe
def deal(request: HttpRequest, pk: int) -> HttpResponse:
    row, today = _deal(request, pk), timezone.localdate()
    arrivals = list(row.arrivals.select_related("verified_by"))
    counted = sum(each.counted_fen or 0 for each in arrivals)
    to = life.next_state(row.state, bool(row.contract_no))
    context = {
        "deal": row, "rail": RAIL, "at": life.ROAD.index(row.state) if row.state in life.ROAD else None, "next": life.TITLES.get(to or ""), "arrivals": arrivals,
        "arrived": sum(each.fen for each in arrivals), "counted": counted, "unverified": sum(each.counted_fen is None for each in arrivals),
        "told": alerts.alerts(row, counted, today, look.limits_on(today).values), "may_keep": actions.keep_deal.may(request.user, row),
        "visits": list(row.visits.select_related("team")), "look_backs": list(row.look_backs.select_related("owner")), "amendments": list(row.amendments.all()),
    }  # fmt: skip
    return render(request, "investment_promotion/deal.html", context)


@require_POST
def advance(request: HttpRequest, pk: int) -> HttpResponse:
    row = actions.advance(request.user, _deal(request, pk))
    messages.success(request, _("已转为%(state)s。") % {"state": row.get_state_display()})
    return redirect(row)
