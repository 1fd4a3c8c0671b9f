"""The four-colour map 四色图 of risk points, as a page and as GeoJSON, with what stands open per division."""

from __future__ import annotations

import math
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luodi.kernel.models import Division
from luodi.kernel.permission import is_staff_of_the_city
from luodi.scenarios.work_safety.models import Danger, RiskPoint
from luodi.scenarios.work_safety.rules import risks
from luodi.scenarios.work_safety.rules.machine import MAJOR, SECTORS
from luodi.shapes.cases.permission import seen_by

WIDTH, HEIGHT, MARGIN = 1000.0, 560.0, 30.0
MOST = 3000


@require_safe
def four_colours(request: HttpRequest) -> HttpResponse:
    points, sector, level = _points(request)
    today = timezone.localdate()
    counted = RiskPoint.objects.filter(is_active=True).values("firm__division").order_by()
    sums = {row["firm__division"]: row for row in counted.annotate(
        **{name: Count("pk", filter=Q(level=name)) for name, _ in risks.LEVELS}, late=Count("pk", filter=Q(next_check_on__lt=today)), old=Count("pk", filter=Q(reassess_on__lt=today)),
    )}  # fmt: skip
    majors = dict(
        seen_by(request.user, Danger.objects.filter(level=MAJOR, is_open=True))
        .order_by()
        .values_list("division")
        .annotate(n=Count("pk"))
    )
    names = dict(Division.objects.values_list("pk", "name"))
    rows = [
        {
            "division": names.get(pk, "待定"), "levels": [row[name] for name, _ in risks.LEVELS], "late": row["late"], "old": row["old"], "majors": majors.get(pk, 0),
            "worst": risks.worst([name for name, _ in risks.LEVELS if row[name]]),
        }
        for pk, row in sorted(sums.items(), key=lambda item: [-item[1][name] for name, _ in risks.LEVELS])
    ]  # fmt: skip
    context = {
        "points": _drawn(points), "rows": rows, "levels": risks.LEVELS, "sectors": SECTORS, "sector": sector, "level": level,
        "width": int(WIDTH), "height": int(HEIGHT), "unplaced": sum(1 for point in points if point.lon is None),
    }  # fmt: skip
    return render(request, "work_safety/map.html", context)


@require_safe
def geojson(request: HttpRequest) -> HttpResponse:
    """The points of the map for any GIS."""
    points, _, _ = _points(request)
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [point.lon, point.lat]},
            "properties": {
                "code": point.code, "name": point.name, "firm": point.firm.name, "uscc": point.firm.uscc, "level": point.level,
                "colour": dict(risks.LEVELS)[point.level], "score": str(point.score), "next_check_on": point.next_check_on.isoformat(),
            },
        }
        for point in points
        if point.lon is not None
    ]  # fmt: skip
    out = JsonResponse(
        {"type": "FeatureCollection", "features": features}, json_dumps_params={"ensure_ascii": False}
    )
    out["Content-Disposition"] = 'attachment; filename="risk-points.geojson"'
    return out


def _points(request: HttpRequest) -> tuple[list[RiskPoint], str, str]:
    if not is_staff_of_the_city(request.user):
        raise Http404
    sector, level = (request.GET.get(name, "") for name in ("sector", "level"))
    rows = RiskPoint.objects.filter(is_active=True).select_related("firm")
    rows = rows.filter(sector=sector) if sector in dict(SECTORS) else rows
    rows = rows.filter(level=level) if level in dict(risks.LEVELS) else rows
    return list(rows[:MOST]), sector, level


def _drawn(points: list[RiskPoint]) -> list[dict[str, Any]]:
    """Points on a plane true to scale, the gravest drawn last and so on top."""
    placed = [point for point in points if point.lon is not None and point.lat is not None]
    if not placed:
        return []
    lons, lats = [point.lon for point in placed], [point.lat for point in placed]
    shrink = math.cos(math.radians((min(lats) + max(lats)) / 2))
    scale = min(
        (WIDTH - 2 * MARGIN) / max((max(lons) - min(lons)) * shrink, 0.01),
        (HEIGHT - 2 * MARGIN) / max(max(lats) - min(lats), 0.01),
    )
    left, top = (
        (WIDTH - (max(lons) - min(lons)) * shrink * scale) / 2,
        (HEIGHT - (max(lats) - min(lats)) * scale) / 2,
    )
    order = [level for level, _ in risks.LEVELS]
    return [
        {
            "point": point,
            "x": round(left + (point.lon - min(lons)) * shrink * scale, 1),
            "y": round(top + (max(lats) - point.lat) * scale, 1),
        }
        for point in sorted(placed, key=lambda point: -order.index(point.level))
    ]
