"""What the pages of projects send. Each reads its form, calls one action, and goes back; what is wrong comes back (422)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luodi.kernel.action import Refused
from luodi.shapes.projects import actions, forms
from luodi.shapes.projects.actions.reporting import closed_from, doubts
from luodi.shapes.projects.models import Milestone, MonthReport, PlanChange, Problem, Project
from luodi.shapes.projects.pages import month_asked, see, show_money, show_problems, show_project
from luodi.shapes.projects.permission import keeps, sees

Show = Callable[..., HttpResponse]


def _send(
    request: HttpRequest, project: Project, fields: tuple[forms.Field, ...], act: Callable[[dict[str, Any]], Any],
    show: Show, tried: str, done: str,
) -> HttpResponse:  # fmt: skip
    """Read, act, go back to the leaf; errors and refusals are shown on it."""
    values, errors = forms.read(fields, request.POST.dict())
    refusal = ""
    if not errors:
        try:
            act(values)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, done)
            leaf = {show_project: "project", show_money: "money", show_problems: "problems"}[show]
            return redirect(f"projects:{leaf}", pk=project.pk)
    return show(request, project, tried=tried, errors=errors, refusal=refusal, status=422)


@require_POST
def advance(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    found = see(request, pk)
    return _send(
        request, found, forms.STEP,
        lambda given: actions.advance(request.user, found, to, given["on"], given["reason"] or ""),
        show_project, f"to-{to}", _("阶段已更新。"),
    )  # fmt: skip


@require_POST
def charge(request: HttpRequest, pk: int) -> HttpResponse:
    found = see(request, pk)
    return _send(
        request, found, forms.CHARGE,
        lambda given: actions.charge(request.user, found, given["part"], given["name"], given["since"], unit=given["unit"], post=given["post"] or ""),
        show_project, "charge", _("包抓责任已更新。"),
    )  # fmt: skip


@require_POST
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    found = see(request, pk)
    return _send(
        request, found, forms.ENTER, lambda given: actions.enter_statistics(request.user, found, given["on"]),
        show_project, "enter", _("已登记入库纳统。"),
    )  # fmt: skip


@require_POST
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    found, year = see(request, pk), timezone.localdate().year
    return _send(
        request, found, forms.PLAN, lambda given: actions.set_plan(request.user, found, year, given["plan_fen"], given["goal"] or "", given["months"] or ()),
        show_money, "plan", _("年度计划已下达。"),
    )  # fmt: skip


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    found, year = see(request, pk), timezone.localdate().year

    def act(given: dict[str, Any]) -> None:
        is_money = given["item"] in ("year_plan", "total_fen")
        new = given["amount"] if is_money else given["day"]
        if new is None:
            raise Refused("请填写新的金额。" if is_money else "请填写新的日期。")
        asked_year = year if given["item"] == "year_plan" else None
        actions.ask_change(request.user, found, given["item"], str(new), given["reason"], asked_year)

    return _send(request, found, forms.CHANGE, act, show_money, "change", _("已提出调整，等项目办审批。"))


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    asked = _row(request, PlanChange, pk)
    approve = request.POST.get("decision") == "approve"
    return _send(
        request, asked.project, forms.DECIDE,
        lambda given: actions.decide_change(request.user, asked, approve, given["opinion"] or ""),
        show_money, "decide", _("已批准。") if approve else _("已退回。"),
    )  # fmt: skip


@require_POST
def raise_problem(request: HttpRequest, pk: int) -> HttpResponse:
    found = see(request, pk)

    def act(given: dict[str, Any]) -> None:
        given["first_level"] = int(given["first_level"] or 1)
        actions.raise_problem(request.user, found, given)

    return _send(request, found, forms.PROBLEM, act, show_problems, "raise", _("问题已登记。"))


@require_POST
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, Problem, pk)
    return _send(
        request, row.project, forms.PROMISE, lambda given: actions.promise(request.user, row, given["due_on"], given["words"]),
        show_problems, f"promise-{pk}", _("已改期，原来的期限留着。"),
    )  # fmt: skip


@require_POST
def solve(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, Problem, pk)
    return _send(
        request, row.project, forms.SOLVE, lambda given: actions.solve(request.user, row, given["on"], given["solution"]),
        show_problems, f"solve-{pk}", _("问题已销号。"),
    )  # fmt: skip


@require_POST
def reach(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, Milestone, pk)
    return _send(
        request, row.project, forms.REACH, lambda given: actions.reach(request.user, row, given["on"], given["note"] or ""),
        show_problems, f"reach-{pk}", _("节点已完成。"),
    )  # fmt: skip


@require_POST
def delay(request: HttpRequest, pk: int) -> HttpResponse:
    found, month = see(request, pk), month_asked(request)
    return _send(
        request, found, forms.DELAY, lambda given: actions.explain_start(request.user, found, month, given),
        show_problems, "delay", _("已说明。"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The monthly report, made for a phone: one figure and one sentence, the last month's beside them; the rest folded."""
    found, month = see(request, pk), month_asked(request)
    if not keeps(request.user, found):
        raise PermissionDenied
    rows = {row.month: row for row in found.reports.filter(is_current=True, month__year=month.year)}
    standing = rows.get(month)
    last = max((row for row in rows.values() if row.month < month), key=lambda row: row.month, default=None)
    typed, errors, refusal, asked = _typed(standing), {}, "", []
    if request.method == "POST":
        typed = request.POST.dict()
        values, errors = forms.read(forms.REPORT_ALL, typed)
        asked = [] if errors or typed.get("sure") else doubts(found, month, values["ytd_fen"])
        if not errors and not asked:
            try:
                actions.report(request.user, found, month, values, typed.get("why", ""))
            except Refused as refused:
                refusal = str(refused)
            else:
                messages.success(request, _("月报已报。"))
                return redirect("projects:money", pk=pk)
    plan = found.plans.filter(year=month.year).first()
    groups = (
        (forms.REPORT, ""),
        (forms.REPORT_WORKS, _("按构成")),
        (forms.REPORT_SOURCES, _("资金到位和统计上报")),
    )
    if found.operated_on:
        groups = (*groups, (forms.REPORT_YIELD, _("投产后的产量、产值、税收")))
    context = {
        "project": found, "month": month, "last": last, "standing": standing, "plan": plan, "refusal": refusal, "doubts": asked,
        "groups": [(title, forms.drawn(fields, typed, errors, _typed(last))) for fields, title in groups],
        "is_correction": standing is not None and timezone.localdate() >= closed_from(month), "why": typed.get("why", ""),
        "time": month.month * 100 / 12, "is_wrong": bool(errors or refusal or asked),
    }  # fmt: skip
    return render(request, "projects/report.html", context, status=422 if context["is_wrong"] else 200)


def _typed(row: MonthReport | None) -> dict[str, str]:
    """A report as a person would type it."""
    if row is None:
        return {}
    return {field.name: field.kind.typed(getattr(row, field.name)) for field in forms.REPORT_ALL}


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Register a start on the spot: what was begun, a photo, where, and who saw it."""
    found = see(request, pk)
    if not keeps(request.user, found):
        raise PermissionDenied
    typed, errors, refusal = {"on": f"{timezone.localdate()}"}, {}, ""
    if request.method == "POST":
        typed = request.POST.dict()
        values, errors = forms.read(forms.START, typed)
        photos = [(each.name, each.read()) for each in request.FILES.getlist("photos")]
        if not errors:
            values["lon"], values["lat"] = (
                None if value is None else float(value) for value in (values["lon"], values["lat"])
            )
            try:
                actions.start(request.user, found, values.pop("on"), values, photos)
            except Refused as refused:
                refusal = str(refused)
            else:
                messages.success(request, _("开工已登记。"))
                return redirect("projects:project", pk=pk)
    context = {"project": found, "fields": forms.drawn(forms.START, typed, errors), "refusal": refusal}
    return render(request, "projects/start.html", context, status=422 if errors or refusal else 200)


def _row(request: HttpRequest, model: Any, pk: int) -> Any:
    if not sees(request.user):
        raise Http404
    return get_object_or_404(model.objects.select_related("project__division"), pk=pk)
