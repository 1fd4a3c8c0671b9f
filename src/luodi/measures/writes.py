"""What the pages of step 4 send. A write answers with the page it came from."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luodi.commitments.permission import sees_ledger
from luodi.kernel.action import Refused
from luodi.kernel.jobs import start
from luodi.kernel.models import Division
from luodi.measures import actions
from luodi.measures.binding import suggested
from luodi.measures.importing import bring_in
from luodi.measures.models import Series
from luodi.measures.pages import see_line
from luodi.measures.permission import binds_targets, keeps_series, sees_measures


def _keeper(request: HttpRequest) -> None:
    if not sees_measures(request.user):
        raise Http404
    if not keeps_series(request.user):
        raise PermissionDenied


@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """A sheet of published numbers."""
    _keeper(request)
    file = request.FILES.get("file")
    if file is None:
        raise Refused(_("请选择要导入的表（csv 或 xlsx）。"))
    written = bring_in(request.user, file.name, file.read())
    said = _("已导入：新增 %(new)d 个数，修订 %(restated)d 个，未变 %(unchanged)d 个。")
    messages.success(
        request, said % {"new": written.new, "restated": written.restated, "unchanged": written.unchanged}
    )
    return redirect("measures:measures")


@require_POST
def recount(request: HttpRequest) -> HttpResponse:
    """Count every declared indicator anew, as a job."""
    _keeper(request)
    start(request.user, actions.count_all, _("计算全部指标"))
    messages.success(request, _("已排队计算，完成后数值自动更新；没有变化的不会产生新版本。"))
    return redirect("measures:measures")


@require_POST
def bind(request: HttpRequest, pk: int) -> HttpResponse:
    """A series answers for a target (`settle=yes`), or does not (`settle=no`)."""
    if not sees_ledger(request.user):
        raise Http404
    line = see_line(pk)
    if not binds_targets(request.user):
        raise PermissionDenied
    form = request.POST
    target = get_object_or_404(line.targets, pk=_whole(form.get("target")))
    series = get_object_or_404(Series, pk=_whole(form.get("series")))
    division = get_object_or_404(Division, pk=_whole(form.get("division")))
    if form.get("settle") == "no":
        actions.unbind(request.user, target, series, division)
    else:
        proposal = next((each for each in suggested(target, [series])), None)
        score, why = (proposal.score, proposal.why) if proposal else (None, _("人工选定"))
        actions.bind(request.user, target, series, division, score, why)
    return redirect("measures:line", pk=line.pk)


def _whole(text: str | None) -> int:
    """A key from a form; -1, which no row has, for anything else."""
    return int(text) if text and text.isdecimal() else -1
