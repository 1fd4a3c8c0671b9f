"""What the pages of a line's life send. Plain forms, so they work on any browser: a write answers with the page it came from.

A refusal comes back as a sentence on that page (site.middleware); the form of a report keeps what was typed.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luodi.commitments import actions
from luodi.commitments.actions.reporting import doubts_about
from luodi.commitments.doubts import sentences
from luodi.commitments.due import lines_to_report, reports_due
from luodi.commitments.models import Check, Commitment, Rating
from luodi.commitments.pages.ledger import see_document, see_line
from luodi.commitments.pages.line import line_to_report, report_form, span_asked
from luodi.commitments.pages.reports import reports_page
from luodi.commitments.permission import (
    edits_ledger,
    is_liaison,
    leads,
    liaison_units,
    sees_ledger,
    serves,
    serves_in,
)
from luodi.commitments.writes.ledger import day, whole
from luodi.kernel import evidence
from luodi.kernel.action import Refused

ROW = ("facts", "problem", "next_step")
"""What a row of the page of all reports asks for; the rest has its place in the form of one report."""
Predicate = Callable[[object, object], bool]


def _line(request: HttpRequest, pk: int, may: Predicate) -> Commitment:
    """The line to act on: hidden from those who may not see it, forbidden to those who may not do this."""
    line = see_line(request, pk)
    if not may(request.user, line):
        raise PermissionDenied
    return line


def _back(request: HttpRequest, line: Commitment, said: str = "") -> HttpResponse:
    if said:
        messages.success(request, said)
    return redirect("commitments:line", pk=line.pk)


# ---- the whole document


@require_POST
def confirm_ready(request: HttpRequest, pk: int) -> HttpResponse:
    document = see_document(request, pk)
    if not edits_ledger(request.user):
        raise PermissionDenied
    count = actions.confirm_ready(request.user, document)
    messages.success(request, _("已确认 %(count)d 项任务。") % {"count": count})
    return redirect("commitments:overview", pk=pk)


@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    document = see_document(request, pk)
    if not edits_ledger(request.user):
        raise PermissionDenied
    version = actions.issue(request.user, document, request.POST.get("reference", ""))
    messages.success(request, _("已印发第 %(n)d 版，已通知各单位签收。") % {"n": version.number})
    return redirect("commitments:overview", pk=pk)


@require_POST
def rhythm(request: HttpRequest, pk: int) -> HttpResponse:
    document = see_document(request, pk)
    if not edits_ledger(request.user):
        raise PermissionDenied
    by = request.POST.get("day", "")
    actions.set_rhythm(
        request.user, document, request.POST.get("every", ""), int(by) if by.isdecimal() else 0
    )
    messages.success(request, _("报送周期已改。"))
    return redirect("commitments:overview", pk=pk)


@require_POST
def sign_all(request: HttpRequest, pk: int) -> HttpResponse:
    document = see_document(request, pk)
    if not serves_in(request.user, document):
        raise PermissionDenied
    count = actions.sign_all(request.user, document, **_people(request))
    messages.success(request, _("已签收 %(count)d 项任务。") % {"count": count})
    return redirect("inbox:inbox")


# ---- 签收


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk, serves)
    actions.sign(request.user, line, **_people(request))
    return _back(request, line, _("已签收。"))


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk, serves)
    actions.decline(request.user, line, request.POST.get("reason", ""))
    return _back(request, line, _("已退回督查室。"))


@require_POST
def insist(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk, edits_ledger)
    receipt = get_object_or_404(line.receipts, pk=whole(request.POST.get("receipt")))
    actions.insist(request.user, line, receipt, request.POST.get("opinion", ""))
    return _back(request, line, _("已请该单位重新签收。"))


# ---- progress


@require_POST
def save_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what is typed so far; answers what does not fit together yet."""
    line = line_to_report(request, pk)
    span = span_asked(line, request.POST.get("period", ""))
    report = actions.save_report(request.user, line, span, _said(request))
    told = sentences(doubts_about(report)) if report.facts else []
    return render(request, "commitments/_saved.html", {"doubts": told, "at": timezone.localtime()})


@require_POST
def send_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep, attach, then send; what contradicts itself comes back once, above the form, before it goes out."""
    line = line_to_report(request, pk)
    asked = request.POST.get("period", "")
    span = span_asked(line, asked)
    report = actions.save_report(request.user, line, span, _said(request))
    _attach(request, line, report)
    despite = request.POST.get("despite") == "1"
    if report.facts and not despite and doubts_about(report):
        return report_form(request, line, asked, doubted=True)
    reached = [whole(each) for each in request.POST.getlist("reached")]
    actions.send_report(request.user, line, span, _said(request), reached, despite)
    left = reports_due(request.user)
    if left and "next" in request.POST:
        messages.success(request, _("已报送，还有 %(n)d 项待报。") % {"n": len(left)})
        return HttpResponseRedirect(left[0].url)
    return _back(request, line, _("%(period)s进展已报送。") % {"period": span.title})


@require_POST
def send_reports(request: HttpRequest) -> HttpResponse:
    """Send the rows that have facts, each by itself: one that is refused stays a draft and says why."""
    if not sees_ledger(request.user):
        raise Http404
    if not is_liaison(request.user):
        raise PermissionDenied
    told: dict[int, str] = {}
    sent = 0
    for each in lines_to_report(liaison_units(request.user)):
        line, said = each.line, {name: request.POST.get(f"{name}-{each.line.pk}", "") for name in ROW}
        if not said["facts"].strip():
            continue
        actions.save_report(request.user, line, each.to_write, said)
        try:
            actions.send_report(
                request.user, line, each.to_write, said, despite=request.POST.get(f"despite-{line.pk}") == "1"
            )
        except Refused as refusal:
            told[line.pk] = str(refusal)
        else:
            sent += 1
    messages.success(request, _("已报送 %(n)d 项。") % {"n": sent})
    return reports_page(request, told) if told else redirect("inbox:inbox")


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk, serves)
    _attach(request, line, None)
    return _back(request, line, _("佐证已收到。"))


@require_POST
def detach(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk, serves)
    piece = get_object_or_404(evidence.of(line), pk=whole(request.POST.get("evidence")))
    actions.detach(request.user, line, piece)
    return redirect(request.META.get("HTTP_REFERER") or reverse("commitments:line", args=[pk]))


@require_POST
def return_report(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk, edits_ledger)
    report = get_object_or_404(line.reports, pk=whole(request.POST.get("report")))
    actions.return_report(request.user, line, report, request.POST.get("opinion", ""))
    return _back(request, line, _("已退回，单位会在待办里看到意见。"))


@require_POST
def set_nodes(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk, leads)
    pairs = zip(request.POST.getlist("due_on"), request.POST.getlist("shows"), strict=False)
    nodes = [(due_on, shows) for printed, shows in pairs if shows.strip() and (due_on := day(printed))]
    actions.set_nodes(request.user, line, nodes)
    return _back(request, line, _("节点已提交审核。"))


@require_POST
def judge_nodes(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk, edits_ledger)
    actions.judge_nodes(
        request.user, line, request.POST.get("approve") == "1", request.POST.get("opinion", "")
    )
    return _back(request, line)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk, edits_ledger)
    piece = get_object_or_404(evidence.of(line), pk=whole(request.POST.get("evidence")))
    evidence.publish(request.user, piece, request.POST.get("public") == "1")
    return _back(request, line)


# ---- applications and the end


@require_POST
def apply_for(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk, leads)
    form = request.POST
    actions.apply_for(
        request.user,
        line,
        form.get("kind", ""),
        form.get("reason", ""),
        form.get("field", ""),
        form.get("new", ""),
    )
    return _back(request, line, _("申请已提交督查室。"))


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk, leads)
    application = get_object_or_404(line.applications, pk=whole(request.POST.get("application")))
    actions.withdraw(request.user, line, application)
    return _back(request, line, _("申请已撤回。"))


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk, edits_ledger)
    application = get_object_or_404(line.applications, pk=whole(request.POST.get("application")))
    approve = request.POST.get("approve") == "1"
    actions.decide(request.user, line, application, approve, request.POST.get("opinion", ""))
    return _back(request, line, _("已同意。") if approve else _("已告知不同意。"))


@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk, edits_ledger)
    form = request.POST
    on = day(form.get("on", "")) or timezone.localdate()
    actions.check(
        request.user, line, form.get("kind", ""), on, form.get("findings", ""), form.get("place", "")
    )
    return _back(request, line, _("核实情况已记录。"))


@require_POST
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk, edits_ledger)
    form = request.POST
    holds = form.get("holds") == "1"
    on = day(form.get("on", "")) or timezone.localdate()
    kind = form.get("kind", Check.Kind.PAPERS)
    actions.verify(request.user, line, holds, form.get("findings", ""), kind, on, form.get("place", ""))
    if holds and "close" in form:
        actions.close(request.user, line)
        return _back(request, line, _("核实属实，已销号。"))
    return _back(request, line, _("核实属实。") if holds else _("核实不属实，任务继续推进。"))


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk, edits_ledger)
    actions.close(request.user, line)
    return _back(request, line, _("已销号。"))


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk, edits_ledger)
    actions.reopen(request.user, line, request.POST.get("reason", ""))
    return _back(request, line, _("任务重新办理。"))


@require_POST
def suspend(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk, edits_ledger)
    review_on = day(request.POST.get("review_on", ""))
    if review_on is None:
        raise Refused(_("挂账请填写复核日。"))
    actions.suspend(request.user, line, request.POST.get("reason", ""), review_on)
    return _back(request, line, _("已挂账。"))


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk, edits_ledger)
    actions.resume(request.user, line, request.POST.get("note", ""))
    return _back(request, line, _("已恢复推进。"))


# ---- several papers, several years


@require_POST
def add_source(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk, edits_ledger)
    form = request.POST
    actions.add_source(
        request.user, line, form.get("kind", ""), form.get("title", ""), form.get("reference", ""),
        day(form.get("on", "")), form.get("quote", ""),
    )  # fmt: skip
    return _back(request, line, _("来源已登记。"))


@require_POST
def join(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk, edits_ledger)
    other = get_object_or_404(Commitment, pk=_number(request.POST.get("other")))
    actions.join(request.user, line, other)
    return _back(request, line, _("已并入。"))


@require_POST
def link_earlier(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk, edits_ledger)
    wanted = request.POST.get("earlier", "").strip()
    earlier = get_object_or_404(Commitment, pk=_number(wanted)) if wanted else None
    actions.link_earlier(request.user, line, earlier)
    return _back(request, line)


# ---- citizens


@require_POST
def judge_rating(request: HttpRequest, pk: int) -> HttpResponse:
    if not sees_ledger(request.user):
        raise Http404
    if not edits_ledger(request.user):
        raise PermissionDenied
    rating = get_object_or_404(Rating, pk=pk)
    actions.judge_rating(request.user, rating, request.POST.get("show") == "1", request.POST.get("why", ""))
    return redirect("commitments:ratings")


# ---- reading forms


def _said(request: HttpRequest) -> dict[str, object]:
    form = request.POST
    percent = form.get("percent", "").strip()
    if percent and not percent.isdecimal():
        raise Refused(_("完成比例请填 0 到 100 的整数。"))
    texts = {
        name: form.get(name, "") for name in ("facts", "problem", "help_wanted", "next_step", "percent_why")
    }
    return {**texts, "percent": int(percent) if percent else None, "is_done": form.get("is_done") == "1"}


def _people(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in ("leader", "office", "handler")}


def _attach(request: HttpRequest, line: Commitment, report: object) -> None:
    for upload in request.FILES.getlist("files"):
        actions.attach(request.user, line, upload.name, upload.read(), request.POST.get("title", ""), report)


def _number(printed: str | None) -> int:
    """A line as a person names it: its number, or the address of its page."""
    last = (printed or "").strip().rstrip("/").split("/")[-1]
    if not last.isdecimal():
        raise Refused(_("请填写任务的编号，或粘贴任务页面的地址。"))
    return int(last)
