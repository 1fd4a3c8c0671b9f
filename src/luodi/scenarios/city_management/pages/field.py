"""The collector's phone 采集员: what waits in one's grids to be verified or checked, and a report in half a minute.

A look at a case shows the photos before and after with what is doubtful about them; a photo taken on the spot goes in
with the finding, both or neither. Handlers use the same page to send the photo after with their feedback.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from luodi.kernel import evidence
from luodi.kernel.action import Refused
from luodi.kernel.permission import is_staff_of_the_city
from luodi.scenarios.city_management import actions
from luodi.scenarios.city_management.models import CityCase, Component
from luodi.scenarios.city_management.pages.citizens import FIELDS, bring, values_of
from luodi.scenarios.city_management.pages.kind import CITY
from luodi.scenarios.city_management.rules import photos
from luodi.scenarios.city_management.rules.classes import CATEGORIES, CLASSES, title_of
from luodi.scenarios.city_management.rules.machine import COLLECTOR
from luodi.shapes.cases import actions as cases
from luodi.shapes.cases.asks import read
from luodi.shapes.cases.chain import record_of
from luodi.shapes.cases.desk import with_light
from luodi.shapes.cases.pages import moves_for, see
from luodi.shapes.cases.permission import seen_by, working_units

ON_THE_GROUND = ("verify", "self_handle", "feedback", "pass_check", "fail_check")
SHOWN = 60


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """To verify and to check, in one's own grids first; for a handling unit what it has to mend."""
    if not is_staff_of_the_city(request.user):
        raise Http404
    rows = with_light(seen_by(request.user, CityCase.objects.filter(is_open=True)))
    looks = Q(state__in=("verifying", "checking")) if actions.watches(request.user) else Q(pk__in=())
    mends = Q(state__in=("dispatched", "handling"), lead__in=working_units(request.user))
    rows = (
        rows.filter(looks | mends)
        .select_related("grid__duty", "lead")
        .order_by(F("due_at").asc(nulls_last=True), F("state_due_at").asc(nulls_last=True), "pk")[:SHOWN]
    )
    shown = [
        {
            "case": case, "class": title_of(case.category), "state": CITY.machine.state(case.state),
            "is_mine": bool(case.grid and case.grid.duty and case.grid.duty.collector_id == request.user.pk),
        }
        for case in rows
    ]  # fmt: skip
    shown.sort(key=lambda row: not row["is_mine"])
    return render(
        request, "city_management/field.html", {"rows": shown, "may_report": CITY.may_bring(request.user)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """A collector's report: class, place, photo; what was put right on the spot is closed at once with its photo after."""
    if not is_staff_of_the_city(request.user) or not CITY.may_bring(request.user):
        raise Http404
    typed = {name: request.POST.get(name, "").strip() for name in (*FIELDS, "component")}
    done, refusal = request.POST.get("done") == "on", ""
    if request.method == "POST":
        try:
            found = _reported(request, typed, done)
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("city_management:look", pk=found.pk)
    context = {"typed": typed, "refusal": refusal, "categories": CATEGORIES, "done": done}
    return render(request, "city_management/field_report.html", context, status=422 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """One case on the ground: before, after, the standard it is judged by, and the findings one may give."""
    found = see(request, pk)
    if not isinstance(found, CityCase):
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            _take(request, found, request.POST.get("move", ""))
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("city_management:look", pk=pk)
    able = moves_for(record_of(CITY.machine, found), request.user, found)
    rows = {row["condition"]: row for row in actions.rows_in_force(found.division, found.received_on)}
    context = {
        "case": found, "class": title_of(found.category), "state": CITY.machine.state(found.state), "refusal": refusal,
        "moves": [move for move in able if move.name in ON_THE_GROUND], "standard": rows.get(found.standard),
        "pieces": _pieces(found), "light": found.light_at(timezone.now()),
    }  # fmt: skip
    return render(request, "city_management/look.html", context, status=422 if refusal else 200)


@require_safe
def photo(request: HttpRequest, pk: int, piece: int) -> HttpResponse:
    """A photo of a case one sees, without any word about camera or place."""
    row = evidence.of(see(request, pk)).filter(pk=piece, file__picture__isnull=False).first()
    if row is None:
        raise Http404
    side = evidence.SIDES[0] if request.GET.get("small") else evidence.PUBLIC_SIDE
    return HttpResponse(evidence.small_picture(row.file, side), content_type="image/jpeg")


def _reported(request: HttpRequest, typed: dict[str, str], done: bool) -> Any:
    component = None
    if code := typed.pop("component"):
        component = Component.objects.select_related("grid__division").filter(code=code).first()
        if component is None:
            raise Refused(f"部件台账里没有“{code}”。")
        typed["category"] = typed["category"] or component.category
        typed["address"] = typed["address"] or str(component.grid)
    values = {**values_of(typed, CLASSES), "component": component, "channel": COLLECTOR}
    photos_ = request.FILES.getlist("photo")
    if not photos_:
        raise Refused("采集员上报须附现场照片。")
    with transaction.atomic():
        found = bring(request.user, values, photos_, "处置后" if done else "上报照片")
        if done:
            found = cases.take(request.user, found, "self_handle", {"words": values["body"]})
    return found


def _take(request: HttpRequest, found: CityCase, name: str) -> None:
    """The photo and the move, both or neither."""
    if name not in ON_THE_GROUND:
        raise Refused("这一步不在现场办理。")
    values, errors = read(CITY, CITY.machine.move(name), request.POST)
    if errors:
        raise Refused("；".join(f"{error}" for error in errors.values()))
    with transaction.atomic():
        for photo in request.FILES.getlist("photo"):
            evidence.attach(request.user, found, photo.name, photo.read(), CITY.machine.move(name).title)
        cases.take(request.user, found, name, values)


def _pieces(found: CityCase) -> list[dict[str, Any]]:
    shown = []
    for piece in evidence.of(found):
        taken = getattr(getattr(piece.file, "picture", None), "taken_at", None)
        shot = photos.Shot(piece.file.sha256, taken, piece.away_m, piece.at)
        shown.append(
            {
                "piece": piece,
                "doubts": photos.doubts(shot, found.received_at),
                "is_picture": hasattr(piece.file, "picture"),
            }
        )
    return shown
