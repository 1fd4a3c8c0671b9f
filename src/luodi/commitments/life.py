"""The life of a line, as data: which step leads from which state to which. `actions` take steps, nothing else does.

待确认 → 已确认 → 已印发 → 已签收 → 推进中 → 申请销号 → 已核实 → 已销号       and 挂账 aside
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from luodi.commitments.models import Commitment, StateChange
from luodi.kernel.action import Refused
from luodi.kernel.models import Person

State = Commitment.State


@dataclass(frozen=True, slots=True)
class Step:
    """From any of `start` to `end`; `title` is what the office calls it."""

    title: str
    start: frozenset[str]
    end: str


def _step(title: str, start: tuple[str, ...], end: str) -> Step:
    return Step(title, frozenset(start), end)


LIFE: dict[str, Step] = {
    "confirm": _step(_("确认"), (State.DRAFT, State.CONFIRMED), State.CONFIRMED),
    "unconfirm": _step(_("退回待确认"), (State.CONFIRMED, State.DRAFT), State.DRAFT),
    "issue": _step(_("印发"), (State.CONFIRMED,), State.ISSUED),
    "accept": _step(_("签收"), (State.ISSUED,), State.ACCEPTED),
    "start": _step(_("开始推进"), (State.ISSUED, State.ACCEPTED), State.RUNNING),
    "apply": _step(_("申请销号"), (State.RUNNING,), State.CLOSING),
    "withdraw": _step(_("撤回销号申请"), (State.CLOSING,), State.RUNNING),
    "verify": _step(_("核实属实"), (State.CLOSING,), State.VERIFIED),
    "fail": _step(_("核实不属实，退回"), (State.CLOSING,), State.RUNNING),
    "close": _step(_("销号"), (State.VERIFIED,), State.CLOSED),
    "reopen": _step(_("重新办理"), (State.VERIFIED, State.CLOSED), State.RUNNING),
    "suspend": _step(_("挂账"), (State.ISSUED, State.ACCEPTED, State.RUNNING), State.SUSPENDED),
    "resume": _step(_("恢复推进"), (State.SUSPENDED,), State.RUNNING),
}
"""Every step there is. A state from which no step starts would be a dead end; a test walks them all."""

PREPARED = frozenset({State.DRAFT, State.CONFIRMED})
"""Before the ledger is issued: the line may still be cut, joined or dropped."""
OWED = frozenset({State.ISSUED, State.ACCEPTED, State.RUNNING})
"""Someone owes work and reports."""
OVER = frozenset({State.VERIFIED, State.CLOSED})


def is_issued(line: Commitment) -> bool:
    return line.state not in PREPARED


def can(line: Commitment, step: str) -> bool:
    return line.state in LIFE[step].start


def expect(line: Commitment, step: str) -> Step:
    """The step, or a refusal that says why not now."""
    if not can(line, step):
        states = "、".join(str(State(each).label) for each in State.values if each in LIFE[step].start)
        raise Refused(
            f"这项任务现在是“{line.get_state_display()}”，不能{LIFE[step].title}；要在“{states}”时才行。"
        )
    return LIFE[step]


def take(by: Person, line: Commitment, step: str, note: str = "", **fields: object) -> Commitment:
    """Take one step and record it, with other fields of the line that change by it.

    Two people who take it at once take it once: the second is refused.
    """
    found = expect(line, step)
    old = line.state
    moved = Commitment.objects.filter(pk=line.pk, state=old).update(state=found.end, **fields)
    if not moved:
        raise Refused("这项任务刚刚被别人改动过，请刷新页面再看。")
    for name, value in {"state": found.end, **fields}.items():
        setattr(line, name, value)
    StateChange.objects.create(commitment=line, step=step, old=old, new=found.end, note=note[:400], by=by)
    return line
