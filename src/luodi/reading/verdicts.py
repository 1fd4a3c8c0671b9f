"""How a result is judged against a target: units, direction, and the words that make a floor or a ceiling.

Tolerances: 左右 allows half a percentage point for rates and 5 % for amounts. A result is `exceeded` when it is better
than the target by more than the same tolerance; a result that only meets it is `reached`. A bare figure (7%) and
以上 are floors, 以内 is a ceiling, and so is a bare figure of a measure that should stay low (失业率, 消费价格).
"""

from __future__ import annotations

import re
from typing import Literal

from luodi.reading.model import Achievement, Target

Verdict = Literal["reached", "exceeded", "missed", "unclear", "not_mentioned"]

RATE_TOLERANCE = 0.5
"""Percentage points."""
AMOUNT_TOLERANCE = 0.05
"""Share of the target."""

_MULTIPLIERS = {"十": 10.0, "百": 100.0, "千": 1e3, "万": 1e4, "亿": 1e8}
_BASES: dict[str, tuple[str, float]] = {
    "%": ("%", 1), "％": ("%", 1), "‰": ("%", 0.1), "个百分点": ("pp", 1), "百分点": ("pp", 1), "倍": ("倍", 1),
    "平方米": ("m2", 1), "平米": ("m2", 1), "亩": ("m2", 10_000 / 15), "公顷": ("m2", 1e4), "平方公里": ("m2", 1e6), "平方千米": ("m2", 1e6),
    "米": ("m", 1), "公里": ("m", 1e3), "千米": ("m", 1e3),
    "斤": ("kg", 0.5), "公斤": ("kg", 1), "千克": ("kg", 1), "担": ("kg", 50), "吨": ("kg", 1e3),
    "千瓦": ("kW", 1), "兆瓦": ("kW", 1e3), "MW": ("kW", 1e3), "吉瓦": ("kW", 1e6), "GW": ("kW", 1e6),
    "千瓦时": ("kWh", 1), "度": ("kWh", 1), "立方米": ("m3", 1), "立方": ("m3", 1), "方": ("m3", 1),
    "标箱": ("TEU", 1), "标准箱": ("TEU", 1), "TEU": ("TEU", 1),
    "人": ("人", 1), "名": ("人", 1), "位": ("人", 1),
    "个": ("个", 1), "家": ("个", 1), "户": ("个", 1), "所": ("个", 1), "座": ("个", 1), "处": ("个", 1), "项": ("个", 1), "件": ("个", 1),
    "条": ("个", 1), "宗": ("个", 1), "套": ("套", 1),
}  # fmt: skip
_UNIT = re.compile(r"([十百千万亿]*)(.*)\Z")
_KILO = ("千瓦时", "千瓦", "千米", "千克", "千升", "千伏安")
_DOWN = re.compile("下降|降低|减少|压减|压缩|削减|缩减|递减|回落|降幅|负增长|[-－]|降(?!到|至)")
_LOW_IS_GOOD = re.compile(
    "失业率|消费价格|CPI|死亡|出生率|自然增长率|浓度|赤字|不良|债务率|事故|发病|能耗|排放|负债"
)


def to_base(value: float, unit: str) -> tuple[float, str]:
    """The value in the base of its family of units ("3.5", "万亩" in square metres), with the family's name."""
    if unit.startswith(_KILO):
        multiplier, base = "", unit
    else:
        match = _UNIT.match(unit)
        assert match is not None
        multiplier, base = match.groups()
        kilo = next((k for k in _KILO if multiplier.endswith("千") and ("千" + base).startswith(k)), None)
        if kilo:
            multiplier, base = multiplier[:-1], "千" + base
    for char in multiplier:
        value *= _MULTIPLIERS[char]
    if multiplier.endswith("亿") and not base:
        base = "元"  # 百亿级, 突破千亿
    family, factor = _BASES.get(base, (base, 1.0))
    return value * factor, family


def goes_down(quote: str) -> bool:
    return _DOWN.search(quote) is not None


def judge(target: Target, result: Achievement) -> tuple[Verdict, str]:
    """The verdict on a result that measures the same indicator, and why, in Chinese."""
    promised, told = f"目标“{target.quote}”", f"结果“{result.quote}”"
    if target.value is None or result.value is None:
        return "unclear", f"{promised}的数字空缺，无法判断"
    if target.change != result.change:
        return "unclear", f"{promised}与{told}一为增减幅度、一为总量，无法直接比较"
    goal, family = to_base(target.value, target.unit)
    got, got_family = to_base(result.value, result.unit)
    if family != got_family:
        return "unclear", f"单位不同（{target.unit}、{result.unit}），无法直接比较"
    high = to_base(target.value_high, target.unit)[0] if target.value_high is not None else goal
    verdict = _against(target, result, goal, high, got, family)
    word = {"reached": "达到", "exceeded": "超过", "missed": "未达到"}[verdict]
    return verdict, f"{told}，{word}{promised}"


def _against(
    target: Target, result: Achievement, goal: float, high: float, got: float, family: str
) -> Verdict:
    slack = RATE_TOLERANCE if family in ("%", "pp") else AMOUNT_TOLERANCE * abs(goal)
    allowed = slack if target.comparator == "approx" else 1e-9 * max(1.0, abs(goal))
    if target.change == "growth" and goes_down(target.quote) != goes_down(result.quote):
        if _is_ceiling(target) and not goes_down(target.quote):
            return "reached"
        return "missed"
    if _is_ceiling(target) and not goes_down(target.quote):
        limit = high + allowed
        return "reached" if got < limit or (got == limit and target.comparator != "lt") else "missed"
    if got > high + slack:
        return "exceeded"
    if target.comparator == "gt" and got == goal:
        return "missed"
    return "reached" if got >= goal - allowed else "missed"


def _is_ceiling(target: Target) -> bool:
    if target.comparator in ("le", "lt"):
        return True
    return target.comparator != "ge" and _LOW_IS_GOOD.search(target.indicator) is not None
