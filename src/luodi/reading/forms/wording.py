"""How forms put a line into words: blanks, kinds, targets, deadlines, responsible units."""

from __future__ import annotations

import calendar
import re
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol

from luodi.reading.forms.lines import FormHead, FormLine
from luodi.reading.model import Comparator, HorizonLabel, Kind

BLANK = "＿＿"
"""A figure or a name that the paper leaves open, for a pen."""
TODO = "待补"
"""A field that someone still has to fill."""
NONE = "—"
"""A field that is known to be empty."""
PERIODS: dict[HorizonLabel, str] = {"year": "全年", "multi": "规划期内"}
"""The deadline of a commitment whose words name none: the stretch of time that its part is about."""

Form = Literal["list", "table", "plan", "progress"]
FORMS: dict[Form, str] = {"list": "分解清单", "table": "分解表", "plan": "办理方案", "progress": "进展情况表"}

KINDS: dict[Kind, str] = {"target": "目标", "project": "项目", "mechanism": "机制", "action": "任务"}

COMPARATORS: dict[Comparator, str] = {
    "eq": "＝", "ge": "≥", "gt": "＞", "le": "≤", "lt": "＜", "approx": "≈", "range": "",
}  # fmt: skip

_FALLING = re.compile(r"下降|降低|减少|压减|压缩|缩短|回落|降幅|减")
_SAYS_CHANGE = re.compile(r"(?:增速|增幅|降幅|增长率|增量|增长|下降|提高|增加|减少)$")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_HORIZON = re.compile(r"(\d{4})(?:Q([1-4])|-(\d{2}))?")
_QUARTERS = "一二三四"


class TargetLike(Protocol):
    """A target of a report, or a ledger row that has the same fields."""

    @property
    def quote(self) -> str: ...
    @property
    def indicator(self) -> str: ...
    @property
    def value(self) -> float | Decimal | None: ...
    @property
    def value_high(self) -> float | Decimal | None: ...
    @property
    def unit(self) -> str: ...
    @property
    def comparator(self) -> Comparator: ...
    @property
    def change(self) -> str: ...
    @property
    def ambition(self) -> str: ...
    @property
    def horizon(self) -> str: ...


def target_in_words(target: TargetLike) -> str:
    """ "全社会固定资产投资 增速 ≥ 8 %（力争）"; a masked figure is ＿＿, and a horizon of its own is named."""
    number = _number(target.value)
    if target.comparator == "range":
        number = f"{number}—{_number(target.value_high)}"
    aside = [horizon_in_words(target.horizon)] if _HORIZON.fullmatch(target.horizon) else []
    if target.ambition == "stretch":
        aside.append("力争")
    words = (target.indicator, _change(target), COMPARATORS[target.comparator], number, target.unit)
    return " ".join(word for word in words if word) + (f"（{'，'.join(aside)}）" if aside else "")


def _change(target: TargetLike) -> str:
    if target.change != "growth" or _SAYS_CHANGE.search(target.indicator):
        return ""
    falling = _FALLING.search(target.quote) is not None
    if "百分点" in target.unit:
        return "降低" if falling else "提高"
    if target.unit in {"%", "％", "‰"}:
        return "降幅" if falling else "增速"
    return "减少" if falling else "增加"


def _number(value: float | Decimal | None) -> str:
    if value is None:
        return BLANK
    plain = format(Decimal(format(value, ".12g")), "f")  # twelve digits hide what binary fractions add
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def horizon_in_words(horizon: str) -> str:
    """ "2027Q1" -> "2027年第一季度", "2027-06" -> "2027年6月", "2030" -> "2030年"; anything else unchanged."""
    match = _HORIZON.fullmatch(horizon)
    if match is None:
        return horizon
    year, quarter, month = match.groups()
    if quarter:
        return f"{year}年第{_QUARTERS[int(quarter) - 1]}季度"
    return f"{year}年{int(month)}月" if month else f"{year}年"


def day_in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def deadline_in_words(deadline: str | None) -> str:
    """An ISO date as a form prints it ("2027年3月底"), other words unchanged, unknown as 待补."""
    match = _DAY.fullmatch(deadline or "")
    if match is None:
        return deadline or TODO
    year, month, day = (int(part) for part in match.groups())
    if 1 <= month <= 12 and day == calendar.monthrange(year, month)[1]:
        return f"{year}年{month}月底"
    return f"{year}年{month}月{day}日"


def quarter_in_words(head: FormHead) -> str:
    return f"第{_QUARTERS[head.quarter - 1]}季度" if head.quarter else f"第{BLANK}季度"


def support_in_words(line: FormLine) -> str:
    """Support units in one cell; with none, — once people settled the units, else 待补."""
    return "、".join(line.support) or (TODO if line.suggested or not line.lead else NONE)


def targets_in_words(line: FormLine) -> str:
    return "\n".join(line.targets) or NONE


def sentence_like(text: str) -> str:
    """The text with a full stop, unless it closes itself."""
    return text if text.endswith(("。", "！", "？", "；", ".", "!", "?", ";")) else text + "。"
