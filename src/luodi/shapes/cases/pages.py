"""What one sees of cases beside the desks: one's queue on a phone, a case with its moves, its papers, the statistics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import quote

from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luodi.kernel import evidence
from luodi.kernel.models import Unit
from luodi.kernel.permission import is_staff_of_the_city
from luodi.kernel.rulesets import ruleset_by_id
from luodi.reading.forms import MEDIA_TYPES
from luodi.shapes.cases import incoming, letters
from luodi.shapes.cases.asks import called, form_of, said
from luodi.shapes.cases.chain import record_from, record_of
from luodi.shapes.cases.clocks import LAMPS
from luodi.shapes.cases.desk import with_light
from luodi.shapes.cases.duplicates import duplicates_of
from luodi.shapes.cases.kind import CaseKind, kind_of, kinds, typed
from luodi.shapes.cases.machine import Effect, Move
from luodi.shapes.cases.models import Assignment, Case, Step
from luodi.shapes.cases.permission import actor_of, at_desk, roles_of, seen_by, working_units
from luodi.shapes.cases.record import OPENED, Record, is_allowed
from luodi.shapes.cases.statistics import statistics

SHOWN = 100


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for one, of every kind: what is due first comes first, and what is answered waits below."""
    if not is_staff_of_the_city(request.user):
        raise Http404
    rows = with_light(seen_by(request.user, Case.objects.filter(is_open=True))).select_related("lead", "home")
    units = working_units(request.user)
    if units:
        rows = rows.filter(lead__in=units) | rows.filter(home__in=units)
    due = F("due_at").asc(nulls_last=True)
    rows = rows.order_by(F("finished_on").asc(nulls_first=True), due, "received_at", "pk")[:SHOWN]
    shown = [
        {"case": row, "kind": kind_of(row), "light": row.light_at(timezone.now()), "state": state_of(row)}
        for row in rows
    ]
    return render(
        request,
        "cases/queue.html",
        {
            "rows": shown,
            "lamps": LAMPS,
            "kinds": kinds().values(),
            "brings": [kind for kind in kinds().values() if kind.may_bring(request.user)],
        },
    )


@require_safe
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: what it is, its two clocks, what may be done now, what happened, its evidence and its papers."""
    return show_case(request, see(request, pk))


def show_case(
    request: HttpRequest,
    found: Any,
    *,
    tried: str = "",
    errors: dict[str, str] | None = None,
    contact: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of a case; `tried` is the move whose form came back with `errors`."""
    kind = kind_of(found)
    steps = list(found.steps.select_related("by").order_by("number"))
    record = record_from(kind.machine, steps)
    every = {unit.pk: unit for unit in Unit.objects.all()}
    shares = _with_units(found, every)
    able = moves_for(record, request.user, found, shares)
    pauses = kind.limits_of(found).pauses if any(move.effect is Effect.PAUSE for move in able) else ()
    context = {
        "case": found, "kind": kind, "state": state_of(found), "light": found.light_at(timezone.now()), "lamps": LAMPS,
        "forms": [form_of(kind, move, request.POST if move.name == tried else {}, errors or {} if move.name == tried else {}, pauses) for move in able if move.name != "split"],
        "may_split": any(move.name == "split" for move in able), "split_fields": incoming.split_fields(kind),
        "facts": [(title, value) for title, value in kind.facts(found) if value], "relatives": _relatives(request.user, found),
        "history": _history(kind, steps, {unit.key: unit.name for unit in every.values()}), "assignments": shares,
        "pieces": evidence.of(found), "may_attach": found.is_open and bool(roles_of(request.user, found, shares)), "letters": letters.letters_of(kind, record) if _may_print(request.user, found) else [],
        "alike": duplicates_of(found) if found.is_open and at_desk(request.user, found) else [],
        "ruleset": _called(found.ruleset_id) if found.ruleset_id else "", "contact": contact,
        "may_reveal": at_desk(request.user, found), "level": dict(kind.levels).get(found.level, ""), "tried": tried,
        "category": dict(kind.categories).get(found.category, ""), "outcome": dict(kind.outcomes).get(found.outcome, ""),
        "unit_names": [unit for unit in every.values() if _is_in_force(unit, timezone.localdate())],
    }  # fmt: skip
    return render(request, "cases/case.html", context, status=status)


@require_safe
def letter(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    found = see(request, pk)
    kind = kind_of(found)
    title = next((each.title for each in kind.letters if each.name == name), None)
    if title is None or not _may_print(request.user, found):
        raise Http404
    content = letters.letter(kind, found, record_of(kind.machine, found), name, timezone.now())
    return HttpResponse(
        content,
        content_type=MEDIA_TYPES["docx"],
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(f'{title} {found.number}.docx')}"
        },
    )


@require_safe
def numbers(request: HttpRequest, code: str) -> HttpResponse:
    """Statistics of a kind over a span of days, in all, by lead unit and by category."""
    if code not in kinds() or not is_staff_of_the_city(request.user):
        raise Http404
    kind, today = kinds()[code], timezone.localdate()
    first, last = _day(request, "first", today.replace(month=1, day=1)), _day(request, "last", today)
    rows = seen_by(request.user, Case.objects.filter(kind=code))
    tables = [
        (title, statistics(kind, rows, first, last, timezone.now(), by))
        for title, by in (("合计", ""), ("按主办单位", "lead__name"), ("按类别", "category"))
    ]
    return render(
        request,
        "cases/numbers.html",
        {
            "kind": kind,
            "tables": tables,
            "first": first,
            "last": last,
            "solved": "、".join(title for outcome, title in kind.outcomes if outcome in kind.solved),
        },
    )


def see(request: HttpRequest, pk: int) -> Any:
    """The case as its own system's row, for those who see it; to all others it does not exist."""
    rows: QuerySet[Any] = seen_by(request.user, Case.objects.filter(pk=pk), are_few=True)
    return typed(get_object_or_404(rows, pk=pk))


def state_of(found: Case) -> Any:
    return kind_of(found).machine.state(found.state)


def moves_for(
    record: Record, person: Any, found: Any, shares: Iterable[Assignment] | None = None
) -> list[Move]:
    """What this person may do with the case now."""
    actor = actor_of(person, found, shares)
    return [move for move in record.machine.moves_from(record.state) if is_allowed(record, move.name, actor)]


def _with_units(found: Any, every: Mapping[int, Unit]) -> list[Assignment]:
    """The case's shares of the work, each unit in it taken from those at hand."""
    found.home, found.lead = every[found.home_id], every.get(found.lead_id)
    shares = list(found.assignments.all())
    for share in shares:
        share.unit = every[share.unit_id]
    return shares


def _is_in_force(unit: Unit, day: date) -> bool:
    return (unit.valid_from is None or unit.valid_from <= day) and (
        unit.valid_until is None or day < unit.valid_until
    )


@cache
def _called(ruleset: int) -> str:
    """An approved version never changes its name."""
    return ruleset_by_id(ruleset).called


def _relatives(person: Any, found: Any) -> list[tuple[str, Case]]:
    """Cases joined to this one or parted from it, as far as the person sees them."""
    near = Q(pk__in=[pk for pk in (found.parent_id, found.split_from_id) if pk])
    rows = seen_by(
        person, Case.objects.filter(near | Q(parent=found.pk) | Q(split_from=found.pk)), are_few=True
    ).order_by("pk")[:20]
    return [(_relation(found, each), each) for each in rows]


def _relation(found: Any, other: Case) -> str:
    if other.pk == found.parent_id:
        return _("并入")
    if other.pk == found.split_from_id:
        return _("拆分自")
    return _("并来") if other.parent_id == found.pk else _("拆出")


def _may_print(person: Any, found: Any) -> bool:
    """A paper names who brought the case: of a sealed one only the desk prints any."""
    return not found.is_sealed or at_desk(person, found)


def _history(kind: CaseKind, steps: list[Step], units: dict[str, str]) -> list[dict[str, Any]]:
    """Newest first, in words."""
    shown = []
    for step in reversed(steps):
        lines = [
            (
                called(kind, name) if name != "channel" or step.move != OPENED else "来源",
                said(kind, name, value, units),
            )
            for name, value in step.filled.items()
            if value not in (None, "") and step.move != OPENED
        ]
        title = "登记" if step.move == OPENED else kind.machine.move(step.move).title
        who = step.by.name if step.by else "诉求人"
        shown.append({"step": step, "title": title, "who": who, "units": "、".join(units.get(key, key) for key in step.units), "lines": lines})  # fmt: skip
    return shown


def _day(request: HttpRequest, name: str, usual: date) -> date:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return usual
