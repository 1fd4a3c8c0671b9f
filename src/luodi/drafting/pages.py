"""Pages of step 6: what can be drafted, a draft with its sources, and a text checked figure by figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luodi.commitments.models import Document
from luodi.commitments.permission import edits_ledger, sees_ledger
from luodi.drafting import actions, docx, sheet
from luodi.drafting.checking import Finding, check_report
from luodi.drafting.draft import Draft, Form, draft
from luodi.drafting.figures import Checked
from luodi.drafting.known import Knowledge, knowledge_of, next_promises, plan_of, plans
from luodi.drafting.models import Template
from luodi.kernel.action import Refused
from luodi.reading.model import spans_of_lines
from luodi.reading.reader import read, read_text
from luodi.reading.sources import Refusal

LARGEST = 20 * 2**20
"""Bytes of a text that is checked while the page waits; what is larger is read on 读报告 first."""


@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """The plans that can be drafted from, the texts that can be checked, and the templates."""
    if not sees_ledger(request.user):
        raise Http404
    context = {
        "plans": plans().defer("text", "report"),
        "texts": Document.objects.exclude(read_at=None).defer("text", "report")[:20],
        "forms": list(Form),
        "templates": {each.form: each for each in Template.objects.order_by("at").select_related("by")},
        "may_keep": edits_ledger(request.user),
    }
    return render(request, "drafting/drafts.html", context)


@require_safe
def preview(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The draft as it will be written; each figure leads to how it came about."""
    knowledge, made = _draft(request, pk, form)
    context = {"document": knowledge.ledger.document, "draft": made, "form": Form(form), "until": made.until}
    return render(request, "drafting/preview.html", context)


@require_safe
def download(request: HttpRequest, pk: int, form: str, kind: str) -> HttpResponse:
    """The draft as .docx, or its sources as .xlsx."""
    _knowledge, made = _draft(request, pk, form)
    if kind == "docx":
        return _file(docx.written(made, actions.template_for(form)), f"{made.title}.docx", docx.MEDIA_TYPE)
    return _file(sheet.sources(made), _("%(title)s数字来源.xlsx") % {"title": made.title}, sheet.MEDIA_TYPE)


def _draft(request: HttpRequest, pk: int, form: str) -> tuple[Knowledge, Draft]:
    if not sees_ledger(request.user) or form not in set(Form):
        raise Http404
    knowledge = knowledge_of(_plan(pk), _until(request))
    return knowledge, draft(knowledge, Form(form))


def _plan(pk: int) -> Document:
    return get_object_or_404(plans(), pk=pk)


def _until(request: HttpRequest) -> date:
    """The cut-off day asked for, today without one."""
    try:
        return date.fromisoformat(request.GET.get("until", ""))
    except ValueError:
        return timezone.localdate()


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer


@require_safe
def check_document(request: HttpRequest, pk: int) -> HttpResponse:
    """A text that was read before, checked against the plan asked for, or the one of the year it looks back on."""
    if not sees_ledger(request.user):
        raise Http404
    document = get_object_or_404(Document.objects.exclude(read_at=None), pk=pk)
    report = read_text(document.text, source=document.title, year=document.year)
    found = _fitting(request.GET.get("plan", ""), document.year)
    finding = check_report(report, knowledge_of(found, _until(request)), next_promises(found))
    return _shown(request, finding, found, document)


@require_POST
def check_file(request: HttpRequest) -> HttpResponse:
    """A file or pasted words, checked at once and not kept."""
    if not sees_ledger(request.user):
        raise Http404
    file, words = request.FILES.get("file"), request.POST.get("text", "").strip()
    if file is None and not words:
        raise Refused(_("请选择要核对的文件，或粘贴文字。"))
    if file is not None and file.size > LARGEST:
        raise Refused(_("文件超过 20 MB，请先在“读报告”里读取，再从文件列表核对。"))
    try:
        report = read(file.read(), name=file.name or "") if file is not None else read_text(words)
    except Refusal as refusal:
        raise Refused(str(refusal)) from refusal
    found = _fitting(request.POST.get("plan", ""), report.year)
    finding = check_report(report, knowledge_of(found, timezone.localdate()), next_promises(found))
    return _shown(request, finding, found, None)


def _fitting(asked: str, year: int | None) -> Document:
    """The plan asked for; else the issued one of the year before the text's own, else the newest. Refuses without any."""
    if asked:
        if not asked.isdecimal():
            raise Http404
        return _plan(int(asked))
    found = (plan_of(year - 1) if year else None) or plan_of(None)
    if found is None:
        raise Refused(_("还没有印发过的台账，无从核对。"))
    return found


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a paragraph; with `checked`, it is a figure."""

    text: str
    checked: Checked | None = None


def _shown(request: HttpRequest, finding: Finding, plan: Document, document: Document | None) -> HttpResponse:
    if request.GET.get("format") == "xlsx":
        return _file(sheet.findings(finding), _("数字核对.xlsx"), sheet.MEDIA_TYPE)
    context = {
        "finding": finding, "paragraphs": list(_paragraphs(finding)), "plan": plan, "plans": plans().defer("text", "report"), "document": document,
        "counts": [(verdict, number) for verdict, number in finding.counts.items()],
    }  # fmt: skip
    return render(request, "drafting/checked.html", context)


def _paragraphs(finding: Finding) -> list[list[Stretch]]:
    """The text cut at its figures, paragraph by paragraph."""
    text, marks = finding.report.text, {each.said.start: each for each in finding.checked}
    paragraphs = []
    for span in spans_of_lines(text):
        inside = [each for start, each in marks.items() if span.start <= start < span.end]
        edges = sorted(
            {
                span.start,
                span.end,
                *(at for each in inside for at in (each.said.start, min(each.said.end, span.end))),
            }
        )
        paragraphs.append(
            [
                Stretch(text[low:high], marks.get(low) if low in marks else None)
                for low, high in pairwise(edges)
            ]
        )
    return paragraphs


@require_http_methods(["GET", "POST"])
def template(request: HttpRequest, form: str) -> HttpResponse:
    """The template in use as a file; a new one by upload."""
    if not sees_ledger(request.user) or form not in set(Form):
        raise Http404
    if request.method == "GET":
        name = _("%(form)s模板.docx") % {"form": Form(form).label}
        return _file(actions.template_for(form), name, docx.MEDIA_TYPE)
    if not edits_ledger(request.user):
        raise PermissionDenied
    file = request.FILES.get("file")
    if file is None:
        raise Refused(_("请选择模板文件。"))
    actions.keep_template(request.user, form, file.name or "template.docx", file.read())
    return redirect("drafting:drafts")
