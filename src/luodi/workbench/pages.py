"""What one sees of a desk: table, board, calendar, map, a row's page, its form, the print, the files."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luodi.kernel import evidence, files
from luodi.kernel.action import Refused
from luodi.reading.forms import MEDIA_TYPES
from luodi.workbench import actions, exporting, views
from luodi.workbench.asking import Asked, Filter, is_pk, is_sortable, occurring
from luodi.workbench.desk import Column, Desk, allows, title_of
from luodi.workbench.drawing import Pen, is_unknown
from luodi.workbench.finding import desk_for, sections_of
from luodi.workbench.heavy import MOST_ROWS
from luodi.workbench.kinds import Choice, Link
from luodi.workbench.models import SavedView
from luodi.workbench.timeline import timeline_of

PRINTED = 2000


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every desk this person has, by scenario."""
    found = sections_of(request.user)
    if not found:
        raise Http404
    return render(request, "workbench/index.html", {"sections": found})


@require_safe
def table(request: HttpRequest, code: str) -> HttpResponse:
    desk = desk_for(request.user, code)
    kept = list(SavedView.objects.filter(person=request.user, desk=code))
    asked = ask(request, desk, kept)
    page = asked.page()
    pen = Pen(desk, request.user, asked.columns)
    context = {
        **_frame(request, asked, "table"),
        "page": page,
        "drawn": [pen.row(row) for row in page],
        "saved": [view for view in kept if view.name],
        "view": _view_of(request, kept),
        "chosen": {column.name for column in asked.columns},
        "bulk": [bulk for bulk in desk.bulk if allows(bulk.action, request.user)],
        "most": MOST_ROWS,
    }
    is_part = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    response = render(request, "workbench/_table.html" if is_part else "workbench/table.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def board(request: HttpRequest, code: str) -> HttpResponse:
    desk = _desk_with(request, code, "board")
    asked = ask(request, desk)
    may_move = desk.column(desk.board).edit and allows(desk.edit, request.user)
    context = {**_frame(request, asked, "board"), "lanes": views.board(asked), "may_move": may_move}
    return render(request, "workbench/board.html", context)


@require_safe
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    desk = _desk_with(request, code, "calendar")
    asked = ask(request, desk)
    today = timezone.localdate()
    try:
        first = date.fromisoformat(f"{request.GET.get('month', f'{today:%Y-%m}')}-01")
    except ValueError:
        first = today.replace(day=1)
    context = {
        **_frame(request, asked, "calendar"),
        "weeks": views.month_of(asked, first, today),
        "month": first,
        "before": views.month_before(first),
        "after": views.month_after(first),
        "undated": asked.rows.filter(**{f"{desk.calendar}__isnull": True}).count(),
        "column": desk.column(desk.calendar),
    }
    return render(request, "workbench/calendar.html", context)


@require_safe
def map(request: HttpRequest, code: str) -> HttpResponse:
    desk = _desk_with(request, code, "map")
    asked = ask(request, desk)
    drawn = views.map_of(asked)
    kind = desk.column(desk.board).kind if desk.board else None
    context = {
        **_frame(request, asked, "map"),
        "map": drawn,
        "width": views.MAP_WIDTH,
        "height": views.MAP_HEIGHT,
        "legend": [(kind.lamp(value), title) for value, title in kind.choices]
        if isinstance(kind, Choice)
        else [],
    }
    return render(request, "workbench/map.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One row: all its values, what happened to it, and its evidence. A POST with a reason shows personal data whole."""
    desk, row = see_row(request, code, pk)
    if desk.page is not None:
        return redirect(desk.page(row))
    is_whole = request.method == "POST"
    if is_whole:
        actions.reveal(request.user, row, request.POST.get("reason", ""))
    cells = [Cell(column, row, is_whole) for column in desk.columns]
    context = {
        "desk": desk,
        "row": row,
        "title": title_of(desk, row),
        "cells": cells,
        "is_guarded": any(cell.is_guarded for cell in cells),
        "may_edit": allows(desk.edit, request.user, row),
        "events": timeline_of(desk, row),
        "pieces": evidence.of(row),
        "far": evidence.FAR_M,
        "bulk": [bulk for bulk in desk.bulk if allows(bulk.action, request.user, row)],
        "may_attach": evidence.may_attach(request.user, row),
    }
    return render(request, "workbench/detail.html", context)


@require_safe
def choices(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """What may stand in a link column, as the options of a list; loaded when a person begins to type."""
    desk = desk_for(request.user, code)
    column = next((column for column in desk.editable if column.name == name), None)
    if column is None or not isinstance(column.kind, Link):
        raise Http404
    kind = column.kind
    return render(
        request, "workbench/_choices.html", {"names": [kind.names(row) for row in kind.offered()[:5000]]}
    )


@require_safe
def options(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """What a link filter offers, when a person reaches for it; with too many, a field to type the name into."""
    desk = desk_for(request.user, code)
    asked = ask(request, desk)
    each = next((each for each in asked.filters if each.column.name == name and each.is_link), None)
    if each is None:
        raise Http404
    found = occurring(desk, request.user, each.column)
    response = render(request, "workbench/_options.html", {"set": each, "options": found})
    if found is None:
        response["HX-Reswap"] = "outerHTML"
    return response


@require_safe
def piece(request: HttpRequest, code: str, pk: int, piece: int) -> HttpResponse:
    """A piece of evidence, for those who see its row: as a download, or of a picture (`small`) the small copy."""
    _desk, row = see_row(request, code, pk)
    found = get_object_or_404(evidence.of(row), pk=piece)
    if request.GET.get("small"):
        if getattr(found.file, "picture", None) is None:
            raise Http404
        return HttpResponse(
            evidence.small_picture(found.file, min(evidence.SIDES)), content_type="image/jpeg"
        )
    return _download(files.content_of(found.file), "application/octet-stream", found.file.name)


@require_safe
def print_view(request: HttpRequest, code: str) -> HttpResponse:
    desk = desk_for(request.user, code)
    asked = ask(request, desk)
    rows = list(asked.sure_rows()[: PRINTED + 1])
    pen = Pen(desk, request.user, asked.columns)
    context = {
        "desk": desk, "asked": asked, "drawn": [pen.printed(number, row) for number, row in enumerate(rows[:PRINTED], start=1)],
        "is_cut": len(rows) > PRINTED, "most": PRINTED, "now": timezone.localtime(),
    }  # fmt: skip
    return render(request, "workbench/print.html", context)


@require_safe
def export(request: HttpRequest, code: str) -> HttpResponse:
    desk = desk_for(request.user, code)
    asked = ask(request, desk)
    format = request.GET.get("format", "xlsx")
    if format not in exporting.MOST_ROWS:
        raise Http404
    count = asked.sure_rows().count()
    if count > exporting.MOST_ROWS[format]:
        raise Refused(_("%(count)d 行超出 %(format)s 的上限 %(most)d 行，请先筛选。") % {
            "count": count, "format": format, "most": exporting.MOST_ROWS[format],
        })  # fmt: skip
    now = timezone.localtime()
    about = f"{asked.in_words or '全部'}，共 {count} 行\n{now:%Y-%m-%d %H:%M} {request.user.name} 导出"
    columns = desk.columns if request.GET.get("all") else asked.columns
    actions.note_export(request.user, format, code, count, asked.in_words)
    rows = asked.rows.iterator(chunk_size=2000)
    return _download(
        exporting.write(format, desk.title, about, columns, rows, now), MEDIA_TYPES[format],
        f"{desk.title} {now:%Y-%m-%d}.{format}",
    )  # fmt: skip


class Cell:
    """One value on the page of its row. A person's name is printed; personal data only when it `is_whole`."""

    def __init__(self, column: Column, row: Any, is_whole: bool) -> None:
        self.column, value = column, column.value(row)
        self.is_guarded = column.kind.guarded and bool(value) and not is_whole
        is_masked = column.kind.masked and value and not self.is_guarded
        self.text = column.kind.typed(value) if is_masked else column.said(value)
        self.is_unknown = is_unknown(column, self.text)
        self.lamp = column.kind.lamp(value)


def see_row(request: HttpRequest, code: str, pk: int) -> tuple[Desk, Any]:
    """A desk's row for those who see it; to all others it does not exist."""
    desk = desk_for(request.user, code)
    return desk, get_object_or_404(desk.seen_by(request.user), pk=pk)


def ask(request: HttpRequest, desk: Desk, kept: list[SavedView] | None = None) -> Asked:
    """What the address asks, with the columns this person chose for the view."""
    if kept is None:
        kept = list(SavedView.objects.filter(person=request.user, desk=desk.code))
    view = _view_of(request, kept) or next((view for view in kept if not view.name), None)
    names = {column.name: column for column in desk.columns}
    chosen = [names[name] for name in view.columns if name in names] if view else []
    frozen_first = sorted(chosen, key=lambda column: not column.frozen)
    return Asked(desk, request.user, request.GET.dict(), tuple(frozen_first))


def _view_of(request: HttpRequest, kept: list[SavedView]) -> SavedView | None:
    return next((view for view in kept if str(view.pk) == request.GET.get("view")), None)


def _desk_with(request: HttpRequest, code: str, view: str) -> Desk:
    desk = desk_for(request.user, code)
    if view not in desk.views:
        raise Http404
    return desk


def _frame(request: HttpRequest, asked: Asked, here: str) -> dict[str, Any]:
    """What every way of looking shares: title, tabs, filter line, what one may do."""
    desk = asked.desk
    kept = {name: value for name, value in request.GET.items() if name not in {"page", "month"} and value}
    return {
        "desk": desk,
        "asked": asked,
        "here": here,
        "query": urlencode(kept),
        "heads": [_head(asked, column) for column in asked.columns],
        "filters": [_filter(asked, each) for each in asked.filters],
        "may_create": allows(desk.create, request.user),
        "may_import": bool(desk.key)
        and (allows(desk.create, request.user) or allows(desk.edit, request.user)),
        "lookups": lookups(desk),
    }


def _filter(asked: Asked, each: Filter) -> dict[str, Any]:
    """A filter as it is drawn: a link shows only what is set until a person reaches for it (`options`)."""
    if not each.is_link:
        return {"set": each, "options": each.column.kind.options}
    is_one = bool(each.value) and is_pk(each.value)
    return {"set": each, "options": [(each.value, asked.said(each))] if is_one else []}


def _head(asked: Asked, column: Column) -> dict[str, Any]:
    """A heading. A click on it asks for up, then down, then the desk's own order."""
    turned = {column.name: f"-{column.name}", f"-{column.name}": None}.get(asked.sort, column.name)
    return {
        "column": column,
        "is_sortable": is_sortable(column),
        "sort": turned,
        "is_down": asked.sort == f"-{column.name}",
        "options": json.dumps(column.kind.options, ensure_ascii=False) if column.kind.options else "",
    }


def lookups(desk: Desk) -> list[Column]:
    return [column for column in desk.editable if isinstance(column.kind, Link)]


def _download(content: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=media_type,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"},
    )
