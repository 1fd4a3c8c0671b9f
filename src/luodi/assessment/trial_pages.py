"""Before a scheme is issued: other weights, or another place's scheme, on the same members; and how firm the ranks are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luodi.assessment.crowd import transitions
from luodi.assessment.keeping import entries_of, scheme_of_run
from luodi.assessment.kinds import SchemeKind
from luodi.assessment.models import Run
from luodi.assessment.scheme_pages import see_run
from luodi.assessment.schemes import Entry, Indicator, Scheme, scheme_of
from luodi.assessment.schemes.trying import compared, firmness, with_weights
from luodi.kernel.rulesets.declaration import declared
from luodi.kernel.rulesets.shape import values_of

MOST = 5000
"""More members than that are not listed one by one: the columnar copy says how many would change their grade."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a trial compares the scheme with; `scheme` None when nothing was asked or something is wrong."""

    scheme: Scheme | None
    weights: Mapping[str, Decimal]
    wrong: str = ""
    is_other: bool = False


@require_safe
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    run, kind = see_run(request, pk)
    scheme = scheme_of_run(run)
    groups = sorted(set(run.results.values_list("group", flat=True)) - {""})
    group = request.GET.get("group", "")
    group = group if group in groups else (groups[0] if groups else "")
    own = scheme.for_group(group)
    others = presets(kind)
    asked = _asked(scheme, own, others, request.GET)
    is_crowd = run.results.count() > MOST
    context = {
        "run": run, "kind": kind, "scheme": scheme, "when": kind.when(run.period), "groups": groups, "group": group,
        "weights": [{"indicator": each, "now": asked.weights.get(each.key, each.weight)} for each in own],
        "wrong": asked.wrong, "whole": sum((asked.weights.get(each.key, each.weight) for each in own), Decimal(0)),
        "others": [(number, each.name) for number, each in enumerate(others)], "other": request.GET.get("other", ""),
        "tried": asked.scheme, "is_other": asked.is_other, "too_many": is_crowd and kind.wide is None, "most": MOST,
        **(_crowd(run, kind, scheme, asked) if is_crowd else _one_by_one(run, kind, scheme, asked, group, "firm" in request.GET)),
    }  # fmt: skip
    return render(request, "assessment/trial.html", context)


def presets(kind: SchemeKind) -> list[Scheme]:
    """The schemes that come with the software for this kind, those of other places first of all."""
    about = declared().get(kind.ruleset)
    seeds = about.seeds if about else ()
    return [scheme_of(each.document, each.verified, values_of(about.shape, each.content)) for each in seeds]  # type: ignore[union-attr]


def _asked(
    scheme: Scheme, own: Sequence[Indicator], others: Sequence[Scheme], sent: Mapping[str, str]
) -> Asked:
    if sent.get("other", "").isdecimal() and int(sent["other"]) < len(others):
        return Asked(others[int(sent["other"])], {}, is_other=True)
    weights, wrong = _weights(own, sent)
    return Asked(with_weights(scheme, weights) if weights and not wrong else None, weights, wrong)


def _one_by_one(
    run: Run, kind: SchemeKind, scheme: Scheme, asked: Asked, group: str, wants_firm: bool
) -> dict[str, Any]:
    entries = [entry for entry in entries_of(run) if not group or entry.group == group]
    moves = []
    if asked.scheme:
        then = _with_values_for(run, kind, asked.scheme, entries) if asked.is_other else entries
        moves = compared(entries, scheme, then, asked.scheme)
    firm = (
        firmness([each.before for each in compared(entries, scheme, entries, scheme)]) if wants_firm else []
    )
    return {
        "moves": moves, "moved": sum(each.is_moved for each in moves), "firm": firm,
        "loose": sum(not each.is_firm for each in firm),
    }  # fmt: skip


def _with_values_for(run: Run, kind: SchemeKind, other: Scheme, entries: Sequence[Entry]) -> list[Entry]:
    """The same members with the values that the other scheme asks for, as they are now."""
    keys = {entry.key for entry in entries}
    return [entry for entry in kind.gather(run.period, other) if entry.key in keys]


def _crowd(run: Run, kind: SchemeKind, scheme: Scheme, asked: Asked) -> dict[str, Any]:
    if kind.wide is None or asked.scheme is None:
        return {"grades": []}
    grades = transitions(kind, run.period, scheme, asked.scheme)
    return {"grades": grades, "moved": sum(n for before, after, n in grades if before != after)}


def _weights(own: Sequence[Indicator], asked: Mapping[str, str]) -> tuple[dict[str, Decimal], str]:
    """The weights asked for that differ from the scheme's, or what is wrong with one."""
    found = {}
    for each in own:
        text = asked.get(f"w-{each.key}", "").strip()
        if not text:
            continue
        try:
            weight = Decimal(text)
        except InvalidOperation:
            return {}, f"“{each.title}”的权重应为数，不是“{text}”。"
        if not (weight.is_finite() and 0 <= weight <= 1000):
            return {}, f"“{each.title}”的权重应在 0 到 1000 之间。"
        if weight != each.weight:
            found[each.key] = weight
    return found, ""
