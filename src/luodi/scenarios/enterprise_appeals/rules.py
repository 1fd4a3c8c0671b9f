"""The rules of appeals 企业诉求 and of policies that reach firms 惠企政策, as data and pure functions.

Sources: the response times that six cities published (rulesets/limits.yaml), and the two ways of paying out a policy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from luodi.shapes.cases.guards import after, at_most, nothing_pending, one_of, unsupervised
from luodi.shapes.cases.machine import CO, DESK, LEAD, PUBLIC, SUPERVISOR, Effect, Machine, Move, State
from luodi.shapes.cases.moves import extension, merging, supervision, withdrawal
from luodi.shapes.cases.record import Actor, Record

LIMITS = "enterprise_appeals.limits"

ARREARS = "arrears"
CATEGORIES = (
    ("finance", "融资"), ("labour", "用工"), ("land", "用地"), ("energy", "用能"), ("market", "市场"),
    ("permit", "审批"), (ARREARS, "欠款"), ("policy", "政策"), ("other", "其他"),
)  # fmt: skip
LEVELS = (("I", "Ⅰ 咨询"), ("II", "Ⅱ 一般"), ("III", "Ⅲ 复杂跨部门"), ("IV", "Ⅳ 疑难"))
CHANNELS = (
    ("platform", "诉求平台"), ("hotline", "12345 涉企专席"), ("visit", "走访帮扶"), ("meeting", "政企座谈"),
    ("wechat", "小程序"), ("window", "服务窗口"), ("letter", "来信来函"),
)  # fmt: skip
OUTCOMES = (
    ("solved", "解决"), ("partly", "部分解决"), ("explained", "解释说明"), ("not_ours", "不予受理"),
)  # fmt: skip
SOLVED, PARTLY, EXPLAINED = "solved", "partly", "explained"
_ORDER = [level for level, _ in LEVELS]


def higher(record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    """A level is raised at once; lowering it takes a second person (申请降级, 同意降级)."""
    is_higher = rank(filled.get("level")) > rank(record.value("level"))
    return "" if is_higher else "只能升级；降级须先申请，由另一人同意。"


def lower(record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    return "" if rank(filled.get("level")) < rank(record.value("level")) else "申请降级须选更低的等级。"


def one_level_up(record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    """What is done anew is done one level higher, and the highest stays the highest."""
    wanted = min(rank(record.value("level")) + 1, len(_ORDER) - 1)
    return (
        "" if rank(filled.get("level")) == wanted else f"重办须提升一级，应为{dict(LEVELS)[_ORDER[wanted]]}。"
    )


def satisfied(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
    """A firm that was reached and is not satisfied has not been served: redo, roll on, or hang with a condition."""
    visit = record.last("call_back", "rate")
    if visit is None or visit.filled.get("reached") is False:
        return ""
    return (
        "企业不满意，不能办结：请重办、转一跟到底或挂账。"
        if int(visit.filled["score"]) < SATISFIED_FROM
        else ""
    )


def score_when_reached(_record: Record, _actor: Actor, filled: Mapping[str, Any]) -> str:
    return "" if filled["reached"] is False or filled.get("score") else "联系上的回访须记满意度。"


def unreached_thrice(record: Record, _actor: Actor, _filled: Mapping[str, Any]) -> str:
    """An unreached firm is called three times before a case may close without its word."""
    tries = [event for event in record.made_this_round("call_back") if event.filled.get("reached") is False]
    last = record.last("call_back", "rate")
    if last is not None and last.filled.get("reached") is False and len(tries) < CALLS:
        return f"还没有联系上企业，回访满 {CALLS} 次才能按未联系上办结。"
    return ""


def rank(level: Any) -> int:
    return _ORDER.index(level) if level in _ORDER else -1


SATISFIED_FROM, CALLS, REOPENED_MOST = 3, 3, 2
_AT_WORK = ("in_work",)
_OPEN = (
    "submitted", "triaged", "accepted", "assigned", "disputed", "in_work", "replied", "called_back", "rolling", "hung",
)  # fmt: skip
_SCORE = one_of("score", (None, 1, 2, 3, 4, 5), "满意度为 1 至 5 分。")

MACHINE = Machine(
    start="submitted",
    states=(
        State("submitted", "待研判", "已收到", "hollow", limit="triage"),
        State("triaged", "待受理", "已收到", "hollow"),
        State("accepted", "待派单", "已受理", "yellow"),
        State("assigned", "待联系企业", "办理中", "yellow", limit="contact"),
        State("disputed", "归属争议", "办理中", "yellow", limit="dispute"),
        State("in_work", "办理中", "办理中", "yellow", limit="progress"),
        State("replied", "待回访", "已答复", "blue"),
        State("called_back", "已回访", "已答复", "blue"),
        State("rolling", "一跟到底", "持续办理", "yellow", limit="rolling"),
        State("hung", "挂账", "条件成熟后办理", "grey"),
        State("closed", "已办结", "已办结", "green", is_end=True, proof=("contact", "reply")),
        State("rejected", "不予受理", "不予受理", "grey", is_end=True),
        State("merged", "已并件", "已并入另一件", "grey", is_end=True, proof=("merge",)),
        State("withdrawn", "已撤回", "已撤回", "grey", is_end=True),
    ),
    moves=(
        Move("triage", "研判", ("submitted",), "triaged", needs=("level", "category")),
        Move("accept", "受理", ("triaged",), "accepted", takes=("words",), effect=Effect.START, in_bulk=True),
        Move("reject", "不予受理", ("submitted", "triaged"), "rejected", needs=("reason", "basis")),
        Move("dispatch", "派单", ("accepted", "disputed"), "assigned", needs=("lead",), takes=("co", "words")),
        Move(
            "dispute", "归属异议", ("assigned",), "disputed", by=(LEAD,), needs=("reason", "basis"),
            assignment="returned", guards=(at_most("rule", 1, "归属已经裁定，裁定后不再退单。"),),
        ),
        Move("rule", "裁定归属", ("disputed",), "assigned", by=(DESK, SUPERVISOR), needs=("lead", "reason"), takes=("co",), apart_from=("dispute",)),
        Move("contact", "联系企业", ("assigned", "in_work", "rolling"), "in_work", by=(LEAD,), needs=("words", "channel"), assignment="signed"),
        Move("co_reply", "会办反馈", ("assigned", "in_work", "rolling"), by=(CO,), needs=("words",), assignment="answered"),
        Move("progress", "反馈进展", ("in_work", "rolling"), by=(LEAD,), needs=("words",), restarts=True),
        Move(
            "reply", "答复", ("in_work", "rolling"), "replied", by=(LEAD,), needs=("outcome", "reply"), effect=Effect.FINISH,
            guards=(after("contact", "还没有联系企业的记录，不能答复。"), nothing_pending, one_of("outcome", (SOLVED, PARTLY, EXPLAINED), "答复须选解决、部分解决或解释说明。")),
        ),
        Move(
            "call_back", "回访", ("replied", "called_back"), "called_back", by=(DESK, SUPERVISOR),
            needs=("channel", "reached"), takes=("resolved", "score", "words"),
            guards=(score_when_reached, _SCORE), apart_from=("reply",), apart_from_unit=("reply",),
        ),
        Move("rate", "评价", ("replied", "called_back"), "called_back", by=(PUBLIC,), needs=("score", "resolved"), takes=("words",), guards=(_SCORE,)),
        Move(
            "close", "办结", ("called_back",), "closed", by=(DESK,), takes=("words",), apart_from_unit=("reply",), in_bulk=True,
            guards=(satisfied, unreached_thrice, unsupervised, nothing_pending),
        ),
        Move(
            "redo", "重办", ("called_back",), "in_work", by=(DESK, SUPERVISOR), needs=("reason", "level"), effect=Effect.CONTINUE,
            new_round=True, guards=(one_level_up, at_most("redo", REOPENED_MOST, f"重办以 {REOPENED_MOST} 次为限，请转一跟到底或挂账。")),
        ),
        Move("roll", "转一跟到底", ("called_back", "in_work"), "rolling", by=(DESK,), needs=("reason",)),
        Move("hang", "挂账", ("called_back", "rolling"), "hung", by=(DESK, SUPERVISOR), needs=("condition", "review_on"), apart_from=("reply",)),
        Move("take_up", "重新办理", ("hung",), "rolling", by=(DESK, SUPERVISOR), needs=("reason",), effect=Effect.CONTINUE, new_round=True),
        Move("raise_level", "升级", ("accepted", "assigned", "in_work"), by=(DESK, SUPERVISOR), needs=("level", "reason"), effect=Effect.LIMIT, guards=(higher,)),
        Move("ask_lower", "申请降级", ("accepted", "assigned", "in_work"), by=(DESK,), needs=("level", "reason"), guards=(lower,), asks_for="level"),
        Move("grant_lower", "同意降级", ("accepted", "assigned", "in_work"), by=(DESK, SUPERVISOR), needs=("level", "reason"), guards=(lower,), effect=Effect.LIMIT, apart_from=("ask_lower",), settles="level"),
        Move("refuse_lower", "不同意降级", ("accepted", "assigned", "in_work"), by=(DESK, SUPERVISOR), needs=("reason",), apart_from=("ask_lower",), settles="level"),
        *extension(_AT_WORK),
        *supervision(_OPEN),
        *merging(("submitted", "triaged", "accepted", "assigned", "in_work")),
        *withdrawal(("submitted", "triaged", "accepted", "assigned", "in_work")),
    ),
)  # fmt: skip


# Policies 惠企政策: conditions as data, so that every match can be explained.

SIGNS = {
    "is": "为", "in": "属于", "at_least": "不低于", "at_most": "不高于", "has": "具有", "lacks": "没有",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Condition:
    """One test of a firm: a fact of its register, a sign of `SIGNS`, a value. `title` is the fact as people call it."""

    fact: str
    sign: str
    value: Any
    title: str

    def __str__(self) -> str:
        value = "、".join(map(str, self.value)) if isinstance(self.value, list | tuple) else str(self.value)
        return f"{self.title}{SIGNS[self.sign]}{value}"


@dataclass(frozen=True, slots=True)
class Finding:
    """How one condition came out: `holds` is None where the register does not know the fact."""

    condition: Condition
    holds: bool | None
    found: str

    def __str__(self) -> str:
        mark = {True: "符合", False: "不符合", None: "待补"}[self.holds]
        return f"{mark}：{self.condition}（{self.found}）"


@dataclass(frozen=True, slots=True)
class MatchResult:
    """All conditions of a clause on one firm, with how each came out."""

    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool | None:
        """True only when every condition is known to hold; None when the answer hangs on a fact nobody knows."""
        said = [finding.holds for finding in self.findings]
        if False in said:
            return False
        return None if None in said else True


def match(conditions: Iterable[Condition], facts: Mapping[str, Any]) -> MatchResult:
    """Test a firm's facts one by one. An unknown fact never counts as met and never as missed."""
    return MatchResult(tuple(_finding(condition, facts) for condition in conditions))


def _finding(condition: Condition, facts: Mapping[str, Any]) -> Finding:
    value = facts.get(condition.fact)
    if value is None or value == "":
        return Finding(condition, None, "登记中没有这一项")
    holds = {
        "is": lambda: value == condition.value,
        "in": lambda: value in condition.value,
        "at_least": lambda: Decimal(str(value)) >= Decimal(str(condition.value)),
        "at_most": lambda: Decimal(str(value)) <= Decimal(str(condition.value)),
        "has": lambda: condition.value in value,
        "lacks": lambda: condition.value not in value,
    }[condition.sign]()
    shown = "、".join(value) if isinstance(value, list | tuple) else str(value)
    return Finding(condition, holds, f"实为 {shown or '无'}")


def benefit_fen(formula: Mapping[str, Any], facts: Mapping[str, Any]) -> int | None:
    """What a clause pays in whole 分: a fixed sum, or a share of a fact, cut off at its cap. None while the fact is unknown."""
    if "fixed_fen" in formula:
        amount = Decimal(formula["fixed_fen"])
    else:
        base = facts.get(formula["of"])
        if base is None:
            return None
        amount = Decimal(str(base)) * Decimal(str(formula["share"]))
    if (cap := formula.get("cap_fen")) is not None:
        amount = min(amount, Decimal(cap))
    return int(amount)


@dataclass(frozen=True, slots=True)
class Offer:
    """One clause that a firm could have, for the choice among those of one matter 从优不重复."""

    clause: int
    matter: str
    fen: int | None


def best_of_each_matter(offers: Iterable[Offer]) -> dict[int, int]:
    """For every clause passed over, the clause of the same matter that is better for the firm: 从优不重复."""
    passed: dict[int, int] = {}
    best: dict[str, Offer] = {}
    for offer in sorted(offers, key=lambda each: (-(each.fen or 0), each.clause)):
        if not offer.matter:
            continue
        if offer.matter in best:
            passed[offer.clause] = best[offer.matter].clause
        else:
            best[offer.matter] = offer
    return passed


def used_share(spent_fen: int, budget_fen: int | None) -> Decimal | None:
    """How much of a budget is used; None where no budget is set."""
    return None if not budget_fen else Decimal(spent_fen) / budget_fen


MATCH_MACHINE = {
    "matched": ("notified", "expired", "declined"),
    "notified": ("confirmed", "declined", "expired"),
    "confirmed": ("applied", "public_notice", "declined"),
    "applied": ("reviewed", "declined"),
    "reviewed": ("public_notice", "declined"),
    "public_notice": ("approved", "declined"),
    "approved": ("paid",),
    "paid": (),
    "declined": (),
    "expired": (),
}
"""MATCHED → NOTIFIED → CONFIRMED → (APPLIED → REVIEWED) → PUBLIC_NOTICE → APPROVED → PAID | DECLINED | EXPIRED."""


def may_go(track: str, state: str, to: str) -> str:
    """The sentence that refuses a step of a match, or "". Without an application 免申即享 skips 申报 and 审核; 快申快享 may not."""
    if to not in MATCH_MACHINE[state]:
        return "这一步不能从现在的状态走。"
    if state == "confirmed" and to == "public_notice" and track != "no_application":
        return "快申快享须先申报、审核。"
    if to == "applied" and track == "no_application":
        return "免申即享不需要企业申报。"
    return ""


def is_window_open(opens_on: date | None, shuts_on: date | None, on: date) -> bool:
    return (opens_on is None or opens_on <= on) and (shuts_on is None or on <= shuts_on)
