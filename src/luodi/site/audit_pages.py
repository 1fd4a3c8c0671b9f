"""The audit administrator's desk: search the log, read an entry, take it out as CSV, see that the chain holds, the anchor.

Personal values are masked on every page and in every file; whole they are seen one entry at a time, with a reason.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luodi.kernel import audit, chain, denials
from luodi.kernel.action import Refused
from luodi.kernel.anchors import drop_anchor, kept_anchors
from luodi.kernel.jobs import Progress, job, start
from luodi.kernel.models import AuditEntry, ChainHead, DeniedDeed, Job, Person
from luodi.kernel.permission import is_audit_admin
from luodi.kernel.personal import masked, reveals
from luodi.reading.forms.clean import clean, defuse
from luodi.site.seeing import seen_by

SHOWN = 100
ANCHORS_SHOWN = 10
COUNTING_SHOWN = 10
SIBLINGS_SHOWN = 50
COLUMNS = ("编号", "时间", "操作人", "来源地址", "动作", "对象", "请求号", "内容", "封印")


@require_safe
@seen_by(is_audit_admin)
def log(request: HttpRequest) -> HttpResponse:
    """The newest entries that fit; older ones by number, so that a log of millions opens as fast as a short one."""
    entries = _asked(request.GET)
    if (before := request.GET.get("before", "")).isdigit():
        entries = entries.filter(id__lt=int(before))
    rows = list(entries.order_by("-id")[: SHOWN + 1])
    older = request.GET.copy()
    older["before"] = str(rows[SHOWN - 1].pk) if len(rows) > SHOWN else ""
    export = request.GET.copy()
    export.pop("before", None)
    context = {
        "rows": [(entry, _shown(entry.detail)) for entry in rows[:SHOWN]],
        "counting": DeniedDeed.objects.filter(times__gt=0).order_by("-last")[:COUNTING_SHOWN],
        "asked": request.GET,
        "older": older.urlencode() if older["before"] else "",
        "export": export.urlencode(),
        "length": ChainHead.objects.filter(pk=1).values_list("length", flat=True).first() or 0,
        "anchors": kept_anchors()[: -ANCHORS_SHOWN - 1 : -1],
        "job": Job.objects.filter(kind=f"{__name__}.verify_log").first(),
    }
    return render(request, "site/audit/log.html", context)


@require_safe
@seen_by(is_audit_admin)
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry with all it tells, and what else the same request did. Personal values are masked for auditors too."""
    return _page_of(request, get_object_or_404(AuditEntry, pk=pk))


@require_POST
@seen_by(is_audit_admin)
@never_cache
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """The entry unmasked, for this one answer."""
    found = get_object_or_404(AuditEntry, pk=pk)
    return _page_of(request, found, reveal_entry(request.user, found, request.POST.get("reason", "")))


@require_safe
@seen_by(is_audit_admin)
def export(request: HttpRequest) -> StreamingHttpResponse:
    """What the search finds, as CSV with no cell that a spreadsheet would run. Who took what is in the log."""
    entries = _asked(request.GET)
    audit.record(request.user, "audit.export", None, {"asked": request.GET.dict()})
    name = f"audit-{timezone.localtime():%Y%m%d-%H%M}.csv"
    return StreamingHttpResponse(
        _csv(entries.order_by("id")),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


reveal_entry = reveals("audit.reveal", "detail", may=is_audit_admin)


@require_POST
@seen_by(is_audit_admin)
def verify(request: HttpRequest) -> HttpResponse:
    start(request.user, verify_log, _("核验审计链"))
    return redirect("audit")


@require_POST
@seen_by(is_audit_admin)
def anchor(request: HttpRequest) -> HttpResponse:
    """The day's anchor as a file of one line: print it, or keep it on another machine."""
    made = drop_anchor(request.user, timezone.localdate())
    name = f"luodi-anchor-{made.day}.txt"
    return HttpResponse(
        made.line + "\n",
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@job
def verify_log(progress: Progress, by: Person) -> dict[str, Any]:
    """Check the whole chain, and against the anchors kept here. A broken one is refused with its sentence."""
    anchors = kept_anchors()
    verdict = chain.verify((kept.mark for kept in anchors), told=progress)
    audit.record(by, "audit.verify", None, {"length": verdict.length, "fault": verdict.fault})
    if verdict.fault:
        raise Refused(verdict.fault)
    return {"length": verdict.length, "anchors": len(anchors)}


def _page_of(request: HttpRequest, found: AuditEntry, whole: Any = None) -> HttpResponse:
    siblings = AuditEntry.objects.filter(request=found.request).exclude(pk=found.pk).order_by("id")
    shown = masked(found.detail) if whole is None else whole
    context = {
        "entry": found,
        "by": Person.objects.filter(login=found.by).first() if found.by else None,
        "detail": json.dumps(shown, ensure_ascii=False, indent=2),
        "is_masked": shown != found.detail,
        "is_denied": found.action.startswith(denials.PREFIX),
        "siblings": [(each, _shown(each.detail)) for each in siblings[:SIBLINGS_SHOWN]],
    }
    return render(request, "site/audit/entry.html", context)


def _shown(detail: Any) -> str:
    """What an entry tells, on one line, with personal values masked."""
    return json.dumps(masked(detail), ensure_ascii=False)


def _asked(asked: QueryDict) -> QuerySet[AuditEntry]:
    """The entries that a search asks for; every part of it uses an index."""
    entries = AuditEntry.objects.all()
    if by := asked.get("by", "").strip():
        entries = entries.filter(by=by)
    if action := asked.get("action", "").strip():
        entries = entries.filter(action__startswith=action)
    if asked.get("denied"):
        entries = entries.filter(action__startswith=denials.PREFIX)
    if subject := asked.get("subject", "").strip():
        entries = entries.filter(subject=subject)
    if first := _day(asked, "first"):
        entries = entries.filter(at__gte=_start_of(first))
    if last := _day(asked, "last"):
        entries = entries.filter(at__lt=_start_of(last + timedelta(days=1)))
    return entries


def _day(asked: QueryDict, name: str) -> date | None:
    try:
        return date.fromisoformat(asked.get(name, ""))
    except ValueError:
        return None


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class _Line:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def _csv(entries: QuerySet[AuditEntry]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(COLUMNS)
    for entry in entries.iterator(chunk_size=2000):
        cells = (
            entry.pk, f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}", entry.by, entry.address, entry.action,
            entry.subject, entry.request, _shown(entry.detail), entry.seal,
        )  # fmt: skip
        yield writer.writerow([defuse(clean(str(cell))) for cell in cells])
