"""A document through the year, as the supervision office sees it: by unit, by state, what is late, old or contradicts itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from luodi.commitments import life
from luodi.commitments.ledger import ledger_of
from luodi.commitments.models import Assignment, Commitment, Every
from luodi.commitments.pages.ledger import see_document
from luodi.commitments.permission import edits_ledger, serves_in
from luodi.commitments.standing import Standing, standings
from luodi.commitments.versions import amendments

State = Commitment.State

SHOWS: dict[str, tuple[str, Callable[[Standing], object]]] = {
    "unsigned": (_("未签收"), lambda each: each.unsigned),
    "late": (_("逾期未报"), lambda each: each.is_late),
    "stale": (_("久未更新"), lambda each: each.is_stale and each.line.state == State.RUNNING),
    "doubts": (_("有矛盾"), lambda each: each.doubts and each.is_owed),
    "nodes": (_("节点逾期"), lambda each: each.late_nodes),
    "help": (_("需要协调"), lambda each: each.is_owed and each.line.latest and each.line.latest.help_wanted),
}
"""Lists that the office works off: key, title, what belongs to it."""


@dataclass
class UnitRow:
    """One lead unit: how its lines stand."""

    unit: Assignment
    lines: list[Standing] = field(default_factory=list)

    @cached_property
    def counts(self) -> dict[str, int]:
        return {
            key: sum(bool(belongs(each)) for each in self.lines) for key, (_title, belongs) in SHOWS.items()
        }

    @property
    def closed(self) -> int:
        return sum(each.line.state in life.OVER for each in self.lines)

    @property
    def closing(self) -> int:
        return sum(each.line.state == State.CLOSING for each in self.lines)

    @property
    def oldest(self) -> int | None:
        """Days since the last fact of the line that is longest without one; None while all are silent."""
        return max(
            (each.days_old for each in self.lines if each.is_owed and each.days_old is not None), default=None
        )

    @cached_property
    def trouble(self) -> int:
        counts = self.counts
        return 3 * counts["late"] + 2 * counts["doubts"] + counts["stale"]


@require_safe
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    found = see_document(request, pk)
    # a plan of thousands of lines has two hundred units: each is read once
    lines = (
        found.commitments.filter(same_as=None).select_related("latest").prefetch_related("assignments__unit")
    )
    rows = list(lines.order_by("start", "id"))
    for row in rows:
        row.document = found
    all_of_them = standings(rows)
    issued = [each for each in all_of_them if life.is_issued(each.line)]
    issues = list(found.issues.select_related("by"))
    numbers = {line["id"]: line["number"] for line in issues[0].lines} if issues else {}
    units: dict[str, UnitRow] = {}
    for each in issued:
        if lead := each.line.lead:
            units.setdefault(lead.name, UnitRow(lead)).lines.append(each)
    show, unit, state = (request.GET.get(name, "") for name in ("show", "unit", "state"))
    chosen = [
        each
        for each in issued
        if (show not in SHOWS or SHOWS[show][1](each))
        and (not unit or (each.line.lead and str(each.line.lead.unit_id) == unit))
        and (not state or each.line.state == state)
    ]
    by_state = Counter(each.line.state for each in all_of_them)
    context = {
        "document": found,
        "issues": issues,
        "numbers": numbers,
        "units": sorted(units.values(), key=lambda row: (-row.trouble, row.unit.unit.order)),
        "states": [(each, by_state[each]) for each in State if by_state[each]],
        "shows": [
            (key, title, sum(bool(belongs(each)) for each in issued))
            for key, (title, belongs) in SHOWS.items()
        ],
        "chosen": [(numbers.get(each.line.pk, ""), each) for each in chosen],
        "asked": {"show": show, "unit": unit, "state": state},
        "title": SHOWS[show][0] if show in SHOWS else "",
        "issued": len(issued),
        "total": len(all_of_them),
        "closed": sum(by_state[each] for each in life.OVER),
        "every": Every.choices,
        "may_edit": edits_ledger(request.user),
        "may_sign": bool(by_state[State.ISSUED]) and serves_in(request.user, found),
    }
    return render(request, "commitments/overview.html", context)


@require_safe
def issue(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A version as it was issued, and every change since with both values."""
    document = see_document(request, pk)
    issues = {each.number: each for each in document.issues.select_related("by")}
    if (found := issues.get(number)) is None:
        raise Http404
    parts: dict[str, list[dict[str, object]]] = defaultdict(list)
    changes = defaultdict(list)
    for change in amendments(found, ledger_of(document)):
        changes[change.line].append(change)
    for line in found.lines:
        parts[line["part"]].append({**line, "changes": changes.get(line["id"], [])})
    context = {
        "document": document, "issue": found, "parts": dict(parts), "amendments": [each for line in changes.values() for each in line],
        "newest": max(issues),
    }  # fmt: skip
    return render(request, "commitments/issue.html", context)
