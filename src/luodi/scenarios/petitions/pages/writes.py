"""What the pages of old cases and sittings send. Each reads its form, calls an action, and goes back."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luodi.kernel import evidence
from luodi.kernel.action import Refused
from luodi.scenarios.petitions.actions import backlog as backlogs
from luodi.scenarios.petitions.actions import sittings
from luodi.scenarios.petitions.actions.roles import sittings_seen_by, works_on
from luodi.scenarios.petitions.models import Backlog, Sitting, SittingItem
from luodi.scenarios.petitions.pages.views import MAY, see_backlog, see_sitting, show_backlog, show_sitting
from luodi.scenarios.petitions.rules.backlog import TITLES
from luodi.workbench.kinds import UnitLink

evidence.accept_on(Backlog, may=lambda person, backlog: backlog.is_open and works_on(person, backlog))


@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One step of an old case; a refusal comes back beside its form with what was typed."""
    found = see_backlog(request, pk)
    if name not in MAY:
        raise Http404
    try:
        _take(request, found, name, request.POST)
    except Refused as refusal:
        return show_backlog(request, found, name, str(refusal), 422)
    messages.success(request, _("%(step)s：已记录。") % {"step": TITLES[name]})
    return redirect(found)


def _take(request: HttpRequest, found: Backlog, name: str, typed: QueryDict) -> None:
    words, on = typed.get("words", ""), _day(typed.get("on", ""))
    match name:
        case "report":
            backlogs.report(request.user, found, words, on)
        case "agree":
            backlogs.agree(request.user, found, words, on)
        case "settle":
            free = {"是": True, "否": False}.get(typed.get("is_free", ""))
            given = {
                "way": typed.get("way"),
                "words": words,
                "witness": typed.get("witness", "").strip(),
                "is_free": free,
            }
            backlogs.settle(request.user, found, given, on)
        case "verify":
            backlogs.verify(request.user, found, words, on)
        case "close":
            backlogs.close(request.user, found, on)
        case _:
            backlogs.reopen(request.user, found, words, on)


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    found = see_backlog(request, pk)
    upload = request.FILES.get("file")
    if upload is None:
        raise Refused("没有选择文件。")
    evidence.attach(request.user, found, upload.name, upload.read(), request.POST.get("title", ""))
    return redirect(found)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    found = see_sitting(request, pk)
    typed = request.POST
    try:
        unit = UnitLink().reader()(typed.get("unit", ""))
        values = {
            "number": typed.get("number", ""),
            "opinion": typed.get("opinion", ""),
            "unit": unit,
            "due_on": _day(typed.get("due_on", "")),
        }
        sittings.decide(request.user, found, values)
    except ValueError as wrong:
        return show_sitting(request, found, f"{wrong}。", 422)
    except Refused as refusal:
        return show_sitting(request, found, str(refusal), 422)
    return redirect(found)


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    seen = sittings_seen_by(request.user, Sitting.objects.all())
    item = get_object_or_404(SittingItem.objects.filter(sitting__in=seen).select_related("sitting"), pk=pk)
    sittings.finish(request.user, item, request.POST.get("result", ""), _day(request.POST.get("on", "")))
    return redirect(item.sitting)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise Refused(f"“{text}”不是日期，请写成 2026-11-30。") from None
