"""Projects for other people's programs: OC4IDS 0.9 (Open Contracting for Infrastructure), GeoJSON (RFC 7946)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from luodi.kernel.permission import is_staff_of_the_city
from luodi.scenarios.key_projects.scenario import SCENARIO
from luodi.shapes.projects.models import Project
from luodi.shapes.projects.readers import in_rhythm

PREFIX = "oc4ids-luodi"
_STATUS = {
    "lead": "identification", "reserve": "identification", "prelim": "preparation", "started": "implementation",
    "building": "implementation", "completed": "completion", "producing": "completed", "at_capacity": "completed", "at_target": "completed",
    "suspended": "implementation", "terminated": "cancelled", "removed": "cancelled",
}  # fmt: skip
_TYPE = {
    "new": "construction",
    "extension": "expansion",
    "renewal": "rehabilitation",
    "move": "construction",
    "restoration": "rehabilitation",
}


@require_safe
def oc4ids(request: HttpRequest) -> HttpResponse:
    _for_staff(request)
    rows = list(in_rhythm(SCENARIO.code))
    package = {
        "version": "0.9",
        "uri": request.build_absolute_uri(),
        "publishedDate": timezone.localtime().isoformat(timespec="seconds"),
        "publisher": {"name": "落地"},
        "projects": [_oc4ids(row) for row in rows],
    }
    return JsonResponse(package, json_dumps_params={"ensure_ascii": False})


def _oc4ids(row: Project) -> dict[str, Any]:
    """Only what is known is there: a key without value would say that it is known to be nothing."""
    found: dict[str, Any] = {
        "id": f"{PREFIX}-{row.number}",
        "title": row.name,
        "updated": timezone.localtime().isoformat(timespec="seconds"),
        "status": _STATUS[row.stage],
        "sector": [row.category],
        "period": _span(row.start_due_on, row.finish_due_on),
        "implementationPeriod": _span(row.started_on, row.finished_on),
        "identifiers": [{"id": row.code, "scheme": "CN-TZXM"}] if row.code else [],
        "description": row.content,
        "type": _TYPE.get(row.nature),
        "budget": {"amount": _money(row.total_fen)} if row.total_fen is not None else None,
        "locations": [_location(row)] if row.lon is not None else [],
        "parties": _parties(row),
    }
    if row.finished_on:
        found["completion"] = {"endDate": f"{row.finished_on}T00:00:00+08:00", "endDateDetails": "竣工验收"}
    return {key: value for key, value in found.items() if value not in (None, "", [], {})}


def _span(start: date | None, end: date | None) -> dict[str, str]:
    days = {"startDate": start, "endDate": end}
    return {key: f"{day.isoformat()}T00:00:00+08:00" for key, day in days.items() if day}


def _money(fen: int) -> dict[str, Any]:
    return {"amount": fen / 100, "currency": "CNY"}


def _location(row: Project) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [row.lon, row.lat]}
    return {"id": row.number, "description": row.address or row.division.name, "geometry": point}


def _parties(row: Project) -> list[dict[str, Any]]:
    out = []
    if row.lead:
        out.append({"id": row.lead.key, "name": row.lead.name, "roles": ["publicAuthority"]})
    if row.owner:
        identifier = {"scheme": "CN-USCC", "id": row.owner.uscc, "legalName": row.owner.name}
        out.append(
            {"id": row.owner.uscc, "name": row.owner.name, "identifier": identifier, "roles": ["buyer"]}
        )
    return out


@require_safe
def geojson(request: HttpRequest) -> HttpResponse:
    _for_staff(request)
    features = [
        {
            "type": "Feature",
            "id": row.number,
            "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
            "properties": {
                "name": row.name, "stage": row.stage, "division": row.division.code, "total_fen": row.total_fen,
                "start_due_on": row.start_due_on, "started_on": row.started_on, "parcel": row.parcel or None,
            },
        }
        for row in in_rhythm(SCENARIO.code)
        if row.lon is not None and row.lat is not None
    ]  # fmt: skip
    answer = JsonResponse(
        {"type": "FeatureCollection", "features": features}, json_dumps_params={"ensure_ascii": False}
    )
    answer["Content-Type"] = "application/geo+json"
    return answer


def _for_staff(request: HttpRequest) -> None:
    if not is_staff_of_the_city(request.user):
        raise Http404
