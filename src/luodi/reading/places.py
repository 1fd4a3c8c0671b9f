"""The divisions that a clause names, resolved as a reader of this report would.

耀州 or 耀州区 in a report of 铜川市 is Tongchuan's. Outside the report's own division a county counts only under its
full name, and one that several places share (鼓楼区) only where the own province has just one of them or the clause
puts its city before it. Names that are plain words as well (和平, 富民) count only with their kind (和平区).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from operator import add

from luodi.kernel.divisions import Division as Named
from luodi.kernel.divisions import divisions
from luodi.reading.model import Division

# Short names that reports use as words or as parts of words; found by counting them in reports of other provinces.
_COMMON_WORDS = """
    资源 合作 新建 城区 振兴 新兴 通道 惠民 和政 平安 新城 解放 新平 全州 港口 富裕 和安 增城 富民 安居 青山 公安 大城 新和 前进
    友好 城中 市中 大新 古城 金山 滨海 大通 平和 三江 运河 大安 南部 同心 兴业 安定 清水 温泉 大关 延长 双城 宏伟 乐业 惠农 互助
    矿区 大兴 复兴 东方 凤凰 民和 江南 新市 河西 郊区 和平 平原 长治 迁安 江源 老城 城东 安宁 盐湖 利通 上高 滨江 东海 高要 商城
    江口 东风 金沙 路南 海港 路桥 江海 中山 盘山 共和 河口 红旗 同德 安康 通城 杂多 连山 政和 水城 清新 中原 河东 和顺 路北 建水
    上城 江城 新华 江北 沙河 长安 新安 花山 太平 兴和 同仁 城西 工农 站前 天桥 西区 东区 莲花 大东 山城 金安 光明 龙江 建安 兴城
    南岸 城关 西城 建平 兴国 合水 安国 大名 灯塔 爱民 兴隆 福安 裕民 市南 市北 铁东 铁西 东至 朝阳 山南 海西 阿里 黑河 民丰 民权
    丰满 友谊 河源 保安 东山 台前 大化 长寿 新河 新源 大同 黄山 新民 双清 康乐 开平 南县 城北 四平 新乡 运城 海东 海北 永定
"""
COMMON_WORDS = frozenset(_COMMON_WORDS.split())
# Two characters that are found across words (示范县, 省和县): names only after a mark or one of these.
_OPENS_A_NAME = frozenset("、，。；：“”（）《》 　和与及在对到由从将抓赴")
_KINDS = frozenset("省市区县州盟旗")
_OTHER_NAME = re.compile("路|大?街|大道|银行|交大|[一-鿿]{0,5}大学|[一-鿿]{0,2}学院")
_SIDES = tuple("部岸侧端麓片")  # 洞庭湖北部 is not in 湖北


def find_places(words: str, division: Division | None, year: int | None) -> tuple[Division, ...]:
    """The divisions named in `words`, each once, in the order of mention; the report's own one is left out."""
    own = division.code if division else ""
    heads = _heads(own, year)
    if heads.isdisjoint(map(add, words, words[1:])):
        return ()
    far, near = _nationwide(year), _within_own(own, year)
    found: dict[str, Division] = {}
    passed = 0
    for at, head in enumerate(map(add, words, words[1:])):
        if at < passed or head not in heads:
            continue
        size = max(far.longest.get(head, 0), near.longest.get(head, 0))
        for end in range(min(at + size, len(words)), at + 1, -1):
            place = near.places.get(words[at:end]) or far.places.get(words[at:end])
            if place and _stands_alone(words, at, end):
                place, passed = _narrowed(words, end, place, year)
                if place.code != own:
                    found.setdefault(place.code, place)
                break
    return tuple(found.values())


def _stands_alone(words: str, at: int, end: int) -> bool:
    """Whether a short name is one, and no part of other words (示范县, 洞庭湖北部) or names (北京路, 上海交大)."""
    if words[end - 1] not in _KINDS and _OTHER_NAME.match(words, end):
        return False
    if end - at > 2:
        return True
    if words[end - 1] == "县":
        return at == 0 or words[at - 1] in _OPENS_A_NAME
    return words[end - 1] not in "东南西北" or words[end : end + 1] not in _SIDES


def _narrowed(words: str, end: int, place: Division, year: int | None) -> tuple[Division, int]:
    """The division that follows right after its wider one (南京市鼓楼区), else `place`; and where its name ends."""
    if place.code.endswith("00"):
        for stop in range(min(len(words), end + 12), end + 1, -1):
            if words[stop - 1] in "市区县旗州盟":
                named = divisions().named(words[end:stop], year, within=place.code)
                if named and named[0].name == words[end:stop]:
                    return Division(named[0].code, named[0].name), stop
    return place, end


class _Names:
    """Names and the one place each means; `longest` knows for two first characters the longest name."""

    def __init__(self, places: dict[str, Division]) -> None:
        self.places = places
        self.longest: dict[str, int] = {}
        for name in places:
            self.longest[name[:2]] = max(len(name), self.longest.get(name[:2], 0))


@lru_cache(maxsize=64)
def _heads(own: str, year: int | None) -> frozenset[str]:
    """The first two characters of all names that count in a report."""
    return frozenset(_nationwide(year).longest) | frozenset(_within_own(own, year).longest)


@lru_cache(maxsize=64)
def _within_own(own: str, year: int | None) -> _Names:
    """Names that count in a report of the division `own`: its parts by every name, its province's by full names."""
    if not own:
        return _Names({})
    table = divisions()
    names = _unique((row.name, row) for row in table.descendants(own[:2] + "0000", year) if _is_telling(row))
    division = table.at(own, year)
    own_name = division.short_name if division else ""
    for row in sorted(table.descendants(own, year), key=lambda row: row.level, reverse=True):
        place = Division(row.code, row.name)
        if row.name not in COMMON_WORDS:
            names[row.name] = place
        for name in row.names[1:]:
            if name not in COMMON_WORDS and name != own_name:
                names.setdefault(name, place)
    return _Names(names)


@lru_cache(maxsize=32)
def _nationwide(year: int | None) -> _Names:
    """Names that mean one place in the whole country: provinces and prefectures by every name, counties by the full one."""
    rows = list(divisions().in_year(year))
    counties = (row for row in rows if row.level == "county" and len(row.name) > 2)
    names = _unique((row.name, row) for row in counties if _is_telling(row))
    for level in ("prefecture", "province"):
        wider = ((name, row) for row in rows if row.level == level for name in row.names)
        names.update(_unique((name, row) for name, row in wider if name not in COMMON_WORDS))
    return _Names(names)


def _is_telling(row: Named) -> bool:
    """Whether a full name means the place wherever it stands; 新城区 and 理顺城区 are no districts elsewhere."""
    return (
        row.short_name not in COMMON_WORDS and row.name not in COMMON_WORDS and not row.name.endswith("城区")
    )


def _unique(named: Iterable[tuple[str, Named]]) -> dict[str, Division]:
    """The names that only one code among `named` has."""
    found: dict[str, Named | None] = {}
    for name, row in named:
        rival = found.setdefault(name, row)
        if rival is not None and rival.code != row.code:
            found[name] = None
    return {name: Division(row.code, row.name) for name, row in found.items() if row}
