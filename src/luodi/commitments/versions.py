"""Versions of a ledger 印发版本: what stands frozen in one, and what has changed since (印发后调整)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from luodi.commitments import life
from luodi.commitments.ledger import Ledger, Numbered, ledger_of
from luodi.commitments.models import Application, Commitment, Issue
from luodi.reading.forms import target_in_words
from luodi.reading.forms.wording import PERIODS

FrozenLine = dict[str, Any]


def frozen(ledger: Ledger) -> list[FrozenLine]:
    """The issued lines of a ledger as JSON values, in its order."""
    return [_frozen(row) for row in ledger.lines if life.is_issued(row.line) and row.line.same_as_id is None]


def _frozen(row: Numbered) -> FrozenLine:
    line = row.line
    return {
        "id": line.pk,
        "number": row.number,
        "part": str(row.part or ""),
        "section": " ".join(map(str, row.sections)),
        "text": line.text,
        "source": line.source,
        "kind": line.kind,
        "deadline": line.deadline.isoformat() if line.deadline else None,
        "period": PERIODS.get(line.horizon, ""),  # type: ignore[call-overload]
        "lead": next((unit.name for unit in row.leads if unit.accepted), None),
        "support": [unit.name for unit in row.supports if unit.accepted],
        "targets": {str(target.pk): target_in_words(target) for target in line.targets.all()},
    }


@dataclass(frozen=True, slots=True)
class Amendment:
    """One thing that differs from the issued version: both values, and the decision behind it if there is one."""

    line: int
    number: str
    what: str
    issued: str
    now: str
    decision: Application | None = None


def amendments(issue: Issue, ledger: Ledger | None = None) -> list[Amendment]:
    """What the ledger says otherwise than this version; empty while nothing has changed."""
    rows = {row.line.pk: row for row in (ledger or ledger_of(issue.document)).lines}
    found: list[Amendment] = []
    decisions = _decisions(issue)
    for old in issue.lines:
        row = rows.get(old["id"])
        if row is None or row.line.same_as_id:
            now = _("并入另一项") if row else _("删除")
            found.append(Amendment(old["id"], old["number"], _("整项"), old["text"], now))
            continue
        found += _differences(old, _frozen(row), decisions)
    known = {old["id"] for old in issue.lines}
    for new in frozen(Ledger(issue.document, list(rows.values()))):
        if new["id"] not in known:
            found.append(Amendment(new["id"], new["number"], _("整项"), _("未列入"), new["text"]))
    return found


def _differences(
    old: FrozenLine, new: FrozenLine, decisions: dict[tuple[int, str], Application]
) -> list[Amendment]:
    def amendment(what: str, before: str, after: str, *fields: str) -> Amendment:
        decision = next(
            (decisions[old["id"], each] for each in fields if (old["id"], each) in decisions), None
        )
        return Amendment(old["id"], new["number"], what, before, after, decision)

    found = []
    if old["text"] != new["text"]:
        found.append(amendment(_("任务"), old["text"], new["text"], "text"))
    if old["deadline"] != new["deadline"]:
        before, after = (each["deadline"] or each["period"] for each in (old, new))
        found.append(amendment(_("时限"), before, after, "deadline"))
    if (old["lead"], old["support"]) != (new["lead"], new["support"]):
        before, after = ("、".join(filter(None, (each["lead"], *each["support"]))) for each in (old, new))
        found.append(amendment(_("责任单位"), before, after, "unit"))
    for key in old["targets"].keys() | new["targets"].keys():
        before, after = old["targets"].get(key, "—"), new["targets"].get(key, "—")
        if before != after:
            found.append(amendment(_("目标"), before, after, f"target:{key}"))
    return found


def _decisions(issue: Issue) -> dict[tuple[int, str], Application]:
    """The approved application behind a changed field, the newest where there are several."""
    approved = Application.objects.filter(
        commitment__document=issue.document_id, state=Application.State.APPROVED, decided_at__gte=issue.at
    ).select_related("by", "decided_by")
    return {
        (each.commitment_id, "unit" if each.kind == Application.Kind.TRANSFER else each.field): each
        for each in approved
    }


def issued_values(line: Commitment) -> FrozenLine | None:
    """The line as the newest version has it; None when no version does."""
    issue = Issue.objects.filter(document=line.document_id).first()
    return next((old for old in issue.lines if old["id"] == line.pk), None) if issue else None
