"""The grammar of project lists: verb, names, closing words:  加快推进 | A、B和C | 等重点项目建设.

It proposes every stretch of a chunk that could be a name; whether it is one, project_names.py weighs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from luodi.reading.model import Span, Stage
from luodi.reading.vocabulary import any_of, words

PREPARE = words("谋划 筹划 策划 储备 包装 论证 争取 申报 申建 筹建 筹备 规划(?![馆展区])")
START = words("新开工 开工 启动(?!区) 动工 破土 开建 奠基")
FINISH = words("建成 竣工 完工 封顶 完成 贯通 合龙 验收 交付 落成 收官")
OPERATE = words(
    "投产 投用 投运 投入使用 投入运营 投入运行 运营(?!中心) 运行 通车 通航 开通 开业 达产 达效 试产 营业 开园 并网 发电(?!厂|站|项目) 使用 启用 "
    "开放(?![型性]) 开馆 通水 试运行 试生产 满产 运转"
)
BUILD = words(
    "建设 推进 推动 实施 加快 抓好 加强 支持 新建 改扩建 扩建 改建 续建 建好 打造 做好 落实 参与 协助 配合 促进 搞好 抓紧 兴建 修建 改造 整治 "
    "开发(?!区) 优化 完善 继续"
)
OTHER = words(
    "设立 升级 做实 提升 做强 做大 培育 引进 落户 落地 创建 组建 深化 建立 壮大 利用 用好 发展(?!中心) 办好 争创"
)
_MANNER = words(
    "全力以赴 全力 全面 加快 加速 深入 扎实 持续 继续 积极 高标准 高质量 高水平 高起点 高效 大力 着力 稳步 有序 重点 精心 协同 共同 主动 努力 "
    "尽快 抓紧 力争 力促 确保 强力 强化 突出 统筹 集中 集中力量 基本 主体 主体工程 顺利 同步 早日 正式 挂牌 开展 实现 进一步 切实 科学 统一 分步 "
    "稳妥 适时 优先 全部 全线 陆续 如期 按期 按时 一并 也 并 要 将 还 再 我们 今年 明年 年内 年底前 年底 上半年 下半年 一季度 二季度 三季度 "
    "四季度 全年 同时 此外 好"
)
_CLOSING = words(
    "前期工作 前期 进度 工作 环境保障 合作共建 下闸蓄水 蓄水 项目 工程 的 取得实质性进展 取得突破 进展 步伐 力度 服务保障 保障"
)

_TIME = r"(?:20\d\d年)?[一二三四五六七八九十\d]+月(?:份|底)?(?:前|之前)?|20\d\d年(?:底前?|内)?"
VERB = any_of(PREPARE, START, FINISH, OPERATE, BUILD, OTHER)
_LEAD = re.compile(
    f"(?:{any_of(PREPARE, START, FINISH, OPERATE, BUILD, OTHER, _MANNER)}|{_TIME})+(?:了|好|一批)?"
)
_CLOSERS: dict[str, list[str]] = defaultdict(list)  # by their last character, longest first
for _word in sorted(
    {*PREPARE, *START, *FINISH, *OPERATE, *BUILD, *OTHER, *_MANNER, *_CLOSING}, key=len, reverse=True
):
    _bare = _word.partition("(")[0]
    _CLOSERS[_bare[-1]].append(_bare)
_TIME_LAST = re.compile(f"(?:{_TIME})$")
# 等 that closes a list, not that of 高等, 等级, 等离子.
_ETC = re.compile("(?<![高中平均同对优初])等(?![级候于离额])|(?<=中)等(?=[0-9一二三四五六七八九十])")
# What closes a name and belongs to it, though it is a verb elsewhere.
_KEPT = re.compile("改造|改扩建|扩建|改建|迁建|续建|整治|开发|提升|升级|创建|工程|项目|利用|优化|完善")
_BRACKETS = {"（": 1, "(": 1, "“": 1, "《": 1, "）": -1, ")": -1, "”": -1, "》": -1}
_BRACKET = re.compile("[“”《》（）()]")
_PARTING = re.compile("[、和及与“”《》（）()]")
_AND = ("和", "及", "与", "以及")


class Candidate(NamedTuple):
    """A stretch that could be the name of a work. `joint` is where 和 stands when two neighbours are read as one."""

    start: int
    end: int
    name: str
    before: str  # the verbs that govern it
    behind: str  # the closing words of it or of the list it stands in
    listed: str  # the words from 等 on, when 等 closes the list
    joint: int | None = None


def candidates(text: str, chunk: Span) -> list[Candidate]:
    """Every stretch of the chunk that verbs before or behind it could make a name; pairs joined by 和 come too."""
    said = chunk.of(text)
    lead = _LEAD.match(said)
    begin, before = (lead.end(), lead.group()) if lead else (0, "")
    etc = _etc(said, begin) if "等" in said else None
    end = _closing(said, begin, len(said)) if etc is None else etc
    if not before and end == len(said):
        return []
    items = []
    for start, stop in _items(said, begin, end):
        verbs = _LEAD.match(said, start, stop) if start > begin else None
        if verbs and verbs.end() < stop - 1:
            start, before = verbs.end(), verbs.group()
        cut = stop if etc is None and stop == end else _closing(said, start, stop)
        name_stop = _kept(said, cut) if cut > start else stop
        items.append((start, name_stop, before, said[name_stop:stop]))
    found: list[Candidate] = []
    behind, listed = said[end:], "" if etc is None else said[etc:]
    next_start = next_stop = len(said)
    next_behind = ""
    for start, stop, before, own in reversed(items):
        behind = own or behind  # without closing words of its own a name shares those of the next
        found.append(_named(said, chunk.start, start, stop, before, behind, listed))
        if said[stop:next_start] in _AND:
            found.append(
                _named(said, chunk.start, start, next_stop, before, next_behind, listed, joint=stop - start)
            )
        next_start, next_stop, next_behind = start, stop, behind
    return [candidate for candidate in found if len(candidate.name) > 1]


def _etc(said: str, begin: int) -> int | None:
    """Where 等 closes the list that begins at `begin`; not inside a bracket."""
    marks = (match.start() for match in _ETC.finditer(said, begin + 1))
    return next((at for at in marks if _closed(said[begin:at])), None)


def _named(
    said: str,
    offset: int,
    start: int,
    stop: int,
    before: str,
    behind: str,
    listed: str,
    joint: int | None = None,
) -> Candidate:
    """The candidate said[start:stop], without quotation marks that enclose all of it, placed into the text."""
    if said[start] == "“" and said[stop - 1] == "”":
        start, stop = start + 1, stop - 1
    return Candidate(offset + start, offset + stop, said[start:stop], before, behind, listed, joint)


def stage_of(before: str, behind: str) -> Stage:
    """How far the verbs bring a work; those behind the name say more than those before it."""
    for verbs in (behind, before):
        if "前期" in verbs:
            return "prepare"
        for stage, pattern in _STAGES:
            if pattern.search(verbs):
                return stage
    return "other" if _OTHER.search(before) or _ASIDE.search(behind) else "build"


def _stages() -> Iterable[tuple[Stage, re.Pattern[str]]]:
    yield "operate", re.compile(any_of(OPERATE))
    yield "finish", re.compile(any_of(FINISH))
    yield "start", re.compile(any_of(START))
    yield "prepare", re.compile(any_of(PREPARE))


_STAGES = tuple(_stages())
_OTHER = re.compile(any_of(OTHER))
_ASIDE = re.compile("保障|落地|落户|蓄水|壮大|提质|升级")


def _items(said: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The items of a list: parted at 、和及与 and between ”“, outside brackets, not between two digits (5、6号机组)."""
    depth, start = 0, begin
    for match in _PARTING.finditer(said, begin, end):
        at, mark = match.start(), match.group()
        if mark in _BRACKETS:
            if mark == "“" and not depth and at > start and said[at - 1] == "”":
                yield start, at
                start = at
            depth = max(0, depth + _BRACKETS[mark])
        elif not depth and at > start and not (said[at - 1].isdigit() and said[at + 1 : at + 2].isdigit()):
            yield start, at
            start = at + 1
    if start < end:
        yield start, end


def _closing(said: str, begin: int, end: int) -> int:
    """Where the closing words of said[begin:end] start, read from its end; `end` when there are none."""
    while end > begin:
        last = said[end - 1]
        for word in _CLOSERS.get(last, ()):
            if said.endswith(word, begin, end):
                end -= len(word)
                break
        else:
            time = _TIME_LAST.search(said, begin, end) if last in "月份底前内年" else None
            if time is None:
                break
            end = time.start()
    return end


def _kept(said: str, end: int) -> int:
    match = _KEPT.match(said, end)
    return match.end() if match else end


def _closed(said: str) -> bool:
    return sum([_BRACKETS[mark] for mark in _BRACKET.findall(said)]) == 0
