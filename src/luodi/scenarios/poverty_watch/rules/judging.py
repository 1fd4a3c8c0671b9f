"""Income by head and the three kinds, as the public explanations of the watch give them.

Income alone never decides: education, medical care, housing and water, compliant spending out of pocket and the ability to
cope are judged with it. Spending stands apart and is never subtracted from income. The machine suggests; people decide.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from luodi.scenarios.poverty_watch.rules.words import EDGE, GUARANTEES, KINDS, SUDDEN, UNSTABLE

NEW, KEPT = "new", "kept"


@dataclass(frozen=True, slots=True)
class Income:
    """Net income of the window by its four sources, in 分; None where nobody has asked yet."""

    wages_fen: int | None
    business_fen: int | None
    property_fen: int | None
    transfer_fen: int | None

    @property
    def net_fen(self) -> int | None:
        parts = (self.wages_fen, self.business_fen, self.property_fen, self.transfer_fen)
        return None if None in parts else sum(part for part in parts if part is not None)


def per_capita_fen(income: Income, population: int) -> int | None:
    """人均纯收入 in whole 分, half up. Raises ValueError for a household of nobody."""
    if population <= 0:
        raise ValueError("家庭人口不能为 0")
    net = income.net_fen
    return None if net is None else (2 * net + population) // (2 * population)


def window(on: date, case: str = NEW) -> tuple[date, date]:
    """The months that income is counted over: twelve that end before the month of identification; 1 October to 30
    September, the last one that is over, for a household on the list."""
    if case == KEPT:
        year = on.year if (on.month, on.day) > (9, 30) else on.year - 1
        return date(year - 1, 10, 1), date(year, 9, 30)
    until = on.replace(day=1) - timedelta(days=1)
    first = date(on.year - 1, on.month, 1)
    return first, until


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found at the household. None: nobody knows yet. `guarantees` by the codes of `words.GUARANTEES`."""

    per_capita_fen: int | None
    line_fen: int | None
    was_poor: bool | None
    guarantees: dict[str, bool | None] = field(default_factory=dict)
    is_burdened: bool | None = None
    """合规自付等刚性支出大, or income fell sharply."""
    can_cope: bool | None = None
    is_in_hardship: bool | None = None
    """基本生活出现严重困难."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """`kind` is "" where none of the three fits or facts are missing; `reasons` say why, step by step."""

    kind: str
    reasons: tuple[str, ...]
    missing: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return dict(KINDS).get(self.kind, "")


def judge(facts: Facts) -> Judgement:
    """above the line? → 突发; was poor? → 脱贫不稳定 : 边缘; each only with the risk that belongs to it."""
    if missing := _missing(facts):
        return Judgement("", ("事实不全，先补齐再判断",), missing)
    assert facts.per_capita_fen is not None and facts.line_fen is not None
    is_above = facts.per_capita_fen > facts.line_fen
    compared = f"人均纯收入 {_yuan(facts.per_capita_fen)} 元，{'高于' if is_above else '不高于'}监测线 {_yuan(facts.line_fen)} 元"
    risks = risks_of(facts)
    if is_above:
        if facts.is_burdened and facts.is_in_hardship:
            return Judgement(
                SUDDEN,
                (
                    compared,
                    "刚性支出大或收入骤减",
                    "基本生活出现严重困难",
                    "不论是否脱贫户，为突发严重困难户",
                ),
            )
        return Judgement("", (compared, "没有因刚性支出或收入骤减致基本生活严重困难，不符合三类对象"))
    if not risks:
        return Judgement("", (compared, "三保障和饮水有保障、支出可控、能自行应对：不能只凭收入认定"))
    if facts.was_poor:
        return Judgement(UNSTABLE, (compared, *risks, "为脱贫户，有返贫风险：脱贫不稳定户"))
    return Judgement(EDGE, (compared, *risks, "为一般农户，有致贫风险：边缘易致贫户"))


def risks_of(facts: Facts) -> tuple[str, ...]:
    lost = [f"{title}没有保障" for code, title in GUARANTEES if facts.guarantees.get(code) is False]
    if facts.is_burdened:
        lost.append("合规自付等刚性支出大或收入骤减")
    if facts.can_cope is False:
        lost.append("自身难以应对")
    return tuple(lost)


def _missing(facts: Facts) -> tuple[str, ...]:
    asked = (
        ("人均纯收入", facts.per_capita_fen), ("监测线", facts.line_fen), ("是否脱贫户", facts.was_poor),
        *((title, facts.guarantees.get(code)) for code, title in GUARANTEES),
        ("刚性支出", facts.is_burdened), ("应对能力", facts.can_cope), ("基本生活", facts.is_in_hardship),
    )  # fmt: skip
    return tuple(title for title, value in asked if value is None)


def _yuan(fen: int) -> str:
    return f"{fen / 100:.2f}".removesuffix(".00")
