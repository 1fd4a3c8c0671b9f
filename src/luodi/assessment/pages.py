"""Lights of the year's targets, and whose would differ under another rule."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luodi.assessment.lights import Light, Lit, Rule, pace_light, presets
from luodi.assessment.pace import Paced, paced, rule_in_force, up_to
from luodi.kernel.clock import months_later
from luodi.measures.permission import sees_measures

_ORDER = list(Light)


@require_safe
def lights(request: HttpRequest) -> HttpResponse:
    """Every bound target at a month's end, worst first; with `?other=` also the light under that rule."""
    if not sees_measures(request.user):
        raise Http404
    month = _month(request.GET.get("month", ""))
    rule, others = rule_in_force(month), presets()
    other = others.get(request.GET["other"]) if "other" in request.GET else None
    rows = [_row(each, month, rule, other) for each in paced(month.year)]
    rows.sort(key=lambda row: _ORDER.index(row["lit"].light))
    context = {
        "rows": rows, "month": month, "rule": rule, "other": other, "others": sorted(others.items()),
        "asked": request.GET.get("other"), "changed": sum(row["differs"] for row in rows),
    }  # fmt: skip
    return render(request, "assessment/lights.html", context)


def _row(each: Paced, month: date, rule: Rule, other: Rule | None) -> dict[str, object]:
    months = up_to(each.months, month)
    if each.why_none:
        lit = Lit(Light.NONE, each.why_none, rule.called)
        return {"binding": each.binding, "lit": lit, "after": None, "differs": False}
    lit = pace_light(months, rule)
    after = pace_light(months, other) if other else None
    differs = after is not None and (after.light, after.was_red) != (lit.light, lit.was_red)
    return {"binding": each.binding, "lit": lit, "after": after, "differs": differs}


def _month(asked: str) -> date:
    """ "2026-09"; without one the month before this one, the last that is over."""
    try:
        return date.fromisoformat(f"{asked}-01")
    except ValueError:
        return months_later(timezone.localdate().replace(day=1), -1)
