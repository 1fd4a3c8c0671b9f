"""The evening's overview by county and town, a household's page with its gates, and what everyone may see: sums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, F, Prefetch, Q, Sum, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luodi.kernel.permission import is_staff_of_the_city
from luodi.kernel.rulesets import Ruleset, ruleset
from luodi.scenarios.poverty_watch.actions import helping
from luodi.scenarios.poverty_watch.actions.roles import (
    confirms,
    decides,
    funds_seen_by,
    households_seen_by,
    works_on,
)
from luodi.scenarios.poverty_watch.models import Clue, Fund, Help, Household
from luodi.scenarios.poverty_watch.pages.forms import FORMS, fields_of
from luodi.scenarios.poverty_watch.rules import STANDING, alerts, standing, words
from luodi.shapes.cases.clocks import LAMPS
from luodi.shapes.cases.permission import seen_by

SHOWN, SOON_DAYS, STALE_DAYS, NEW_DAYS = 15, 7, 90, 30
SUMMED = ("ever", "people", "listed", "cleared", "unhelped", "stale")
MAY: Mapping[str, Any] = {"confirm": confirms, "clear": decides}
"""Steps that ask for another person; all others are open to whoever works on the household."""


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What one brings to the meeting: clues near their end, households without help or a visit, how many are cleared, by
    county and town, and what looks like more than single cases. Ten queries at most."""
    if not is_staff_of_the_city(request.user):
        raise Http404
    now, today = timezone.now(), timezone.localdate()
    limits = ruleset(STANDING, on=today)
    clues = seen_by(request.user, Clue.objects.all(), are_few=True)
    running = Q(is_open=True, finished_at=None, is_paused=False)
    pressing = (
        clues.filter(running, due_at__lte=now + timedelta(days=SOON_DAYS))
        .select_related("lead", "home")
        .order_by("due_at")
    )
    mine = households_seen_by(request.user, Household.objects.all())
    counts = _counts(mine, today)
    lines = list(_by_town(counts))
    sums = {name: sum(line[name] for line in lines) for name in SUMMED}
    funds = funds_seen_by(request.user, Fund.objects.filter(allotted_on__year=today.year)).aggregate(
        allotted=Sum("allotted_fen"),
        paid=Sum("paid_fen"),
        industry=Sum("allotted_fen", filter=Q(is_industry=True)),
    )
    waiting = mine.filter(
        Q(state__in=(standing.PROPOSED, standing.NOTICE)) | Q(state=standing.LISTED)
    ).select_related("village__division")
    context = {
        "today": today, "lines": lines, "sums": sums, "rate": share(sums["cleared"], sums["ever"]), "lamps": LAMPS,
        "pressing": [(row, row.light_at(now)) for row in pressing[:SHOWN]], "waiting": waiting.order_by("help_due_on", "number")[:SHOWN],
        "alerts": list(_alerts(counts, limits)), "stale_days": STALE_DAYS, "funds": funds, "state_lamps": standing.LAMPS,
        "paid_share": share(funds["paid"], funds["allotted"]), "industry_share": share(funds["industry"], funds["allotted"]),
        "channels": _by_channel(clues, today),
    }  # fmt: skip
    return render(request, "poverty_watch/overview.html", context)


def _counts(mine: Any, today: date) -> list[dict[str, Any]]:
    """Households by village and cause: the one query from which towns are summed and alerts are told."""
    on_list = Q(state__in=standing.ON_LIST)
    stale = Q(last_visit_on=None) | Q(last_visit_on__lt=today - timedelta(days=STALE_DAYS))
    month_ago = today - timedelta(days=NEW_DAYS)
    return list(mine.order_by("village__division__code", "village__name").values(
        "cause", "village__name", "village__households", county=F("village__division__parent__name"), town=F("village__division__name"),
    ).annotate(
        ever=Count("pk", filter=Q(listed_on__isnull=False)), people=Sum("population", filter=Q(listed_on__isnull=False), default=0),
        listed=Count("pk", filter=on_list), cleared=Count("pk", filter=Q(state=standing.CLEARED)),
        unhelped=Count("pk", filter=on_list & Q(helped_on=None)), stale=Count("pk", filter=on_list & stale),
        before=Count("pk", filter=Q(listed_on__lte=month_ago) & (Q(cleared_on=None) | Q(cleared_on__gt=month_ago))),
        fresh=Count("pk", filter=Q(listed_on__gt=month_ago)),
    ))  # fmt: skip


def _by_town(counts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    above = ""
    for (county, town), group in groupby(counts, key=lambda line: (line["county"], line["town"])):
        lines = list(group)
        line = {name: sum(each[name] for each in lines) for name in SUMMED}
        yield {
            **line,
            "county": "" if county == above else county,
            "town": town,
            "rate": share(line["cleared"], line["ever"]),
        }
        above = county


def _alerts(counts: list[dict[str, Any]], limits: Ruleset) -> Iterator[alerts.Alert]:
    """规模性返贫: shares of villages now and a month ago, and the causes of a county's new ones."""
    for (town, village, households), group in groupby(
        counts, key=lambda line: (line["town"], line["village__name"], line["village__households"])
    ):
        lines = list(group)
        now, before = sum(each["listed"] for each in lines), sum(each["before"] for each in lines)
        found = alerts.of_village(
            f"{town}{village}", now, before, households, limits["village_share"], limits["village_rise"]
        )
        if found:
            yield found
    by_county: dict[str, list[str]] = defaultdict(list)
    for line in counts:
        by_county[line["county"]] += [line["cause"]] * line["fresh"]
    for county, causes in by_county.items():
        yield from alerts.of_causes(
            county, causes, dict(words.CAUSES), limits["cause_share"], limits["cause_least"]
        )


def _by_channel(clues: Any, today: date) -> list[tuple[str, int, int]]:
    counted = (
        clues.filter(received_on__year=today.year)
        .values("channel")
        .annotate(all=Count("pk"), listed=Count("pk", filter=Q(state="listed")))
    )
    found = {line["channel"]: line for line in counted.order_by("channel")}
    return [
        (title, found[code]["all"], found[code]["listed"]) for code, title in words.CHANNELS if code in found
    ]


def share(part: int | None, whole: int | None) -> float | None:
    """Percent; None where there is nothing to be a part of."""
    return round(100 * (part or 0) / whole, 2) if whole else None


@require_safe
def household(request: HttpRequest, pk: int) -> HttpResponse:
    return show(request, see(request, pk))


def see(request: HttpRequest, pk: int) -> Household:
    rows = households_seen_by(request.user, Household.objects.all())
    return get_object_or_404(
        rows.select_related("village__division", "unit", "proposed_by", "confirmed_by", "cleared_by"), pk=pk
    )


def show(request: HttpRequest, found: Household, tried: str = "", refusal: str = "", errors: Mapping[str, str] | None = None, revealed: str = "", status: int = 200) -> HttpResponse:  # fmt: skip
    """A household's page; `revealed` is the personal data that this one answer shows."""
    today = timezone.localdate()
    prefetch_related_objects([found], Prefetch("helps", Help.objects.select_related("unit")))
    newest = found.assessments.select_related("ruleset", "by").order_by("on", "pk").last()
    context = {
        "household": found, "newest": newest, "lamp": standing.LAMPS[found.state], "today": today, "revealed": revealed, "refusal": refusal, "tried": tried,
        "gates": standing.gates(helping.facts_of(found, today), today, ruleset(STANDING, on=today)["hold_months"]) if found.is_on_list else (),
        "forms": [(name, standing.TITLES[name], list(fields_of(FORMS[name], request.POST if tried == name else {}, (errors or {}) if tried == name else {}))) for name in able(request.user, found)],
        "members": found.members.all(), "helps": found.helps.all(), "history": found.steps.select_related("by").order_by("-on", "-pk"),
        "clues": seen_by(request.user, Clue.objects.filter(household=found), are_few=True),
        "may": works_on(request.user, found) and not found.forgotten_on, "leavings": words.LEAVINGS,
    }  # fmt: skip
    return render(request, "poverty_watch/household.html", context, status=status)


def able(person: Any, found: Household) -> list[str]:
    """The steps that this person can take on the household now."""
    if found.forgotten_on or not works_on(person, found):
        return []
    always = ("assess", "member") if found.state != standing.CLEARED else ("member",)
    return [
        name for name in (*standing.STEPS[found.state], *always) if MAY.get(name, works_on)(person, found)
    ]


@login_not_required
@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """For everyone: sums by county of this system, cells of too few households not shown; how to report, and how long it takes."""
    today = timezone.localdate()
    least = int(ruleset(STANDING, on=today)["small_cell"])
    counted = Household.objects.filter(listed_on__isnull=False).values("village__division__parent__name").annotate(
        ever=Count("pk"), cleared=Count("pk", filter=Q(state=standing.CLEARED)), **{code: Count("pk", filter=Q(kind=code)) for code, _ in words.KINDS}
    )  # fmt: skip
    rows = []
    for line in counted.order_by("village__division__parent__code"):
        cells = alerts.suppressed_row([line[code] for code, _ in words.KINDS], least)
        kept = alerts.suppressed_row([line["cleared"], line["ever"] - line["cleared"]], least)[0]
        rows.append(
            {
                "place": line["village__division__parent__name"],
                "ever": alerts.suppressed(line["ever"], least),
                "cells": cells,
                "cleared": kept,
            }
        )
    return render(
        request,
        "poverty_watch/public.html",
        {"rows": rows, "kinds": words.KINDS, "least": least, "today": today, "channels": words.CHANNELS[:3]},
    )
