"""Projects: named, single undertakings of the coming year, and how far each is to be brought.

A chunk between commas is read as  verb, list of names, closing words:  加快 | A、B和C | 等重点项目建设. A name counts when
it has a place, an owner or a word of its own; plurals and programmes (10个老旧小区, 种业振兴行动) have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from luodi.reading.clauses import body_of, chunks
from luodi.reading.model import Heading, Horizon, Project, Span, Stage
from luodi.reading.sentences import sentences

_PREPARE = "谋划|筹划|策划|储备|包装|论证|争取|申报|筹建|规划"
_START = "开工|启动|动工|破土|开建|奠基"
_FINISH = "建成|竣工|完工|封顶|完成|贯通|合龙|验收|全线贯通"
_OPERATE = "投产|投用|投运|投入使用|投入运营|投入运行|运营|运行|通车|通航|开通|开业|达产|达效|试产|营业|开园|并网|使用|开放|开馆|通水"
_BUILD = "建设|推进|推动|实施|加快|抓好|加强|支持|新建|改扩建|扩建|改建|续建|建好|进度|打造|做好|落实|参与|协助|配合|保障|促进|搞好|抓紧|统筹"
_OTHER = "设立|升级|做实|提升|做强|培育|引进|落户|落地|创建|组建|深化|建立|完善"
_VERB = "|".join(
    sorted(f"{_PREPARE}|{_START}|{_FINISH}|{_OPERATE}|{_BUILD}|{_OTHER}".split("|"), key=len, reverse=True)
)
_MANNER = (
    "全力以赴|全力|全面|加快|加速|深入|扎实|持续|继续|积极|高标准|高质量|高水平|大力|着力|稳步|有序|重点|精心|协同|共同|主动|努力|"
    "尽快|抓紧|力争|力促|争取|确保|强力|集中|年内|今年|上半年|下半年|一季度|年底前|按期|如期|基本|主体|顺利|同步|早日|"
    "正式|挂牌|好|并|开展|实现|[一二三四五六七八九十\\d]+月(?:份|底)?前?"
)
_LEAD = re.compile(f"(?:{_VERB}|{_MANNER})+(?:了|好)?")
_PLURAL = r"等(?=[^、]{0,24}$)[^、]{0,24}?(?:项目|工程|设施|综合体|道路|学校|企业|片区|干线|改造|开发|港|园区|基地)?[^、]{0,8}?"
_TAIL = re.compile(
    f"(?P<plural>{_PLURAL})?"
    f"(?P<verbs>(?:项目|工程|的|全部|全线|{_MANNER}|{_VERB}|前期工作|前期|环境保障|合作共建|下闸蓄水|进度)*)$"
)
_JOINT = re.compile("[、和及与以]|以及")

# Heads of works; a name without one counts only in a list that is closed by 等…项目 or under a verb of building.
_HEAD = re.compile(
    "(?:工程|项目|基地|园区|产业园|科技园|物流园|园|医院|学校|学院|大学|中学|小学|幼儿园|路|大道|街|高速|高铁|铁路|公路|环线|线|航道|码头|港区|港|机场|车站|站|枢纽|立交|桥|隧道|"
    "水库|水厂|污水厂|污水处理厂|电站|电厂|管廊|管网|渠|堤|泵站|中心|馆|院|所|大厦|广场|综合体|商场|酒店|小镇|城|公园|景区|度假区|示范区|示范园|开发区|新区|平台|实验室|"
    "孵化器|停车场|厂房|厂|生产线|矿|煤矿|输变电|云仓|改造|改扩建|扩建|迁建|新建|治理|整治|修复|开发|利用|提升|保护|加固|段|[一二三四五六七八九十]期|[（(][^）)]*期[）)]|口岸|保税区|设施|仓储|井|湖|水系|走廊|绿道)$"
)
_PLACE = re.compile(
    r"^(?:[市省](?![级场域政区县属内外])|[\u4e00-\u9fff]{1,4}(?:市|区|县|旗|镇|乡|村|街道|河|江|湖|山|岛|湾|路|大道|桥|庄|港|站|高速|高铁|铁路|煤矿|沟|峡|州|岭|坡|塬|集团|公司|大学|学院)|G\d|S\d|\d{3}$|[XＸ])"
)
_PHASE = re.compile(r"[一二三四五六七八九十\d][期号]")
_GENERIC = re.compile(
    r"^(?:[一二三四五六七八九十百\d]+[个项条座所家处批公里]|一批|各|全[市县省区国]|农村|城[市镇乡区]|乡[村镇]|老旧|重[点大]|国家|省级|市级|县级|区域|基础|公共|社区|产业|工业|园区|高标准|智[慧能]|"
    r"数字|现代|绿色|生态|新型|传统|文化|旅游|教育|医疗|养老|健康|安全|水利|交通|能源|综合|配套|地下|背街|棚户|保障|年产|总投资|人才|创新|科技|项目|政务|信息|应急|监测|大气|土壤|雨污|饮水|供[水热电]|污水|垃圾|停车|充电|便民|体育|全民|中小|义务|学前|普惠|特色|优[质势]|骨干|龙头|先进|高端|关键|核心|流域|小流域|河[道湖长]|山水|国土|森林|环境|环保|节能|清洁|新能源|光伏|风电|天然气|5G|大数据|互联网|物联网|云|人工|机器|冷链|物流|商贸|电商|跨境|对外|外贸|金融|服务|消费|夜间)"
)
_FORBIDDEN = re.compile(
    r"机制|制度|行动|计划|政策|方案|体系|改革|战略|规划|攻坚|活动|标准|能力|水平|作用|问题|责任|指标|模式|条例|办法|清单|试点|创建|合作|交流|服务$|监管|队伍|人才|经济$|产业$|企业$|集群|链$|品牌|文化$|思想|精神|工作$|融合|发展|保障$|招商|业态|措施"
)


def find_projects(text: str, horizons: Sequence[Horizon], headings: Sequence[Heading]) -> tuple[Project, ...]:
    """Every named undertaking in the year's part, in the order of the text, never overlapping."""
    out: list[Project] = []
    for horizon in horizons:
        if horizon.label != "year":
            continue
        for sentence in sentences(text, Span(horizon.start, horizon.end), headings):
            for chunk in chunks(text, body_of(text, sentence)):
                for span, stage in _works(text, chunk):
                    quote = span.of(text)
                    out.append(Project(f"p{len(out) + 1}", span.start, span.end, quote, quote, stage))
    return tuple(out)


def _works(text: str, chunk: Span) -> Iterator[tuple[Span, Stage]]:
    """The named works of one chunk, with their stage."""
    words = chunk.of(text)
    lead = _LEAD.match(words)
    begin = lead.end() if lead else 0
    tail = _TAIL.search(words, begin)
    end = tail.start() if tail else len(words)
    verbs = tail["verbs"] if tail else ""
    if end - begin < 2 or not (lead or verbs):
        return
    stage = _stage(lead.group() if lead else "", verbs)
    listed = bool(tail and tail["plural"] and re.search("项目|工程|综合体|设施", tail.group()))
    for start, stop in _items(words, begin, end):
        if _is_named(words[start:stop], listed):
            yield Span(chunk.start + start, chunk.start + stop), stage


def _items(words: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The items of a list, parted at 、和及与 outside brackets and quotes."""
    depth, start = 0, begin
    for at in range(begin, end):
        mark = words[at]
        if mark in "（(“":
            depth += 1
        elif mark in "）)”":
            depth -= 1
        elif mark in "、和及与" and depth == 0 and at > start:
            yield start, at
            start = at + 1
    if start < end:
        yield start, end


def _is_named(name: str, listed: bool) -> bool:
    if not 2 <= len(name) <= 40 or _FORBIDDEN.search(name) or _GENERIC.match(name):
        return False
    own = bool(_PLACE.match(name) or _PHASE.search(name))
    head = bool(_HEAD.search(name))
    return (own and head) or listed or (head and len(name) >= 5)


def _stage(lead: str, tail: str) -> Stage:
    """What the verbs before and behind a name bring it to; the last word has more say than the first."""
    for words in (tail, lead):
        if re.search("前期", words):
            return "prepare"
        if re.search(_OPERATE, words):
            return "operate"
        if re.search(_FINISH, words):
            return "finish"
        if re.search(_START, words):
            return "start"
        if re.search(_PREPARE.replace("|争取", ""), words):
            return "prepare"
    if re.search(_OTHER, lead) or re.search("保障|落地|落户|蓄水", tail):
        return "other"
    return "build"
