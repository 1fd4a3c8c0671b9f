"""Pages of steps 1 and 2: documents come in, and their ledgers are worked on beside the text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luodi.commitments.ledger import SURE, ledger_of
from luodi.commitments.menu import offered
from luodi.commitments.models import Assignment, Commitment, Document, Edit
from luodi.commitments.paper import paper_of
from luodi.commitments.permission import edits_ledger, liaison_units, sees_ledger
from luodi.commitments.standing import standings
from luodi.kernel.models import Unit
from luodi.workbench.asking import PAGE, CappedPaginator


def see_document(request: HttpRequest, pk: int) -> Document:
    """The document, for those who may see it; to all others it does not exist."""
    if not sees_ledger(request.user):
        raise Http404
    return get_object_or_404(Document.objects.select_related("job", "file", "by"), pk=pk)


def see_line(request: HttpRequest, pk: int) -> Commitment:
    if not sees_ledger(request.user):
        raise Http404
    return get_object_or_404(Commitment.objects.select_related("document"), pk=pk)


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """Step 1: drop a document, and see those that are here."""
    if not sees_ledger(request.user):
        raise Http404
    rows = Document.objects.select_related("job", "by").annotate(
        lines=Count("commitments", distinct=True),
        confirmed=Count("commitments", filter=~Q(commitments__state="draft"), distinct=True),
        blanks=Count("commitments__targets", filter=Q(commitments__targets__value=None), distinct=True),
    )
    page = Paginator(rows.defer("text", "report").order_by("-id"), 30).get_page(request.GET.get("page"))
    return render(
        request, "commitments/documents.html", {"page": page, "may_edit": edits_ledger(request.user)}
    )


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the reading is; a finished one tells htmx to open the result."""
    document = see_document(request, pk)
    response = render(request, "commitments/_progress.html", {"document": document, "job": document.job})
    if document.read_at:
        response["HX-Redirect"] = reverse("commitments:document", args=[pk])
    return response


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The text on the left, the ledger on the right; while it is being read, a bar."""
    found = see_document(request, pk)
    if not found.read_at:
        return render(request, "commitments/reading.html", {"document": found, "job": found.job})
    ledger = ledger_of(found)
    context = {
        "document": found,
        "ledger": ledger,
        "paper": paper_of(found, [row.line for row in ledger.lines]),
        "kinds": Commitment.Kind.choices,
        "units": Unit.objects.on(date.today()),
        "sure": SURE,
        "last_edit": Edit.objects.filter(document=found, undone=False).first(),
        "exports": offered(),
        "may_edit": edits_ledger(request.user),
    }
    template = "commitments/_desk.html" if request.htmx else "commitments/document.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every change to the ledger: who, when, what."""
    found = see_document(request, pk)
    edits = Edit.objects.filter(document=found).select_related("by").defer("before", "after")
    page = Paginator(edits, 50).get_page(request.GET.get("page"))
    return render(request, "commitments/history.html", {"document": found, "page": page})


def lines_of(units: Iterable[int | str]) -> QuerySet:
    """The lines that any of these units owes or may owe, each once without sorting out doubles."""
    return Assignment.objects.filter(unit__in=units).values("commitment")


def _drawn(page: Page) -> QuerySet:
    """The lines of a page with what its table prints and nothing more; the keys are found by an index alone."""
    owners = Assignment.objects.select_related("unit").only(
        "commitment", "unit", "name", "role", "accepted", "why", "unit__name", "unit__short_names"
    )
    return (
        Commitment.objects.filter(pk__in=page.object_list)
        .select_related("document", "passage", "latest")
        .only(
            "document", "text", "state", "deadline", "same_as",
            "document__year", "document__report_every", "document__report_day", "passage__number",
            "latest__percent", "latest__sent_at", "latest__doubts",
        )
        .prefetch_related("targets", Prefetch("assignments", owners))
    )  # fmt: skip


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """Step 2: lines of all documents, by unit, year, kind and words."""
    if not sees_ledger(request.user):
        raise Http404
    rows = Commitment.objects.all()
    asked = request.GET
    mine = "unit" not in asked and not edits_ledger(request.user) and request.user.unit_ids
    if mine:
        rows = rows.filter(pk__in=lines_of(request.user.unit_ids))
    elif asked.get("unit", "").isdigit():
        rows = rows.filter(pk__in=lines_of([asked["unit"]]))
    if asked.get("kind") in Commitment.Kind.values:
        rows = rows.filter(kind=asked["kind"])
    if asked.get("state") in Commitment.State.values:
        rows = rows.filter(state=asked["state"])
    if asked.get("year", "").isdigit():
        rows = rows.filter(document__year=asked["year"])
    if words := asked.get("q", "").strip():
        rows = rows.filter(text__contains=words)
    page = CappedPaginator(rows.values("pk"), PAGE).get_page(asked.get("page"))
    units = liaison_units(request.user)
    standing = [
        (each, bool(each.is_owed and each.line.lead and each.line.lead.unit_id in units))
        for each in standings(_drawn(page))
    ]
    years = Document.objects.exclude(year=None).values_list("year", flat=True).distinct().order_by("-year")
    context = {
        "page": page, "units": Unit.objects.on(date.today()), "kinds": Commitment.Kind.choices, "years": years,
        "mine": mine, "asked": asked, "standing": standing, "states": Commitment.State.choices,
    }  # fmt: skip
    return render(request, "commitments/tasks.html", context)
