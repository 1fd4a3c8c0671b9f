"""The page before the meeting: the year against its goals, places and chains, the three lists, what is alarming."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luodi.kernel.permission import is_staff_of_the_city
from luodi.scenarios.investment_promotion.models import LookBack, Team, Visit
from luodi.scenarios.investment_promotion.pages import look
from luodi.scenarios.investment_promotion.pages.sheets import SHEETS
from luodi.scenarios.investment_promotion.rules.alerts import shells
from luodi.scenarios.investment_promotion.rules.life import LISTS
from luodi.scenarios.investment_promotion.rules.rates import quality_fen

SHOWN = 20


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """`?month=2026-10&by=chain`."""
    if not is_staff_of_the_city(request.user):
        raise Http404
    until, today = look.end_of_month(request.GET.get("month", "")), timezone.localdate()
    by = "chain" if request.GET.get("by") == "chain" else "division"
    view = look.picture(until)
    limits = look.limits_on(today)
    told = look.alerts_of(view, today, limits)
    chances = {row["state"]: row["percent"] for row in limits["chances"]}
    first = until.replace(day=1)
    context = {
        "until": until, "by": by, "city": view.city(), "lines": view.lines(by), "rates": [title for _name, title in look.RATES], "lists": LISTS,
        "told": told[:SHOWN], "left_out": max(0, len(told) - SHOWN), "reds": sum(each[1][0].light == "red" for each in told),
        "alike": shells(each for each in view.deals if each.batch != "out")[:SHOWN],
        "quality": quality_fen((each for each in view.deals if each.batch != "out"), chances),
        "leaving": [each for each in view.deals if each.exit_asked_on and each.out_on is None],
        "teams": list(Team.objects.filter(until=None).select_related("unit", "chain")[:SHOWN]),
        "visits": list(Visit.objects.filter(on__gte=today - timedelta(days=30)).select_related("team", "deal")[:8]),
        "unmended": list(LookBack.objects.filter(done_on=None).exclude(found="kept").select_related("deal", "owner")[:SHOWN]),
        "counting": look.counting_on(today), "limits": limits, "sheets": SHEETS,
        "earlier": first - timedelta(days=1), "later": None if first >= today.replace(day=1) else (first + timedelta(days=32)),
    }  # fmt: skip
    return render(request, "investment_promotion/overview.html", context)
