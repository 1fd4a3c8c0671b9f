"""Who has which share of a case after a move: dispatch, signing, return, joint opinions, merging, supervision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luodi.shapes.cases.machine import Move
from luodi.shapes.cases.models import Accused, Assignment, Case
from luodi.shapes.cases.record import Event, NotAllowed


def distribute(case: Case, move: Move, event: Event, filled: Mapping[str, Any]) -> None:
    """Shares of the work: a move that names a lead sends the case out anew; others say what became of one's share."""
    live = Assignment.objects.filter(case_id=case.pk, state__in=Assignment.LIVE)
    if "lead" in filled:
        lead, co = filled["lead"], [unit for unit in filled.get("co") or () if unit != filled["lead"]]
        against = set(
            Accused.objects.filter(case_id=case.pk, unit__in=[lead, *co]).values_list("unit__name", flat=True)
        )
        if against:
            raise NotAllowed(f"这件反映的就是{'、'.join(sorted(against))}，不能交给它办理。")
        live.update(state=Assignment.State.RECALLED, changed_at=event.at)
        parts = [(lead, Assignment.Part.LEAD), *((unit, Assignment.Part.CO) for unit in dict.fromkeys(co))]
        Assignment.objects.bulk_create(
            Assignment(case_id=case.pk, unit=unit, part=part, sent_at=event.at, changed_at=event.at) for unit, part in parts
        )  # fmt: skip
        case.lead = lead
    elif move.assignment == Assignment.State.RECALLED:
        live.update(state=Assignment.State.RECALLED, changed_at=event.at)
        case.lead = None
    elif move.assignment:
        own = live.filter(unit__key__in=event.units)
        if move.to or move.assignment == Assignment.State.SIGNED:
            own = own.filter(part=Assignment.Part.LEAD)
        else:
            own = own.filter(part=Assignment.Part.CO)
        own.update(state=move.assignment, opinion=str(filled.get("words") or ""), changed_at=event.at)
        if move.assignment == Assignment.State.RETURNED:
            case.lead = None
    if "into" in filled:
        case.parent = _main_case(case, filled["into"])
    if move.name in {"supervise", "lift_supervision"}:
        case.supervision = filled.get("grade") if move.name == "supervise" else None


def _main_case(case: Case, into: Any) -> Case:
    """The case to go on under; never one that was merged itself or is over."""
    main = (
        into
        if isinstance(into, Case)
        else Case.objects.filter(number=str(into).strip(), kind=case.kind).first()
    )
    if main is None:
        raise NotAllowed("没有这个编号的办件。")
    if main.pk == case.pk or main.parent_id is not None or not main.is_open:
        raise NotAllowed("只能并入另一件未办结、也没有并入别件的办件。")
    return Case.objects.get(pk=main.pk)
