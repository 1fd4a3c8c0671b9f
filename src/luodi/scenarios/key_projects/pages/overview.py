"""The officer's page before the meeting: the city in four figures, every group with its lights, every red project."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luodi.assessment.lights import Light, presets
from luodi.kernel.clock import months_later
from luodi.kernel.permission import is_staff_of_the_city
from luodi.kernel.rulesets import ruleset
from luodi.kernel.spoken import say
from luodi.scenarios.key_projects.models import Fund
from luodi.scenarios.key_projects.pages import look
from luodi.scenarios.key_projects.pages.sheets import SHEETS
from luodi.scenarios.key_projects.rules import FUNDS, fund_standing

SHOWN = 60


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """`?month=2026-10&by=leader&rule=640100&light=red`."""
    if not is_staff_of_the_city(request.user):
        raise Http404
    month, by = look.month_asked(request), request.GET.get("by", "division")
    by = by if by in look.GROUPS else "division"
    own = look.own_rules(month)
    rule = look.city_rule(month, request.GET.get("rule"), own)
    found = look.looks(month, rule, own)
    wanted = request.GET.get("light", str(Light.RED))
    shown = [each for each in found if not wanted or each.light.light == wanted]
    whole = look.group("全市", found, month)
    context = {
        "month": month, "by": by, "by_title": say(look.GROUPS[by][0]), "ways": [(key, say(title)) for key, (title, _) in look.GROUPS.items()],
        "rule": rule, "own": own, "asked": request.GET.get("rule"), "others": sorted(presets().items()),
        "whole": whole, "groups": look.groups(found, by, month),
        "rows": shown[:SHOWN], "left_out": len(shown) - len(shown[:SHOWN]), "wanted": wanted,
        "lights": [light for light in Light if light in whole.lights or light in (Light.RED, Light.YELLOW, Light.GREEN)], "sheets": SHEETS, 
        "earlier": months_later(month, -1), "later": months_later(month, 1) if month < timezone.localdate().replace(day=1) else None,
    }  # fmt: skip
    return render(request, "key_projects/overview.html", context)


@require_safe
def funds(request: HttpRequest) -> HttpResponse:
    """Granted funds against what has to be paid and started by now, red first."""
    if not is_staff_of_the_city(request.user):
        raise Http404
    today = timezone.localdate()
    own = ruleset(FUNDS, on=today)
    rows = []
    for fund in Fund.objects.select_related("project__division", "project__lead"):
        how = fund_standing(
            fund.granted_fen, fund.granted_on, fund.paid_fen, fund.project.started_on, today, own.values
        )
        rows.append({"fund": fund, "how": how})
    order = list(Light)
    rows.sort(key=lambda row: (order.index(row["how"].light), row["fund"].number))
    central = [row["fund"] for row in rows if row["fund"].source == Fund.Source.CENTRAL]
    context = {
        "rows": rows, "own": own, "today": today,
        "asked": sum(fund.asked_fen for fund in central if fund.asked_on.year == today.year),
        "granted": sum(fund.granted_fen or 0 for fund in central if fund.granted_on and fund.granted_on.year == today.year),
        "paid": sum(fund.paid_fen for fund in central if fund.granted_on and fund.granted_on.year == today.year),
    }  # fmt: skip
    return render(request, "key_projects/funds.html", context)


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """Collective starts against the evidence: which of the projects announced have really started."""
    if not is_staff_of_the_city(request.user):
        raise Http404
    rows = look.ceremonies(timezone.localdate())
    return render(request, "key_projects/events.html", {"rows": rows})
