"""What cases wait for from a person: the next step at the desk, at the lead unit, a joint opinion, a decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from luodi.kernel.models import Person
from luodi.shapes.cases.kind import kind_of, kinds
from luodi.shapes.cases.machine import DESK, LEAD
from luodi.shapes.cases.models import Assignment, Case
from luodi.shapes.cases.permission import seen_by, working_units
from luodi.workbench.inbox import Due

MOST = 200
"""Of a longer queue the most pressing are listed; the queue itself has them all."""


def due_from(person: Person, today: date) -> Iterator[Due]:
    """One query for those who handle cases, none for others."""
    if not (units := working_units(person)):
        return
    now = timezone.now()
    for case in _waiting(person, units):
        move = kind_of(case).machine.next_step(case.state)
        roles = move.by if move else ()
        if move and move.window and move.window.is_over and case.state_due_at and now < case.state_due_at:
            continue  # nothing to do while the days of an appeal run
        if case.pending and case.home_id in units:
            yield _due(case, "decide", _("待审批"), _("审批单位的申请"), now)
        elif move and LEAD in roles and case.lead_id in units:
            yield _due(case, "handle", _("待办理"), move.title, now)
        elif move and DESK in roles and case.home_id in units:
            yield _due(case, "desk", _("待处理"), move.title, now)
        else:
            yield _due(case, "join", _("待会办"), _("反馈会办意见"), now)


def _waiting(person: Person, units: dict[int, str]) -> QuerySet[Case]:
    """Open cases whose next step is that of one of these units, that wait for its decision, or for its joint opinion."""
    unanswered = (Assignment.State.SENT, Assignment.State.SIGNED)
    shares = Assignment.objects.filter(unit__in=units, part=Assignment.Part.CO, state__in=unanswered)
    turn = Q(pk__in=shares.values("case"), finished_at=None) | ~Q(pending="") & Q(home__in=units)
    for kind in kinds().values():
        at_desk, at_work = kind.machine.states_waiting_for(DESK), kind.machine.states_waiting_for(LEAD)
        turn |= Q(kind=kind.code, state__in=at_desk, home__in=units)
        turn |= Q(kind=kind.code, state__in=at_work, lead__in=units)
    rows = seen_by(person, Case.objects.filter(turn, is_open=True, is_paused=False), are_few=True)
    lean = rows.defer("body", "reporter_name", "reporter_phone")
    return lean.order_by(F("due_at").asc(nulls_last=True), "received_at", "pk")[:MOST]


def _due(case: Case, word: str, title: str, what: str, now: Any) -> Due:
    light = case.light_at(now)
    return Due(
        kind=f"cases.{word}",
        title=title,
        about=case.title,
        what=what,
        by=_last_day(case),
        url=case.get_absolute_url(),
        note="　".join((light.title, *([_("督办")] if case.supervision else []))),
        verb=_("办理"),
        source=f"{kind_of(case).title} {case.number}",
    )


def _last_day(case: Case) -> date | None:
    """The earlier of the legal clock's last day and the present step's; None while neither runs."""
    move = kind_of(case).machine.next_step(case.state)
    if move and move.window and move.window.is_over:
        return None
    step = (
        timezone.localtime(case.state_due_at - timedelta(microseconds=1)).date()
        if case.state_due_at
        else None
    )
    running = case.due_on if case.finished_at is None else None
    return min((day for day in (step, running) if day is not None), default=None)
