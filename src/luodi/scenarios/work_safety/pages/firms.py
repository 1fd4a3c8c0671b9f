"""One enterprise's safety on a page 企业安全档案: risks, checks owed, dangers, visits, penalties; a check is noted here."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from luodi.kernel.action import Refused
from luodi.kernel.permission import is_staff_of_the_city
from luodi.scenarios.work_safety import actions
from luodi.scenarios.work_safety.models import Danger, RiskPoint
from luodi.scenarios.work_safety.pages.kind import DANGERS
from luodi.scenarios.work_safety.rules import risks
from luodi.scenarios.work_safety.rules.machine import MAJOR
from luodi.shapes.cases.desk import with_light
from luodi.shapes.cases.permission import seen_by
from luodi.shapes.registers.models import Enterprise

SHOWN = 60


@require_safe
def firms(request: HttpRequest) -> HttpResponse:
    """Enterprises with risks on record, the gravest and the most neglected first."""
    _staff(request)
    today = timezone.localdate()
    rows = (
        Enterprise.objects.annotate(
            red=Count("risks", filter=Q(risks__level=risks.RED, risks__is_active=True), distinct=True),
            orange=Count("risks", filter=Q(risks__level=risks.ORANGE, risks__is_active=True), distinct=True),
            points=Count("risks", filter=Q(risks__is_active=True), distinct=True),
            late=Count(
                "risks", filter=Q(risks__is_active=True, risks__next_check_on__lt=today), distinct=True
            ),
        )
        .filter(points__gt=0)
        .select_related("division")
        .order_by("-red", "-orange", "-late", "name")
    )
    if word := request.GET.get("q", "").strip():
        rows = rows.filter(Q(name__icontains=word) | Q(uscc=word))
    return render(request, "work_safety/firms.html", {"rows": rows[:SHOWN], "q": word})


@require_safe
def firm(request: HttpRequest, pk: int) -> HttpResponse:
    _staff(request)
    found = get_object_or_404(Enterprise.objects.select_related("division"), pk=pk)
    dangers = (
        with_light(seen_by(request.user, Danger.objects.filter(firm=found)))
        .select_related("lead")
        .order_by("-is_open", "-received_at")[:SHOWN]
    )
    points = list(found.risks.filter(is_active=True).order_by("next_check_on", "code"))
    context = {
        "firm": found, "points": points, "worst": risks.worst([point.level for point in points]), "today": timezone.localdate(),
        "levels": dict(risks.LEVELS), "dangers": [{"danger": row, "state": DANGERS.machine.state(row.state)} for row in dangers],
        "inspections": found.safety_inspections.select_related("unit")[:SHOWN], "accidents": found.accidents.all()[:SHOWN],
        "ground": actions.closure_ground(found), "may_record": actions.checks_firms(request.user), "kinds": dict(DANGERS.levels), "major": MAJOR,
    }  # fmt: skip
    return render(request, "work_safety/firm.html", context)


@require_POST
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """A self-check as the enterprise told it; one that found something leads on to the form for a danger."""
    _staff(request)
    risk = get_object_or_404(RiskPoint.objects.select_related("firm"), pk=pk, is_active=True)
    sound = {"是": True, "否": False}.get(request.POST.get("is_sound", ""))
    values = {
        "is_sound": sound,
        "by_name": request.POST.get("by_name", "").strip()[:40],
        "words": request.POST.get("words", "").strip()[:200],
    }
    if not values["by_name"]:
        raise Refused("请填写检查人。")
    actions.record_check(request.user, risk, values)
    if sound:
        messages.success(request, f"{risk.name}：已记录，下次自查 {risk.next_check_on}。")
        return redirect("work_safety:firm", pk=risk.firm_id)
    messages.warning(request, f"{risk.name}：自查发现问题，请登记隐患（风险点编号 {risk.code}）。")
    return redirect("cases:bring", code=DANGERS.code)


def _staff(request: HttpRequest) -> None:
    if not is_staff_of_the_city(request.user):
        raise Http404
