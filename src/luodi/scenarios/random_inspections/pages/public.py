"""What anyone sees: plans, commitments before a draw, drawn lists with their proof, results. No name of any person."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luodi.scenarios.random_inspections.models import Finding, Plan, SpotCheck, Task
from luodi.scenarios.random_inspections.pages.package import package_of
from luodi.scenarios.random_inspections.pages.strata import strata_of
from luodi.scenarios.random_inspections.pages.tasks import road_of
from luodi.scenarios.random_inspections.rules import words
from luodi.scenarios.random_inspections.rules.draw import sha256

SHOWN = 30
_PUBLIC = (Task.State.FROZEN, Task.State.COMMITTED, Task.State.DRAWN, Task.State.VOID)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Plans of the newest years with their tasks."""
    published = Count("checks", filter=Q(checks__published_on__isnull=False), distinct=True)
    tasks = (
        Task.objects.select_related("lead")
        .prefetch_related("partners")
        .annotate(check_count=Count("checks", distinct=True), published_count=published)
        .defer("pool", "inspectors", "result")
    )
    plans = (
        Plan.objects.filter(state=Plan.State.APPROVED)
        .select_related("division")
        .prefetch_related(Prefetch("tasks", tasks.order_by("starts_on", "code")))[:4]
    )
    return render(request, "random_inspections/public.html", {"plans": plans})


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Published results, newest first; found by a firm's whole name or code, or read through."""
    asked = request.GET.get("q", "").strip()[:60]
    rows = SpotCheck.objects.filter(published_on__isnull=False).select_related("firm", "task", "lead")
    if asked:
        rows = rows.filter(Q(firm__name__icontains=asked) | Q(firm__uscc=asked.upper()))
    findings = Finding.objects.select_related("item")
    rows = rows.prefetch_related(Prefetch("findings", findings)).order_by("-published_on", "-pk")
    page = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    shown = [{"check": check, "items": items_of(check.findings.all())} for check in page]
    return render(request, "random_inspections/results.html", {"page": page, "shown": shown, "asked": asked})


@require_safe
def one_draw(request: HttpRequest, pk: int) -> HttpResponse:
    """A draw as it stands: its commitments before, its list and proof after."""
    task = _public_task(pk)
    checks = (
        task.checks.select_related("firm", "division")
        .prefetch_related(Prefetch("findings", Finding.objects.select_related("item")))
        .order_by("pk")
    )
    is_known = task.state != Task.State.FROZEN
    hashes = [
        ("对象名单", sha256(task.pool)),
        ("人员名单", sha256(task.inspectors)),
        ("抽取条件", sha256(task.terms)),
        ("经办承诺", task.operator_sha if is_known else ""),
        ("监督承诺", task.discipline_sha if is_known else ""),
    ]
    context = {
        "task": task, "road": road_of(task), "strata": strata_of(task), "hashes": hashes,
        "checks": [{"check": check, "items": items_of(check.findings.all()) if check.published_on else []} for check in checks],
    }  # fmt: skip
    return render(request, "random_inspections/draw.html", context)


@require_safe
def package(request: HttpRequest, pk: int) -> HttpResponse:
    task = _public_task(pk)
    if task.state != Task.State.DRAWN:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="draw-{task.pk}.zip"'}
    return HttpResponse(package_of(task), content_type="application/zip", headers=headers)


def items_of(findings: Any) -> list[dict[str, Any]]:
    """Item by item the conclusion that stands, and what it was before a correction."""
    by_item: dict[int, list[Any]] = {}
    for each in findings:
        by_item.setdefault(each.item_id, []).append(each)
    return [
        {
            "title": rows[-1].item.title, "conclusion": rows[-1].get_conclusion_display(), "said": rows[-1].said,
            "is_problem": rows[-1].conclusion in words.PROBLEMS, "why": rows[-1].corrects,
            "was": rows[-2].get_conclusion_display() if rows[-1].corrects and len(rows) > 1 else "",
            "on": timezone.localtime(rows[-1].at).date(),
        }
        for rows in by_item.values()
    ]  # fmt: skip


def _public_task(pk: int) -> Task:
    rows = Task.objects.select_related("plan", "lead", "division").prefetch_related("partners")
    return get_object_or_404(rows, pk=pk, state__in=_PUBLIC)
