"""What the pages of households and warnings send. Each reads its form, calls an action, and goes back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luodi.kernel.action import Refused
from luodi.kernel.models import Unit
from luodi.scenarios.poverty_watch.actions import helping, households, registers
from luodi.scenarios.poverty_watch.actions.roles import handles, helps_seen_by, warns
from luodi.scenarios.poverty_watch.models import Clue, Help, Household, Member
from luodi.scenarios.poverty_watch.pages.forms import ENROL, FORMS, fields_of, personal, read, village_named
from luodi.scenarios.poverty_watch.pages.views import see, show
from luodi.scenarios.poverty_watch.rules import standing
from luodi.scenarios.poverty_watch.rules import warnings as sheet
from luodi.scenarios.poverty_watch.rules.private import Private
from luodi.shapes.cases.permission import seen_by, working_units
from luodi.workbench.kinds import Day
from luodi.workbench.sheets import table_of

NOTICE = "张贴村级公示"


@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One step of a household; a refusal comes back beside its form with what was typed."""
    found = see(request, pk)
    if name not in FORMS:
        raise Http404
    values, errors = read(FORMS[name], request.POST)
    if errors:
        return show(request, found, name, "", errors, status=422)
    try:
        _take(request.user, found, name, values)
    except Refused as refusal:
        return show(request, found, name, str(refusal), status=422)
    messages.success(request, _("%(step)s：已记录。") % {"step": standing.TITLES[name]})
    return redirect(found)


def _take(by: Any, found: Household, name: str, values: dict[str, Any]) -> None:
    on, said = values.pop("on", None), values.pop("said", None) or ""
    match name:
        case "assess":
            households.assess(by, found, values, on)
        case "member":
            households.add_member(by, found, personal(values, "name"))
        case "visit":
            helping.visit(by, found, values, said, on)
        case "help":
            given = {key: value for key, value in values.items() if value is not None}
            helping.add_help(by, found, given)
        case "propose":
            helping.propose(by, found, said, on)
        case "confirm":
            helping.confirm(by, found, said, on)
        case "clear":
            helping.clear(by, found, said, on)
        case "return":
            helping.send_back(by, found, said, on)
        case _:
            helping.relist(by, found, said, on)


@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, pk: int) -> HttpResponse:
    """Register the household of a clue, at the door with a phone."""
    clue = get_object_or_404(seen_by(request.user, Clue.objects.all()), pk=pk)
    if not handles(request.user, clue):
        raise Http404
    values, errors, refusal = {}, {}, ""
    if request.method == "POST":
        values, errors = read(ENROL, request.POST)
        try:
            if not errors:
                given = {
                    key: value for key, value in personal(values, "head_name").items() if value is not None
                }
                given |= {
                    "phone": Private(values["phone"] or ""),
                    "village": village_named(values["village"]),
                }
                return redirect(households.enrol(request.user, clue, given))
        except Refused as wrong:
            refusal = str(wrong)
    context = {"clue": clue, "fields": list(fields_of(ENROL, request.POST, errors)), "refusal": refusal}
    return render(request, "poverty_watch/enrol.html", context, status=422 if errors or refusal else 200)


@require_POST
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """All personal data of a household, on this one page, for a reason that is logged."""
    found = see(request, pk)
    try:
        told = households.reveal(request.user, found, request.POST.get("reason", ""))
    except Refused as refusal:
        return show(request, found, "reveal", str(refusal), status=422)
    return show(request, found, revealed=told)


@require_POST
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper that is put up in the village once: the head's name, how many, the kind. No number, phone, account or illness."""
    found = see(request, pk)
    households.reveal(request.user, found, NOTICE)
    newest = found.assessments.exclude(kind="").order_by("on", "pk").last()
    kind = found.get_kind_display() or (newest.get_kind_display() if newest else "")
    context = {
        "household": found,
        "kind": kind,
        "is_clearing": found.state == standing.NOTICE,
        "today": timezone.localdate(),
    }
    return render(request, "poverty_watch/notice.html", context)


@require_POST
def left(request: HttpRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(Member.objects.select_related("household"), pk=pk)
    found = see(request, member.household_id)
    try:
        on = Day().reader()(request.POST.get("on", "")) or timezone.localdate()
    except ValueError as wrong:
        raise Refused(f"{wrong}。") from None
    households.member_left(request.user, member, request.POST.get("why", ""), on)
    return redirect(found)


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(helps_seen_by(request.user, Help.objects.select_related("household")), pk=pk)
    helping.finish_help(request.user, row, request.POST.get("effect", ""))
    return redirect(row.household)


@require_http_methods(["GET", "HEAD", "POST"])
def warnings(request: HttpRequest) -> HttpResponse:
    """A department brings its warnings as a sheet. Nothing of the file is kept; rows below their threshold leave no trace."""
    if not warns(request.user):
        raise Http404
    faults: list[str] = []
    taken = None
    upload = request.FILES.get("file")
    if request.method == "POST":
        rows, faults = [], ["没有选择文件。"]
        try:
            if upload is not None:
                rows, faults = sheet.read(table_of(upload.name, upload.read()), timezone.localdate())
            if not faults:
                unit = Unit.objects.get(pk=next(iter(working_units(request.user))))
                taken = registers.take_warnings(request.user, unit, request.POST.get("batch", ""), rows)
        except Refused as wrong:
            faults = [str(wrong)]
    context = {
        "faults": faults,
        "taken": taken,
        "columns": sheet.COLUMNS,
        "reasons": sheet.REASONS,
        "batch": request.POST.get("batch", ""),
    }
    return render(request, "poverty_watch/warnings.html", context, status=422 if faults else 200)
