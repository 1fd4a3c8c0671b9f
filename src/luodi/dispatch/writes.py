"""What the pages of the rhythm send: each write reads its form and calls one action."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luodi.dispatch import actions
from luodi.dispatch.models import Judge, Meeting, Resolution, Stop, Visit
from luodi.dispatch.pages import chosen_projects, see
from luodi.dispatch.permission import may_score
from luodi.dispatch.week import Item, week_of
from luodi.kernel.action import Refused
from luodi.kernel.models import Division, Person, Unit


@require_POST
def settle(request: HttpRequest) -> HttpResponse:
    see(request)
    item = _item(request)
    meeting = Meeting.objects.filter(pk=request.POST.get("meeting") or 0).first()
    actions.settle(
        request.user, item, _unit(request), _day(request, "due_on"), request.POST.get("words", ""), meeting
    )
    messages.success(request, _("已定责：%(subject)s") % {"subject": item.title})
    return redirect("dispatch:week")


@require_POST
def order(request: HttpRequest) -> HttpResponse:
    """A supervision order on an item of the week."""
    see(request)
    item = _item(request)
    lead = _unit(request) or item.owner
    if lead is None:
        raise Refused(_("请选择承办单位。"))
    body = request.POST.get("words", "").strip() or item.sentence
    channel = "plan" if item.source == "line" else "light"
    made = actions.issue_order(
        request.user, item.title[:110], f"{item.sentence}\n{body}", lead, request.POST.get("level", "blue"), channel=channel,
        line=item.line, project=item.project,
    )  # fmt: skip
    return redirect(made.get_absolute_url())


def _item(request: HttpRequest) -> Item:
    """The exception that the form is about, found anew: it may have been mended meanwhile."""
    key = request.POST.get("key", "")
    for item in week_of(timezone.localdate()).items:
        if item.key == key:
            return item
    raise Refused(_("这项异常已经消除，不用再定责。"))


def _unit(request: HttpRequest) -> Unit | None:
    asked = request.POST.get("owner", "")
    return Unit.objects.on(timezone.localdate()).filter(pk=asked).first() if asked.isdecimal() else None


def _day(request: HttpRequest, name: str) -> date | None:
    words = request.POST.get(name, "").strip()
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        raise Refused(_("“%(words)s”不是日期，应写成 2026-11-30。") % {"words": words}) from None


@require_POST
def put_off(request: HttpRequest, pk: int) -> HttpResponse:
    see(request)
    row = get_object_or_404(Resolution, pk=pk)
    due = _day(request, "due_on")
    if due is None:
        raise Refused(_("请填写新的期限。"))
    actions.put_off(request.user, row, due, request.POST.get("words", ""))
    return redirect(row.get_absolute_url())


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    see(request)
    row = get_object_or_404(Resolution, pk=pk)
    actions.finish(
        request.user, row, _day(request, "on") or timezone.localdate(), request.POST.get("result", "")
    )
    return redirect(row.get_absolute_url())


@require_POST
def call(request: HttpRequest) -> HttpResponse:
    see(request)
    try:
        at = timezone.make_aware(datetime.fromisoformat(request.POST.get("at", "")))
    except ValueError:
        raise Refused(_("请填写会议的日期和时间。")) from None
    chair = Person.objects.filter(pk=request.POST.get("chair") or 0).first()
    made = actions.call_meeting(
        request.user, request.POST.get("kind", ""), at, request.POST.get("place", ""), chair
    )
    return redirect(made.get_absolute_url())


@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    see(request)
    row = get_object_or_404(Meeting, pk=pk)
    actions.hold_meeting(request.user, row, week_of(timezone.localdate()), request.POST.get("words", ""))
    return redirect(row.get_absolute_url())


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    see(request)
    row = actions.cancel_meeting(request.user, get_object_or_404(Meeting, pk=pk))
    return redirect(row.get_absolute_url())


@require_POST
def plan_visit(request: HttpRequest) -> HttpResponse:
    see(request)
    quarter = _day(request, "quarter")
    if quarter is None:
        raise Refused(_("请选季度。"))
    made = actions.plan_visit(
        request.user, request.POST.get("title", ""), quarter, chosen_projects(request.POST.getlist("project")), _judges(request)
    )  # fmt: skip
    return redirect(made.get_absolute_url())


def _judges(request: HttpRequest) -> list[Judge]:
    """People chosen, each as `person` or `person:division`."""
    found = []
    for value in request.POST.getlist("judge"):
        person, _colon, division = value.partition(":")
        home: Any = Division.objects.filter(pk=division).first() if division.isdecimal() else None
        found.append(Judge(person=get_object_or_404(Person, pk=person), division=home))
    return found


@require_POST
def open_visit(request: HttpRequest, pk: int) -> HttpResponse:
    see(request)
    return redirect(actions.open_visit(request.user, get_object_or_404(Visit, pk=pk)).get_absolute_url())


@require_POST
def close_visit(request: HttpRequest, pk: int) -> HttpResponse:
    see(request)
    return redirect(actions.close_visit(request.user, get_object_or_404(Visit, pk=pk)).get_absolute_url())


@require_POST
def score(request: HttpRequest, pk: int) -> HttpResponse:
    see(request)
    stop = get_object_or_404(Stop.objects.select_related("visit__ruleset", "project"), pk=pk)
    judge = Judge.objects.filter(visit=stop.visit, person=request.user).first()
    if judge is None or not may_score(judge, stop):
        raise Http404
    items = actions.sheet_of(stop.visit).items
    points = {
        code: int(words) if (words := request.POST.get(code, "").strip()).isdecimal() else None
        for code in items
    }
    ballot = actions.score(request.user, stop, points)
    messages.success(request, _("已密封，封签 %(seal)s。揭晓前谁也看不到。") % {"seal": ballot.seal[:12]})
    return redirect(stop.visit.get_absolute_url())
