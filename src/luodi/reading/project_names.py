"""Whether words name a work: answers about a candidate, weighed by data/projects.json.

A name has a word of its own in it: a place, an owner, a number, a phase. Which places a report speaks of it tells
itself (汇川区 makes 汇川 a place); words that few reports use (data/common.txt lists the others) are likely names.
The weights are learned by tools/train_projects.py, which states its measured scores.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from functools import cache, lru_cache
from importlib import resources
from operator import add
from typing import NamedTuple

from luodi.kernel.divisions import divisions
from luodi.reading.places import COMMON_WORDS
from luodi.reading.project_grammar import VERB, Candidate
from luodi.reading.weighing import Weighing

_OWN = re.compile(
    "(?=..[新区县市镇乡街开经高工园水机铁大路河湖山港])"
    "([\u4e00-\u9fff]{2})(?:新区|区|县|市|镇|乡|街道|开发区|经开区|高新区|工业园|园区|水库|机场|高速|铁路|大道|路|大桥|河|湖|山|港)"
)
_PLACED = re.compile(
    "[市省州区县](?![级场域政区县属内外]|直)|[\u4e00-\u9fff]{1,4}?(?:市|区|县|旗|镇|乡|村|街道|河|江|湖|山|岛|湾|路|大道|街|桥|庄|港|站|高速|高铁|"
    "铁路|煤矿|沟|峡|州|岭|坡|塬|集团|公司|大学|学院)|[GSＧＳ]\\d|\\d{3}|[XＸ]"
)
_SEAT = re.compile("(?:[市省州区县]|自治[区州])(?![级场域政区县属内外]|直)")
_GENERIC = re.compile(
    "[一二三四五六七八九十百\\d]+[个项条座所家处批公里]|一批|各|全[市县省区国]|农村|城[市镇乡区]|乡[村镇]|老旧|重[点大]|国家|省级|市级|县级|区域|基础|公共|"
    "社区|产业|工业|园区|高标准|智[慧能]|数字|现代|绿色|生态|新型|传统|文化|旅游|教育|医疗|养老|健康|安全|水利|交通|能源|综合|配套|地下|背街|棚户|"
    "保障|年产|总投资|人才|创新|科技|项目|政务|信息|应急"
)
_WORK = re.compile(
    "(?:工程|项目|基地|园|区|医院|学校|学院|大学|中学|小学|路|道|街|高速|高铁|铁路|公路|线|码头|港|机场|站|枢纽|立交|桥|隧道|水库|厂|管廊|管网|渠|中心|"
    "馆|院|所|厦|广场|综合体|酒店|小镇|城|公园|景区|平台|实验室|孵化器|场|房|矿|仓|改造|扩建|迁建|治理|整治|修复|开发|提升|段|期|库|谷|群|带|廊|井|"
    "塔|楼|岸)(?:[（(].*)?$"
)
_ABSTRACT = re.compile(
    "机制|制度|行动|计划|政策|方案|体系|改革|战略|规划|攻坚|活动|标准|能力|水平|作用|问题|责任|指标|模式|条例|办法|清单|试点|创建|合作|交流|服务|监管|"
    "队伍|人才|经济|产业(?!园)|企业|集群|链|品牌|文化|思想|精神|工作|融合|发展|保障|招商|业态|措施|建设|管理"
)
_PHASE = re.compile("[一二三四五六七八九十\\d][期号]|[（(].{1,6}期[)）]|年产|万吨|千伏|GW|MW")
_COUNTED = re.compile(
    ".{0,2}[一二三四五六七八九十百\\dXＸ]+[万亿]?(?:个|项|条|座|所|家|处|批|公里|套|户|亩|平方米|人)|"
    ".*[\\dXＸ]+[万亿]?(?:个|项|条|座|所|家|处|公里|套|户|亩|平方米|人|件|张|名)$"
)
_LISTED = re.compile(
    "工程|项目|综合体|设施|高速公路|公路|铁路|道路|水库|水电站|电站|机场|港口|码头|产业园|园区|基地|医院|学校|片区|干线|桥|航道|煤矿|输变电|小镇|中心|"
    "场馆|通道|停车场"
)
_NUMBERED = re.compile("等(?:一批)?[0-9XＸ一二三四五六七八九十]")
_VERBS = re.compile(f"{VERB}|前期|开展")
_ASPIRES = re.compile("争创|创建|创[国5５省]|评为|列入|申报|晋升|升格")
_LATIN = re.compile("[A-Za-z]")
_HAN_PAIR = re.compile("[\u4e00-\u9fff]{2}")
_LENGTHS = (3, 4, 5, 6, 7, 9, 11, 14, 18, 25)
BAR = -0.8  # the sum above which a candidate is taken; below zero, for a list shows more than it hides


def own_names(text: str) -> frozenset[str]:
    """The pairs of characters that this report uses as the name of a place at least twice."""
    return frozenset(name for name, times in Counter(_OWN.findall(text)).items() if times > 1)


def weigh(listed: Sequence[Candidate], own: frozenset[str]) -> list[float]:
    """How much speaks for each candidate of one chunk being the name of a work, in log odds."""
    weighing = _weighing()
    return [weighing(given) for given in answers(listed, own)]


def may_name(listed: Sequence[Candidate], own: frozenset[str]) -> bool:
    """Whether the candidates of a chunk are worth weighing: a list closed by 等, or one that is no abstract noun
    and names a work of its own or begins with a word of its own."""
    return any(candidate.listed or _may_be_named(candidate.name, own) for candidate in listed)


def _may_be_named(name: str, own: frozenset[str]) -> bool:
    look = _look(name, own)
    if look.phase or look.abstract:
        return look.phase
    return look.particular or (look.work and (not look.generic or look.seat))


QUESTIONS = (
    "any",
    "last character",
    "last two",
    "last three",
    "first character",
    "first two",
    "verb before",
    "verb behind",
    "verbs",
    "verb before and particular",
    "verbs, particular, work",
    "length",
    "length and work",
    "what is listed",
    "listed by number",
    "listed, of what, particular",
    "begins with a division",
    "a division within",
    "begins with a place of this report",
    "a place of this report within",
    "begins with a place by its kind",
    "rare words at the head",
    "rare words",
    "rare words at the head, generic, particular, listed",
    "generic",
    "ends like a work",
    "phase or capacity",
    "latin letters",
    "ends in an abstract noun",
    "counted",
    "的",
    "aspires to a rank",
    "seat and work",
    "mask and work",
    "particular, and so a neighbour",
    "two names joined",
    "joined: right one particular",
    "joined: right one particular, left one a work",
    "joined: length of the right one",
)


def answers(listed: Sequence[Candidate], own: frozenset[str]) -> list[tuple[Hashable, ...]]:
    """The answers to QUESTIONS for each candidate of one chunk."""
    looks = [_look(candidate.name, own) for candidate in listed]
    beside = sum([look.particular for look in looks])
    return [
        (*_about_name(c, look, own), (look.particular, beside > look.particular), *_about_pair(c, own))
        for c, look in zip(listed, looks, strict=True)
    ]


class _Look(NamedTuple):
    """What a name shows by itself. `place` is how long the name of a division at its beginning is; it is particular
    when it begins with a place, an owner, or a word that few reports use."""

    place: int
    owned: bool  # by a place of this report
    placed: bool  # by the kind of a place
    particular: bool
    work: bool
    generic: bool
    seat: bool
    phase: bool
    abstract: bool


@lru_cache(maxsize=256)  # asked before weighing, then by several questions
def _look(name: str, own: frozenset[str]) -> _Look:
    head = name[:2]
    place, owned, placed = _place(name), head in own, bool(_PLACED.match(name))
    return _Look(
        place,
        owned,
        placed,
        place > 0 or owned or placed or _is_rare(head),
        bool(_WORK.search(name)),
        bool(_GENERIC.match(name)),
        bool(_SEAT.match(name)),
        bool(_PHASE.search(name)),
        bool(_ABSTRACT.search(name, len(name) - 3)),
    )


def _about_name(candidate: Candidate, look: _Look, own: frozenset[str]) -> tuple[Hashable, ...]:
    name, listed = candidate.name, candidate.listed
    before, behind = _last_verb(candidate.before), _last_verb(candidate.behind)
    place, owned, placed, particular, work, generic, seat, phase, abstract = look
    pairs = list(map(add, name, name[1:]))
    common = _common()
    rare = [at for at, pair in enumerate(pairs) if pair not in common and _HAN_PAIR.fullmatch(pair)]
    rare_head = min(2, bisect_left(rare, 3))
    size = bisect_left(_LENGTHS, len(name))
    head = _LISTED.search(listed) if listed else None
    return (
        True,
        name[-1:],
        name[-2:],
        name[-3:],
        name[:1],
        name[:2],
        before,
        behind,
        (before, behind),
        (before, particular),
        (before, behind, particular, work),
        size,
        (size, work),
        head.group() if head else listed[1:3],
        bool(listed and _NUMBERED.match(listed)),
        (bool(listed), bool(head), particular),
        place,
        not _places().isdisjoint(pairs[1:8]),
        owned,
        not own.isdisjoint(pairs[1:6]),
        placed,
        rare_head,
        bisect_left((1, 2, 4), len(rare) + 1) if rare else 0,
        (rare_head, generic, particular, bool(listed)),
        generic,
        work,
        phase,
        bool(_LATIN.search(name)),
        abstract,
        bool(_COUNTED.match(name)),
        "的" in name,
        bool(_ASPIRES.search(name)),
        (seat, work),
        ("X" in name or "Ｘ" in name, work),
    )


def _about_pair(candidate: Candidate, own: frozenset[str]) -> tuple[Hashable, ...]:
    """What tells one name with 和 in it (服务中心和考试中心) from two."""
    if candidate.joint is None:
        return False, None, None, None
    left, right = candidate.name[: candidate.joint], candidate.name[candidate.joint + 1 :]
    apart = _look(right, own).particular
    return True, apart, (apart, bool(_WORK.search(left))), bisect_left(_LENGTHS, len(right))


@lru_cache(maxsize=1024)  # the same few verbs everywhere
def _last_verb(words: str) -> str:
    found = _VERBS.findall(words)
    return found[-1] if found else ""


def _place(name: str) -> int:
    """How many characters at the beginning are the name of a division; 0 for none."""
    if name[:2] not in _place_heads():
        return 0
    places = _places()
    return next((size for size in (5, 4, 3, 2) if name[:size] in places), 0)


def _is_rare(pair: str) -> bool:
    return pair not in _common() and bool(_HAN_PAIR.fullmatch(pair))


@cache
def _places() -> frozenset[str]:
    return (
        frozenset(name for row in divisions().in_year(None) for name in row.names if len(name) > 1)
        - COMMON_WORDS
    )


@cache
def _place_heads() -> frozenset[str]:
    return frozenset(name[:2] for name in _places())


@cache
def _common() -> frozenset[str]:
    """Pairs of characters that many reports use: one line for each first character, with all that follow it."""
    lines = (resources.files("luodi.reading") / "data" / "common.txt").read_text(encoding="utf-8").split()
    return frozenset(line[0] + follower for line in lines for follower in line[1:])


@cache
def _weighing() -> Weighing:
    return Weighing("projects.json", QUESTIONS)
