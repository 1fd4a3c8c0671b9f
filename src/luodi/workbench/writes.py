"""What the desks' pages send: each address reads a form, calls the desk's action, and says what to draw again.

A write answers 204 with an HX-Trigger `desk-changed` (the row to go to, what to say); a refusal answers 422 with its
sentence. A pasted block and an import first answer with a preview and are written by a second request.
"""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luodi.kernel import evidence, files, jobs
from luodi.kernel.action import Refused
from luodi.kernel.models import Job, StoredFile
from luodi.workbench import actions, heavy, importing, sheets
from luodi.workbench.asking import is_pk
from luodi.workbench.desk import Bulk, Column, Desk, allows
from luodi.workbench.finding import desk_for
from luodi.workbench.forms import Form
from luodi.workbench.models import ApiToken, SavedView
from luodi.workbench.pages import ask, lookups, see_row
from luodi.workbench.writing import Step, all_or_none, call, one


@require_POST
def cell(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One value of one row; `was` is how it read when the person began, so that nobody overwrites unseen."""
    desk, row = see_row(request, code, pk)
    column = _editable(desk, request.POST.get("name", ""))
    if "was" in request.POST and request.POST["was"] != column.kind.typed(column.value(row)):
        raise Refused(_("这一格刚被别人改成“%(now)s”，请看过再改。") % {"now": column.show(row)})
    values = {column.name: _value(column, request.POST.get("value", ""))}
    one(desk, request.user, call(desk.edit, request.user, row, values))
    return _redraw(pk)


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """A row on one page, new or kept: every field with its help, errors beside the fields."""
    desk, row = (desk_for(request.user, code), None) if pk is None else see_row(request, code, pk)
    action = desk.create if pk is None else desk.edit
    if not allows(action, request.user, row):
        raise PermissionDenied
    filled = Form(desk, row, request.POST)
    refusal = ""
    if request.method == "POST":
        values = filled.values()
        try:
            if not filled.errors:
                start = desk.model() if row is None else row
                kept = one(desk, request.user, call(action, request.user, start, values)) if values else row
                messages.success(request, _("已保存。"))
                return redirect("workbench:detail", code=code, pk=kept.pk)
        except Refused as error:
            refusal = str(error)
    context = {
        "desk": desk,
        "row": row,
        "refusal": refusal,
        "fields": filled.fields,
        "lookups": lookups(desk),
    }
    return render(request, "workbench/form.html", context, status=422 if filled.errors or refusal else 200)


@require_POST
def bulk(request: HttpRequest, code: str) -> HttpResponse:
    """One action over the chosen rows, or over the whole filter of the address (`all`); all rows or none."""
    desk = desk_for(request.user, code)
    wanted = _bulk(desk, request.POST.get("action", ""))
    values = {name: _value(desk.column(name), request.POST.get(name, "")) for name in wanted.asks}
    if request.POST.get("all") == "1":
        rows = ask(request, desk).sure_rows()
    else:
        pks = [int(pk) for pk in request.POST.getlist("pk") if is_pk(pk)]
        rows = desk.seen_by(request.user).filter(pk__in=pks)
    count = rows.count()
    if not count:
        raise Refused(_("先选中要处理的行。"))
    if count > heavy.MOST_ROWS:
        raise Refused(_("一次最多处理 %(most)d 行，请缩小筛选。") % {"most": heavy.MOST_ROWS})
    if count > heavy.IN_REQUEST:
        typed = {name: request.POST.get(name, "") for name in wanted.asks}
        told = {"desk": code, "action": wanted.name, "query": request.GET.dict(), "values": typed}
        title = _("%(desk)s：%(title)s %(count)d 行") % {
            "desk": desk.title,
            "title": wanted.title,
            "count": count,
        }
        row = jobs.start(request.user, heavy.act_on_rows, title, **told)
        return HttpResponse(
            status=204, headers={"HX-Redirect": reverse("workbench:job", args=[code, row.pk])}
        )
    more = (values,) if wanted.asks else ()
    steps = [Step(heavy.name_of(desk, row), call(wanted.action, request.user, row, *more)) for row in rows]
    if problems := all_or_none(desk, request.user, steps):
        shown = "\n".join(problems[:8])
        raise Refused(
            _("%(count)d 行不能%(title)s，全部没有处理：") % {"count": len(problems), "title": wanted.title}
            + f"\n{shown}"
        )
    return _redraw(None, _("已对 %(count)d 行%(title)s。") % {"count": count, "title": wanted.title})


@require_POST
def paste(request: HttpRequest, code: str) -> HttpResponse:
    """A block from a spreadsheet onto the table: what it would change, or, with `apply`, the change."""
    desk = desk_for(request.user, code)
    if desk.edit is None:
        raise Http404
    pks = [int(pk) for pk in request.POST.getlist("pk") if is_pk(pk)]
    columns = [desk.column(name) for name in request.POST.getlist("column") if name in desk.names]
    text = request.POST.get("text", "")
    block = sheets.block_of(text)
    if request.POST.get("apply") != "1":
        plan = importing.plan_block(desk, request.user, pks, columns, block)
        return render(request, "workbench/_paste.html", {"desk": desk, "plan": plan})
    plan = importing.apply_block(desk, request.user, pks, columns, block)
    if plan.problems:
        raise Refused("\n".join(plan.problems[:8]))
    return _redraw(pks[0] if pks else None, _("已粘贴，改动 %(count)d 行。") % {"count": len(plan.rows)})


@require_http_methods(["GET", "HEAD", "POST"])
def import_rows(request: HttpRequest, code: str) -> HttpResponse:
    """A sheet or pasted table: what it would add and change, with every problem by row and column."""
    desk = _importable(request, code)
    context: dict[str, Any] = {"desk": desk, "columns": importing.writable(desk), "most": heavy.MOST_ROWS}
    if request.method == "POST":
        file = _delivered(request)
        if heavy.is_long(file.name, files.content_of(file)):
            return _started(request, desk, heavy.check_sheet, file, _("核对"))
        context |= {
            "file": file,
            "plan": importing.plan(desk, request.user, sheets.table_of(file.name, files.content_of(file))),
        }
    return render(request, "workbench/import.html", context)


@require_POST
def import_apply(request: HttpRequest, code: str) -> HttpResponse:
    """Write the sheet that was previewed; when anything is refused, the preview comes back and nothing is written."""
    desk = _importable(request, code)
    file = get_object_or_404(StoredFile, sha256=request.POST.get("file", ""))
    if heavy.is_long(file.name, files.content_of(file)):
        return _started(request, desk, heavy.write_sheet, file, _("导入"))
    plan = importing.apply(desk, request.user, sheets.table_of(file.name, files.content_of(file)))
    if plan.problems:
        context = {
            "desk": desk,
            "columns": importing.writable(desk),
            "file": file,
            "plan": plan,
            "most": heavy.MOST_ROWS,
        }
        return render(request, "workbench/import.html", context, status=422)
    if plan.rows:
        said = _("已新增 %(new)d 行，修改 %(changed)d 行。") % {
            "new": len(plan.new),
            "changed": len(plan.changed),
        }
        messages.success(request, said)
    else:
        messages.info(request, _("这份表和现有内容一致，没有改动。"))
    return redirect("workbench:table", code=code)


@require_POST
def attach(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    _desk, row = see_row(request, code, pk)
    upload = request.FILES.get("file")
    if upload is None:
        raise Refused(_("没有选择文件。"))
    evidence.attach(request.user, row, upload.name, upload.read(), request.POST.get("title", ""))
    return redirect("workbench:detail", code=code, pk=pk)


@require_POST
def save_view(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the columns for oneself (no name), or columns and filters under a name."""
    desk = desk_for(request.user, code)
    name = request.POST.get("name", "").strip()[:40]
    columns = [each for each in request.POST.getlist("column") if each in desk.names]
    if not columns:
        raise Refused(_("至少留一栏。"))
    view = SavedView(person=request.user, desk=code, name=name)
    actions.save_view(request.user, view, request.POST.get("query", "") if name else "", columns)
    if not name:
        return _redraw(None)
    address = f"{reverse('workbench:table', args=[code])}?{view.query}&view={view.pk}"
    return HttpResponse(status=204, headers={"HX-Redirect": address})


@require_POST
def drop_view(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    desk_for(request.user, code)
    view = get_object_or_404(SavedView, person=request.user, desk=code, pk=pk)
    actions.drop_view(request.user, view)
    return HttpResponse(status=204, headers={"HX-Redirect": reverse("workbench:table", args=[code])})


@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """One's keys to the machine API. A new key is shown this once; only its hash is kept."""
    key = ""
    if request.method == "POST":
        key = secrets.token_urlsafe(32)
        token = ApiToken(
            person=request.user, title=request.POST.get("title", "").strip()[:60], sha256=actions.hash_of(key)
        )
        actions.issue_token(request.user, token)
    kept = ApiToken.objects.filter(person=request.user, revoked_at=None)
    return render(request, "workbench/tokens.html", {"tokens": kept, "key": key})


@require_POST
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    actions.revoke_token(
        request.user, get_object_or_404(ApiToken, person=request.user, revoked_at=None, pk=pk)
    )
    return redirect("workbench:tokens")


@require_safe
def job(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One's own long import or bulk action: a bar while it runs, then what came of it."""
    desk = desk_for(request.user, code)
    kinds = [
        f"{work.__module__}.{work.__qualname__}"
        for work in (heavy.check_sheet, heavy.write_sheet, heavy.act_on_rows)
    ]
    row = get_object_or_404(Job, pk=pk, by=request.user, kind__in=kinds, arguments__desk=code)
    is_part = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    template = "workbench/_job.html" if is_part else "workbench/job.html"
    return render(request, template, {"desk": desk, "job": row})


def _started(request: HttpRequest, desk: Desk, work: jobs.Work, file: StoredFile, doing: str) -> HttpResponse:
    """A sheet too long for the request goes into the queue; its page shows how far it is."""
    title = _("%(doing)s%(desk)s：%(name)s") % {"doing": doing, "desk": desk.title, "name": file.name}
    row = jobs.start(request.user, work, title, desk=desk.code, file=file.sha256)
    return redirect("workbench:job", code=desk.code, pk=row.pk)


def _editable(desk: Desk, name: str) -> Column:
    for column in desk.editable:
        if column.name == name and desk.edit is not None:
            return column
    raise Http404


def _bulk(desk: Desk, name: str) -> Bulk:
    if (found := heavy.bulk_of(desk, name)) is None:
        raise Http404
    return found


def _value(column: Column, cell: str) -> Any:
    try:
        return column.reader()(cell)
    except ValueError as error:
        raise Refused(f"{column.title}：{error}。") from error


def _importable(request: HttpRequest, code: str) -> Desk:
    desk = desk_for(request.user, code)
    if not desk.key or (desk.create is None and desk.edit is None):
        raise Http404
    if not (allows(desk.create, request.user) or allows(desk.edit, request.user)):
        raise PermissionDenied
    return desk


def _delivered(request: HttpRequest) -> StoredFile:
    upload, text = request.FILES.get("file"), request.POST.get("text", "").strip("\r\n")
    if upload is not None:
        return _kept(request, upload)
    if not text.strip():
        raise Refused(_("没有选择文件，也没有粘贴内容。"))
    return files.store(request.user, _("粘贴的表格.csv"), sheets.as_csv(sheets.block_of(text)))[0]


def _kept(request: HttpRequest, upload: UploadedFile) -> StoredFile:
    if upload.size > settings.LUODI_UPLOAD_BYTES:
        raise Refused(_("文件超过 %(most)d MB。") % {"most": settings.LUODI_UPLOAD_BYTES // 2**20})
    return files.store(request.user, upload.name, upload.read())[0]


def _redraw(row: int | None, note: str = "") -> HttpResponse:
    # ensure_ascii keeps the header within what HTTP allows
    return HttpResponse(
        status=204, headers={"HX-Trigger": json.dumps({"desk-changed": {"row": row, "note": note}})}
    )
