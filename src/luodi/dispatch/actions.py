"""The only writers of meetings, resolutions, orders and visits."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from luodi.commitments.models import Commitment
from luodi.dispatch import visits
from luodi.dispatch.models import Ballot, Judge, Meeting, Order, Oversight, Resolution, Stop, Visit
from luodi.dispatch.permission import answers, dispatches, scores
from luodi.dispatch.week import Item, Week
from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person, RulesetVersion, Unit
from luodi.kernel.rulesets import NoRuleset, ruleset
from luodi.shapes.cases import actions as cases
from luodi.shapes.projects import actions as projects
from luodi.shapes.projects.models import Project
from luodi.workbench.desk import changed

SHEET = "dispatch.visits"


@action("dispatch.keep_oversight", may=dispatches)
def keep_oversight(by: Person, row: Oversight, values: dict[str, Any]) -> Oversight:
    return changed(row, values)


@action("dispatch.call_meeting", may=dispatches)
def call_meeting(
    by: Person, kind: str, at: datetime, place: str = "", chair: Person | None = None
) -> Meeting:
    """Put a meeting on the calendar."""
    if kind not in Meeting.Kind.values:
        raise Refused("请选会议类型。")
    if Meeting.objects.filter(kind=kind, at=at).exists():
        raise Refused("这个时间已经有一场同类会议。")
    return Meeting.objects.create(kind=kind, at=at, place=place, chair=chair, by=by)


@action("dispatch.hold_meeting", may=dispatches)
def hold_meeting(by: Person, meeting: Meeting, week: Week, words: str) -> Meeting:
    """It was held: what it looked at is kept as it stood."""
    _is_planned(meeting)
    meeting.items = [item.frozen() for item in week.items]
    meeting.state, meeting.words = Meeting.State.HELD, words.strip()
    meeting.save(update_fields=["items", "state", "words"])
    return meeting


@action("dispatch.cancel_meeting", may=dispatches)
def cancel_meeting(by: Person, meeting: Meeting) -> Meeting:
    _is_planned(meeting)
    meeting.state = Meeting.State.CANCELLED
    meeting.save(update_fields=["state"])
    return meeting


def _is_planned(meeting: Meeting) -> None:
    if meeting.state != Meeting.State.PLANNED:
        raise Refused("这场会议{state}，不能再改。", state=meeting.get_state_display())


@action("dispatch.settle", may=dispatches)
def settle(
    by: Person,
    item: Item,
    owner: Unit | None,
    due_on: date | None,
    words: str,
    meeting: Meeting | None = None,
) -> Resolution:
    """A problem leaves the meeting with an owner and a date. One item has one open resolution at a time."""
    if owner is None or due_on is None or not words.strip():
        raise Refused("每个问题都要有责任单位、期限和要求。")
    if due_on < timezone.localdate():
        raise Refused("期限 {due_on} 已经过去。", due_on=due_on)
    if item.settled:
        raise Refused("这个问题已有议定事项，请在那一条里改期或办结。")
    problem = None
    if item.project is not None and item.source == "project":
        raised = {"words": f"{item.sentence}{words}"[:300], "owner": owner, "due_on": due_on}
        problem = projects.raise_problem(by, item.project, raised)
    return Resolution.objects.create(
        meeting=meeting, key=item.key, subject=item.title[:200], words=words.strip(), owner=owner, leader=item.leader,
        line=item.line, problem=problem, due_on=due_on, dates=[due_on.isoformat()], by=by,
    )  # fmt: skip


@action("dispatch.put_off", may=answers)
def put_off(by: Person, resolution: Resolution, due_on: date, words: str) -> Resolution:
    """A new date, with the reason; the earlier ones stay and count as missed when they had passed."""
    _is_open(resolution)
    if not words.strip():
        raise Refused("改期要写明原因。")
    if due_on <= max(resolution.promised):
        raise Refused("新的期限要晚于原来的 {promised}。", promised=max(resolution.promised))
    if resolution.problem is not None:
        projects.promise(by, resolution.problem, due_on, words)
    resolution.due_on, resolution.dates = due_on, [*resolution.dates, due_on.isoformat()]
    resolution.result = words.strip()
    resolution.save(update_fields=["due_on", "dates", "result"])
    return resolution


@action("dispatch.finish", may=answers)
def finish(by: Person, resolution: Resolution, on: date, result: str) -> Resolution:
    """Done, with what came of it."""
    _is_open(resolution)
    if not result.strip():
        raise Refused("请写明办理结果。")
    if not resolution.made_on <= on <= timezone.localdate():
        raise Refused("办结日期应在议定之后、今天之前。")
    if resolution.problem is not None and resolution.problem.solved_on is None:
        projects.solve(by, resolution.problem, on, result)
    resolution.done_on, resolution.result = on, result.strip()
    resolution.save(update_fields=["done_on", "result"])
    return resolution


def _is_open(resolution: Resolution) -> None:
    if resolution.done_on:
        raise Refused("这一事项已于 {done_on} 办结。", done_on=resolution.done_on)


# supervision orders


@action("dispatch.issue_order", may=dispatches)
def issue_order(
    by: Person, title: str, body: str, lead: Unit, level: str, *, category: str = "ordinary", channel: str = "light",
    line: Commitment | None = None, project: Project | None = None, at: datetime | None = None,
) -> Order:  # fmt: skip
    """One slip for one matter, sent at once. A second open one on the same matter is refused: 不重复、不多头."""
    from luodi.dispatch.desks import ORDERS

    subject = {"line": line} if line else {"project": project} if project else None
    if subject and (open_one := Order.objects.filter(is_open=True, **subject).first()):
        raise Refused("这件事已有督办单 {number}，不重复下发。", number=open_one.number)
    values = {
        "title": title,
        "body": body,
        "category": category,
        "channel": channel,
        "line": line,
        "project": project,
    }
    order = cases.bring(by, ORDERS, values, at)
    return cases.take(by, order, "send", {"lead": lead, "level": level}, at)


# visits


@action("dispatch.plan_visit", may=dispatches)
def plan_visit(
    by: Person, title: str, quarter: date, route: Sequence[Project], judges: Sequence[Judge]
) -> Visit:
    """A visit with its route in order and its judges, by the score sheet in force on the quarter's last day."""
    if not title.strip() or not route:
        raise Refused("请写观摩名称，并至少选一个观摩点。")
    try:
        sheet = ruleset(SHEET, on=timezone.localdate())
    except NoRuleset as missing:
        raise Refused(str(missing)) from missing
    visit = Visit.objects.create(
        title=title.strip(), quarter=quarter, ruleset=RulesetVersion.objects.get(pk=sheet.id), by=by
    )
    Stop.objects.bulk_create(
        Stop(visit=visit, project=project, place=place) for place, project in enumerate(route, 1)
    )
    for judge in judges:
        judge.visit = visit
    Judge.objects.bulk_create(judges)
    return visit


@action("dispatch.open_visit", may=dispatches)
def open_visit(by: Person, visit: Visit) -> Visit:
    """Scoring begins; route and judges are fixed."""
    if visit.state != Visit.State.PLANNED:
        raise Refused("观摩{state}，不能重新开始。", state=visit.get_state_display())
    if not visit.judges.exists():
        raise Refused("还没有评委，不能开始评分。")
    visit.state, visit.opened_at = Visit.State.OPEN, timezone.now()
    visit.save(update_fields=["state", "opened_at"])
    return visit


@action("dispatch.score", may=scores)
def score(by: Person, stop: Stop, points: Mapping[str, Any]) -> Ballot:
    """Seal one ballot. Before the visit closes a judge may replace it; nobody can read it."""
    visit = stop.visit
    if visit.state != Visit.State.OPEN:
        raise Refused("观摩{state}，现在不能评分。", state=visit.get_state_display())
    if wrong := visits.faults(points, sheet_of(visit)):
        raise Refused(next(iter(wrong.values())))
    words, seal = visits.sealed({code: int(value) for code, value in points.items()}, secrets.token_hex(16))
    judge = visit.judges.get(person=by)
    ballot, _ = Ballot.objects.update_or_create(
        stop=stop, judge=judge, defaults={"sealed": words, "seal": seal, "at": timezone.now()}
    )
    return ballot


@action("dispatch.close_visit", may=dispatches)
def close_visit(by: Person, visit: Visit) -> Visit:
    """Open every ballot at once and close the visit. Refused when a ballot is not what was sealed."""
    if visit.state != Visit.State.OPEN:
        raise Refused("观摩{state}，不能揭晓。", state=visit.get_state_display())
    ballots = list(Ballot.objects.filter(stop__visit=visit).select_related("judge__person", "stop__project"))
    if not ballots:
        raise Refused("还没有人评分，不能揭晓。")
    for ballot in ballots:
        try:
            ballot.scores = visits.opened(ballot.sealed, ballot.seal)
        except ValueError as fault:
            raise Refused(
                "{judge} 对 {stop} 的{fault}", judge=ballot.judge, stop=ballot.stop, fault=fault
            ) from fault
    Ballot.objects.bulk_update(ballots, ["scores"])
    visit.state, visit.closed_at = Visit.State.CLOSED, timezone.now()
    visit.save(update_fields=["state", "closed_at"])
    return visit


def sheet_of(visit: Visit) -> visits.Sheet:
    return visits.sheet_of(visit.ruleset.content)
