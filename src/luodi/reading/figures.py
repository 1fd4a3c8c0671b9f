"""Figures of a report: numbers with a unit, their Chinese spellings, and their masks.

A number is printed in digits (also full width), in Chinese numerals, or masked (X, ××, ＊＊) before
publication. Its unit is kept as printed with its multiplier ("万亩"), and `value` is in that unit, so that
"4.5万亩" is 4.5; a multiplier that stands alone is the number itself ("万名" is 10000 名, "百亿" is 100 亿).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from luodi.reading.vocabulary import words

UNITS = words(
    "平方公里 平方千米 平方米 平米 立方米 立方 公里 千米 公顷 微克/立方米 毫克/升 吨标准煤 吨标煤 "
    "公斤 千克 标准箱 标箱 箱 万标箱 千瓦时 千瓦 兆瓦 吉瓦 GW MW 人民币 美元 欧元 港元 元 个百分点 "
    "百分点 个千分点 % ％ ‰ 人次 架次 场次 班次 车次 批次 件次 户次 家次 辆次 频次 课时 个工作日 "
    "工作日 个小时 小时 分钟 个 家 户 人 名 亩 吨 项 条 件 套 座 所 米 倍 位 处 场 台 天 张 "
    "辆 斤 头 次 宗 栋 幢 株 枚 只 支 块 例 间 部 册 片 颗 盏 艘 架 列 门 篇 单 类 批 度 棵 羽 尾 匹 "
    "眼 口 组 团 强 岁 对 袋 瓶 床 斗 PB EB P TEU 千伏安 千升 担 班 种 棒 Gbps 方 微克 份 蒸吨 /10万 /十万 /万"
)
MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
COUNTED = frozenset(
    words(
        "个 家 户 人 名 项 条 件 套 座 所 位 处 场 台 张 辆 头 次 宗 栋 幢 株 枚 只 支 块 例 间 部 册 片 "
        "颗 盏 艘 架 列 门 篇 单 类 批 棵 羽 尾 匹 眼 口 组 团 对 床 人次 架次 场次 班次 车次 批次 件次 "
        "户次 家次 辆次 班 种 份"
    )
)
"""Units that count things one by one: "30个园区" counts parks, while "30万吨项目" only describes a project."""

_UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
# 部门, 人均, 条例, 名列 and the like begin with a unit's character but are words of their own.
_UNIT = f"(?:(?!部门|人均|条例|名列|位居|项目|台湾|处理|次于|类似|度假|度夏|方[面向式案法位便可]|份额|个月|期间|家庭|人大|场均|对[外口接标比内]|间接|口径)(?:{_UNIT}))"
# Years are dates, but "平均受教育年限11.7年" is a length: told by its decimals.
_YEARS = "(?<=[.．][0-9])年|(?<=[.．][0-9]{2})年"
_PER = r"(?:/[万亿]?(?:平方公里|平方米|立方米|公里|小时|元|人|亩|吨|天|日|月|年|个|升|户|次|套))?"
_MULTIPLIER = "(?:万亿|千亿|百亿|十亿|千万|百万|十万|[千百]?[万亿]|[百千](?!瓦|伏|米|克))?"
_MASK = r"(?<![0-9０-９A-Za-z])(?:[XＸ×✕＊*]{1,4}|[○〇□_＿]{2,4})(?:[.．][XＸ×✕＊*]{1,3})?"
_DIGITS = (
    r"(?<![0-9０-９A-Za-z.．第$])[0-9０-９]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"
    r"|(?<![0-9０-９A-Za-z.．第$])[0-9０-９]{1,15}(?:[.．][0-9０-９]+)?"
)
_CHINESE = (
    "(?<![第前一二两三四五六七八九十百千万亿数几])(?<!铁人)"
    "(?:[一二两三四五六七八九]?[百千十](?:[零一二三四五六七八九]?[百十]?[一二三四五六七八九]?)|[两二三四五六七八九]|一(?![批次件条项]))"
)
_LONE = r"(?<![0-9０-９一二两三四五六七八九十百千万亿几数上过第余多])(?!万元)[万千百十]"
_DASH = "(?:[-—–―~～－]{1,2}|[至到])"

MASK = re.compile(rf"{_MASK}(?=[多余]?{_MULTIPLIER}{_UNIT}|{_DASH}[XＸ×]|左右|以内|以下|以上)")
"""A masked figure, by what follows it: X万吨 and ××% are figures, the X of "X等企业" or "XG" hides a name."""

_NUMBER = rf"(?:{_DIGITS}|{_MASK})"
# "产值突破千亿大关", "解决20万农村居民饮水": a multiplier may stand for the unit.
_NO_UNIT = r"(?<=[万亿])(?=[级，。；、农\n]|大关|台阶|规模|以上|左右|群众|贫困|城镇|职工|居民|学生|人口|妇女|儿童|老年|适龄|$)"

FIGURE = re.compile(
    r"(?P<ratio>(?<![0-9])[0-9]{1,2}(?:\.[0-9]{1,3})?(?:[:：∶][0-9]{1,2}(?:\.[0-9]{1,3})?){2})"
    r"|(?P<word>(?<!健)全覆盖|零增长|翻(?P<times>[一两二三四])?番|(?:两|二|2)位数)"
    rf"|(?:(?P<number>{_NUMBER})(?:(?P<low_unit>{_MULTIPLIER}{_UNIT}?)(?P<dash>{_DASH})(?P<high>{_NUMBER}))?"
    rf"|(?P<chinese>{_CHINESE})(?:[至到](?P<chinese_high>[两二三四五六七八九十]+))?|(?P<lone>{_LONE}))"
    rf" ?(?P<more>[多余几]?)(?P<multiplier>{_MULTIPLIER})(?P<more_after>[多余几]?)(?:(?P<unit>{_UNIT}{_PER}|{_YEARS})|{_NO_UNIT})"
)

# Indices, ratios and ranks have no unit: 消费价格指数103左右, 收入倍差缩小至1.74以内, 进入全省前10.
_BARE = re.compile(rf"(?:{_DIGITS}|{_MASK})(?=左右|以内|以下|以上|[，。；、,;\n]|$)")
_BEFORE_BARE = re.compile(
    "(?:指数|倍差|收入比|系数)(?:控制|保持|稳定|缩小|提高|降|达|为|在|到|至|力争|下降|上升|以|约|低于|不超过|高于|不高于|不低于)*\\Z"
    "|(?:进入|跻身|挺进|位居|位列|稳居|保持)[^，。；]{0,6}前\\Z"
)

# Where a figure may begin: character classes are found an order of magnitude faster than FIGURE fails everywhere.
_TRIGGER = re.compile(
    "[0-9０-９]+|[XＸ×✕＊*○〇□_＿]|[零翻全](?=[增番一两二三四覆])"
    f"|[一二两三四五六七八九十百千万](?=[零一二两三四五六七八九十百千万亿至到多余几 {re.escape(''.join(sorted({unit[0] for unit in UNITS})))}])"
)

_WIDE = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_DIGIT = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}


class Figure(NamedTuple):
    """A number with its unit at `start:end` of the text. `value` is None under a mask; `high` closes a range."""

    start: int
    end: int
    number: str
    value: float | None
    high: float | None
    unit: str
    is_more: bool = False
    """多 or 余 stands behind the number: a little more than it says."""
    is_range: bool = False
    is_word: bool = False
    """A word that is a figure by itself: 全覆盖, 零增长, 翻番, 两位数; or a ratio of three (三次产业结构 5:45:50), which has no one value."""

    @property
    def is_count(self) -> bool:
        return self.unit.lstrip("十百千万亿") in COUNTED


def find_figures(text: str, start: int = 0, end: int | None = None) -> Iterator[Figure]:
    """Every figure inside `text[start:end]`, in the order of the text."""
    end = len(text) if end is None else end
    free = start
    for trigger in _TRIGGER.finditer(text, start, end):
        at = trigger.start()
        if at < free:
            continue
        if match := FIGURE.match(text, at, end):
            yield _word(match) if match["word"] or match["ratio"] else _figure(match)
        elif (match := _BARE.match(text, at, end)) and _BEFORE_BARE.search(text, max(start, at - 16), at):
            yield Figure(at, match.end(), match.group(), to_value(match.group()), None, "")
        else:
            continue
        free = match.end()


def to_value(number: str) -> float | None:
    """The value of a printed number: digits of either width or Chinese numerals; None under a mask."""
    plain = number if number.isdecimal() else number.translate(_WIDE).replace(",", "")
    if plain[:1].isdigit():
        return float(plain)
    return None if plain[:1] not in _DIGIT and plain[:1] not in MULTIPLIERS else float(_chinese(plain))


def _chinese(numeral: str) -> int:
    """Chinese numerals below 10,000, and a lone multiplier (万 is 10,000)."""
    total, digit = 0, 0
    for char in numeral:
        if char in MULTIPLIERS:
            total += (digit or 1) * MULTIPLIERS[char]
            digit = 0
        else:
            digit = _DIGIT[char]
    return total + digit


def _figure(match: re.Match[str]) -> Figure:
    start, end = match.span()
    first = match["number"] or match["chinese"] or match["lone"]
    number, high, unit = first, None, match["unit"] or ""
    if match["chinese_high"]:
        number = match.string[start : match.end("chinese_high")]
        high = to_value(match["chinese_high"])
    if match["high"]:
        number = match.string[start : end if unit in ("%", "％") else match.end("high")]
        high = to_value(match["high"])
    return Figure(
        start,
        end,
        number,
        to_value(first),
        high,
        match["multiplier"] + unit,
        is_more=bool(match["more"] or match["more_after"]),
        is_range=high is not None,
    )


def _word(match: re.Match[str]) -> Figure:
    if match["ratio"]:
        return Figure(match.start(), match.end(), match["ratio"], None, None, "", is_word=True)
    word = match["word"]
    if word == "全覆盖":
        value, unit = 100.0, "%"
    elif word == "零增长":
        value, unit = 0.0, "%"
    elif word.endswith("位数"):
        value, unit = 10.0, "%"
    else:
        value, unit = float(2 ** _DIGIT.get(match["times"] or "一", 1)), "倍"
    return Figure(match.start(), match.end(), word, value, None, unit, is_word=True)
