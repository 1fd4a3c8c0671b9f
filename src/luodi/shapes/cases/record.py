"""The history of a case as values, and the one function that lengthens it.

A record is never changed: `advance` returns a longer one or raises. Its state, its clocks and who handled it are read off
the events, so nothing about a case can differ from what happened to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from luodi.kernel.clock import Period
from luodi.shapes.cases.machine import ROLES, Actor, Effect, Machine, Move


class NotAllowed(ValueError):
    """The move can't be made now; the message is a Chinese sentence for the person."""


class NotYours(NotAllowed):
    """The move could be made, by somebody else."""


@dataclass(frozen=True, slots=True)
class Event:
    """One step as it was taken. `period` is the time it gave the business clock, `state_period` the state's own limit."""

    at: datetime
    by: str
    units: frozenset[str]
    move: str
    source: str
    to: str
    filled: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    effect: Effect = Effect.NONE
    period: Period | None = None
    state_period: Period | None = None
    ruleset: int | None = None
    """The version of the rules that the periods were taken from."""


@dataclass(frozen=True)
class Record:
    """Every event of a case, oldest first."""

    machine: Machine
    events: tuple[Event, ...] = ()

    @property
    def state(self) -> str:
        return self.events[-1].to if self.events else self.machine.start

    @property
    def is_ended(self) -> bool:
        return self.machine.state(self.state).is_end

    @property
    def round(self) -> int:
        """1, and one more for every time it was done anew."""
        return 1 + sum(self._move_of(event).new_round for event in self.events)

    @property
    def this_round(self) -> tuple[Event, ...]:
        """The events since it was last done anew, that step included."""
        starts = [at for at, event in enumerate(self.events) if self._move_of(event).new_round]
        return self.events[starts[-1] :] if starts else self.events

    def made(self, *moves: str) -> Iterator[Event]:
        return (event for event in self.events if event.move in moves)

    def made_this_round(self, *moves: str) -> Iterator[Event]:
        return (event for event in self.this_round if event.move in moves)

    def last(self, *moves: str) -> Event | None:
        return next((event for event in reversed(self.events) if event.move in moves), None)

    def value(self, name: str) -> Any:
        """The newest value given under this name; None when none was. What was only asked for does not count."""
        held = (event for event in reversed(self.events) if not self._move_of(event).asks_for)
        return next((event.filled[name] for event in held if name in event.filled), None)

    @property
    def is_paused(self) -> bool:
        paused = [event.effect for event in self.events if event.effect in {Effect.PAUSE, Effect.RESUME}]
        return bool(paused) and paused[-1] is Effect.PAUSE

    @property
    def pending(self) -> str:
        """What somebody asked for and nobody has decided; "" for nothing."""
        pending = ""
        for event in self.events:
            move = self._move_of(event)
            if move.asks_for:
                pending = move.asks_for
            elif pending and (move.settles == pending or move.to):
                pending = ""
        return pending

    def _move_of(self, event: Event) -> Move:
        return self.machine.move(event.move) if event.move != OPENED else _OPENING


OPENED = "open"
_OPENING = Move(OPENED, "登记", source=())


def opened(machine: Machine, actor: Actor, at: datetime, filled: Mapping[str, Any]) -> Record:
    """A new record with its first event."""
    first = Event(
        at, actor.login, actor.units, OPENED, "", machine.start, MappingProxyType(dict(filled)), effect=machine.opening,
    )  # fmt: skip
    return Record(machine, (first,))


def advance(
    record: Record,
    name: str,
    actor: Actor,
    at: datetime,
    filled: Mapping[str, Any],
    titles: Mapping[str, str] | None = None,
) -> Record:
    """The record with one event more. Raises NotAllowed with a sentence, NotYours when only the person is wrong.

    `titles` are names of values beyond `CALLED`, for the sentence.
    """
    move = allowed(record, name, actor)
    if record.events and at < record.events[-1].at:
        raise NotAllowed("这一步的时间早于上一步，请核对系统时间。")
    given = {key: value for key, value in filled.items() if value not in (None, "", [], ())}
    if missing := [need for need in move.needs if need not in given]:
        called = {**CALLED, **(titles or {})}
        raise NotAllowed(f"{move.title}前还缺：{'、'.join(called.get(need, need) for need in missing)}。")
    if unknown := set(given) - set(move.fields):
        raise NotAllowed(f"{move.title}用不到：{'、'.join(sorted(unknown))}。")
    for guard in move.guards:
        if said := guard(record, actor, given):
            raise NotAllowed(said)
    event = Event(
        at, actor.login, actor.units, name, record.state, move.to or record.state, MappingProxyType(given),
        effect=move.effect,
    )  # fmt: skip
    longer = replace(record, events=(*record.events, event))
    lacking = [need for need in record.machine.state(event.to).proof if not any(longer.made_this_round(need))]
    if lacking and move.to:
        titles = "、".join(record.machine.move(need).title for need in lacking)
        raise NotAllowed(f"还没有{titles}的记录，不能{move.title}。")
    return longer


def allowed(record: Record, name: str, actor: Actor) -> Move:
    """The move, when this person may make it in this state; values and guards are not looked at. Raises as `advance`."""
    try:
        move = record.machine.move(name)
    except KeyError:
        raise NotAllowed("没有这一步。") from None
    now = record.machine.state(record.state)
    if record.state not in move.source:
        raise NotAllowed(f"现在是“{now.title}”，不能{move.title}。")
    if record.is_paused and move.effect is not Effect.RESUME:
        raise NotAllowed("期限已中止，先恢复办理。")
    if not record.is_paused and move.effect is Effect.RESUME:
        raise NotAllowed("期限没有中止，无需恢复。")
    if move.settles and record.pending != move.settles:
        raise NotAllowed("没有待审批的申请。")
    if not actor.roles & {*move.by}:
        raise NotYours(f"{move.title}由{'、'.join(ROLES[role] for role in move.by)}办理。")
    for event in record.made_this_round(*move.apart_from):
        if event.by == actor.login:
            raise NotYours(f"{record.machine.move(event.move).title}是你办的，{move.title}须由另一人办理。")
    for event in record.made_this_round(*move.apart_from_unit):
        if event.units & actor.units:
            raise NotYours(
                f"{record.machine.move(event.move).title}是你单位办的，{move.title}须由另一单位办理。"
            )
    return move


def is_allowed(record: Record, name: str, actor: Actor) -> bool:
    """Whether this person may make the move in this state, values and guards left aside."""
    try:
        allowed(record, name, actor)
    except NotAllowed:
        return False
    return True


CALLED: dict[str, str] = {
    "reason": "理由",
    "basis": "法律依据",
    "lead": "主办单位",
    "co": "会办单位",
    "level": "等级",
    "category": "类别",
    "outcome": "办理结果",
    "reply": "答复内容",
    "words": "内容",
    "channel": "方式",
    "reached": "是否联系上",
    "resolved": "是否解决",
    "score": "满意度",
    "length": "延长时间",
    "into": "并入的办件",
    "grade": "督办级别",
    "review_on": "复核日期",
    "condition": "挂账条件",
    "served_on": "送达日期",
}
"""The names under which a move takes values, as forms and refusals print them. A scenario may add its own."""
