"""The ground: a map of unit grids with where trouble gathers, as a page and as GeoJSON; grids come in by GeoJSON."""

from __future__ import annotations

import json
import math
from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from luodi.kernel.action import Refused
from luodi.kernel.permission import is_staff_of_the_city
from luodi.scenarios.city_management import actions
from luodi.scenarios.city_management.models import CityCase, UnitGrid
from luodi.scenarios.city_management.rules import codes, geometry
from luodi.scenarios.city_management.rules.classes import CATEGORIES, title_of
from luodi.scenarios.city_management.rules.hotspots import hotspots
from luodi.shapes.cases.permission import seen_by

WIDTH, HIGHEST, MARGIN = 1000, 620, 20
SHADES = ((1, 0), (3, 1), (5, 2), (10, 3))
"""From so many cases on a grid is drawn in this shade."""
GRIDS_MOST = 5000
COMMUNITY_DIGITS = 12


@require_safe
def hot(request: HttpRequest) -> HttpResponse:
    if not is_staff_of_the_city(request.user):
        raise Http404
    first, last, category = _span(request)
    grids = list(UnitGrid.objects.on(last).select_related("division")[:GRIDS_MOST])
    seen = _seen(request, first, last, category)
    counts = Counter(grid for grid, _, _ in seen)
    by_key = {grid.pk: grid for grid in grids}
    spots = [
        {"spot": spot, "grid": by_key[spot.grid], "class": title_of(spot.category)}
        for spot in hotspots(seen)
        if spot.grid in by_key
    ]
    cells, height = _drawn(grids, counts, {row["grid"].pk for row in spots})
    context = {
        "cells": cells, "width": WIDTH, "height": height, "spots": spots,
        "first": first, "last": last, "category": category, "categories": CATEGORIES, "total": sum(counts.values()),
        "covered": len(counts), "grids": len(grids), "may_import": actions.watches(request.user),
    }  # fmt: skip
    return render(request, "city_management/map.html", context)


@require_safe
def geojson(request: HttpRequest) -> HttpResponse:
    """The grids with their counts, for any GIS; the same person sees the same numbers as on the page."""
    if not is_staff_of_the_city(request.user):
        raise Http404
    first, last, category = _span(request)
    seen = _seen(request, first, last, category)
    counts = Counter(grid for grid, _, _ in seen)
    worst = {spot.grid: spot for spot in reversed(hotspots(seen))}
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Polygon", "coordinates": [[*grid.border, grid.border[0]]]},
            "properties": {
                "code": grid.code, "name": grid.name, "street": grid.street, "community": grid.community, "cases": counts[grid.pk],
                "hotspot": title_of(worst[grid.pk].category) if grid.pk in worst else None,
            },
        }
        for grid in UnitGrid.objects.on(last)
    ]  # fmt: skip
    out = JsonResponse(
        {"type": "FeatureCollection", "features": features}, json_dumps_params={"ensure_ascii": False}
    )
    out["Content-Disposition"] = 'attachment; filename="unit-grids.geojson"'
    return out


@require_POST
def bring_grids(request: HttpRequest) -> HttpResponse:
    """A GeoJSON file of grids: all of them or none, and the first faults in words."""
    if not actions.watches(request.user):
        raise PermissionDenied if is_staff_of_the_city(request.user) else Http404
    upload = request.FILES.get("file")
    if upload is None:
        raise Refused("没有选择文件。")
    done = actions.import_grids(request.user, *features_of(upload.read()))
    messages.success(request, f"导入完成：新增或更新 {done} 个单元网格。")
    return redirect("city_management:map")


def features_of(content: bytes) -> tuple[list[actions.Feature], dict[str, geometry.Border]]:
    """Grids, and borders of communities by their code of 12 digits. Raises Refused, which names the shape by its place."""
    try:
        told = json.loads(content.decode("utf-8-sig"))
        rows = told["features"]
    except (ValueError, KeyError, TypeError) as error:
        raise Refused("这不是 GeoJSON 文件：应为带 features 的 FeatureCollection（UTF-8）。") from error
    found: list[actions.Feature] = []
    communities: dict[str, geometry.Border] = {}
    for number, row in enumerate(rows, 1):
        try:
            properties, shape = row["properties"], row["geometry"]
            if shape["type"] != "Polygon" or len(shape["coordinates"]) != 1:
                raise ValueError("应为不带洞的 Polygon")
            code = str(properties["code"])
            border = geometry.ring_of(shape["coordinates"][0])
            if fault := geometry.ring_fault(border):
                raise ValueError(fault)
            if len(code) == COMMUNITY_DIGITS and code.isdecimal():
                communities[code] = border
                continue
            scheme = "cjt213" if len(code) == 14 else "city16"
            codes.grid_code(code, scheme)
        except (KeyError, TypeError, ValueError) as error:
            what = f"缺少 {error}" if isinstance(error, KeyError) else str(error)
            raise Refused(f"第 {number} 个图形：{what}") from error
        names = {
            name: str(properties[name]) for name in ("name", "street", "community") if properties.get(name)
        }
        found.append(actions.Feature(code, scheme, border, names))
    if len({each.code for each in found}) < len(found):
        raise Refused("文件里有重复的网格编码。")
    return found, communities


def _seen(request: HttpRequest, first: date, last: date, category: str) -> list[tuple[int, str, date]]:
    rows = seen_by(
        request.user,
        CityCase.objects.filter(received_on__range=(first, last), grid__isnull=False, parent=None),
    )
    if category:
        rows = rows.filter(category=category)
    return list(rows.order_by().values_list("grid", "category", "received_on"))


def _span(request: HttpRequest) -> tuple[date, date, str]:
    """The last ninety days without a word."""
    today = timezone.localdate()
    days = []
    for name, usual in (("first", today - timedelta(days=90)), ("last", today)):
        try:
            days.append(date.fromisoformat(request.GET.get(name, "")))
        except ValueError:
            days.append(usual)
    category = request.GET.get("category", "")
    return min(days), max(days), category if category in dict(CATEGORIES) else ""


def _drawn(
    grids: list[UnitGrid], counts: Counter[int], hot_ones: set[int]
) -> tuple[list[dict[str, Any]], int]:
    """Each grid as an SVG polygon, true to scale about the middle latitude, hot ones on top; and how high the drawing is."""
    if not grids:
        return [], 0
    west, south = min(grid.west for grid in grids), min(grid.south for grid in grids)
    east, north = max(grid.east for grid in grids), max(grid.north for grid in grids)
    shrink = math.cos(math.radians((south + north) / 2))
    scale = min(
        (WIDTH - 2 * MARGIN) / max((east - west) * shrink, 1e-9),
        (HIGHEST - 2 * MARGIN) / max(north - south, 1e-9),
    )
    left = (WIDTH - (east - west) * shrink * scale) / 2

    def placed(lon: float, lat: float) -> tuple[float, float]:
        return round(left + (lon - west) * shrink * scale, 1), round(MARGIN + (north - lat) * scale, 1)

    cells = []
    for grid in sorted(grids, key=lambda grid: grid.pk in hot_ones):
        x, y = placed(*geometry.centre(grid.border))
        shade = max((shade for least, shade in SHADES if counts[grid.pk] >= least), default="")
        points = " ".join(f"{x:g},{y:g}" for x, y in (placed(*corner) for corner in grid.border))
        cells.append(
            {
                "grid": grid,
                "n": counts[grid.pk],
                "is_hot": grid.pk in hot_ones,
                "shade": shade,
                "points": points,
                "x": x,
                "y": y + 4,
            }
        )
    return cells, round((north - south) * scale + 2 * MARGIN)
