"""A state machine as data: which states there are, and which moves lead from where to where, by whom, with what.

    MACHINE = Machine(
        start="submitted",
        states=(State("submitted", "已提交"), State("closed", "已办结", is_end=True, proof=("reply", "call_back"))),
        moves=(Move("close", "办结", source=("called_back",), to="closed", by=(DESK,), apart_from=("reply",)),),
    )

Pure values: nothing here reads the clock or the database. A machine that contradicts itself is refused when it is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

DESK, LEAD, CO, SUPERVISOR, LEADER, PUBLIC = "desk", "lead", "co", "supervisor", "leader", "public"
ROLES: Mapping[str, str] = {
    DESK: "受理单位",
    LEAD: "主办单位",
    CO: "会办单位",
    SUPERVISOR: "督查",
    LEADER: "市领导",
    PUBLIC: "诉求人",
}
"""Who can stand to a case in what way; `permission.roles_of` tells a person's."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a login ("" for the public), roles toward this case, and keys of the units spoken for."""

    login: str
    roles: frozenset[str]
    units: frozenset[str] = frozenset()


Guard = Callable[[Any, Actor, Mapping[str, Any]], str]
"""A condition of a move beyond its roles and fields: takes the `record.Record`, the actor and the values given; returns
the sentence that refuses it, or "" to let it pass."""


class Effect(StrEnum):
    """What a move does to the business clock."""

    NONE = ""
    START = "start"
    LIMIT = "limit"
    """Another period for the same run (改级)."""
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    FINISH = "finish"
    CONTINUE = "continue"
    """What was finished goes on (返工, 重办): the same clock, as if it had never stopped."""
    NEXT = "next"
    """The next proceeding begins with a run of its own (受理之后的办理, 复查, 补正后重新起算); the one before is over."""


@dataclass(frozen=True, slots=True)
class State:
    """`told` is what the public hears of it (the title without one); `limit` names the period of its state clock.

    `proof`: moves that the current round must hold before a case may rest here.
    """

    code: str
    title: str
    told: str = ""
    lamp: str = "hollow"
    is_end: bool = False
    limit: str = ""
    proof: tuple[str, ...] = ()

    @property
    def public_title(self) -> str:
        return self.told or self.title


@dataclass(frozen=True, slots=True)
class Window:
    """Days in which alone a move may be made (申请期限), or which have to be over before it (`is_over`).

    `limit` names the period in the ruleset's `states`. It counts from the day given as `since` in the present state (送达),
    else from the day on which that state began.
    """

    limit: str
    since: str = ""
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """One kind of step. Without `to` the state stays.

    `needs` are names of values that have to be given, `takes` those that may be. Who made one of the moves in
    `apart_from` in this round may not make this one; `apart_from_unit` rules out everyone of that person's unit.
    """

    name: str
    title: str
    source: tuple[str, ...]
    to: str = ""
    by: tuple[str, ...] = (DESK,)
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    guards: tuple[Guard, ...] = ()
    effect: Effect = Effect.NONE
    limit: str = ""
    """The step of the ruleset's `states` whose period the clock is given; without one the kind's `period` picks it."""
    window: Window | None = None
    apart_from: tuple[str, ...] = ()
    apart_from_unit: tuple[str, ...] = ()
    new_round: bool = False
    restarts: bool = False
    """The state's clock begins again though the state stays (滚动答复)."""
    asks_for: str = ""
    """The pending matter that this move opens (延期, 改级) and that `settles` of another move ends."""
    settles: str = ""
    assignment: str = ""
    """What becomes of the acting unit's share of the work: signed, returned, answered; or recalled, of every unit's."""
    in_bulk: bool = False
    """Offered for many cases at once; such a move needs no values, or only those that all can share."""

    @property
    def fields(self) -> tuple[str, ...]:
        return (*self.needs, *self.takes)


@dataclass(frozen=True)
class Machine:
    """`opening` is what bringing a case does to the business clock, for law that counts from receipt (公开申请, 来信登记);
    `opening_limit` names its period as `Move.limit` does."""

    start: str
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    opening: Effect = Effect.NONE
    opening_limit: str = ""

    def __post_init__(self) -> None:
        codes, names = [state.code for state in self.states], [move.name for move in self.moves]
        if len({*codes}) < len(codes) or len({*names}) < len(names):
            raise ValueError("a state or a move is declared twice")
        known = {*codes}
        for move in self.moves:
            if wrong := ({self.start, *move.source, *filter(None, [move.to])} - known):
                raise ValueError(f"move {move.name}: no state is called {', '.join(sorted(wrong))}")
            if wrong := {*move.by} - {*ROLES}:
                raise ValueError(f"move {move.name}: no role is called {', '.join(sorted(wrong))}")
            if wrong := {*move.apart_from, *move.apart_from_unit} - {*names}:
                raise ValueError(f"move {move.name}: no move is called {', '.join(sorted(wrong))}")
            if left := {code for code in move.source if self.state(code).is_end and not move.new_round}:
                raise ValueError(f"move {move.name}: {', '.join(sorted(left))} is an end")
        if wrong := {move for state in self.states for move in state.proof} - {*names}:
            raise ValueError(f"no move is called {', '.join(sorted(wrong))}: a proof can't be given")
        if unreached := known - self._reached:
            raise ValueError(f"no move leads to {', '.join(sorted(unreached))}")

    def state(self, code: str) -> State:
        return self._by_code[code]

    def move(self, name: str) -> Move:
        """KeyError for a name that is no move."""
        return self._by_name[name]

    def moves_from(self, code: str) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if code in move.source)

    def next_step(self, code: str) -> Move | None:
        """The step that leads on from a state, the first as declared: its roles are whose turn it is. None at an end."""
        onward = (move for move in self.moves_from(code) if move.to not in {"", code})
        return next(onward, None)

    def states_waiting_for(self, role: str) -> tuple[str, ...]:
        """The states whose next step is this role's."""
        steps = {code: self.next_step(code) for code in self.open_states}
        return tuple(code for code, move in steps.items() if move is not None and role in move.by)

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        return tuple((state.code, state.title) for state in self.states)

    @property
    def lamps(self) -> dict[str, str]:
        return {state.code: state.lamp for state in self.states}

    @property
    def open_states(self) -> tuple[str, ...]:
        return tuple(state.code for state in self.states if not state.is_end)

    @cached_property
    def _by_code(self) -> dict[str, State]:
        return {state.code: state for state in self.states}

    @cached_property
    def _by_name(self) -> dict[str, Move]:
        return {move.name: move for move in self.moves}

    @property
    def _reached(self) -> set[str]:
        reached: set[str] = set()
        fresh = {self.start}
        while fresh:
            reached |= fresh
            fresh = {move.to for code in fresh for move in self.moves_from(code) if move.to} - reached
        return reached
