"""The year at a glance for whoever organises the evaluation, and the public notice without anyone's business figures."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luodi.assessment.models import Result, Run
from luodi.kernel.permission import is_staff_of_the_city
from luodi.scenarios.land_productivity import actions
from luodi.scenarios.land_productivity.models import SOURCES, LowUseLand, Outcome, Parcel, YearRecord
from luodi.scenarios.land_productivity.pages.grading import SCHEMES
from luodi.scenarios.land_productivity.rules import WAN_FEN

OPEN = (Run.State.NOTICE, Run.State.FINAL, Run.State.PUBLISHED)
SHOWN = 100


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Who still owes figures, what looks odd, where the runs stand, how zones compare, how much land was put to use."""
    if not is_staff_of_the_city(request.user):
        raise Http404
    year = _year(request.GET.get("year", ""))
    records = list(YearRecord.objects.filter(year=year).select_related("enterprise", "division"))
    runs = {
        run.code: run
        for run in Run.objects.filter(
            period=date(year, 1, 1), code__in=[kind.code for kind in SCHEMES]
        ).exclude(state=Run.State.REPLACED)
    }
    outcomes = {each.enterprise_id: each for each in Outcome.objects.filter(year=year)}
    context = {
        "year": year, "years": range(timezone.localdate().year, timezone.localdate().year - 4, -1),
        "total": len(records), "by_source": _by_source(records), "odd": [(each, each.doubts) for each in records if each.doubts][:30],
        "confirmed": sum(each.confirmed_on is not None for each in records),
        "runs": [(kind, runs.get(kind.code)) for kind in SCHEMES], "zones": _zones(records, outcomes),
        "grades": _count(outcomes.values()), "may_organise": actions.organises(request.user),
        "is_sealed": any(run.is_sealed for run in runs.values()), "carried_out": len(outcomes), **_low_use(year + 1),
    }  # fmt: skip
    return render(request, "land_productivity/overview.html", context)


def _year(asked: str) -> int:
    """The data year; the one before this year without a word: a year is evaluated in the next."""
    return int(asked) if asked.isdecimal() and len(asked) == 4 else timezone.localdate().year - 1


def _by_source(records: list[YearRecord]) -> list[dict[str, Any]]:
    lacking = [record.lacks for record in records]
    return [
        {"title": title, "missing": sum(title in each for each in lacking), "desk": desk}
        for (title, _names), desk in zip(
            SOURCES,
            ("land-parcels", "land-tax", "land-power", "land-emission", "land-statistics"),
            strict=True,
        )
    ]


def _count(outcomes: Any) -> list[tuple[str, int]]:
    found: dict[str, int] = defaultdict(int)
    for each in outcomes:
        found[each.grade] += 1
    return sorted(found.items())


def _zones(records: list[YearRecord], outcomes: dict[int, Outcome]) -> list[dict[str, Any]]:
    """Tax and land by place; a firm with land in two places is scored once and listed in both."""
    places: dict[str, set[int]] = defaultdict(set)
    for division, firm in Parcel.objects.values_list("division__name", "enterprise"):
        places[division].add(firm)
    for record in records:
        places[record.division.name].add(record.enterprise_id)
    out = []
    for name, firms in sorted(places.items()):
        here = [each for each in records if each.enterprise_id in firms]
        known = [each for each in here if each.tax_fen is not None and each.land_mu]
        land = sum((each.land_mu for each in known), Decimal(0))
        tax = sum((Decimal(each.tax_fen) for each in known), Decimal(0)) / WAN_FEN
        grades = [outcomes[each.enterprise_id].grade for each in here if each.enterprise_id in outcomes]
        out.append(
            {
                "name": name, "firms": len(here), "land": land, "tax_mu": (tax / land).quantize(Decimal("0.01")) if land else None,
                "grades": [(grade, grades.count(grade)) for grade in "ABCD"],
            }
        )  # fmt: skip
    return [each for each in out if each["firms"]]


def _low_use(year: int) -> dict[str, Any]:
    rows = LowUseLand.objects.all()
    done = rows.filter(state=LowUseLand.State.ACCEPTED, accepted_on__year=year).aggregate(
        mu=Sum("disposed_mu")
    )["mu"]
    waiting = list(
        rows.exclude(state__in=(LowUseLand.State.ACCEPTED, LowUseLand.State.DROPPED)).select_related(
            "division", "lead"
        )
    )
    return {
        "disposed": done or Decimal(0), "low_year": year, "waiting_mu": sum((each.area_mu for each in waiting), Decimal(0)),
        "waiting": len(waiting), "late": [each for each in waiting if each.is_late][:20],
    }  # fmt: skip


@require_POST
def carry_out(request: HttpRequest) -> HttpResponse:
    if not is_staff_of_the_city(request.user):
        raise Http404
    year = _year(request.POST.get("year", ""))
    count = actions.carry_out(request.user, year)
    messages.success(request, _("已按定案结果列出 %(n)d 户的差别化政策。") % {"n": count})
    return redirect("workbench:table", code="land-outcomes")


@login_not_required
@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """Name, grade and score only: what a firm earns, pays and uses is its own business (商业秘密)."""
    year = _year(request.GET.get("year", ""))
    kind = next((each for each in SCHEMES if each.code == request.GET.get("scheme")), SCHEMES[0])
    run = (
        Run.objects.filter(code=kind.code, period=date(year, 1, 1), state__in=OPEN)
        .select_related("ruleset")
        .order_by("-version")
        .first()
    )
    rows = (
        Result.objects.filter(run=run)
        .exclude(grade="")
        .select_related("division")
        .defer("values", "items", "extras", "events", "words")
    )
    if words := request.GET.get("q", "").strip():
        rows = rows.filter(name__contains=words)
    page = Paginator(rows.order_by("grade", "name"), SHOWN).get_page(request.GET.get("page"))
    context = {
        "run": run, "kind": kind, "kinds": SCHEMES, "year": year, "page": page, "asked": request.GET,
        "is_open": run is not None and run.takes_objections(timezone.localdate()),
    }  # fmt: skip
    return render(request, "land_productivity/notice.html", context)
