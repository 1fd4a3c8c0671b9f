"""What ends an old case 积案: done or freely settled or legally final, quiet for so many days, checked by others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

OPEN, AGREED, SETTLED, VERIFIED, CLOSED = "open", "agreed", "settled", "verified", "closed"
STATES = (
    (OPEN, "攻坚化解中"), (AGREED, "已达成方案"), (SETTLED, "已落实，观察中"), (VERIFIED, "已核验"), (CLOSED, "已化解"),
)  # fmt: skip
EXECUTED, PLEDGED, FINAL = "executed", "pledged", "final"
WAYS = ((EXECUTED, "义务履行到位"), (PLEDGED, "签订息诉息访承诺"), (FINAL, "依法终结"))
ORIGINS = (("upper", "上级交办"), ("own", "本级排查"))

STEPS: Mapping[str, tuple[str, ...]] = {
    OPEN: ("agree", "settle"),
    AGREED: ("settle", "reopen"),
    SETTLED: ("verify", "reopen"),
    VERIFIED: ("close", "reopen"),
    CLOSED: ("reopen",),
}
TITLES = {
    "agree": "达成方案",
    "settle": "记落实",
    "verify": "核验",
    "close": "销账",
    "reopen": "恢复攻坚",
    "report": "记进展",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the ledger knows of an old case. `repeats` are days on which the same matter was brought again."""

    state: str
    way: str
    settled_on: date | None
    is_free: bool | None
    """Whether a pledge was signed freely, before a witness; None when nobody has said."""
    verified_on: date | None
    repeats: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """One condition of closing: whether it holds (None: nobody knows yet), and what it rests on."""

    title: str
    holds: bool | None
    why: str


def gates(facts: Facts, on: date, quiet_days: int) -> tuple[Gate, ...]:
    """All three conditions as they stand on a day."""
    return (_done(facts), _quiet(facts, on, quiet_days), _checked(facts))


def may_close(facts: Facts, on: date, quiet_days: int) -> str:
    """The sentence that refuses closing, or ""."""
    lacking = [gate for gate in gates(facts, on, quiet_days) if not gate.holds]
    return "；".join(f"{gate.title}：{gate.why}" for gate in lacking)


def quiet_until(settled_on: date, quiet_days: int) -> date:
    """The last day of the watch, counted from the day after."""
    return settled_on + timedelta(days=quiet_days)


def years_old(first_on: date | None, on: date) -> int | None:
    """Whole years since the matter was first brought; None while that day is not known."""
    if first_on is None:
        return None
    return on.year - first_on.year - ((on.month, on.day) < (first_on.month, first_on.day))


def _done(facts: Facts) -> Gate:
    title = "落实到位"
    if facts.settled_on is None or not facts.way:
        return Gate(title, None, "还没有记义务履行、息诉承诺或依法终结")
    if facts.way == PLEDGED and facts.is_free is not True:
        return Gate(title, False, "息诉承诺须由见证人确认出于自愿")
    return Gate(title, True, f"{facts.settled_on} {dict(WAYS)[facts.way]}")


def _quiet(facts: Facts, on: date, days: int) -> Gate:
    title = f"{days} 日内没有再次信访"
    if facts.settled_on is None:
        return Gate(title, None, "落实之后才开始观察")
    again = [day for day in facts.repeats if day > facts.settled_on]
    if again:
        return Gate(title, False, f"{max(again)} 又有同一事项信访")
    last = quiet_until(facts.settled_on, days)
    return Gate(title, on > last, f"观察到 {last}" + ("，已满" if on > last else ""))


def _checked(facts: Facts) -> Gate:
    if facts.verified_on is None:
        return Gate("独立核验", None, "还没有由责任单位以外的人核验")
    return Gate("独立核验", True, f"{facts.verified_on} 核验")
