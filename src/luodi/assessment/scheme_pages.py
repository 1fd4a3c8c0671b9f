"""Pages of schemes: which there are, a run's table, how one member's score came about, trial of other weights, objections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luodi.assessment import permission as may
from luodi.assessment.keeping import recomputed, scheme_of_run
from luodi.assessment.kinds import SchemeKind, scheme_kind, schemes
from luodi.assessment.models import Mark, Objection, Result, Run
from luodi.assessment.schemes import Indicator, Scheme, faults, scheme_of
from luodi.assessment.schemes.scheme import METHODS
from luodi.kernel.rulesets import NoRuleset, ruleset_by_id
from luodi.measures.periods import LENGTHS, earlier

SHOWN = 100


def see_run(request: HttpRequest, pk: int) -> tuple[Run, SchemeKind]:
    if not may.sees_assessments(request.user):
        raise Http404
    run = get_object_or_404(
        Run.objects.select_related("ruleset", "by", "sealed_by", "last", "corrects"), pk=pk
    )
    return run, scheme_kind(run.code)


@require_safe
def all_schemes(request: HttpRequest) -> HttpResponse:
    """Every scheme with the rules in force and its newest run."""
    if not may.sees_assessments(request.user):
        raise Http404
    newest: dict[str, Run] = {}
    rows = Run.objects.exclude(state=Run.State.REPLACED).annotate(
        members=Count("results", distinct=True),
        waiting=Count("results__objections", filter=Q(results__objections__state="open"), distinct=True),
    )
    for run in rows.order_by("period", "version"):
        newest[run.code] = run
    today = timezone.localdate()
    table = [
        {"kind": kind, "rules": _rules(kind, today), "run": run, "when": kind.when(run.period) if run else ""}
        for kind in schemes()
        for run in [newest.get(kind.code)]
    ]
    return render(request, "assessment/schemes.html", {"table": table})


def _rules(kind: SchemeKind, on: date) -> Any:
    try:
        return kind.in_force(kind.first_day(on))
    except NoRuleset:
        return None


@require_safe
def one_scheme(request: HttpRequest, code: str) -> HttpResponse:
    """The scheme's indicators and methods, its runs, and what has been noted for the period."""
    if not may.sees_assessments(request.user):
        raise Http404
    kind = scheme_kind(code)
    period = _period(kind, request.GET.get("period", ""))
    rules = _rules(kind, period)
    scheme = rules and scheme_of(rules.document, rules.verified, rules.values)
    runs = list(
        Run.objects.filter(code=code)
        .select_related("by", "sealed_by", "ruleset")
        .annotate(members=Count("results"))
        .order_by("-period", "-version")
    )
    marks = Mark.objects.filter(code=code, period=period).select_related("author", "decided_by")
    groups = sorted({each.group for each in scheme.indicators if each.group}) if scheme else []
    context = {
        "kind": kind, "rules": rules, "scheme": scheme, "methods": METHODS, "period": period, "when": kind.when(period),
        "periods": [(each, kind.when(each)) for each in _periods(kind)],
        "runs": [{"run": run, "when": kind.when(run.period)} for run in runs],
        "marks": [{"mark": mark, "may_confirm": mark.is_waiting and may.confirms(request.user, mark)} for mark in marks],
        "may_score": may.scores(request.user, kind) and not _is_settled(runs, period), "faults": faults(scheme, groups or [""], kind.own_targets) if scheme else [],
        "rows": [_indicator_row(scheme, each) for each in scheme.indicators] if scheme else [],
    }  # fmt: skip
    return render(request, "assessment/scheme.html", context)


def _is_settled(runs: Iterable[Run], period: date) -> bool:
    """Whether the period's result is under notice or sealed: it can't be scored anew."""
    settled = {Run.State.NOTICE, Run.State.FINAL, Run.State.PUBLISHED}
    return any(run.period == period and run.state in settled for run in runs)


def _indicator_row(scheme: Scheme, each: Indicator) -> dict[str, Any]:
    ends = [
        (title, value)
        for title, value in (("目标或基准", each.target), ("下限", each.low), ("上限", each.high))
        if value is not None
    ]
    if each.floor:
        ends.append(("底分%", each.floor))
    if each.step is not None:
        ends.append(("每位减%" if each.method == "rank" else "每量计", each.step))
    if each.most is not None:
        ends.append(("封顶倍数", each.most))
    bands = "；".join(
        f"{'其余' if band.at_least is None else f'达到 {band.at_least.normalize():f}'} 得 {band.points.normalize():f}"
        for band in scheme.bands_of(each.key)
    )
    return {
        "indicator": each,
        "method": METHODS[each.method],
        "ends": ends,
        "bands": bands,
        "missing": _MISSING[each.missing],
    }


_MISSING = {
    "zero": "记零分", "mean": "同类平均分", "last": "上期得分打折", "skip": "权重摊给其余", "full": "记满分", "deduct": "倒扣",
}  # fmt: skip


def _period(kind: SchemeKind, asked: str) -> date:
    try:
        return kind.first_day(date.fromisoformat(asked))
    except ValueError:
        return _periods(kind)[0]


def _periods(kind: SchemeKind) -> list[date]:
    """The present period and some before it, the newest first."""
    first = kind.first_day(timezone.localdate())
    return [
        earlier(first, LENGTHS[kind.period] * n)
        for n in range({"month": 13, "quarter": 8, "year": 4}[kind.period])
    ]


@require_safe
def run_table(request: HttpRequest, pk: int) -> HttpResponse:
    """The table of a run: rank, change, score by indicator; by group, division, grade and name."""
    run, kind = see_run(request, pk)
    rules = ruleset_by_id(run.ruleset_id)
    scheme = scheme_of(rules.document, rules.verified, rules.values)
    every = list(
        run.results.values_list("group", "grade", "division__code", "division__name")
        .annotate(n=Count("id"))
        .order_by()
    )
    groups = sorted({group for group, *_ in every} - {""})
    rows = _asked(run.results.select_related("division"), request.GET)
    page = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    group = request.GET.get("group") or (groups[0] if len(groups) == 1 else "")
    indicators = scheme.columns(group)
    context = {
        "run": run, "kind": kind, "scheme": scheme, "when": kind.when(run.period), "page": page, "total": rows.count(),
        "indicators": indicators, "table": [_cells(row, indicators) for row in page], "groups": groups,
        "grades": [(grade.grade, grade.called) for grade in scheme.grades], "asked": request.GET, "query": _query(request),
        "divisions": sorted({(code, name) for _, _, code, name, _ in every if code}),
        "counts": _counts(every),
        "wrong": recomputed(run, rules) if "verify" in request.GET else None, "today": timezone.localdate(),
        "paper": kind.paper_of(run), "may_export": run.is_sealed or may.scores(request.user, run),
        "may_score": may.scores(request.user, run), "may_seal": may.seals(request.user, run),
        "open": Objection.objects.filter(result__run=run, state=Objection.State.OPEN).count(),
    }  # fmt: skip
    return render(request, "assessment/run.html", context)


def _counts(every: Iterable[tuple[Any, ...]]) -> list[tuple[str, int]]:
    """How many have each grade."""
    found: Counter[str] = Counter()
    for _group, grade, _code, _name, n in every:
        found[grade] += n
    return sorted((grade, n) for grade, n in found.items() if grade)


def _asked(rows: QuerySet[Result], asked: Mapping[str, str]) -> QuerySet[Result]:
    for name, path in (("group", "group"), ("grade", "grade"), ("division", "division__code")):
        if asked.get(name):
            rows = rows.filter(**{path: asked[name]})
    if words := asked.get("q", "").strip():
        rows = rows.filter(Q(name__contains=words) | Q(key__contains=words))
    return rows


def _query(request: HttpRequest) -> str:
    asked = request.GET.copy()
    for name in ("page", "verify"):
        asked.pop(name, None)
    return asked.urlencode()


def _cells(row: Result, indicators: Iterable[Indicator]) -> dict[str, Any]:
    points = row.points
    extra = sum((Decimal(item["points"]) for item in row.extras), Decimal(0))
    return {
        "row": row,
        "points": [points.get(each.key) for each in indicators],
        "extra": extra if row.extras else None,
    }


@require_safe
def member(request: HttpRequest, pk: int, result: int) -> HttpResponse:
    """How one score came about: every indicator with its value, where that is from, and the arithmetic."""
    run, kind = see_run(request, pk)
    row = get_object_or_404(run.results.select_related("division", "run"), pk=result)
    scheme = scheme_of_run(run)
    by_key = {each.key: each for each in scheme.for_group(row.group)}
    items = [
        {"item": item, "given": row.values.get(item["key"], {}), "indicator": by_key.get(item["key"])}
        for item in row.items
    ]
    history = (
        Result.objects.filter(run__code=run.code, key=row.key)
        .exclude(run__state=Run.State.REPLACED)
        .select_related("run")
    )
    beside = run.results.filter(group=row.group, rank__isnull=False).order_by("rank", "key")
    near = [
        each
        for each in beside[:2000]
        if row.rank is not None and abs(each.rank - row.rank) <= 1 and each.pk != row.pk
    ][:4]
    family = [run.pk, *filter(None, [run.corrects_id])]
    objections = Objection.objects.filter(result__run__in=family, result__key=row.key).select_related(
        "by", "decided_by"
    )
    context = {
        "run": run, "kind": kind, "row": row, "items": items, "scheme": scheme, "when": kind.when(run.period), "near": near,
        "history": [{"row": each, "when": kind.when(each.run.period)} for each in history.order_by("-run__period", "-run__version")[:8]],
        "objections": [{"objection": each, "may_decide": each.state == "open" and may.decides(request.user, each)} for each in objections],
        "may_object": may.objects(request.user, row) and run.takes_objections(timezone.localdate()),
    }  # fmt: skip
    return render(request, "assessment/member.html", context)


@require_safe
def objections(request: HttpRequest, pk: int) -> HttpResponse:
    """Every objection to a run, the undecided first; both figures stay."""
    run, kind = see_run(request, pk)
    family = [run.pk, *filter(None, [run.corrects_id])]
    rows = Objection.objects.filter(result__run__in=family).select_related(
        "result__run", "result__division", "by", "decided_by"
    )
    table = [
        {"objection": each, "may_decide": each.state == "open" and may.decides(request.user, each)}
        for each in sorted(rows, key=lambda one: (one.state != "open", -one.pk))
    ]
    return render(
        request,
        "assessment/objections.html",
        {"run": run, "kind": kind, "when": kind.when(run.period), "table": table},
    )
