"""Lights of the year's targets and milestones, and whose would differ under another rule."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luodi.assessment import milestones as stones
from luodi.assessment.alike import bind_alike, sure_pairs
from luodi.assessment.lights import Light, Lit, Rule, pace_light, presets
from luodi.assessment.pace import Paced, paced, rule_in_force, up_to
from luodi.kernel.clock import months_later
from luodi.measures.permission import binds_targets, sees_measures

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
        "counts": stones.counts(row["lit"] for row in rows),
        "pairs": len(sure_pairs(month.year)) if binds_targets(request.user) else 0,
    }  # fmt: skip
    return render(request, "assessment/lights.html", context)


def _row(each: Paced, month: date, rule: Rule, other: Rule | None) -> dict[str, object]:
    months = up_to(each.months, month)
    if each.why_none:
        lit = Lit(Light.NONE, each.why_none, rule.called)
        return {
            "binding": each.binding,
            "lit": lit,
            "after": None,
            "differs": False,
            "doubts": each.doubts,
            "judged": each.judged,
            "outlook": getattr(each.binding, "outlook", None),
        }
    lit = pace_light(months, rule)
    after = pace_light(months, other) if other else None
    differs = after is not None and (after.light, after.was_red) != (lit.light, lit.was_red)
    return {
        "binding": each.binding,
        "lit": lit,
        "after": after,
        "differs": differs,
        "doubts": each.doubts,
        "judged": each.judged,
        "outlook": getattr(each.binding, "outlook", None),
    }


@require_POST
def bind(request: HttpRequest) -> HttpResponse:
    """Confirm every proposal whose name is as good as the same, as the person who asks."""
    if not sees_measures(request.user):
        raise Http404
    if not binds_targets(request.user):
        raise PermissionDenied
    month = _month(request.POST.get("month", ""))
    count = bind_alike(request.user, month.year)
    messages.success(
        request, _("已确认 %(n)d 个目标对应的指标；不对的在任务的“目标对应的指标”里改。") % {"n": count}
    )
    return redirect(f"/lights/?month={month:%Y-%m}")


@require_safe
def milestones(request: HttpRequest) -> HttpResponse:
    """开工, 建成, 投产: what the plan promised and what the kept projects show, each judged and with its light."""
    if not sees_measures(request.user):
        raise Http404
    today = timezone.localdate()
    year = int(request.GET["year"]) if request.GET.get("year", "").isdecimal() else today.year
    others = presets()
    asked = request.GET.get("other")
    rule = others[asked] if asked in others else rule_in_force(today.replace(day=1))
    excused = stones.excused_on(today)
    rows, due = stones.promised(year, today, rule, excused), stones.due_lights(today, rule, excused)
    context = {
        "rows": rows, "due": due, "rule": rule, "year": year, "others": sorted(others.items()), "asked": asked,
        "counts": stones.counts(each.lit for each in rows), "today": today, "found": sum(each.project is not None for each in rows),
    }  # fmt: skip
    return render(request, "assessment/milestones.html", context)


def _month(asked: str) -> date:
    """ "2026-09"; without one the month before this one, the last that is over."""
    try:
        return date.fromisoformat(f"{asked}-01")
    except ValueError:
        return months_later(timezone.localdate().replace(day=1), -1)
