"""The ledger leaves as a file, and comes back from Excel with a preview of what would change."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luodi.commitments import sheets
from luodi.commitments.ledger import ledger_of
from luodi.commitments.models import Assignment, Document
from luodi.commitments.pages.ledger import see_document
from luodi.commitments.permission import edits_ledger
from luodi.kernel import files
from luodi.kernel.action import Refused
from luodi.kernel.models import StoredFile
from luodi.reading.forms import FORMATS, FORMS, MEDIA_TYPES, write


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The ledger as a file; `unit` limits it to the lines of one unit, numbered as in the whole."""
    document = see_document(request, pk)
    if not document.read_at:
        raise Http404
    format, form = request.GET.get("format", "xlsx"), request.GET.get("form", "table")
    if format not in FORMATS or form not in FORMS:
        raise Http404
    wanted = None
    if request.GET.get("unit", "").isdecimal():
        wanted = document.commitments.filter(
            pk__in=Assignment.objects.filter(unit=request.GET["unit"]).values("commitment")
        )
    quarter, cut_off = _quarter(document, request.GET.get("quarter", ""), form)
    lines = sheets.form_lines(ledger_of(document, wanted), cut_off)
    content = write(sheets.form_head(document, lines, cut_off, quarter), lines, format, form=form)
    called = _("第%(n)d季度") % {"n": quarter} if quarter else ""
    return _file(
        content, f"{document.title}{called}{FORMS[form] if format == 'docx' else _('台账')}.{format}", format
    )


def _quarter(document: Document, asked: str, form: str) -> tuple[int | None, date | None]:
    """The quarter asked for and its last day, or today for a form that is dated; years without a number have none."""
    today = timezone.localdate()
    year = document.year
    if asked not in {"1", "2", "3", "4"} or year is None:
        return None, today if form == "progress" else None
    quarter = int(asked)
    after = date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return quarter, min(today, after - timedelta(days=1))


def _file(content: bytes, name: str, format: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=MEDIA_TYPES[format],  # type: ignore[index]
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"},
    )


@require_POST
def preview_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What an edited sheet would change, row by row; nothing is written but the file itself."""
    document = see_document(request, pk)
    if not edits_ledger(request.user):
        raise PermissionDenied
    upload = request.FILES.get("file")
    if upload is None:
        raise Refused(_("没有选择文件。"))
    file, _new = files.store(request.user, upload.name, upload.read())
    plan = sheets.plan(document, files.content_of(file))
    return render(request, "commitments/import.html", {"document": document, "plan": plan, "file": file})


@require_POST
def apply_import(request: HttpRequest, pk: int) -> HttpResponse:
    document = see_document(request, pk)
    if not edits_ledger(request.user):
        raise PermissionDenied
    file = get_object_or_404(StoredFile, sha256=request.POST.get("file", ""))
    plan = sheets.apply(request.user, document, files.content_of(file))
    if plan.changes:
        messages.success(request, _("已导入 %(count)d 处改动。") % {"count": len(plan.changes)})
    else:
        messages.info(request, _("这份表和台账一致，没有改动。"))
    return redirect("commitments:document", pk=document.pk)
