"""Rules of task forces: what makes a task a grain 颗粒, how grains stand, what a task force has done. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Grain:
    """A task without tasks below it: the only kind that is done, for it has one person, one day, one proof."""

    pk: int
    title: str
    has_owner: bool
    due_on: date | None
    done_on: date | None
    proofs: int = 0


def grain_faults(has_parts: bool, has_owner: bool, due_on: date | None) -> list[str]:
    """Why a task can't stand as a grain: it has parts, or lacks its one person or its one day."""
    if has_parts:
        return ["还有下级任务，不是最小颗粒：责任人、时限和佐证都落在最下面一级。"]
    said = []
    if not has_owner:
        said.append("每一粒任务要有一个责任人。")
    if due_on is None:
        said.append("每一粒任务要有一个时限。")
    return said


def finish_faults(grain: Grain, has_parts: bool, on: date, today: date) -> list[str]:
    """Why a grain can't be finished: no proof, a day to come, or it is none."""
    said = grain_faults(has_parts, grain.has_owner, grain.due_on)
    if grain.done_on is not None:
        said.append(f"这粒任务已于 {grain.done_on} 完成。")
    if grain.proofs < 1:
        said.append("没有佐证不能完成：请先上传一份佐证。")
    if grain.proofs > 1:
        said.append(f"一粒任务只认一份佐证，现有 {grain.proofs} 份，请撤回多余的。")
    if on > today:
        said.append("完成日期不能在今天之后。")
    return said


def light(due_on: date | None, done_on: date | None, today: date, soon_days: int = 7) -> str:
    """done, late (was or is), soon, calm; unknown while a task has no day."""
    if done_on is not None:
        return "done_late" if due_on is not None and done_on > due_on else "done"
    if due_on is None:
        return "unknown"
    if today > due_on:
        return "late"
    return "soon" if (due_on - today).days <= soon_days else "calm"


LIGHTS = (
    ("late", "逾期", "red"), ("soon", "7 天内到期", "yellow"), ("calm", "推进中", "blue"), ("unknown", "没有时限", "hollow"),
    ("done", "按期完成", "green"), ("done_late", "逾期完成", "grey"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """What a task force has done by a day. `in_time` counts grains that were due and done by their own day."""

    grains: int
    done: int
    due: int
    in_time: int
    late: int

    @property
    def rate(self) -> Decimal | None:
        """完成率."""
        return None if not self.grains else Decimal(self.done) * 100 / self.grains

    @property
    def in_time_rate(self) -> Decimal | None:
        """按期完成率: of grains due by the day."""
        return None if not self.due else Decimal(self.in_time) * 100 / self.due


def standing(grains: Iterable[Grain], today: date) -> Standing:
    rows = list(grains)
    due = [row for row in rows if row.due_on is not None and row.due_on <= today]
    return Standing(
        grains=len(rows),
        done=sum(row.done_on is not None for row in rows),
        due=len(due),
        in_time=sum(row.done_on is not None and row.done_on <= row.due_on for row in due),
        late=sum(row.done_on is None and row.due_on < today for row in due),
    )


def would_loop(task: int, parent: int | None, parents: dict[int, int | None]) -> bool:
    """Whether a task put under `parent` would lie under itself."""
    at = parent
    while at is not None:
        if at == task:
            return True
        at = parents.get(at)
    return False


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return date.fromordinal(day.toordinal() - day.weekday())


def numbered(parents: Sequence[tuple[int, int | None]]) -> dict[int, tuple[str, int]]:
    """Numbers like 2.1.3 and depth of the tasks of one force, given (task, parent) in their order."""
    below: dict[int | None, list[int]] = {}
    for pk, parent in parents:
        below.setdefault(parent, []).append(pk)
    out: dict[int, tuple[str, int]] = {}

    def walk(parent: int | None, prefix: str, depth: int) -> None:
        for at, pk in enumerate(below.get(parent, []), start=1):
            out[pk] = (f"{prefix}{at}", depth)
            walk(pk, f"{prefix}{at}.", depth + 1)

    walk(None, "", 0)
    return out
