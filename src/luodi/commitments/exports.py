"""The ledger leaves as a file, and comes back from Excel with a preview of what would change."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luodi.commitments import sheets
from luodi.commitments.ledger import ledger_of
from luodi.commitments.models import Assignment
from luodi.commitments.pages import see_document
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
    content = write(
        sheets.form_head(document), sheets.form_lines(ledger_of(document, wanted)), format, form=form
    )
    name = f"{document.title}{FORMS[form] if format == 'docx' else _('台账')}.{format}"
    return HttpResponse(
        content,
        content_type=MEDIA_TYPES[format],
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
    file = get_object_or_404(StoredFile, sha256=request.POST.get("file", ""), by=request.user)
    plan = sheets.apply(request.user, document, files.content_of(file))
    if plan.changes:
        messages.success(request, _("已导入 %(count)d 处改动。") % {"count": len(plan.changes)})
    else:
        messages.info(request, _("这份表和台账一致，没有改动。"))
    return redirect("commitments:document", pk=document.pk)
