"""Pages of its own: the evening's overview, an old case with its three conditions, a sitting with what it decided, the
public calendar of receptions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luodi.kernel import evidence
from luodi.kernel.models import Unit
from luodi.kernel.permission import is_staff_of_the_city
from luodi.kernel.rulesets import ruleset
from luodi.scenarios.petitions.actions.backlog import quiet_days
from luodi.scenarios.petitions.actions.roles import (
    answers_item,
    at_the_bureau,
    backlogs_seen_by,
    checks,
    keeps_ledger,
    sittings_seen_by,
    works_on,
)
from luodi.scenarios.petitions.models import Backlog, Petition, Sitting, SittingItem
from luodi.scenarios.petitions.rules import BACKLOG_LIMITS
from luodi.scenarios.petitions.rules import backlog as rules
from luodi.shapes.cases.clocks import LAMPS
from luodi.shapes.cases.permission import seen_by

SHOWN, SOON_DAYS, AHEAD_DAYS = 15, 7, 60
STATE_LAMPS = {"open": "red", "agreed": "yellow", "settled": "blue", "verified": "blue", "closed": "green"}
MAY = {
    "report": works_on,
    "agree": works_on,
    "settle": works_on,
    "verify": checks,
    "close": keeps_ledger,
    "reopen": keeps_ledger,
}


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What one brings to the meeting: what is late or nearly so, old cases by leader, receptions and their promises."""
    if not is_staff_of_the_city(request.user):
        raise Http404
    now, today = timezone.now(), timezone.localdate()
    mine = seen_by(request.user, Petition.objects.all())
    running = Q(is_open=True, finished_at=None, is_paused=False)
    numbers = mine.aggregate(
        received=Count("pk", filter=Q(received_on__year=today.year)),
        open=Count("pk", filter=Q(is_open=True)),
        over=Count("pk", filter=running & Q(due_at__lte=now)),
        unreported=Count("pk", filter=Q(is_open=True, is_urgent=True, reported_up_on=None)),
        sorted=Count("pk", filter=Q(received_on__year=today.year) & ~Q(nature="")),
        repeats=Count("pk", filter=Q(received_on__year=today.year, nature="repeat")),
    )
    pressing = (
        mine.filter(running, due_at__lte=now + timedelta(days=SOON_DAYS))
        .select_related("lead", "home")
        .order_by("due_at")
    )
    ledger = backlogs_seen_by(request.user, Backlog.objects.all())
    limits = ruleset(BACKLOG_LIMITS, on=today)
    by_leader = list(_by_leader(ledger, today, limits["stale_days"], limits["quiet_days"]))
    sums = {
        key: sum(line[key] for line in by_leader) for key in ("all", *dict(rules.STATES), "stale", "ripe")
    }
    items = SittingItem.objects.filter(
        done_on=None, sitting__in=sittings_seen_by(request.user, Sitting.objects.all())
    )
    context = {
        "numbers": numbers, "pressing": [(row, row.light_at(now)) for row in pressing[:SHOWN]], "lamps": LAMPS, "today": today,
        "by_leader": by_leader, "sums": sums, "states": rules.STATES, "stale_days": limits["stale_days"], "quiet_days": limits["quiet_days"],
        "repeat_rate": round(100 * numbers["repeats"] / numbers["sorted"], 2) if numbers["sorted"] else None,
        "ahead": sittings_seen_by(request.user, Sitting.objects.filter(on__range=(today, today + timedelta(days=AHEAD_DAYS)), state="planned")).select_related("leader").order_by("on")[:SHOWN],
        "items": items.select_related("sitting", "unit", "petition", "backlog").order_by("due_on")[:SHOWN],
    }  # fmt: skip
    return render(request, "petitions/overview.html", context)


def _by_leader(ledger: Any, today: date, stale_days: int, quiet_days: int) -> Iterator[dict[str, Any]]:
    """One line a leader: how many old cases stand where, how many lie still, how many could be struck off by now."""
    stale, ripe = today - timedelta(days=stale_days), today - timedelta(days=quiet_days)
    counts = {code: Count("pk", filter=Q(state=code)) for code, _ in rules.STATES}
    lying = ~Q(state=rules.CLOSED) & (Q(last_step_on__lt=stale) | Q(last_step_on=None, assigned_on__lt=stale))
    lines = ledger.order_by("leader__name").values("leader", "leader__name").annotate(
        all=Count("pk"), **counts, stale=Count("pk", filter=lying), ripe=Count("pk", filter=Q(state=rules.VERIFIED, settled_on__lt=ripe))
    )  # fmt: skip
    for line in lines:
        yield {**line, "counts": [line[code] for code, _ in rules.STATES]}


@require_safe
def backlog(request: HttpRequest, pk: int) -> HttpResponse:
    return show_backlog(request, see_backlog(request, pk))


def show_backlog(
    request: HttpRequest, found: Backlog, tried: str = "", refusal: str = "", status: int = 200
) -> HttpResponse:
    today, facts = timezone.localdate(), found.facts()
    able = [
        name
        for name in (*rules.STEPS[found.state], "report")
        if MAY[name](request.user, found) and (name != "report" or found.is_open)
    ]
    context = {
        "backlog": found, "gates": rules.gates(facts, today, quiet_days(today)), "years": rules.years_old(found.first_on, today),
        "history": found.steps.select_related("by").order_by("-on", "-pk"), "forms": [(name, rules.TITLES[name]) for name in able], "tried": tried, "refusal": refusal,
        "typed": request.POST, "ways": rules.WAYS, "lamp": STATE_LAMPS[found.state], "items": found.sitting_items.select_related("sitting", "unit"),
        "pieces": evidence.of(found), "may_attach": evidence.may_attach(request.user, found), "today": today,
    }  # fmt: skip
    return render(request, "petitions/backlog.html", context, status=status)


@require_safe
def sitting(request: HttpRequest, pk: int) -> HttpResponse:
    return show_sitting(request, see_sitting(request, pk))


def show_sitting(request: HttpRequest, found: Sitting, refusal: str = "", status: int = 200) -> HttpResponse:
    items = list(found.items.select_related("unit", "petition", "backlog"))
    visible = set(
        seen_by(
            request.user, Petition.objects.filter(pk__in=[item.petition_id for item in items])
        ).values_list("pk", flat=True)
    )
    shown = [item for item in items if item.petition_id is None or item.petition_id in visible]
    context = {
        "sitting": found, "items": [(item, answers_item(request.user, item) and item.done_on is None) for item in shown], "refusal": refusal,
        "may_decide": at_the_bureau(request.user) and found.state != Sitting.State.CANCELLED, "typed": request.POST,
        "unit_names": Unit.objects.on(timezone.localdate()), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "petitions/sitting.html", context, status=status)


@login_not_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """When and where leaders receive people: known to everyone beforehand."""
    today = timezone.localdate()
    planned = Sitting.objects.filter(
        kind=Sitting.Kind.RECEPTION,
        state=Sitting.State.PLANNED,
        on__range=(today, today + timedelta(days=AHEAD_DAYS)),
    )
    return render(
        request,
        "petitions/calendar.html",
        {"rows": planned.select_related("leader").order_by("on"), "ahead": AHEAD_DAYS},
    )


def see_backlog(request: HttpRequest, pk: int) -> Backlog:
    rows = backlogs_seen_by(request.user, Backlog.objects.all())
    return get_object_or_404(
        rows.select_related("petition", "unit", "leader", "division", "verified_by"), pk=pk
    )


def see_sitting(request: HttpRequest, pk: int) -> Sitting:
    return get_object_or_404(sittings_seen_by(request.user, Sitting.objects.select_related("leader")), pk=pk)
