"""The page of a task: where its draw stands, what may be done now and by whom, who was drawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luodi.kernel.action import Refused
from luodi.kernel.permission import is_staff_of_the_city
from luodi.kernel.rulesets import ruleset_by_id
from luodi.scenarios.random_inspections.actions import draws
from luodi.scenarios.random_inspections.models import Seat, Task
from luodi.scenarios.random_inspections.pages.strata import strata_of
from luodi.scenarios.random_inspections.rules.quotas import recusals_alarm, share_percent


@require_safe
def task(request: HttpRequest, pk: int) -> HttpResponse:
    return show(request, _task(request, pk))


@require_POST
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    found = _task(request, pk)
    try:
        at = timezone.make_aware(datetime.fromisoformat(request.POST.get("event_at", "")))
    except ValueError:
        return show(request, found, _("请填写公开事件发生的日期和时间。"))
    return _done(request, found, lambda: draws.freeze(request.user, found, request.POST.get("event", ""), at))


@require_POST
def commit(request: HttpRequest, pk: int) -> HttpResponse:
    """The number is shown on this answer and never again: it is not redirected, and no page or log keeps it."""
    found = _task(request, pk)
    try:
        found = draws.commit(request.user, found)
    except Refused as refusal:
        return show(request, found, str(refusal))
    return show(request, found, nonce=found.nonce_once, status=200)


@require_POST
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    found, given = _task(request, pk), request.POST
    return _done(
        request,
        found,
        lambda: draws.reveal(request.user, found, given.get("nonce", ""), given.get("saw", "")),
    )


@require_POST
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    found = _task(request, pk)
    return _done(request, found, lambda: draws.draw(request.user, found))


@require_POST
def void(request: HttpRequest, pk: int) -> HttpResponse:
    found = _task(request, pk)
    return _done(request, found, lambda: draws.void(request.user, found, request.POST.get("reason", "")))


def show(
    request: HttpRequest, found: Task, refusal: str = "", nonce: str = "", status: int = 0
) -> HttpResponse:
    checks = list(
        found.checks.select_related("firm", "division", "lead").prefetch_related("seats__inspector")
    )
    seats = [seat for check in checks for seat in check.seats.all()]
    recused = sum(seat.state == Seat.State.RECUSED for seat in seats)
    rules = ruleset_by_id(found.ruleset_id) if found.ruleset_id else None
    side = draws.side_of(request.user, found)
    now = timezone.now()
    context = {
        "task": found, "checks": checks, "strata": strata_of(found), "rules": rules, "refusal": refusal, "nonce": nonce,
        "side": side, "side_name": draws.SIDES.get(side, ""), "has_committed": bool(side and getattr(found, f"{side}_sha")),
        "has_revealed": bool(side and getattr(found, f"{side}_nonce")), "is_after": found.event_at is not None and now >= found.event_at,
        "road": road_of(found), "recused": recused, "seats": len(seats), "recusal_share": share_percent(recused, len(seats)),
        "alarm": bool(rules) and recusals_alarm(recused, len(seats), rules["recusal_line"]),
        "drawn_count": len(found.result.splitlines()),
    }  # fmt: skip
    return render(
        request, "random_inspections/task.html", context, status=status or (422 if refusal else 200)
    )


def road_of(found: Task) -> list[dict[str, Any]]:
    """The steps of a draw with the moment of each that was taken."""
    return [
        {"title": _("冻结名单"), "at": found.frozen_at, "told": found.event},
        {"title": _("两方承诺"), "at": found.committed_at, "told": ""},
        {"title": _("公开事件"), "at": found.event_at, "told": found.operator_saw if found.drawn_at else "", "is_coming": True},
        {"title": _("公开随机数并抽取"), "at": found.drawn_at, "told": ""},
    ]  # fmt: skip


def _task(request: HttpRequest, pk: int) -> Task:
    """The task, for staff; to all others it does not exist."""
    if not is_staff_of_the_city(request.user):
        raise Http404
    rows = Task.objects.select_related("plan", "lead", "division", "operator", "discipline")
    return get_object_or_404(rows, pk=pk)


def _done(request: HttpRequest, found: Task, act: Any) -> HttpResponse:
    try:
        done = act()
    except Refused as refusal:
        return show(request, found, str(refusal))
    messages.success(request, f"{done.title}：{done.get_state_display()}。")
    return redirect("random_inspections:task", pk=found.pk)
