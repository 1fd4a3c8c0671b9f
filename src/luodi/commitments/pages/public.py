"""What anyone may see without signing in: issued plans, each commitment with its state, and the same as open data.

Nothing here names a person: reports, opinions, handlers and files stay inside unless the supervision office has
marked a piece of evidence as fit for the public.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import segno
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.db.models import Avg, Count, Max, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from luodi.commitments import actions
from luodi.commitments.models import Commitment, Document, Issue, Rating, StateChange
from luodi.commitments.pages.line import evidence_of_lines, file_answer
from luodi.kernel import evidence
from luodi.kernel.action import Refused
from luodi.reading.forms import target_in_words
from luodi.reading.forms.clean import clean, defuse

State = Commitment.State

# What a citizen is told of a state; the office's inner steps are one to them.
TOLD: dict[str, Any] = {
    State.ISSUED: gettext_lazy("已部署"),
    State.ACCEPTED: gettext_lazy("已部署"),
    State.RUNNING: gettext_lazy("推进中"),
    State.CLOSING: gettext_lazy("核实中"),
    State.VERIFIED: gettext_lazy("核实中"),
    State.CLOSED: gettext_lazy("已完成"),
    State.SUSPENDED: gettext_lazy("暂缓"),
}


@dataclass(frozen=True, slots=True)
class PublicLine:
    """One commitment as the public sees it: the issued words, and its state today."""

    pk: int
    number: str
    part: str
    text: str
    targets: tuple[str, ...]
    lead: str
    deadline: str
    state: str
    since: datetime | None
    row: Commitment

    @property
    def told(self) -> str:
        return str(TOLD[self.state])


def _issue_of(document: object) -> Issue:
    """The newest version of an issued document; one that was never issued does not exist."""
    found = (
        Issue.objects.filter(document__in=document if isinstance(document, QuerySet) else [document])
        .select_related("document")
        .defer("document__text", "document__report")
    )
    if (issue := found.first()) is None:
        raise Http404
    return issue


def _lines(issue: Issue) -> list[PublicLine]:
    """Lines of the newest version with what they are now, after approved changes."""
    now = {
        line.pk: line
        for line in Commitment.objects.filter(document=issue.document_id, same_as=None)
        .annotate(since=Max("steps__at"))
        .prefetch_related("targets")
        .only("state", "text", "source", "deadline", "document")
    }
    found = []
    for each in issue.lines:
        if (line := now.get(each["id"])) is None or line.state not in TOLD:
            continue
        found.append(
            PublicLine(
                line.pk, each["number"], each["part"], line.text, tuple(map(target_in_words, line.targets.all())), each["lead"] or "",
                line.deadline.isoformat() if line.deadline else each["period"], line.state, line.since, line,
            )
        )  # fmt: skip
    return found


@login_not_required
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """Every plan that has been issued."""
    rows = (
        Document.objects.filter(issues__isnull=False)
        .annotate(
            lines=Count(
                "commitments", filter=Q(commitments__state__in=TOLD, commitments__same_as=None), distinct=True
            ),
            done=Count("commitments", filter=Q(commitments__state=State.CLOSED), distinct=True),
        )
        .defer("text", "report")
        .order_by("-year", "-id")
    )
    return render(request, "commitments/public/plans.html", {"plans": rows})


@login_not_required
@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    issue = _issue_of(pk)
    lines = _lines(issue)
    counts = Counter(line.told for line in lines)
    asked, words = request.GET.get("state", ""), request.GET.get("q", "").strip()
    shown = [
        line for line in lines if (not asked or line.told == asked) and (not words or words in line.text)
    ]
    context = {
        "issue": issue,
        "document": issue.document,
        "lines": shown,
        "total": len(lines),
        "counts": [(told, counts[told]) for told in dict.fromkeys(map(str, TOLD.values())) if counts[told]],
        "asked": {"state": asked, "q": words},
    }
    return render(request, "commitments/public/plan.html", context)


def _public_line(pk: int) -> tuple[Issue, PublicLine]:
    issue = _issue_of(Commitment.objects.filter(pk=pk).values("document"))
    found = next((each for each in _lines(issue) if each.pk == pk), None)
    if found is None:
        raise Http404
    return issue, found


@login_not_required
@require_safe
def line(request: HttpRequest, pk: int) -> HttpResponse:
    issue, found = _public_line(pk)
    row = found.row
    steps = [step for step in row.steps.order_by("at") if step.new in TOLD]
    road = [step for at, step in enumerate(steps) if not at or TOLD[step.new] != TOLD[steps[at - 1].new]]
    ratings = row.ratings.filter(state=Rating.State.SHOWN).aggregate(count=Count("pk"), stars=Avg("stars"))
    context = {
        "issue": issue,
        "line": found,
        "source": row.source,
        "issued": next(each for each in issue.lines if each["id"] == pk),
        "road": [(step.at, TOLD[step.new]) for step in road],
        "adjusted": row.applications.filter(kind="adjust", state="approved").order_by("decided_at"),
        "evidence": evidence.of(row).filter(is_public=True),
        "ratings": ratings,
        "words": row.ratings.filter(state=Rating.State.SHOWN).exclude(words="")[:50],
        "rated": pk in request.session.get("rated", []),
    }
    return render(request, "commitments/public/line.html", context)


@login_not_required
@require_safe
def qr(request: HttpRequest, pk: int) -> HttpResponse:
    """The address of the public page as a QR code, for the fence of a building site."""
    _public_line(pk)
    drawing = io.BytesIO()
    address = request.build_absolute_uri(reverse("commitments:public_line", args=[pk]))
    segno.make(address, error="m").save(drawing, kind="svg", scale=6, border=3)
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")


@login_not_required
@require_safe
def show_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture only as a bare copy, which says nothing of camera, time and place."""
    piece = get_object_or_404(evidence_of_lines(), pk=pk, is_public=True)
    _public_line(piece.key)
    return file_answer(piece, *evidence.for_the_public(piece))


@login_not_required
@require_POST
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    """Once for each visitor and line; a field that people do not see keeps simple robots out."""
    _issue, found = _public_line(pk)
    rated = request.session.get("rated", [])
    if pk in rated:
        raise Refused(_("你已经评价过这项任务，谢谢。"))
    stars = request.POST.get("stars", "")
    if not request.POST.get("website"):
        actions.rate(None, found.row, int(stars) if stars.isdecimal() else 0, request.POST.get("words", ""))
    request.session["rated"] = [*rated, pk]
    return redirect("commitments:public_line", pk=pk)


@login_not_required
@require_safe
def data(request: HttpRequest, pk: int, format: str) -> HttpResponse:
    """Open data: the lines of the newest version with their states, as CSV (with BOM, for Excel) or JSON."""
    issue = _issue_of(pk)
    lines = _lines(issue)
    rows = [
        {
            "number": each.number, "part": each.part, "text": each.text, "targets": "；".join(each.targets),
            "lead": each.lead, "deadline": each.deadline, "state": each.told,
            "since": timezone.localdate(each.since).isoformat() if each.since else "",
            "url": request.build_absolute_uri(reverse("commitments:public_line", args=[each.pk])),
        }
        for each in lines
    ]  # fmt: skip
    if format == "json":
        head = {"title": issue.document.title, "year": issue.document.year, "issue": issue.number}
        return JsonResponse({**head, "lines": rows}, json_dumps_params={"ensure_ascii": False, "indent": 1})
    out = io.StringIO()
    writer = csv.writer(out)
    titles = ["编号", "部分", "任务", "目标", "牵头单位", "完成时限", "状态", "状态日期", "网址"]
    writer.writerow(titles)
    writer.writerows([defuse(clean(value)) for value in row.values()] for row in rows)
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="plan-{pk}.csv"'
    return answer


class Changes(Feed):
    """RSS: which commitments of a plan were deployed, done or put off, newest first."""

    feed_type = Rss201rev2Feed

    def get_object(self, request: HttpRequest, pk: int) -> Issue:
        return _issue_of(pk)

    def title(self, issue: Issue) -> str:
        return _("%(title)s：进展") % {"title": issue.document.title}

    def link(self, issue: Issue) -> str:
        return reverse("commitments:public_plan", args=[issue.document_id])

    def description(self, issue: Issue) -> str:
        return _("任务的完成和暂缓，逐项更新。")

    def items(self, issue: Issue) -> list[StateChange]:
        public = [line["id"] for line in issue.lines]
        told = (State.RUNNING, State.CLOSED, State.SUSPENDED)
        steps = StateChange.objects.filter(commitment__in=public, commitment__same_as=None, new__in=told)
        return list(steps.select_related("commitment").order_by("-at")[:60])

    def item_title(self, step: StateChange) -> str:
        return f"{TOLD[step.new]}：{step.commitment.text[:80]}"

    def item_description(self, step: StateChange) -> str:
        return step.commitment.text

    def item_pubdate(self, step: StateChange) -> Any:
        return step.at

    def item_link(self, step: StateChange) -> str:
        return reverse("commitments:public_line", args=[step.commitment_id])

    def item_guid(self, step: StateChange) -> str:
        return f"luodi-step-{step.pk}"
