"""Random histories of a machine, with what must hold of every one of them. `test_histories` runs every kind's machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from luodi.kernel.clock import CHINA, Clock, Period, Unit, national_calendar
from luodi.shapes.cases.asks import kind_of_value
from luodi.shapes.cases.clocks import GIVE_A_PERIOD, Light, Shares, business_course, light, reckon
from luodi.shapes.cases.kind import CaseKind
from luodi.shapes.cases.machine import ROLES, Effect, Machine
from luodi.shapes.cases.record import Actor, NotAllowed, advance, opened
from luodi.workbench.kinds import Choice, Day, Kind, Number, Whole, YesNo

CLOCK = Clock(national_calendar())
START = datetime(2025, 3, 3, 9, 30, tzinfo=CHINA)
PAUSES = frozenset({"鉴定", "听证"})
ACTORS = tuple(
    Actor(login, frozenset(roles), frozenset({unit}) if unit else frozenset())
    for login, roles, unit in (
        ("wang", {"desk"}, "home"),
        ("li", {"desk"}, "home"),
        ("zhao", {"lead"}, "bureau"),
        ("qian", {"lead", "co"}, "office"),
        ("sun", {"supervisor"}, "audit"),
        ("boss", {"leader"}, "hall"),
        ("", {"public"}, ""),
        ("nobody", set(), "other"),
    )
)


def histories(machine: Machine, values: dict[str, st.SearchStrategy[Any]]) -> type[RuleBasedStateMachine]:
    """A hypothesis machine that tries every move with every actor at every time, right or wrong."""
    names = [move.name for move in machine.moves]
    # moves that lead on come up more often than those that stay or end: histories then reach later rounds
    onward = {
        state.code: [
            move
            for move in machine.moves_from(state.code)
            for _ in range(
                8 if move.to and move.to != state.code and not machine.state(move.to).is_end else 1
            )
        ]
        for state in machine.states
    }

    class Histories(RuleBasedStateMachine):
        @initialize()
        def begin(self) -> None:
            self.record = _timed(opened(machine, ACTORS[0], START, {}))
            self.now = START
            self.started: datetime | None = None
            self.length = 1

        @rule(
            data=st.data(),
            actor=st.sampled_from(ACTORS),
            hours=st.one_of(st.integers(0, 30), st.integers(0, 300), st.just(-1)),
        )
        def any_move(self, data: Any, actor: Actor, hours: int) -> None:
            ways = [move.name for move in machine.moves_from(self.record.state)] or names
            name = data.draw(st.one_of(st.sampled_from(ways), st.sampled_from(names)))
            move = machine.move(name)
            needs = [need for need in move.fields if data.draw(st.integers(0, 9))]
            filled = {need: data.draw(values.get(need, st.just("有"))) for need in needs}
            self._try(name, actor, self.now + timedelta(hours=hours), filled)

        @precondition(lambda self: not self.record.is_ended)
        @rule(data=st.data(), hours=st.integers(0, 40))
        def fitting_move(self, data: Any, hours: int) -> None:
            """One that the state allows, by somebody who may: most histories would stop early otherwise."""
            move = data.draw(st.sampled_from(onward[self.record.state]))
            actors = [actor for actor in ACTORS if actor.roles & {*move.by}]
            filled = {need: data.draw(values.get(need, st.just("有"))) for need in move.needs}
            self._try(
                move.name, data.draw(st.sampled_from(actors)), self.now + timedelta(hours=hours), filled
            )

        def _try(self, name: str, actor: Actor, at: datetime, filled: dict[str, Any]) -> None:
            before = self.record
            try:
                longer = advance(self.record, name, actor, at, filled)
                longer = _timed(longer)
                reckon(CLOCK, longer, Shares(), PAUSES)
            except NotAllowed:
                assert self.record == before
                return
            self.record, self.now = longer, max(self.now, at)

        @invariant()
        def no_state_outside_the_machine(self) -> None:
            for event in self.record.events[1:]:
                move = machine.move(event.move)
                assert event.source in move.source
                assert event.to == (move.to or event.source)
            for earlier, later in zip(self.record.events, self.record.events[1:], strict=False):
                assert later.source == earlier.to

        @invariant()
        def no_clock_runs_backwards(self) -> None:
            moments = [event.at for event in self.record.events]
            assert moments == sorted(moments)
            found = reckon(CLOCK, self.record, Shares(), PAUSES)
            fresh = self.record.events[self.length :]
            if self.started is not None and not any(event.effect is Effect.NEXT for event in fresh):
                assert found.started_at == self.started
            self.started, self.length = found.started_at, len(self.record.events)
            course = business_course(self.record, PAUSES)
            if course is None or found.due_at is None:
                return
            assert found.due_at > found.started_at
            undisturbed = CLOCK.due(replace(course, pauses=(), extensions=()))
            assert found.due_at >= undisturbed.at, "a pause or an extension never shortens"
            if found.finished_at is None:
                assert found.soon_at <= found.urgent_at <= found.due_at or found.due_at <= self.now
                left = [CLOCK.standing(course, self.now + timedelta(days=day)).left for day in (0, 1, 5, 20)]
                assert left == sorted(left, reverse=True)

        @invariant()
        def no_end_without_its_proof(self) -> None:
            round_ = [event.move for event in self.record.this_round]
            for needed in machine.state(self.record.state).proof:
                assert needed in round_

        @invariant()
        def nobody_checks_the_own_work(self) -> None:
            for place, event in enumerate(self.record.events[1:], start=1):
                move = machine.move(event.move)
                earlier = replace(self.record, events=self.record.events[:place])
                for other in earlier.made_this_round(*move.apart_from):
                    assert other.by != event.by
                for other in earlier.made_this_round(*move.apart_from_unit):
                    assert not other.units & event.units
                assert {*move.by} & _roles_of(event.by)

        @invariant()
        def the_light_agrees_with_the_clock(self) -> None:
            found = reckon(CLOCK, self.record, Shares(), PAUSES)
            if found.due_at is None or found.finished_at is not None:
                return
            course = business_course(self.record, PAUSES)
            for hours in (0, 5, 26, 50, 75, 99, 146, 170, 250, 400):
                moment = self.now + timedelta(hours=hours)
                standing = CLOCK.standing(course, moment)
                shown = light(
                    moment, started=True, soon_at=found.soon_at, urgent_at=found.urgent_at, due_at=found.due_at,
                    is_paused=found.is_paused, is_finished=False, was_late=found.was_late,
                )  # fmt: skip
                if standing.is_overdue:
                    assert shown is Light.OVER
                elif standing.share_left <= 0.2:
                    assert shown is Light.URGENT
                else:
                    assert shown is (Light.SOON if standing.share_left <= 0.5 else Light.CALM)

    def _timed(record: Any) -> Any:
        event = record.events[-1]
        if event.to != event.source:
            event = replace(event, state_period=Period(4, Unit.WORK_HOUR))
        if event.effect in GIVE_A_PERIOD:
            days = {"I": 1, "II": 7, "III": 15, "IV": 25}.get(event.filled.get("level"), 10)
            event = replace(event, period=Period(days, Unit.WORK_DAY))
        elif event.effect is Effect.EXTEND:
            event = replace(event, period=Period(event.filled["length"], Unit.WORK_DAY))
        return replace(record, events=(*record.events[:-1], event))

    return Histories


def values_of(kind: CaseKind) -> dict[str, st.SearchStrategy[Any]]:
    """What people may write into the moves of a kind, by the kinds of its values."""
    names = {name for move in kind.machine.moves for name in move.fields} - {"co"}
    found = {name: _strategy(kind_of_value(kind, name)) for name in names}
    numbers = {"length": st.integers(1, 5), "grade": st.integers(0, 4), "score": st.integers(1, 5)}
    return {**found, **numbers, "reason": st.sampled_from([*sorted(PAUSES), "其他理由"])}


def _strategy(kind: Kind) -> st.SearchStrategy[Any]:
    if isinstance(kind, Choice):
        return st.sampled_from([value for value, _ in kind.options])
    if isinstance(kind, YesNo):
        return st.booleans()
    if not type(kind).__module__.startswith("luodi.workbench.kinds"):
        return st.none()  # a scenario's own kind of value: its moves stay untried here, and are refused
    if isinstance(kind, Whole | Number):
        return st.integers(0, 30)
    return st.just("2025-06-30" if isinstance(kind, Day) else "有")


def _roles_of(login: str) -> frozenset[str]:
    return next(actor.roles for actor in ACTORS if actor.login == login)


Check = Callable[..., None]
assert {role for actor in ACTORS for role in actor.roles} == set(ROLES)
