"""What the pages of schemes send. A write answers with the page it belongs to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luodi.assessment import actions, exports
from luodi.assessment import permission as may
from luodi.assessment.kinds import scheme_kind
from luodi.assessment.models import Mark, Objection
from luodi.assessment.scheme_pages import see_run
from luodi.kernel.action import Refused


@require_POST
def score(request: HttpRequest, code: str) -> HttpResponse:
    if not may.sees_assessments(request.user):
        raise Http404
    kind = scheme_kind(code)
    run = actions.score_run(request.user, kind, kind.first_day(_day(request.POST.get("period", ""))))
    messages.success(request, _("已初评，可先试算、核对，再公示。"))
    return redirect("assessment:run", pk=run.pk)


@require_POST
def step(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """公示, 定案, 发布."""
    run, _kind = see_run(request, pk)
    acts = {"notice": actions.open_notice, "seal": actions.seal, "publish": actions.publish}
    if to not in acts:
        raise Http404
    return redirect("assessment:run", pk=acts[to](request.user, run).pk)


@require_POST
def object_to(request: HttpRequest, pk: int, result: int) -> HttpResponse:
    run, _kind = see_run(request, pk)
    row = get_object_or_404(run.results.select_related("run", "division"), pk=result)
    sent = request.POST
    actions.object_to(
        request.user, row, sent.get("indicator", ""), sent.get("says", ""), _figure(sent.get("claimed", ""))
    )
    messages.success(request, _("异议已提出，由他人复核。"))
    return redirect("assessment:member", pk=run.pk, result=row.pk)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    if not may.sees_assessments(request.user):
        raise Http404
    objection = get_object_or_404(Objection.objects.select_related("result__run"), pk=pk)
    sent = request.POST
    new = _figure(sent.get("new", ""))
    actions.decide(request.user, objection, sent.get("decision") == "uphold", sent.get("opinion", ""), new)
    return redirect("assessment:objections", pk=objection.result.run_id)


@require_POST
def mark(request: HttpRequest, code: str) -> HttpResponse:
    if not may.sees_assessments(request.user):
        raise Http404
    kind, sent = scheme_kind(code), request.POST
    period = kind.first_day(_day(sent.get("period", "")))
    entry = next(
        (each for each in kind.gather(period, kind.scheme(period)) if sent.get("who", "").strip() in {each.key, each.name}), None
    )  # fmt: skip
    if entry is None:
        raise Refused(_("没有找到这个对象，请填写全称或代码。"))
    told = {name: sent.get(name, "").strip() for name in ("rule", "document", "reason")}
    count = _figure(sent.get("count", "")) or Decimal(1)
    actions.mark(request.user, kind, period, {**told, "key": entry.key, "name": entry.name, "count": count})
    messages.success(request, _("已记下，第二人确认后才计入。"))
    return redirect(f"{kind_address(code)}?period={period}")


@require_POST
def confirm_mark(request: HttpRequest, pk: int) -> HttpResponse:
    if not may.sees_assessments(request.user):
        raise Http404
    found = get_object_or_404(Mark, pk=pk)
    sent = request.POST
    actions.confirm_mark(request.user, found, sent.get("decision") == "confirm", sent.get("opinion", ""))
    return redirect(f"{kind_address(found.code)}?period={found.period}")


@require_safe
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    run, kind = see_run(request, pk)
    if form not in exports.FORMATS:
        raise Http404
    if not may.scores(request.user, run) and not run.is_sealed:
        raise PermissionDenied
    return exports.answer(request, run, kind, form)


def kind_address(code: str) -> str:
    return reverse("assessment:scheme", args=[code])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refused(_("期别不对，请重新选择。")) from None


def _figure(text: str) -> Decimal | None:
    """None for an empty field. Raises Refused for what is no figure."""
    text = text.strip().replace(",", "")
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise Refused(_("“%(text)s”不是数。") % {"text": text}) from None
    if not value.is_finite() or abs(value) >= Decimal(10) ** 12:
        raise Refused(_("“%(text)s”超出了范围。") % {"text": text})
    return value
