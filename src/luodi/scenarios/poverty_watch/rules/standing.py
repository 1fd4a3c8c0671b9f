"""The road of a household after its clue: listed, helped, the risk gone by its gates, noticed, cleared, watched, forgotten."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from luodi.scenarios.poverty_watch.rules.words import GUARANTEES

CHECKING, LISTED, HELPING, PROPOSED, NOTICE, CLEARED, REJECTED = (
    "checking", "listed", "helping", "proposed", "notice", "cleared", "rejected",
)  # fmt: skip
STATES = (
    (CHECKING, "核实中"), (LISTED, "已纳入，待帮扶"), (HELPING, "帮扶中"), (PROPOSED, "拟消除，待复核"),
    (NOTICE, "消除公示中"), (CLEARED, "风险消除"), (REJECTED, "未纳入"),
)  # fmt: skip
ON_LIST = (LISTED, HELPING, PROPOSED, NOTICE)
LAMPS = {
    CHECKING: "hollow", LISTED: "red", HELPING: "yellow", PROPOSED: "blue", NOTICE: "blue", CLEARED: "green", REJECTED: "grey",
}  # fmt: skip
TITLES = {
    "visit": "记走访", "help": "安排帮扶", "propose": "提出风险消除", "confirm": "另一人复核并公示", "clear": "审定风险消除",
    "return": "退回继续帮扶", "relist": "重新纳入", "list": "纳入监测", "reject": "不予纳入", "assess": "核算判断",
    "member": "登记成员", "left": "成员减少", "finish_help": "记帮扶成效", "warned": "部门预警",
}  # fmt: skip
STEPS: Mapping[str, tuple[str, ...]] = {
    CHECKING: (),
    LISTED: ("visit", "help"),
    HELPING: ("visit", "help", "propose"),
    PROPOSED: ("confirm", "return"),
    NOTICE: ("clear", "return"),
    CLEARED: ("visit", "relist"),
    REJECTED: (),
}


@dataclass(frozen=True, slots=True)
class Visit:
    """The newest look at a household 走访. None: not asked."""

    on: date
    per_capita_fen: int | None
    guarantees: Mapping[str, bool | None]
    risk_gone: bool | None
    new_risk: bool | None
    spending_held: bool | None


@dataclass(frozen=True, slots=True)
class Help:
    started_on: date | None
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the gates of clearing ask of a household. `line_year` is the year that the line in force was set for."""

    listed_on: date
    visit: Visit | None
    helps: tuple[Help, ...]
    line_fen: int | None
    line_year: int | None
    has_no_labour: bool | None
    is_in_long_treatment: bool | None


@dataclass(frozen=True, slots=True)
class Gate:
    """One condition: whether it holds (None: nobody knows yet), and what it rests on."""

    title: str
    holds: bool | None
    why: str


def gates(facts: Facts, on: date, hold_months: int) -> tuple[Gate, ...]:
    """All conditions of 风险消除 as they stand on a day."""
    return (
        _income(facts, on), _guaranteed(facts), _risk(facts), _spending(facts), _helped(facts), _held(facts, on, hold_months),
        _labour(facts), _treatment(facts),
    )  # fmt: skip


def may_clear(facts: Facts, on: date, hold_months: int) -> str:
    """The sentence that refuses clearing, or ""."""
    lacking = [gate for gate in gates(facts, on, hold_months) if not gate.holds]
    return "；".join(f"{gate.title}：{gate.why}" for gate in lacking)


def months_after(day: date, months: int) -> date:
    """The same day so many months on, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def notice_until(first: date, days: int) -> date:
    """The last day of a notice of so many days, the day after it went up being the first."""
    return first + timedelta(days=days)


def _income(facts: Facts, on: date) -> Gate:
    title = "收入稳定高于今年的监测线"
    if facts.line_fen is None:
        return Gate(title, None, "还没有监测线，请先在规则里录入")
    if facts.line_year != on.year:
        return Gate(title, None, f"{on.year} 年的监测线还没有录入，不能用 {facts.line_year} 年的")
    if facts.visit is None or facts.visit.per_capita_fen is None:
        return Gate(title, None, "还没有走访核算人均纯收入")
    found, line = facts.visit.per_capita_fen / 100, facts.line_fen / 100
    return Gate(title, facts.visit.per_capita_fen > facts.line_fen, f"人均 {found:.0f} 元，线 {line:.0f} 元")


def _guaranteed(facts: Facts) -> Gate:
    title = "三保障和饮水安全"
    found = facts.visit.guarantees if facts.visit else {}
    lost = [name for code, name in GUARANTEES if found.get(code) is False]
    if lost:
        return Gate(title, False, "、".join(lost) + "没有保障")
    unknown = [name for code, name in GUARANTEES if found.get(code) is None]
    return (
        Gate(title, None, "还没有核实" + "、".join(unknown)) if unknown else Gate(title, True, "四项都有保障")
    )


def _risk(facts: Facts) -> Gate:
    title = "原来的风险已经解除，没有新的风险"
    visit = facts.visit
    if visit is None or visit.risk_gone is None or visit.new_risk is None:
        return Gate(title, None, "还没有走访核实")
    if not visit.risk_gone:
        return Gate(title, False, "原来的风险还在")
    return Gate(title, not visit.new_risk, "有新的风险" if visit.new_risk else f"{visit.on} 走访核实")


def _spending(facts: Facts) -> Gate:
    held = facts.visit.spending_held if facts.visit else None
    return Gate("刚性支出可控", held, {None: "还没有核实", True: "可控", False: "刚性支出失控"}[held])


def _helped(facts: Facts) -> Gate:
    title = "帮扶措施已见成效"
    started = [each for each in facts.helps if each.started_on]
    if not started:
        return Gate(title, False, "纳入之后还没有帮扶措施")
    open_ones = sum(1 for each in facts.helps if each.done_on is None)
    return Gate(
        title, not open_ones, f"{open_ones} 项还没有记成效" if open_ones else f"{len(started)} 项都已记成效"
    )


def _held(facts: Facts, on: date, months: int) -> Gate:
    title = f"帮扶后稳定满 {months} 个月"
    began = min((each.started_on for each in facts.helps if each.started_on), default=None)
    if began is None:
        return Gate(title, None, "帮扶开始之后起算")
    ripe = months_after(began, months)
    return Gate(title, on >= ripe, f"自 {began} 起，满到 {ripe}")


def _labour(facts: Facts) -> Gate:
    title = "不属于整户无劳动能力"
    why = {None: "还没有登记", True: "整户无劳动能力的不标注风险消除，持续监测", False: "有劳动能力"}
    return Gate(
        title, None if facts.has_no_labour is None else not facts.has_no_labour, why[facts.has_no_labour]
    )


def _treatment(facts: Facts) -> Gate:
    title = "没有成员在长期治疗"
    why = {None: "还没有登记", True: "有成员还在长期治疗", False: "没有"}
    found = facts.is_in_long_treatment
    return Gate(title, None if found is None else not found, why[found])
