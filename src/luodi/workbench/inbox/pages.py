"""待办: one list over everything due from me, as a page, a Word file and a calendar feed; and where the daily mail goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from luodi.kernel.models import Person
from luodi.kernel.permission import is_staff_of_the_city
from luodi.reading.forms import MEDIA_TYPES
from luodi.workbench import actions
from luodi.workbench.inbox import Batch, Due, everything_due, reminding
from luodi.workbench.inbox.ical import feed
from luodi.workbench.inbox.sheet import todo_sheet
from luodi.workbench.models import CalendarKey, Reminder

IN_A_GROUP = 20
"""Rows of a kind on the page of all kinds; the page of one kind has the rest."""
ON_A_PAGE = 50
WHEN = {"late": gettext_lazy("已超期"), "soon": gettext_lazy("七天内"), "open": gettext_lazy("不限时")}


@dataclass(frozen=True, slots=True)
class Group:
    """Dues of one kind: how many, and those shown."""

    kind: str
    title: str
    total: int
    shown: Sequence[Due]
    batches: Sequence[Batch]


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    _see(request)
    today = timezone.localdate()
    everything = everything_due(request.user, today)
    kind, when, words = (request.GET.get(name, "").strip() for name in ("kind", "when", "q"))
    asked = [due for due in everything if _is_when(due, when, today) and _has(due, words)]
    groups, page = grouped(asked, kind, request.GET.get("page"))
    context = {
        "groups": groups,
        "page": page,
        "kinds": _counted(asked),
        "total": len(everything),
        "asked": len(asked),
        "late": sum(due.is_late(today) for due in everything),
        "soon": sum(due.is_soon(today) for due in everything),
        "kind": kind,
        "when": when,
        "q": words,
        "whens": WHEN.items(),
        "is_filtered": bool(kind or when or words),
        **_subscriptions(request.user),
        "today": today,
    }
    return render(request, "workbench/inbox.html", context)


def _subscriptions(person: Person) -> dict[str, object]:
    """The person's calendar address and mailbox, in one query; the last mail only where mails are sent."""
    kept = Person.objects.select_related("calendar_key", "mailbox").get(pk=person.pk)
    mails = reminding.is_set_up()
    return {
        "key": getattr(kept, "calendar_key", None),
        "mailbox": getattr(kept, "mailbox", None),
        "mails": mails,
        "reminder": Reminder.objects.filter(person=person).first() if mails else None,
    }


def grouped(dues: Sequence[Due], kind: str, number: str | None) -> tuple[list[Group], Page[Due] | None]:
    """All kinds, each with its first rows; or one kind, a page of it."""
    groups = []
    page = None
    for code, each in groupby(dues, key=lambda due: due.kind):
        rows = list(each)
        if kind and code != kind:
            continue
        if kind:
            page = Paginator(rows, ON_A_PAGE).get_page(number)
        shown = page.object_list if page else rows[:IN_A_GROUP]
        batches = list(dict.fromkeys(due.batch for due in rows if due.batch))
        groups.append(Group(code, rows[0].title, len(rows), shown, batches))
    return groups, page


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Everything due from me as a Word page to print: what, on which thing, by when."""
    _see(request)
    today = timezone.localdate()
    content = todo_sheet(everything_due(request.user, today), request.user.name, today)
    name = quote(_("%(name)s待办%(day)s.docx") % {"name": request.user.name, "day": today})
    return HttpResponse(
        content,
        content_type=MEDIA_TYPES["docx"],
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )


@require_POST
def renew_calendar_key(request: HttpRequest) -> HttpResponse:
    _see(request)
    actions.renew_calendar_key(request.user)
    messages.success(request, _("新的订阅地址已生成，旧地址即刻失效。"))
    return redirect("inbox:inbox")


@require_POST
def set_mailbox(request: HttpRequest) -> HttpResponse:
    _see(request)
    box = actions.set_mailbox(request.user, request.POST.get("address", ""), request.POST.get("wants") == "1")
    messages.success(request, _("邮件提醒已开启。") if box.wants else _("邮件提醒已停用。"))
    return redirect("inbox:inbox")


@login_not_required
@require_safe
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """The iCal feed behind a person's own key; a key that is no longer valid does not exist."""
    row = get_object_or_404(CalendarKey.objects.select_related("person"), key=key, person__is_active=True)
    if not is_staff_of_the_city(row.person):
        raise Http404
    name = _("落地待办：%(name)s") % {"name": row.person.name}
    text = feed(everything_due(row.person), name, request.get_host().split(":")[0], timezone.now())
    return HttpResponse(
        text, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "private"}
    )


def _see(request: HttpRequest) -> None:
    if not is_staff_of_the_city(request.user):
        raise Http404


def _is_when(due: Due, when: str, today: date) -> bool:
    match when:
        case "late":
            return due.is_late(today)
        case "soon":
            return due.is_soon(today)
        case "open":
            return due.by is None
    return True


def _has(due: Due, words: str) -> bool:
    return all(word in f"{due.about}{due.what}{due.note}{due.source}" for word in words.split())


def _counted(dues: Sequence[Due]) -> list[tuple[str, str, int]]:
    """Kinds with how many there are of each, for the filter line."""
    return [(group.kind, group.title, group.total) for group in grouped(dues, "", None)[0]]
