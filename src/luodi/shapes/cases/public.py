"""What anyone may do without signing in: bring a case, ask how it stands by number and code, rate the answer.

Number and code together are the key: a wrong pair answers 404 whether the number exists or not. Nothing here names a
person or a handler, and a case shows no more than its own bringer wrote and was told.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from luodi.kernel.action import Refused
from luodi.shapes.cases import actions, incoming
from luodi.shapes.cases.asks import SCORES, form_of, read
from luodi.shapes.cases.chain import record_of
from luodi.shapes.cases.kind import kind_of, kinds, typed
from luodi.shapes.cases.machine import Move
from luodi.shapes.cases.models import Case
from luodi.shapes.cases.permission import actor_of
from luodi.shapes.cases.record import OPENED, is_allowed


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, code: str) -> HttpResponse:
    kind = kinds().get(code)
    if kind is None or not kind.public:
        raise Http404
    form = incoming.asked_for(request, kind)
    if request.method == "POST" and form.is_read():
        try:
            found = form.bring(None)
        except Refused as refusal:
            form.refusal = str(refusal)
        else:
            return render(request, "cases/public/brought.html", {"case": found, "kind": kind})
    return render(
        request, "cases/public/bring.html", {"kind": kind, "form": form}, status=422 if form.is_wrong else 200
    )


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """How a case stands: by POST, so that neither number nor code stands in an address or a log."""
    if request.method != "POST":
        return render(
            request, "cases/public/ask.html", {"kinds": [kind for kind in kinds().values() if kind.public]}
        )
    found = _opened(request)
    if found is None:
        return render(request, "cases/public/ask.html", {"is_wrong": True}, status=404)
    return _answer(request, found)


@login_not_required
@require_POST
def rate(request: HttpRequest) -> HttpResponse:
    """The bringer's own word on the answer."""
    found = _opened(request)
    if found is None:
        raise Http404
    score = request.POST.get("score", "")
    values = {
        "score": int(score) if score in dict(SCORES) else None,
        "resolved": {"是": True, "否": False}.get(request.POST.get("resolved", "")),
        "words": request.POST.get("words", "")[:500],
    }
    try:
        found = actions.take(None, found, "rate", values)
    except Refused as refusal:
        return _answer(request, found, str(refusal), 422)
    return _answer(request, found)


@login_not_required
@require_POST
def take(request: HttpRequest, move: str) -> HttpResponse:
    """Another step that is the bringer's own: 撤回、申请复查."""
    found = _opened(request)
    if found is None or move not in {each.name for each in _own_moves(found)}:
        raise Http404
    kind = kind_of(found)
    values, errors = read(kind, kind.machine.move(move), request.POST)
    try:
        if not errors:
            found = actions.take(None, found, move, values)
    except Refused as refusal:
        errors = {"": str(refusal)}
    return _answer(request, found, status=422 if errors else 200, tried=move, errors=errors)


def _own_moves(found: Any) -> list[Move]:
    """What the bringer may do now beside rating."""
    kind = kind_of(found)
    record, actor = record_of(kind.machine, found), actor_of(None, found)
    return [
        move
        for move in kind.machine.moves_from(record.state)
        if move.name != "rate" and is_allowed(record, move.name, actor)
    ]


def _opened(request: HttpRequest) -> Any | None:
    """The case that number and code open; a wrong code is counted, and after ten the case is shut."""
    number, code = (request.POST.get(name, "").strip()[:40] for name in ("number", "code"))
    found = Case.objects.filter(number=number).first()
    right = hmac.compare_digest(found.code_sha256 if found else "0" * 64, actions.code_hash(number, code))
    if found is None or found.failed_tries >= actions.MOST_TRIES:
        return None
    if not right:
        actions.note_wrong_code(None, found)
        return None
    return typed(found)


def _answer(
    request: HttpRequest,
    found: Any,
    refusal: str = "",
    status: int = 200,
    tried: str = "",
    errors: Mapping[str, str] | None = None,
) -> HttpResponse:
    kind = kind_of(found)
    record = record_of(kind.machine, found)
    told = [
        {
            "at": event.at,
            "title": "已收到" if event.move == OPENED else kind.machine.move(event.move).title,
            "words": str(event.filled.get(kind.told.get(event.move, ""), "")),
        }
        for event in record.events
        if event.move in {OPENED, *kind.told}
    ]
    context = {
        "case": found, "kind": kind, "state": kind.machine.state(found.state), "told": told, "scores": SCORES, "refusal": refusal,
        "outcome": dict(kind.outcomes).get(found.outcome, ""), "may_rate": _may_rate(record, found), "code": request.POST.get("code", ""),
        "forms": [form_of(kind, move, request.POST if move.name == tried else {}, errors or {} if move.name == tried else {}) for move in _own_moves(found)],
        "main": found.parent.number if found.parent else "",
    }  # fmt: skip
    return render(request, "cases/public/case.html", context, status=status)


def _may_rate(record: Any, found: Any) -> bool:
    return is_allowed(record, "rate", actor_of(None, found))
