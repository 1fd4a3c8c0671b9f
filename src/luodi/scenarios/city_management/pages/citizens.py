"""随手拍: anybody reports what is broken in the street, with a photo and the phone's place; and what became of such reports."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from luodi.kernel import evidence
from luodi.kernel.action import Refused
from luodi.kernel.models import Person
from luodi.scenarios.city_management.models import CityCase
from luodi.scenarios.city_management.pages.kind import CITY
from luodi.scenarios.city_management.rules.classes import CLASSES, FOR_CITIZENS, title_of
from luodi.shapes.cases import actions as cases
from luodi.shapes.cases.permission import the_public

SHOWN = 50
MOST_PHOTOS = 4
FIELDS = ("category", "body", "address", "lon", "lat", "reporter_name", "reporter_phone")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    typed = {name: request.POST.get(name, "").strip() for name in FIELDS}
    refusal = ""
    if request.method == "POST":
        try:
            values = values_of(typed, FOR_CITIZENS)
            found = bring(None, {**values, "channel": "public"}, request.FILES.getlist("photo"), "来件照片")
        except Refused as refused:
            refusal = str(refused)
        else:
            return render(request, "cases/public/brought.html", {"case": found, "kind": CITY})
    groups: dict[str, list[tuple[str, str]]] = {}
    for code in FOR_CITIZENS:
        groups.setdefault(CLASSES[code].group, []).append((code, CLASSES[code].title))
    context = {"typed": typed, "refusal": refusal, "groups": groups.items()}
    return render(request, "city_management/report.html", context, status=422 if refusal else 200)


@login_not_required
@require_safe
def open_cases(request: HttpRequest) -> HttpResponse:
    """The newest cases that were taken in: what, where, how far. No word of who reported, nor of what was written."""
    taken = CityCase.objects.filter(accepted_on__isnull=False, is_sealed=False)
    year = timezone.localdate().year
    sums = taken.filter(received_on__year=year).aggregate(
        taken=Count("pk"),
        closed=Count("pk", filter=Q(state__in=("closed", "self_handled"))),
        open=Count("pk", filter=Q(is_open=True)),
        late=Count("pk", filter=Q(is_open=True, finished_at=None, due_at__lte=timezone.now())),
    )
    rows = [
        {
            "case": case,
            "class": title_of(case.category),
            "state": CITY.machine.state(case.state),
            "outcome": dict(CITY.outcomes).get(case.outcome, ""),
        }
        for case in taken.select_related("lead", "grid").order_by("-received_at", "-id")[:SHOWN]
    ]
    return render(request, "city_management/open.html", {"rows": rows, "sums": sums, "year": year})


def values_of(typed: dict[str, str], offered: Any) -> dict[str, Any]:
    """The values of a new case from a form on a phone. Raises Refused with what is missing."""
    if typed["category"] not in offered:
        raise Refused("请选择是什么问题。")
    values: dict[str, Any] = {name: value for name, value in typed.items() if name not in {"lon", "lat"}}
    try:
        values["lon"], values["lat"] = (
            float(typed[name]) if typed[name] else None for name in ("lon", "lat")
        )
    except ValueError:
        raise Refused("定位没有取到，请重新定位或写明地点。") from None
    if values["lon"] is None and not values["address"]:
        raise Refused("请定位，或者写明地点。")
    where = f"：{values['address']}" if values["address"] else ""
    values["title"] = f"{title_of(typed['category'])}{where}"[:120]
    values["body"] = values["body"] or title_of(typed["category"])
    return values


def bring(by: Person | None, values: dict[str, Any], photos: list[Any], title: str) -> Any:
    """The new case with its photos, all or nothing."""
    if len(photos) > MOST_PHOTOS:
        raise Refused(f"最多 {MOST_PHOTOS} 张照片。")
    with transaction.atomic():
        found = cases.bring(by, CITY, values)
        for photo in photos:
            evidence.attach(by or the_public(), found, photo.name, photo.read(), title)
    return found
