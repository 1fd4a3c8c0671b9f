"""The month's watch over all counties, and the bulletin of a quarter or a year: on screen, on paper, as Word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from luodi.assessment.from_series import GROWTH
from luodi.assessment.kinds import scheme_kind
from luodi.assessment.models import Result, Run
from luodi.kernel import audit
from luodi.kernel.permission import is_staff_of_the_city
from luodi.kernel.rulesets import ruleset
from luodi.measures.growth import growth
from luodi.measures.models import Value
from luodi.measures.periods import earlier, in_words
from luodi.reading.forms import paper
from luodi.scenarios.county_performance.actions import AWARDS, QUARTERLY, WATCH, YEARLY
from luodi.scenarios.county_performance.pages.scoring import counties
from luodi.scenarios.county_performance.rules import award_wan, group_of, said_of, watched

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Numbers = dict[date, Decimal | None]


@require_safe
def watch(request: HttpRequest) -> HttpResponse:
    """Each county's monthly figures beside the city's, the worst first: who is behind, since when, by how much."""
    if not is_staff_of_the_city(request.user):
        raise Http404
    month = _month(request.GET.get("month", ""))
    rules = ruleset(WATCH, on=month)
    places = counties(month)
    city = places[0].parent if places else None
    held, pages = _numbers(rules["series"], [*places, city] if city else places, month)
    rows = []
    for each in rules["series"]:
        own = {place.pk: held.get((each["source"], place.pk), {}) for place in places}
        whole = held.get((each["source"], city.pk), {}) if city else {}
        rows.append(
            {
                "title": each["title"], "unit": each["unit"], "city": whole.get(month),
                "cells": [
                    {
                        "found": watched(own[place.pk], whole, [numbers.get(month) for pk, numbers in own.items() if pk != place.pk], month, each["better"], rules),
                        "page": pages.get((each["source"], place.pk)),
                    }
                    for place in places
                ],
            }
        )  # fmt: skip
    alerts = [
        (place, row["title"], cell["found"])
        for row in rows
        for place, cell in zip(places, row["cells"], strict=True)
        if cell["found"].light in {"red", "yellow"}
    ]
    alerts.sort(key=lambda alert: alert[2].light != "red")
    runs = (
        Run.objects.filter(code__in=(QUARTERLY, YEARLY))
        .exclude(state=Run.State.REPLACED)
        .order_by("-period", "code")[:8]
    )
    context = {
        "month": month, "when": in_words(month, "month"), "months": [earlier(_latest(), n) for n in range(18)], "rows": rows, "alerts": alerts,
        "places": [(place, group_of(place.code)) for place in places], "rules": rules,
        "runs": [{"run": run, "kind": kind, "when": kind.when(run.period)} for run in runs for kind in [scheme_kind(run.code)]],
    }  # fmt: skip
    return render(request, "county_performance/watch.html", context)


def _latest() -> date:
    """The month before this one: bureaus publish in the month after."""
    return earlier(timezone.localdate().replace(day=1), 1)


def _month(asked: str) -> date:
    try:
        return date.fromisoformat(f"{asked[:7]}-01")
    except ValueError:
        return _latest()


def _numbers(
    series: Sequence[Mapping[str, Any]], places: Sequence[Any], month: date
) -> tuple[dict[tuple[str, int], Numbers], dict[tuple[str, int], int]]:
    """By source and division: the numbers of two years up to the month, growth where that is asked; and the month's value."""
    keys = {each["source"].removesuffix(GROWTH) for each in series}
    rows = Value.objects.filter(
        is_current=True, owner=None, series__key__in=keys, division__in=[place.pk for place in places], period__lte=month, period__gt=earlier(month, 30)
    ).select_related("series")  # fmt: skip
    by_key: dict[tuple[str, int], list[Value]] = defaultdict(list)
    for row in rows.order_by("period"):
        by_key[row.series.key, row.division_id].append(row)
    found: dict[tuple[str, int], Numbers] = {}
    pages: dict[tuple[str, int], int] = {}
    for each in series:
        for place in places:
            values = by_key.get((each["source"].removesuffix(GROWTH), place.pk), [])
            numbers: Numbers = {value.period: value.value for value in values}
            if each["source"].endswith(GROWTH):
                told = {value.period: value.growth for value in values}
                numbers = {
                    period: told[period] if told[period] is not None else growth(numbers, period)
                    for period in numbers
                }
            found[each["source"], place.pk] = numbers
            if values and values[-1].period == month:
                pages[each["source"], place.pk] = values[-1].pk
    return found, pages


@require_safe
def bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    """通报: places, points, moves and what each is short of, in sentences with every figure from the run."""
    run, context = _bulletin(request, pk)
    if request.GET.get("format") == "docx":
        answer = HttpResponse(_in_word(context), content_type=WORD)
        answer["Content-Disposition"] = content_disposition_header(True, f"{context['title']}.docx") or ""
        audit.record(request.user, "county_performance.bulletin", run, {})
        return answer
    return render(request, "county_performance/bulletin.html", context)


def _bulletin(request: HttpRequest, pk: int) -> tuple[Run, dict[str, Any]]:
    if not is_staff_of_the_city(request.user):
        raise Http404
    run = get_object_or_404(Run.objects.select_related("ruleset"), pk=pk, code__in=(QUARTERLY, YEARLY))
    kind = scheme_kind(run.code)
    groups: dict[str, list[Result]] = defaultdict(list)
    for row in run.results.select_related("division"):
        groups[row.group].append(row)
    awards = ruleset(AWARDS, on=run.period) if run.code == YEARLY else None
    blocks = [
        {
            "name": name, "said": said_of(rows),
            "rows": [(row, award_wan(row.rank, row.last_rank, awards.values) if awards else None) for row in rows],
        }
        for name, rows in sorted(groups.items())
    ]  # fmt: skip
    return run, {
        "run": run, "kind": kind, "when": kind.when(run.period), "title": f"{kind.when(run.period)}{kind.title}", "blocks": blocks,
        "awards": awards, "is_draft": not run.is_sealed,
    }  # fmt: skip


def _in_word(context: Mapping[str, Any]) -> bytes:
    run = context["run"]
    title = f"关于{context['title']}情况的通报"
    body = [paper.paragraph("Title", paper.words(title))]
    if context["is_draft"]:
        body.append(
            paper.paragraph("Subtitle", paper.words(f"（{run.get_state_display()}稿，未定案，不得对外）"))
        )
    for block in context["blocks"]:
        body.append(paper.paragraph("Heading1", paper.words(block["name"])))
        rows = (
            [
                paper.Cell("TableCenter", paper.words(str(text)))
                for text in (row.rank or "—", row.name, f"{row.score:.2f}", row.grade or "—", row.last_rank or "—", "—" if row.rose is None else f"{row.rose:+d}")
            ]
            for row, _award in block["rows"]
        )  # fmt: skip
        body.append(
            paper.table([16, 46, 26, 22, 24, 22], ["位次", "区县", "得分", "档次", "上期位次", "升降"], rows)
        )
        body += [paper.paragraph("Task", paper.words(sentence)) for sentence in block["said"]]
    body.append(
        paper.paragraph(
            "Remark",
            paper.words(
                f"办法：{run.ruleset.document}；数据截止 {timezone.localtime(run.cut_off):%Y-%m-%d}；指纹 {run.hash[:16]}"
            ),
        )
    )
    return paper.document(title, body, paper.UPRIGHT, created=timezone.localtime())
