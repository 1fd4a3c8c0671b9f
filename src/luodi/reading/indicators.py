"""The noun phrase that a figure measures, in the words of the text."""

from __future__ import annotations

import re

from luodi.reading.vocabulary import ADVERBS, COUNTED, CREATE, DELIVER, MANNER, any_of

_WHEN = (
    r"(?:到|至|在|截至)?(?:二〇[〇一二三]\S年|\d{4}年)(?:[底末初]|\d{1,2}月)?(?:前|以前|之前|时)?"
    r"|(?:[一二三四]季度|上半年|下半年)(?:末|前)?|\d{1,2}月(?:份|底|\d{1,2}日)?(?:前|底前)?|“[^”]{2,4}”(?:期间|时期|期末|末)"
    r"|(?:今后|未来|五)[35三五]年|在[^，]{1,20}?基础上"
)
_MANNER = rf"(?:{any_of(MANNER)})(?={any_of(DELIVER, COUNTED)})"
_GLUE = r"[、，：:与及 　]|和(?![谐美平])|在(?![建校岗册线外职读库孵])"
_NUMBERING = (
    r"(?:\A(?:[一二三四五六七八九十]{1,3}、(?![二三]产|[二三]、)|\d{1,2}[.．、]|[①-⑳]|[（(]\d{1,2}[）)]))?"
)
_LEAD = re.compile(rf"{_NUMBERING}(?:{_WHEN}|{_MANNER}|{any_of(ADVERBS, DELIVER)}|{_GLUE})+|{_NUMBERING}")
_LEAD_ADVERB = re.compile(rf"{_NUMBERING}(?:{_WHEN}|{_MANNER}|{any_of(ADVERBS)}|{_GLUE})+|{_NUMBERING}")
DELIVER_TAIL = re.compile(rf"(?:{any_of(DELIVER)})\Z")
COUNTED_TAIL = re.compile(rf"(?:{any_of(COUNTED)})\Z")
CREATE_TAIL = re.compile(rf"(?:{any_of(CREATE)})\Z")
CREATE_WORD = re.compile(any_of(CREATE))
COUNTED_HEAD = re.compile(rf"\A(?:{any_of(COUNTED)})+(?=..)")
ELLIPTIC = re.compile(rf"(?:{any_of(DELIVER, COUNTED)}|总数|人均)*\Z")
"""An indicator that names no thing: what it counts was said just before."""

# "A、B等" names examples of what is counted.
_EXAMPLES = re.compile(
    rf"(?P<verb>{any_of(COUNTED)})?[^，]*?等(?!级|次|额|价|效|值|奖|于|候|同|教|保|离)(?=[^等]{{2,}}\Z)"
)
# "由53微克下降到45微克": where it comes from is not what it measures.
_FROM = re.compile(
    r"(?:从|由)(?:年?人均|每人每[年月]|每[年月])?(?:上年|去年|\d|目前|现在|现行|原来|[XＸ×]).*\Z"
)
# "564户2191人减贫任务": the same people counted twice.
_ALSO = re.compile(r"(?:[0-9.]+[万亿]?|[一二三四五六七八九十百]+)[户个家人名所件]\Z")
_FILLER = re.compile(r"全部实现|全部实施|全部|基本实现|实现|\d{1,2}月(?:份|底)?前|年底前|率先|逐步")
_NOTE = re.compile(r"[（(][^（）()]{4,}[）)]?\Z|用于.*\Z")
_TAIL_WORDS = re.compile(
    r"(?=[增涨降同分力预目的均共总，、：（(])"
    r"(?:增长(?:目标|预期目标|预期|速度)|增长|增速|增幅|涨幅|降幅|同比|分别|力争|预期|目标|的|均|共|总数|[，、：（(])+\Z"
)
_MEASURE_TAIL = re.compile(
    "(?:率|收入|总额|增加值|产值|总量|产量|投资|比重|占比|比例|消费|支出|贷款|余额|指数|价格|总值|面积|出口|进出口|存款|利润|税收|外资"
    r"|水平|强度|人口|销售|用电量|吞吐量|效率|涨幅|增速)\Z"
)
_REACHING = ("覆盖", "惠及", "带动", "吸纳")
"""Verbs whose subject belongs to the measure: 收运体系覆盖90%的村."""
_SHARE = re.compile("占.+(?:比重|比例|比)\\Z")
_SPACE = re.compile(r"(?=\s)(?:(?<![A-Za-z])\s+|\s+(?![A-Za-z]))")
_BARE = re.compile(r"(?:总产量|产量|总产|单产|总量|总产值|产值|亩产)\Z")
_STEM = re.compile(
    r"(?P<of>.{2,}?)(?:播种面积|种植面积|养殖面积|面积|总产量|产量|总产值|产值|存栏|出栏|增加值)\Z"
)
_ACCIDENTS = re.compile(r"(?P<of>.*事故)(?:发生)?(?:起数|次数|总量|数)\Z")
_OF_ACCIDENTS = re.compile(r"(?:死亡|受伤|伤亡)人数\Z|直接经济损失\Z")
_SPLIT = re.compile("、|以及|和|与|及")


def before_figure(head: str) -> tuple[str, int]:
    """Indicator of "新增示范合作社15个" from the words before the figure, and its offset in `head`."""
    lead = _LEAD.match(head)
    cut = lead.end() if lead else 0
    if len(head) - cut < 3:
        lead = _LEAD_ADVERB.match(head)
        cut = lead.end() if lead else 0
    noun = head[cut:]
    example = _EXAMPLES.match(noun)
    if example:
        name = (example["verb"] or "") + noun[example.end() :]
        if not example["verb"]:
            cut += example.end()
        noun = name
    return _SPACE.sub("", _FROM.sub("", noun)), cut


def after_figure(head: str, rest: str) -> tuple[str, int]:
    """Indicator of "新增3个以上试点村庄" from the words on both sides, and the offset in `head` where it begins."""
    rest = _NOTE.sub("", _FILLER.sub("", rest)).removeprefix("级").strip("的")
    rest = _SPACE.sub("", rest)
    head = _ALSO.sub("", head)
    counted = COUNTED_TAIL.search(head)
    if counted:
        if counted.group() not in _REACHING:
            return counted.group() + rest, counted.start()
        noun, cut = before_figure(head)
        return noun + rest, cut
    if not head or head.endswith(("等", "的", "、", "和", "与", "及", "个", "剩余", "余下", "其余")):
        return rest, len(head)
    if DELIVER_TAIL.search(head) or "、" in head:
        return rest, len(head)
    noun, cut = before_figure(head)
    if not noun or _LEAD.fullmatch(noun):
        return rest, len(head)
    return noun + rest, cut


def bare_measure(noun: str) -> str:
    """ "居民消费价格涨幅" measures 居民消费价格; that it is its change is said elsewhere."""
    return _TAIL_WORDS.sub("", noun)


def of_the_same(measure: str, earlier: str) -> str:
    """The full name of a bare measure: 产量, said after 粮食播种面积, is 粮食产量; other measures stay as they are."""
    stem = _STEM.match(earlier) if _BARE.match(measure) else None
    return stem["of"] + measure if stem else measure


def split_list(head: str, count: int) -> list[str]:
    """The `count` things that a 分别 statement measures; the whole phrase for each where it can't be told.

    A head noun printed once is given to all: 煤炭和洗煤产量 -> 煤炭产量, 洗煤产量; so is the accident whose dead are
    counted: 道路事故起数和死亡人数 -> 道路事故起数, 道路事故死亡人数.
    """
    parts = _parts(head, count)
    if len(parts) != count:
        return [head] * count
    last = parts[-1]
    share = _SHARE.search(last)
    if share:
        return [part if "占" in part else part + share.group() for part in parts]
    named = [part if _MEASURE_TAIL.search(part) else part + _shared_noun(part, last) for part in parts[:-1]]
    accident = _ACCIDENTS.match(parts[0])
    of = accident["of"] if accident else ""
    return [of + name if _OF_ACCIDENTS.match(name) else name for name in (*named, last)]


_SHORT = 4
"""A longer part of a list has its own noun."""


def _shared_noun(part: str, last: str) -> str:
    """What follows in `last` where it is like `part`: 农业 | 规上工业增加值 -> 增加值, 煤炭 | 洗煤产量 -> 产量."""
    like = last.find(part[-1])
    if 0 <= like < len(last) - 1:
        return last[like + 1 :]
    return last[len(part) :] if len(part) <= _SHORT else ""


def _parts(head: str, count: int) -> list[str]:
    parts = [part for part in _SPLIT.split(head) if part]
    if len(parts) == count:
        return parts
    parts = [part for part in head.split("、") if part]
    if parts and len(parts) == count - 1:
        return [*parts[:-1], *re.split("以及|和|与|及", parts[-1], maxsplit=1)]
    return parts


def stand_alone(head: str) -> list[str]:
    """The parts of "A、B和C均增长8%" when each names a measure by itself, else the whole phrase."""
    parts = [part for part in _SPLIT.split(head) if part]
    if len(parts) > 1 and all(_MEASURE_TAIL.search(part) and not part.startswith("总") for part in parts):
        return parts
    return [head]
