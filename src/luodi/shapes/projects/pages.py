"""What one sees of projects beside the desks: one's own list on a phone, a project on three leaves, the forms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luodi.kernel import evidence
from luodi.kernel.clock import months_later
from luodi.kernel.models import Person, Unit
from luodi.kernel.permission import is_leader
from luodi.shapes.projects import forms, rules
from luodi.shapes.projects.actions.life import what_is_missing
from luodi.shapes.projects.exceptions import exceptions, standing_of
from luodi.shapes.projects.kind import kind_of
from luodi.shapes.projects.life import PARTS, RESUME, Gate
from luodi.shapes.projects.lines import lines_on
from luodi.shapes.projects.models import Charge, MonthReport, Project, Step
from luodi.shapes.projects.permission import WORKS, answers, decides, keeps, manages, raises_problems, sees
from luodi.shapes.projects.readers import in_rhythm
from luodi.shapes.projects.reports import pace_of

ASIDE = ("suspended", "terminated", "removed")


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The projects one answers for, those with something wrong first; a leader sees those in charge of."""
    if not sees(request.user):
        raise Http404
    today = timezone.localdate()
    rows = list(own_projects(request.user, today))
    found: dict[int, list[Any]] = {row.pk: [] for row in rows}
    for each in exceptions(today, rows):
        found[each.project.pk].append(each)
    listed = [{"project": row, "kind": kind_of(row.kind), "findings": found[row.pk]} for row in rows]
    for each in listed:
        each["stage"] = each["kind"].life.stage(each["project"].stage)
        severities = {finding.severity for finding in each["findings"]}
        each["lamp"] = "red" if "red" in severities else "yellow" if severities else "green"
    listed.sort(key=lambda each: (("red", "yellow", "green").index(each["lamp"]), -len(each["findings"])))
    wrong = sum(bool(each["findings"]) for each in listed)
    return render(
        request, "projects/mine.html", {"rows": listed, "wrong": wrong, "fine": len(listed) - wrong}
    )


def own_projects(person: Person, on: date) -> QuerySet[Project]:
    """Of one's units and division; of a leader those in charge of; all for the office that manages the list."""
    rows = in_rhythm()
    if is_leader(person):
        charges = Charge.objects.filter(person=person, valid_from__lte=on).exclude(valid_until__lte=on)
        return rows.filter(pk__in=charges.values("project"))
    if manages(person):
        return rows
    posts = [post for post in person.current_posts if post.role in WORKS]
    places = [post.unit.division_id for post in posts if post.unit.division.parent_id is not None]
    units = [post.unit_id for post in posts]
    return rows.filter(Q(lead__in=units) | Q(division__in=places) | Q(zone__in=places))


def see(request: HttpRequest, pk: int, *prefetched: Any) -> Project:
    """The project, for staff; for all others it does not exist."""
    if not sees(request.user):
        raise Http404
    rows = Project.objects.select_related("division", "zone", "lead", "owner", "start__by")
    return get_object_or_404(rows.prefetch_related(*prefetched), pk=pk)


_FIRST_LEAF = (
    Prefetch("charges", Charge.objects.select_related("unit")),
    "papers",
    Prefetch("steps", Step.objects.select_related("by")),
)


@require_safe
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """First leaf: what it is, who is in charge, where it stands, what the next gate asks, its papers, its past."""
    return show_project(request, see(request, pk, *_FIRST_LEAF))


def show_project(
    request: HttpRequest, found: Project, *, tried: str = "", errors: dict[str, str] | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:  # fmt: skip
    today, kind = timezone.localdate(), kind_of(found.kind)
    missing = what_is_missing(found, today)
    start = getattr(found, "start", None)
    may_keep = keeps(request.user, found)
    current = {each.part: each for each in found.charges.all() if each.valid_until is None}
    typed = request.POST.dict() if tried else {}
    context = {
        **_head(request, found, "facts"),
        "road": [
            (stage, kind.life.has_reached(found.stage, stage.code), stage.code == found.stage)
            for stage in kind.life.stages
            if stage.code not in ASIDE
        ],
        "triad": [{"title": title, "charge": current.get(part)} for part, title in PARTS],
        "gates": [
            {"gate": gate, "missing": missing[gate.to], "to": gate.to, "is_main": _is_main(gate)}
            for gate in kind.life.gates_from(found.stage)
        ],
        "papers": [(kind.titles_of_papers.get(row.kind, row.kind), kind.paper(row.kind).before, row) for row in found.papers.all()],
        "groups": (("started", "开工前"), ("entry", "入库纳统"), ("completed", "竣工"), ("producing", "投产")),
        "steps": [(kind.life.stage(step.to).title, step) for step in found.steps.all()],
        "start": start, "photos": evidence.of(start) if start else [],
        "may_keep": may_keep, "tried": tried, "refusal": refusal,
        "step_form": forms.drawn(forms.STEP, {"on": f"{today}", **typed}, errors if tried.startswith("to-") else None),
        "charge_form": forms.drawn(forms.CHARGE, {"since": f"{today}", **typed}, errors if tried == "charge" else None),
        "enter_form": forms.drawn(forms.ENTER, {"on": f"{today}", **typed}, errors if tried == "enter" else None),
        "units": Unit.objects.on(today) if may_keep else (),
    }  # fmt: skip
    return render(request, "projects/project.html", context, status=status)


def _is_main(gate: Gate) -> bool:
    return gate.to not in ASIDE or gate.to == RESUME


def _head(request: HttpRequest, found: Project, leaf: str) -> dict[str, Any]:
    kind = kind_of(found.kind)
    return {
        "project": found, "kind": kind, "stage": kind.life.stage(found.stage), "leaf": leaf, "today": timezone.localdate(),
        **{f"desk{each}": kind.code.replace("_", "-") + each.replace("_", "-") for each in ("", "_papers", "_milestones")}, "this_month": last_month_over(timezone.localdate()),
    }  # fmt: skip


@require_safe
def money(request: HttpRequest, pk: int) -> HttpResponse:
    """Second leaf: plan and pace of the year, reports with their corrections, changes of the plan."""
    return show_money(request, see(request, pk))


def show_money(
    request: HttpRequest, found: Project, *, tried: str = "", errors: dict[str, str] | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:  # fmt: skip
    today = timezone.localdate()
    year = int(request.GET["year"]) if request.GET.get("year", "").isdigit() else today.year
    plans = {plan.year: plan for plan in found.plans.all()}
    rows = list(found.reports.filter(month__year=year).select_related("by").order_by("-month", "-revision"))
    plan = plans.get(year)
    done = {row.month: row.ytd_fen for row in reversed(rows) if row.is_current}
    pace = pace_of(year, plan, done)
    newest = next((row for row in rows if row.is_current), None)
    typed = request.POST.dict() if tried else {}
    context = {
        **_head(request, found, "money"),
        "year": year, "years": sorted({*plans, today.year}), "plan": plan, "pace": pace,
        "months": _months(rows),
        "sources": [(title, getattr(newest, name)) for name, title in rules.SOURCES] if newest else [],
        "works": [(title, getattr(newest, name)) for name, title in rules.KINDS_OF_WORK] if newest else [],
        "newest": newest,
        "changes": found.changes.select_related("author", "decided_by"),
        "may_keep": keeps(request.user, found), "may_plan": manages(request.user, found) and plan is None,
        "may_decide": decides(request.user, found), "tried": tried, "refusal": refusal,
        "plan_form": forms.drawn(forms.PLAN, typed, errors if tried == "plan" else None),
        "change_form": forms.drawn(forms.CHANGE, typed, errors if tried == "change" else None),
    }  # fmt: skip
    return render(request, "projects/money.html", context, status=status)


def _months(rows: list[MonthReport]) -> list[dict[str, Any]]:
    """A line a month: the report that stands, with those it took the place of below it."""
    lines: dict[date, dict[str, Any]] = {}
    for row in rows:
        line = lines.setdefault(row.month, {"row": None, "earlier": []})
        if row.is_current:
            line["row"] = row
        else:
            line["earlier"].append(row)
    return list(lines.values())


@require_safe
def problems(request: HttpRequest, pk: int) -> HttpResponse:
    """Third leaf: milestones, problems with their standing, starts put off."""
    return show_problems(request, see(request, pk))


def show_problems(
    request: HttpRequest, found: Project, *, tried: str = "", errors: dict[str, str] | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:  # fmt: skip
    today = timezone.localdate()
    lines = lines_on(today).values
    levels = dict(rules.LEVELS)
    typed = request.POST.dict() if tried else {}
    rows = [
        {
            "row": row, "standing": (how := standing_of(row, today, lines)), "level": levels[how.level],
            "may_answer": row.solved_on is None and answers(request.user, row),
            "promise": f"promise-{row.pk}",
            "solve": f"solve-{row.pk}",
        }
        for row in found.problems.select_related("owner", "raised_by", "project").order_by("solved_on", "due_on")
    ]  # fmt: skip
    rows.sort(key=lambda each: each["row"].solved_on is not None)
    context = {
        **_head(request, found, "problems"),
        "milestones": [(row, f"reach-{row.pk}") for row in found.milestones.all()], "rows": rows, "delays": found.delays.all(),
        "may_keep": keeps(request.user, found), "may_raise": raises_problems(request.user, found),
        "tried": tried, "refusal": refusal,
        "problem_form": forms.drawn(forms.PROBLEM, typed, errors if tried == "raise" else None),
        "promise_form": forms.drawn(forms.PROMISE, typed, errors if tried.startswith("promise") else None),
        "solve_form": forms.drawn(forms.SOLVE, {"on": f"{today}", **typed}, errors if tried.startswith("solve") else None),
        "reach_form": forms.drawn(forms.REACH, {"on": f"{today}", **typed}, errors if tried.startswith("reach") else None),
        "delay_form": forms.drawn(forms.DELAY, typed, errors if tried == "delay" else None),
        "units": Unit.objects.on(today),
    }  # fmt: skip
    return render(request, "projects/problems.html", context, status=status)


def last_month_over(today: date) -> date:
    """The month that a report is due for now."""
    return months_later(today.replace(day=1), -1)


def month_asked(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(f"{request.GET.get('month') or request.POST.get('month', '')}-01")
    except ValueError:
        return last_month_over(timezone.localdate())
