"""The words around a figure that say how it is judged: comparator, level or growth, firm or stretch.

以上 makes a floor, 以内 a ceiling, 左右 an approximation. What is printed behind a figure outweighs a verb
before it: 突破10亿元左右 is approximate.
"""

from __future__ import annotations

import re

from luodi.reading.figures import Figure
from luodi.reading.model import Change, Comparator

AFTER: dict[str, Comparator] = {
    "及以上": "ge", "或以上": "ge", "以上": "ge", "左右": "approx", "上下": "approx",
    "及以内": "le", "以内": "le", "之内": "le", "及以下": "le", "以下": "lt", "之下": "lt",
}  # fmt: skip
BEFORE: dict[str, Comparator] = {
    "不低于": "ge", "不少于": "ge", "不小于": "ge", "不下于": "ge", "至少": "ge", "最少": "ge",
    "不超过": "le", "不高于": "le", "不大于": "le", "不多于": "le", "不突破": "le", "最多": "le",
    "突破": "gt", "超过": "gt", "高于": "gt", "大于": "gt", "多于": "gt", "逾": "gt", "超": "gt", "破": "gt",
    "低于": "lt", "小于": "lt", "少于": "lt",
    "大约": "approx", "大体": "approx", "约": "approx", "接近": "approx", "近": "approx",
}  # fmt: skip
STRETCH = ("力争", "争取", "争创", "努力")

AFTER_FIGURE = re.compile("[（(]?含[）)]?以上|" + "|".join(AFTER))
_BEFORE = re.compile("|".join(sorted(BEFORE, key=len, reverse=True)))
_REACHED = [
    "提高",
    "提升",
    "增长",
    "增加",
    "扩大",
    "上升",
    "下降",
    "降低",
    "减少",
    "压缩",
    "压减",
    "缩短",
    "缩减",
    "恢复",
    "发展",
    "壮大",
    "拓展",
]
_LEVEL = re.compile(f"(?:{'|'.join(_REACHED)}|[增升降减扩])(?:到|至|为)")
_GROWTH = re.compile(
    "增长|增速|增幅|涨幅|降幅|增量|下降|降低|减少|提高|提升|上升|上涨|增加|递增|递减|压减|削减|缩减|回落|压降|下调|上调|增收|减排|(?<![新净])增|[翻降升减涨]"
)
_LINKS = [
    "达到",
    "达",
    "完成",
    "实现",
    "为",
    "是",
    "在",
    "到",
    "至",
    "占到",
    "占",
    "保持",
    "稳定",
    "维持",
    "控制",
    "增至",
    "升至",
    "降至",
    "减至",
    "迈上",
    "跨上",
    "站上",
    "跃上",
    "迈进",
    "跨入",
    "进入",
    "跻身",
    "挺进",
    "冲刺",
    "向",
    "必保",
    "确保",
    "保证",
    "力保",
    "有望",
    "将",
    "预计",
    "计划",
    "预期",
    "目标",
    "均",
    "都",
    "分别",
    "各",
    "各自",
    "总体",
    "基本",
    "全部",
    "全面",
    "全年",
    "年均",
    "平均",
    "每年",
    "同比",
    "上年",
    "去年",
    "同期",
    "同口径",
    "累计",
    "再",
    "继续",
    "不断",
    "大幅",
    "较快",
    "同步",
    "增速",
    "增幅",
    "涨幅",
    "降幅",
    "回落",
    "压降",
    "上涨",
    "递增",
    "递减",
    "削减",
    "合理",
    "区间",
    "水平",
    "当年",
    "年度",
    "也",
    "又",
    "仍",
    "可比",
    "按",
    "不变价",
    "价格",
    "计算",
    "名义",
    "总共",
    "合计",
    "各类",
    "翻",
    "努力",
    "安全",
    "稳步",
    "超额",
    "进一步",
    "首次",
    "率先",
    "一举",
    "顺利",
    "成功",
    "总数",
    "以",
]
_WORDS = sorted((*BEFORE, *STRETCH, *_REACHED, *_LINKS), key=len, reverse=True)
_THAN = r"[比较](?:上年同期|去年同期|上年度|上年|去年|上一年|\d{4}年(?:底|末)?|“[^”]{2,4}”(?:期间|时期|末|期末)?|同期|基期)"
# What may stand between the thing measured and its figure, as one chain up to the figure.
CHAIN = re.compile(rf"(?:{_THAN}|(?<![新净])[增升降减扩]|{'|'.join(_WORDS)}|[，的：:])+\Z")


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
    if _GROWTH.search(before) or noun.endswith(("增速", "增幅", "涨幅", "降幅")):
        return "growth"
    return "level"
