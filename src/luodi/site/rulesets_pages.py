"""Rulesets 规则参数: what holds today, every version with its difference, a form for a new version, and approval."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luodi.kernel.action import Refused
from luodi.kernel.clock import national_entries
from luodi.kernel.models import Division, RulesetVersion
from luodi.kernel.permission import approves_rulesets, is_staff_of_the_city, keeps_rulesets
from luodi.kernel.rulesets import NoRuleset, ruleset
from luodi.kernel.rulesets.actions import approve_version, decline_version, draft_version
from luodi.kernel.rulesets.declaration import Declared, declared
from luodi.kernel.rulesets.holidays import HOLIDAYS, content_of
from luodi.kernel.rulesets.shape import Change, Field, changes
from luodi.site.seeing import seen_by

BLANK_ROWS = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """A version on its page: its parameters as text, and how they differ from the version before in its scope."""

    version: RulesetVersion
    fields: list[tuple[str, str]]
    before: RulesetVersion | None
    changes: list[Change]
    may_decide: bool


@dataclass(frozen=True, slots=True)
class Input:
    """One field of the form with what it holds; a table has its rows, with a few blank ones at the end."""

    field: Field
    name: str
    typed: str
    rows: list[list[Input]]


@require_safe
@seen_by(is_staff_of_the_city)
def rulesets(request: HttpRequest) -> HttpResponse:
    waiting = Counter(
        RulesetVersion.objects.filter(state=RulesetVersion.State.WAITING).values_list("key", flat=True)
    )
    rows = [
        {"about": about, "in_force": _in_force(key), "waiting": waiting[key]}
        for key, about in declared().items()
    ]
    return render(request, "site/rulesets/list.html", {"rows": rows, "holidays": HOLIDAYS})


@require_safe
@seen_by(is_staff_of_the_city)
def one_ruleset(request: HttpRequest, key: str) -> HttpResponse:
    about = _about(key)
    versions = list(
        RulesetVersion.objects.filter(key=key)
        .select_related("division", "author", "decided_by")
        .order_by("-valid_from", "-id")
    )
    may_decide = approves_rulesets(request.user)
    shown = [_shown(about, versions, place, may_decide, request.user) for place in range(len(versions))]
    context = {
        "about": about,
        "in_force": _in_force(key),
        "waiting": [each for each in shown if each.version.is_waiting],
        "versions": [each for each in shown if not each.version.is_waiting],
        "may_draft": keeps_rulesets(request.user),
    }
    return render(request, "site/rulesets/one.html", context)


@require_http_methods(["GET", "POST"])
@seen_by(is_staff_of_the_city)
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """The form for a new version, filled from the version in force (or the one, or the year, that is asked for)."""
    about = _about(key)
    if not keeps_rulesets(request.user):
        raise PermissionDenied
    refusal = ""
    if request.method == "POST":
        content = _sent_content(about.shape, request.POST)
        head = {name: request.POST.get(name, "").strip() for name in HEAD}
        try:
            draft_version(request.user, key, content, **_sent_head(request.POST))
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("已提交，等待第二人批准。"))
            return redirect("ruleset", key=key)
    else:
        head, content = _start(about, request.GET)
    context = {
        "about": about,
        "refusal": refusal,
        "head": head,
        "inputs": _inputs(about.shape, content),
        "divisions": Division.objects.on(date.today()),
    }
    return render(request, "site/rulesets/form.html", context, status=422 if refusal else 200)


@require_POST
@seen_by(is_staff_of_the_city)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    version = get_object_or_404(RulesetVersion, pk=pk)
    act = approve_version if request.POST.get("decision") == "approve" else decline_version
    act(request.user, version, request.POST.get("opinion", ""))
    return redirect("ruleset", key=version.key)


HEAD = ("document", "source", "verified", "valid_from", "valid_until", "division", "reason")


def _about(key: str) -> Declared:
    if key not in declared():
        raise Http404
    return declared()[key]


def _in_force(key: str) -> Any:
    try:
        return ruleset(key, on=date.today())
    except NoRuleset:
        return None


def _shown(
    about: Declared, versions: list[RulesetVersion], place: int, may_decide: bool, person: Any
) -> Shown:
    version = versions[place]
    earlier = (
        each
        for each in versions[place + 1 :]
        if each.division_id == version.division_id and each.is_approved and each.pk != version.pk
    )
    before = next(earlier, None)
    return Shown(
        version,
        [(each.title, each.shown(version.content.get(each.name))) for each in about.shape],
        before,
        changes(about.shape, before.content, version.content) if before else [],
        may_decide and version.is_waiting and version.author_id != person.pk,
    )


def _start(about: Declared, asked: QueryDict) -> tuple[dict[str, str], dict[str, Any]]:
    """What the form holds at first."""
    if about.key == HOLIDAYS and (year := asked.get("year", "")).isdigit() and len(year) == 4:
        head = {"valid_from": f"{year}-01-01", "valid_until": f"{int(year) + 1}-01-01"}
        return head, content_of([entry for entry in national_entries() if entry["year"] == int(year)])
    versions = RulesetVersion.objects.filter(key=about.key, state=RulesetVersion.State.APPROVED)
    if (of := asked.get("of", "")).isdigit():
        version = get_object_or_404(versions, pk=of)
    elif (in_force := _in_force(about.key)) is not None:
        version = versions.get(pk=in_force.id)
    else:
        return {}, {}
    head = {
        "document": version.document,
        "source": version.source,
        "division": str(version.division_id or ""),
    }
    return head, version.content


def _sent_head(sent: QueryDict) -> dict[str, Any]:
    division = sent.get("division", "")
    return {
        "document": sent.get("document", ""),
        "source": sent.get("source", ""),
        "reason": sent.get("reason", ""),
        "verified": sent.get("verified") == "yes",
        "valid_from": _day(sent, "valid_from", _("施行日")),
        "valid_until": _day(sent, "valid_until", _("废止日")) if sent.get("valid_until") else None,
        "division": get_object_or_404(Division, pk=division) if division.isdigit() else None,
    }


def _day(sent: QueryDict, name: str, title: str) -> date:
    try:
        return date.fromisoformat(sent.get(name, "").strip())
    except ValueError:
        raise Refused(_("%(title)s应为日期，如 2026-01-31。") % {"title": title}) from None


def _sent_content(shape: tuple[Field, ...], sent: QueryDict) -> dict[str, Any]:
    """The content as typed: `c-name` for a field, `c-table-column` once for each row of a table."""
    content: dict[str, Any] = {}
    for field in shape:
        if field.kind != "rows":
            content[field.name] = sent.get(f"c-{field.name}", "").strip()
            continue
        columns = [sent.getlist(f"c-{field.name}-{column.name}") for column in field.columns]
        names = [column.name for column in field.columns]
        rows = [[cell.strip() for cell in row] for row in zip(*columns, strict=False)]
        content[field.name] = [dict(zip(names, row, strict=True)) for row in rows if any(row)]
    return content


def _inputs(shape: tuple[Field, ...], content: dict[str, Any]) -> list[Input]:
    inputs = []
    for field in shape:
        held = content.get(field.name)
        rows = [
            [Input(column, f"c-{field.name}-{column.name}", column.typed(row.get(column.name)), []) for column in field.columns]
            for row in ([*(held or []), *({} for _ in range(BLANK_ROWS))] if field.kind == "rows" else [])
        ]  # fmt: skip
        inputs.append(Input(field, f"c-{field.name}", "" if rows else field.typed(held), rows))
    return inputs
