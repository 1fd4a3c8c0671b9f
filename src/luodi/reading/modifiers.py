"""The words around a figure that say how it is judged: comparator, level or growth, firm or stretch.

以上 makes a floor, 以内 a ceiling, 左右 an approximation. What is printed behind a figure outweighs a verb
before it: 突破10亿元左右 is approximate.
"""

from __future__ import annotations

import re

from luodi.reading.figures import Figure
from luodi.reading.model import Change, Comparator
from luodi.reading.vocabulary import LINKS, REACH, any_of

AFTER: dict[str, Comparator] = {
    "及以上": "ge", "或以上": "ge", "以上": "ge", "左右": "approx", "上下": "approx",
    "及以内": "le", "以内": "le", "之内": "le", "内": "le", "及以下": "le", "以下": "lt", "之下": "lt",
}  # fmt: skip
BEFORE: dict[str, Comparator] = {
    "不低于": "ge", "不少于": "ge", "不小于": "ge", "不下于": "ge", "至少": "ge", "最少": "ge",
    "不超过": "le", "不高于": "le", "不大于": "le", "不多于": "le", "不突破": "le", "最多": "le",
    "突破": "gt", "超过": "gt", "高于": "gt", "大于": "gt", "多于": "gt", "逾": "gt", "超": "gt", "破": "gt",
    "低于": "lt", "小于": "lt", "少于": "lt",
    "大约": "approx", "大体": "approx", "约": "approx", "接近": "approx", "近": "approx",
}  # fmt: skip
STRETCH = ("力争", "争取", "争创", "努力")

_AFTER = re.compile(
    "[（(]?含[）)]?以上|"
    + any_of(word for word in AFTER if word != "内")
    + r"|内(?=[，。；、,;]|办结|办理|完成|\Z)"
)
_BEFORE = re.compile(any_of(BEFORE))
_LEVEL = re.compile(f"(?:{any_of(REACH)}|[增升降减扩])(?:到|至|为)")
_GROWTH = re.compile(
    "增长|增速|增幅|涨幅|降幅|增量|下降|降低|减少|提高|提升|上升|上涨|增加|递增|递减|压减|压缩|削减|缩减|回落|压降|下调|上调|增收|减排"
    "|(?<![新净])增|[翻降升减涨]"
)
_RATES = ("增速", "增幅", "涨幅", "降幅")
_PERIOD = r"(?:上年同期|去年同期|上年度|上年|去年|上一年|\d{4}年(?:底|末)?|“[^”]{2,4}”(?:期间|时期|末|期末)?|同期|基期|上期|[三五]年前|年初)"
_THAN = rf"(?:同)?[比较]{_PERIOD}|在(?:{_PERIOD}|现有)[^，]{{0,4}}基础上|[0-9三五]年累计|(?<!人)均|每(?:人|户|亩|标方)?每?[年月天日]|(?<![新净])[增升降减扩]"
COMPARED = re.compile(
    rf"(?=[同比较在从由])(?:(?:同)?[比较]{_PERIOD}|在(?:{_PERIOD}|现有)[^，]{{0,4}}基础上|[从由]\d{{4}}年.*?(?:到|至))"
)
"""A base year names what is compared with, not when a figure is due."""

# What may stand between the thing measured and its figure, as one chain up to the figure.
_CHAIN = re.compile(rf"(?:{any_of(BEFORE, STRETCH, REACH, LINKS)}|[，的：:了已 　]|{_THAN})+\Z")
_LONGEST_CHAIN = 24


def chain_before(lead: str) -> tuple[str, str]:
    """Split the words before a figure into what is measured and the chain of verbs and modifiers."""
    match = _CHAIN.search(lead[-_LONGEST_CHAIN:])
    chain = match.group() if match else ""
    return lead[: len(lead) - len(chain)], chain


def after_figure(text: str, end: int) -> tuple[str, int]:
    """The modifier printed right behind a figure that ends at `end`, or "", and where it ends."""
    match = _AFTER.match(text, end)
    return (match.group(), match.end()) if match else ("", end)


def comparator(before: str, after: str, figure: Figure) -> Comparator:
    """`before` is the chain of words up to the figure, `after` the modifier printed behind it."""
    if after:
        return AFTER.get(after, "ge")
    if figure.is_range:
        return "range"
    found = _BEFORE.findall(before)
    if found:
        return BEFORE[found[-1]]
    return "gt" if figure.is_more else "ge" if figure.number.endswith("位数") else "eq"


def change(before: str, noun: str, figure: Figure) -> Change:
    """Whether the figure is a rate or amount of change, or a level that is reached."""
    if figure.unit.endswith(("百分点", "千分点")) or figure.number.endswith(("番", "增长", "位数")):
        return "growth"
    if _LEVEL.search(before):
        return "level"
    growth = _GROWTH.findall(before)
    if growth and figure.is_count:
        growth = [word for word in growth if word not in ("提升", "提高")]  # 巩固提升120万人 betters them
    if growth:
        return "growth"
    return "growth" if noun.endswith(_RATES) else "level"
