"""What the pages send: each address reads a form, calls one action, and answers what has to be drawn again.

A write answers 204 with an HX-Trigger header `desk-changed`, naming the line to go to and what to say; the page then
draws itself again. A refusal answers 422 with its sentence (site.middleware).
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luodi.commitments import actions, intake
from luodi.commitments.models import Commitment, Document, Edit
from luodi.commitments.pages.ledger import see_document, see_line
from luodi.commitments.permission import edits_ledger
from luodi.kernel.action import Refused


@require_POST
def deliver_document(request: HttpRequest) -> HttpResponse:
    """A file or pasted text comes in; the page that shows its reading is the answer."""
    if file := request.FILES.get("file"):
        document, is_new = intake.deliver(request.user, file.name, file.read())
    else:
        document, is_new = intake.deliver_text(request.user, request.POST.get("text", ""))
    answer = redirect("commitments:document", pk=document.pk)
    if request.htmx:  # type: ignore[attr-defined]
        answer = HttpResponse(status=204, headers={"HX-Redirect": answer.url})
    if not is_new:
        messages.info(request, _("这份文件此前已经收到过，直接打开原来的台账。"))
    return answer


@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Wording, kind and deadline of a line; what is not sent stays."""
    line = _line(request, pk)
    form = request.POST
    if "text" in form and form["text"].strip() != line.text:
        actions.reword(request.user, line, form["text"])
    if "kind" in form and form["kind"] != line.kind:
        actions.change_kind(request.user, line, form["kind"])
    if "deadline" in form and form["deadline"] != (line.deadline.isoformat() if line.deadline else ""):
        actions.set_deadline(request.user, line, day(form["deadline"]))
    return _redraw(line.pk)


@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk)
    chosen = list(zip(request.POST.getlist("unit"), request.POST.getlist("as"), strict=False))
    leads, supports = (
        [name.strip() for name, role in chosen if role == wanted and name.strip()]
        for wanted in ("lead", "support")
    )
    actions.assign(request.user, line, leads, supports)
    return _redraw(line.pk)


@require_POST
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk)
    form = request.POST
    target = get_object_or_404(line.targets, pk=whole(form.get("target")))
    actions.fill_blank(
        request.user,
        line,
        target,
        _figure(form.get("value")),
        form.get("source", ""),
        _figure(form.get("value_high")),
    )
    return _redraw(line.pk)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk)
    actions.confirm(request.user, line, request.POST.get("confirmed", "1") == "1")
    return _redraw(line.pk)


@require_POST
def split(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk)
    new = actions.split(request.user, line, whole(request.POST.get("at")))
    return _redraw(new.pk)


@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Join a line with the one before it."""
    line = _line(request, pk)
    before = line.document.commitments.filter(start__lt=line.start).order_by("-start").first()
    if before is None:
        raise Refused(_("这是第一项任务，前面没有可合并的。"))
    return _redraw(actions.merge(request.user, before, line).pk)


@require_POST
def respan(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk)
    actions.respan(request.user, line, whole(request.POST.get("start")), whole(request.POST.get("end")))
    return _redraw(line.pk)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(request, pk)
    after = line.document.commitments.filter(start__gt=line.start).order_by("start").first()
    actions.drop_line(request.user, line)
    return _redraw(after.pk if after else None)


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    document = _document(request, pk)
    line = actions.add_line(
        request.user, document, whole(request.POST.get("start")), whole(request.POST.get("end"))
    )
    return _redraw(line.pk)


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept suggested units that score at least what was asked."""
    document = _document(request, pk)
    share = _figure(request.POST.get("at_least"))
    if share is None or not 0 <= share <= 1:
        raise Refused(_("把握的下限要在 0 和 1 之间。"))
    lines = None
    if "line" in request.POST:
        lines = [get_object_or_404(document.commitments, pk=whole(request.POST["line"]))]
    count = actions.accept_units(request.user, document, float(share), lines)
    return _redraw(lines[0].pk if lines else None, _("已采纳 %(count)d 项任务的建议单位") % {"count": count})


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the named change, or the newest one of this person."""
    document = _document(request, pk)
    edits = Edit.objects.filter(document=document, undone=False)
    if wanted := request.POST.get("edit"):
        edit = edits.filter(pk=whole(wanted)).first()
    else:
        edit = edits.filter(by=request.user).first()
    if edit is None:
        raise Refused(_("没有可以撤销的修改。"))
    actions.undo_edit(request.user, edit)
    return _redraw(None, _("已撤销：%(what)s") % {"what": edit.what})


def _document(request: HttpRequest, pk: int) -> Document:
    """The document to change: hidden from those who may not see it, forbidden to those who may not edit."""
    document = see_document(request, pk)
    if not edits_ledger(request.user):
        raise PermissionDenied
    return document


def _line(request: HttpRequest, pk: int) -> Commitment:
    line = see_line(request, pk)
    if not edits_ledger(request.user):
        raise PermissionDenied
    return line


def _redraw(line: int | None, note: str = "") -> HttpResponse:
    # ensure_ascii keeps the header within what HTTP allows
    return HttpResponse(
        status=204, headers={"HX-Trigger": json.dumps({"desk-changed": {"line": line, "note": note}})}
    )


def whole(printed: str | None) -> int:
    if not (printed or "").isdecimal():
        raise Http404
    return int(printed or "")


def _figure(printed: str | None) -> Decimal | None:
    """A figure as typed; full-width digits are as good as others, an empty field is no figure."""
    if not (printed or "").strip():
        return None
    try:
        value = Decimal((printed or "").strip())
    except InvalidOperation as error:
        raise Refused(_("“%(printed)s”不是数字。") % {"printed": printed}) from error
    if not value.is_finite() or abs(value) >= Decimal(10) ** 14:
        raise Refused(_("“%(printed)s”超出了可以记录的范围。") % {"printed": printed})
    return value


def day(printed: str) -> date | None:
    if not printed:
        return None
    try:
        return date.fromisoformat(printed)
    except ValueError as error:
        raise Refused(_("“%(printed)s”不是日期，请写成 2027-06-30。") % {"printed": printed}) from error
