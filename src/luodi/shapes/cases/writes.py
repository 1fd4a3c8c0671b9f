"""What the pages of cases send. Each reads its form, calls an action, and goes back to the case."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luodi.kernel import evidence
from luodi.kernel.action import Refused
from luodi.kernel.permission import is_staff_of_the_city
from luodi.shapes.cases import actions, incoming
from luodi.shapes.cases.asks import read
from luodi.shapes.cases.kind import kind_of, kinds
from luodi.shapes.cases.pages import see, show_case


@require_POST
def take(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """One move. What is wrong comes back beside its field (422); done, the case is drawn again."""
    found = see(request, pk)
    kind = kind_of(found)
    try:
        wanted = kind.machine.move(move)
    except KeyError:
        raise Http404 from None
    values, errors = read(kind, wanted, request.POST)
    if not errors:
        try:
            actions.take(request.user, found, move, values)
        except Refused as refusal:
            errors = {"": str(refusal)}
    if errors:
        return show_case(request, found, tried=move, errors=errors, status=422)
    messages.success(request, _("%(move)s：已记录。") % {"move": wanted.title})
    return redirect("cases:case", pk=pk)


@require_POST
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Another matter that this case holds goes on as a case of its own."""
    found = see(request, pk)
    part = {name: request.POST.get(name, "").strip() for name in ("title", "body", "category")}
    (made,) = actions.split(request.user, found, [part], request.POST.get("reason", "").strip())
    messages.success(request, _("已拆出 %(number)s。") % {"number": made.number})
    return redirect("cases:case", pk=made.pk)


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    found = see(request, pk)
    upload = request.FILES.get("file")
    if upload is None:
        raise Refused("没有选择文件。")
    evidence.attach(request.user, found, upload.name, upload.read(), request.POST.get("title", ""))
    return redirect("cases:case", pk=pk)


@require_POST
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Who brought it, shown this once; the reason is on record."""
    found = see(request, pk)
    actions.reveal(request.user, found, request.POST.get("reason", ""))
    return show_case(
        request, found, contact=f"{found.reporter_name} {found.reporter_phone}".strip() or "没有留联系方式"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, code: str) -> HttpResponse:
    """The form at the desk and on a phone: words, place, photo. The code for asking is shown once."""
    if code not in kinds() or not is_staff_of_the_city(request.user):
        raise Http404
    kind = kinds()[code]
    if not kind.may_bring(request.user):
        raise PermissionDenied
    form = incoming.asked_for(request, kind, at_desk=True)
    if request.method == "POST" and form.is_read():
        try:
            found = form.bring(request.user)
        except Refused as refusal:
            form.refusal = str(refusal)
        else:
            messages.success(
                request,
                _("已登记，编号 %(number)s，查询码 %(code)s（只显示这一次，请告诉诉求人）。")
                % {"number": found.number, "code": found.code_once},
            )
            return redirect("cases:case", pk=found.pk)
    return render(
        request, "cases/bring.html", {"kind": kind, "form": form}, status=422 if form.is_wrong else 200
    )
