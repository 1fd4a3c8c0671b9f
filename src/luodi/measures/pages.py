"""Pages of step 4: all indicators, one indicator, why a number is what it is, and which indicator answers for a target."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from luodi.commitments.models import Commitment
from luodi.commitments.permission import sees_ledger
from luodi.kernel.models import Division
from luodi.measures import sdmx
from luodi.measures.binding import Stand, stands, suggested
from luodi.measures.charts import Point, trend
from luodi.measures.declare import SPANS, declared
from luodi.measures.forecast import Forecast
from luodi.measures.growth import growth
from luodi.measures.models import Binding, Series, Value
from luodi.measures.periods import in_words
from luodi.measures.permission import binds_targets, keeps_series, records_seen_by, sees_measures
from luodi.measures.records import sides_of
from luodi.measures.suspicion import suspicions

SHOWN = 36
"""Periods on a chart: three years of months."""
FORMATS = {
    "csv": ("text/csv; charset=utf-8", "sdmx.csv"),
    "sdmx21": ("application/vnd.sdmx.genericdata+xml;version=2.1", "sdmx21.xml"),
    "sdmx30": ("application/vnd.sdmx.data+xml;version=3.0.0", "sdmx30.xml"),
    "structure21": ("application/vnd.sdmx.structure+xml;version=2.1", "structure21.xml"),
    "structure30": ("application/vnd.sdmx.structure+xml;version=3.0.0", "structure30.xml"),
}


def see_series(request: HttpRequest, pk: int) -> Series:
    if not sees_measures(request.user):
        raise Http404
    return get_object_or_404(Series, pk=pk)


@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """Every indicator with its newest number for the whole city."""
    if not sees_measures(request.user):
        raise Http404
    rows = Series.objects.all()
    if words := request.GET.get("q", "").strip():
        rows = rows.filter(Q(title__contains=words) | Q(key__contains=words))
    if request.GET.get("origin") in Series.Origin.values:
        rows = rows.filter(origin=request.GET["origin"])
    found = list(rows.annotate(last=Max("values__period", filter=Q(values__is_current=True))))
    newest = _newest(found)
    bound = defaultdict(int)
    for series in Binding.objects.filter(state=Binding.State.CONFIRMED).values_list("series", flat=True):
        bound[series] += 1
    table = [{"series": each, "value": newest.get(each.pk), "targets": bound[each.pk]} for each in found]
    context = {
        "table": table, "asked": request.GET, "origins": Series.Origin.choices,
        "may_keep": keeps_series(request.user), "declared": len(declared()),
    }  # fmt: skip
    return render(request, "measures/measures.html", context)


def _newest(series: list[Series]) -> dict[int, Value]:
    """The newest number of the division highest up, for each series."""
    last = {each.pk: each.last for each in series}  # type: ignore[attr-defined]
    rows = Value.objects.filter(is_current=True, owner=None, period__in=set(filter(None, last.values())))
    rows = rows.filter(series__in=last).select_related("division")
    found: dict[int, Value] = {}
    # the city's code sorts before those of its counties
    for row in rows.order_by("-division__code"):
        if row.period == last[row.series_id]:
            found[row.series_id] = row
    return found


@require_safe
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """One indicator of one division: the trend with target and outlook, the counties beside it, what is odd."""
    series = see_series(request, pk)
    rows = list(
        Value.objects.filter(series=series, is_current=True, owner=None)
        .select_related("division")
        .order_by("division__code", "period")
    )
    by_place: dict[Division, list[Value]] = defaultdict(list)
    for row in rows:
        by_place[row.division].append(row)
    places = list(by_place)
    place = next(
        (each for each in places if each.code == request.GET.get("division")), places[0] if places else None
    )
    values = by_place[place] if place else []
    bindings = Binding.objects.filter(series=series, division=place, state=Binding.State.CONFIRMED)
    held = [
        (binding, stands(binding.target, series, values, binding.target.commitment.document.year))
        for binding in bindings.select_related("target__commitment__document").defer(
            "target__commitment__document__text", "target__commitment__document__report"
        )
        if values
    ]
    context = {
        "series": series, "place": place, "places": places, "last": values[-1] if values else None,
        "chart": _chart(series, values, held[0][1] if held else None), "held": held,
        "rows": _rows(series, values), "counties": _beside(series, by_place, values),
        "odd": suspicions({v.period: v.value for v in values}, is_cumulative=series.span == "year")
        if series.period == "month" else [],
        "formats": [(key, name) for key, (_kind, name) in FORMATS.items()], "span": SPANS[series.span],  # type: ignore[index]
    }  # fmt: skip
    return render(request, "measures/measure.html", context)


def _chart(series: Series, values: list[Value], stand: Stand | None) -> str:
    points = [Point(v.period, _float(v.value), v.status == Value.Status.PROVISIONAL) for v in values[-SHOWN:]]
    steps = stand.outlook.steps if stand and isinstance(stand.outlook, Forecast) else ()
    goal = _float(stand.line) if stand else None
    return trend(
        points, series.period, series.unit, goal, steps, is_cumulative=series.span == Series.Span.YEAR
    )


def _float(value: Any) -> float | None:
    return None if value is None else float(value)


def _rows(series: Series, values: list[Value]) -> list[dict[str, Any]]:
    """The newest two years, newest first, each with its growth: the printed one, else the one that the amounts give."""
    numbers = {value.period: value.value for value in values}
    return [
        {
            "value": value,
            "when": in_words(value.period, series.period),
            "growth": value.growth if value.growth is not None else growth(numbers, value.period),
            "is_printed": value.growth is not None,
        }
        for value in reversed(values[-24:])
    ]


def _beside(
    series: Series, by_place: dict[Division, list[Value]], values: list[Value]
) -> list[dict[str, Any]]:
    """The same period in every division, the best first, with a strip as long as its share of the largest."""
    if not values or len(by_place) < 3:
        return []
    period, top = values[-1].period, min(by_place, key=lambda each: each.code)
    rows = [row for place, held in by_place.items() if place != top for row in held if row.period == period]
    known = [row for row in rows if row.value is not None]
    largest = max((abs(row.value) for row in known), default=0) or 1
    known.sort(key=lambda row: row.value, reverse=series.better != Series.Better.DOWN)
    unknown = [row for row in rows if row.value is None]
    return [
        {"value": row, "share": round(float(abs(row.value) / largest) * 100) if row.value is not None else 0}
        for row in (*known, *unknown)
    ]


@require_safe
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The current numbers of all divisions, as SDMX or CSV."""
    series = see_series(request, pk)
    if form not in FORMATS:
        raise Http404
    rows = Value.objects.filter(series=series, is_current=True, owner=None)
    values = list(rows.select_related("series", "division").order_by("division__code", "period"))
    version: sdmx.Version = "2.1" if form.endswith("21") else "3.0"
    if form == "csv":
        content = sdmx.table(values)
    elif form.startswith("structure"):
        content = sdmx.structure([series], values, version)
    else:
        content = sdmx.data(values, version)
    kind, name = FORMATS[form]
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, f"{series.title}.{name}") or ""
    return answer


@require_safe
def why(request: HttpRequest, pk: int) -> HttpResponse:
    """Why this number: formula with the figures put in, rule, cut-off, revisions, and the records themselves."""
    if not sees_measures(request.user):
        raise Http404
    value = get_object_or_404(
        Value.objects.select_related("series", "division", "owner", "file", "by"), pk=pk
    )
    series = value.series
    known = declared().get(series.key)
    parents = dict(Division.objects.values_list("pk", "parent_id"))
    sides = sides_of(known, value, parents, partial(records_seen_by, request.user)) if known else []
    history = Value.objects.filter(
        series=series, division=value.division, owner=value.owner, period=value.period
    ).select_related("by", "file")
    context = {
        "value": value, "series": series, "when": in_words(value.period, series.period), "measure": known,
        "sides": sides, "history": history, "moved": bool(known) and _moved(value, sides), "span": SPANS[series.span],  # type: ignore[index]
    }  # fmt: skip
    return render(request, "measures/why.html", context)


def _moved(value: Value, sides: list[Any]) -> bool:
    """Whether there are more or fewer records now than when the number was counted."""
    return sum(side.count for side in sides) != value.lineage.get("records")


@require_safe
def line(request: HttpRequest, pk: int) -> HttpResponse:
    """Which indicators answer for the targets of a line: settled ones with their standing, proposals dashed."""
    if not sees_ledger(request.user):
        raise Http404
    return render(request, "measures/line.html", context_of(request, see_line(pk)))


def see_line(pk: int) -> Commitment:
    rows = Commitment.objects.select_related("document__division").defer("document__text", "document__report")
    return get_object_or_404(rows, pk=pk)


def context_of(request: HttpRequest, found: Commitment) -> dict[str, Any]:
    targets = list(found.targets.all())
    series = list(Series.objects.all())
    settled: dict[int, list[Binding]] = defaultdict(list)
    for binding in Binding.objects.filter(target__in=targets).select_related("series", "division", "by"):
        settled[binding.target_id].append(binding)
    confirmed = [each for held in settled.values() for each in held if each.state == Binding.State.CONFIRMED]
    values: dict[tuple[int, int], list[Value]] = defaultdict(list)
    rows = Value.objects.filter(is_current=True, owner=None, series__in={b.series_id for b in confirmed})
    for row in rows.filter(division__in={b.division_id for b in confirmed}).order_by("period"):
        values[row.series_id, row.division_id].append(row)
    blocks = []
    for target in targets:
        target.commitment = found
        held = [b for b in settled[target.pk] if b.state == Binding.State.CONFIRMED]
        shown = []
        for binding in held:
            numbers = values[binding.series_id, binding.division_id]
            shown.append(
                (binding, stands(target, binding.series, numbers, found.document.year) if numbers else None)
            )
        gone = {b.series_id for b in settled[target.pk]}
        proposals = [each for each in suggested(target, series) if each.series.pk not in gone]
        refused = [b for b in settled[target.pk] if b.state == Binding.State.REFUSED]
        blocks.append({"target": target, "held": shown, "proposals": proposals, "refused": refused})
    return {
        "line": found, "blocks": blocks, "series": series, "places": Division.objects.on(date.today()),
        "home": found.document.division_id, "may_bind": binds_targets(request.user),
    }  # fmt: skip
