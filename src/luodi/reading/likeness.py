"""When two indicators are the same: normal forms of the names that reports use, and their likeness.

A well known measure (生产总值, 社会消费品零售总额) is the same only under the same normal name: likeness of letters would
take a district's figure for the city's. Other names are compared by their pairs of characters, and a word that
sets things apart (城镇 and 农村, 出口 and 进口, 省级 and 市级) forbids a match whatever the rest says.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from luodi.reading.vocabulary import COUNTED, DELIVER, any_of

_SAME: tuple[tuple[str, str], ...] = (
    (r"(?:全市|全省|全区|地区|国内|市|省)?生产总值|gdp", "GDP"),
    ("规模以上|规模(?=工业|企业|服务业)", "规上"),
    ("限额以上", "限上"),
    (r"(?:地方|市级|省级)?(?:财政)?一般(?:公共)?预算(?:地方(?:级)?)?收入|(?:地方)?公共财政(?:预算)?收入|地方(?:级)?财政收入", "一般公共预算收入"),
    (r"(?:全社会|规上|500万元以上|城镇)?固定资产投资(?:总额|额)?", "固定资产投资"),
    ("(?:全社会)?社会消费品零售总?额|社零总额", "社会消费品零售总额"),
    ("(?:海关|对外贸易|外贸|货物)?(?:贸易)?进出口(?:贸易)?(?:总额|总值|总量|额)?", "进出口总额"),
    ("(?:外贸|对外|海关)?出口(?:贸易)?(?:总额|总值|额|值)", "出口总额"),
    ("外贸出口", "出口总额"),
    ("实际(?:利用|使用|到位|吸收)(?:境外|国外)?外(?:商)?(?:直接)?(?:资金|投资|资)|外商直接投资", "实际利用外资"),
    ("居民消费价格(?:总水平|总指数|指数)?|cpi", "居民消费价格"),
    ("城镇新增就业(?:人数|人口|人员|岗位)?|(?:净增|新增)(?:城镇|城乡)就业(?:人数|人口|人员|岗位)?", "城镇新增就业"),
    ("城镇失业人员再就业|失业人员(?:实现)?再就业", "失业人员再就业"),
    (r"(?:城镇|城市)(?:常住)?居民(?:年)?(?:人均)?可支配收入", "城镇居民收入"),
    (r"农(?:村(?:常住)?居民|牧?民|村)(?:年)?(?:人均)?(?:可支配收入|纯收入|收入)", "农村居民收入"),
    (r"(?:全体|城乡)?居民(?:人均)?(?:可支配)?收入", "居民收入"),
    (r"(?:单位|万元|每万元)GDP(?:综合)?(?:能耗|能源消耗)|能耗强度", "单位GDP能耗"),
    (r"(?:全社会)?(?:研发|r&d|研究与试验发展|研究试验发展|研发与试验发展|研发试验发展)(?:经费)?(?:投入|支出)?(?:强度|(?:相当于|占)?.{0,6}(?:之比|比重|比例))", "研发强度"),
    ("(?:环境)?空气质量?优良(?:天数)?(?:比例|比率|率|占比)|优良天数(?:比例|比率|率|占比)", "空气优良率"),
    ("常住人口城镇化率", "城镇化率"),
    ("国家(?:级)?高新技术企业|高企", "高新技术企业"),
    ("(?:城镇|城市)?(?:棚户区改造|棚改|棚户区)", "棚户区"),
    ("(?:城镇|城市)(?=老旧小区)", ""),
    ("旅游业总收入", "旅游总收入"),
    ("细颗粒物|pm2[.]5", "PM2.5"),
)  # fmt: skip
_KNOWN = frozenset(
    (
        "GDP", "一般公共预算收入", "固定资产投资", "社会消费品零售总额", "进出口总额", "出口总额", "实际利用外资", "居民消费价格",
        "规上工业增加值", "工业增加值", "服务业增加值", "工业投资", "财政总收入", "城镇新增就业", "城镇居民收入", "农村居民收入", "居民收入", "单位GDP能耗", "研发强度", "空气优良率", "城镇化率",
    )
)  # fmt: skip
# Names that say too little by themselves: any report tells of 项目 and 投资 many times.
_VAGUE = frozenset(
    [
        "项目",
        "项目建设",
        "重点项目",
        "重大项目",
        "投资",
        "完成投资",
        "年度投资",
        "总投资",
        "产量",
        "总产量",
        "产值",
        "总产值",
        "总量",
        "里程",
        "面积",
        "工程",
        "企业",
        "收入",
        "规模",
        "人员",
        "产业",
        "平台",
        "基地",
        "设施",
    ]
)
_SCOPE = re.compile(
    r"\A(?:(?:全市|全省|全区|全县|全州|全国|我市|我省|我区|我州|全年|预计|初步|其中|年度|当年|累计|共|各类|全部|全口径|\d{4}年|实现|完成"
    r"|加快|一年来|自治区|全盟))+(?=..)"
)
_VERBS = re.compile(
    rf"\A(?:{any_of(COUNTED, DELIVER)})+(?=..)|(?<=...)(?:{any_of(COUNTED, DELIVER)}|净增)+\Z"
)
_RENEWED = re.compile("改造|整治|治理|修复|提升|更新|维修")
_ADDED = re.compile("新增|净增|新建|建成|新开|新认定")
_NOISE = re.compile(
    r"[\s“”‘’\"'《》「」（）()、，的和与及·/]|等$|平均|通车|主要|顺利|总数$|数量$|工作$|任务$|人数$|左右$"
)
_APART = re.compile(
    "城镇|农村|城乡|城市|乡镇|县域|进口|出口|工业|农业|服务业|建筑业|林业|渔业|牧业|一产|二产|三产|第[一二三]产业|国家级|省级|市级|县级|区级|国家|登记|调查"
    "|户籍|常住|民间|技改|技术改造|房地产|制造业|基础设施|增加值|产值|产量|面积|利润|税收|收入|投资|消费|支出|存款|贷款|余额|比重|占比|率|中小学|幼儿园|高中|小学|初中|高校"
    "|小麦|水稻|玉米|蔬菜|生猪|牛|羊|奶|鱼|茶|棉|油料|肉|规上|限上|独角兽|瞪羚|专精特新|小巨人|高新技术|科技型|5G|公租房|棚改|老旧小区|危房|养老|托育|床位"
    "|一级|二级|三级|第一|第二|第三|4A|5A|3A|境外|境内|省外|国内|国际|客运|货运|旅客|货物|公路|铁路|高速|地铁|机场|港口|小微|个体|新三板|上市"
)
_FLOW = re.compile(
    "新增|净增|新建|新认定|新培育|新引进|新招|新签|新开|新发展|新设|新创|新入库|新登记|(?<![高创更革特])新(?![技能材型区城兴华时农式质])"
)
_STOCK = re.compile(
    "(?:增加|发展|扩大|提高|上升|增长|拓展)(?:到|至)|总数|总量|累计(?:达|建成|拥有)|保有量|拥有|达到?|突破|超过|稳定在|保持在|增至"
)


_PART = re.compile("[区县市镇乡园家个]|企业")
_WHOLE_NAME = 6
"""A name this long is the same thing where the other only says more before it."""


@dataclass(frozen=True, slots=True)
class Name:
    """`text` is the normal form, `core` without its verbs, `work` what is done to it; `apart` are the words that set it apart."""

    text: str
    core: str
    apart: frozenset[str]
    work: str
    pairs: frozenset[str]
    is_known: bool
    is_vague: bool


@lru_cache(maxsize=8192)
def normal(indicator: str) -> Name:
    """The normal form of an indicator's name."""
    text = unicodedata.normalize("NFKC", indicator).casefold()
    text = _NOISE.sub("", text)
    for pattern, name in _PATTERNS:
        text = pattern.sub(name, text)
    text = "GDP" if text == "经济" else _SCOPE.sub("", text)
    core = _VERBS.sub("", text) if text not in _KNOWN else text
    return Name(
        text=text,
        core=core,
        apart=frozenset(_APART.findall(core)),
        work=_work(text),
        pairs=frozenset(core[i : i + 2] for i in range(max(1, len(core) - 1))),
        is_vague=len(core) < 2 or core in _VAGUE,
        is_known=text in _KNOWN or any(known in text for known in _KNOWN),
    )


_PATTERNS = tuple((re.compile(pattern), name) for pattern, name in _SAME)


def _work(text: str) -> str:
    """Whether the thing is made anew or made better; nothing where both or neither is said."""
    is_added, is_renewed = _ADDED.search(text) is not None, _RENEWED.search(text) is not None
    return "" if is_added == is_renewed else "added" if is_added else "renewed"


def likeness(left: Name, right: Name) -> float:
    """How alike two names are, 0 to 1; 1 for the same normal name, 0 where a word sets them apart."""
    if left.is_vague or right.is_vague:
        return 0.0
    if left.text == right.text:
        return 1.0
    if left.is_known or right.is_known or left.apart != right.apart or _clash(left, right):
        return 0.0
    if left.core == right.core or sorted(left.core) == sorted(right.core):
        return 0.95
    short, long = sorted((left.core, right.core), key=len)
    if len(short) >= _WHOLE_NAME and long.endswith(short) and not _PART.search(long[: -len(short)]):
        return 0.85
    return 0.95 * 2 * len(left.pairs & right.pairs) / (len(left.pairs) + len(right.pairs))


def _clash(left: Name, right: Name) -> bool:
    return bool(left.work and right.work and left.work != right.work)


def is_flow(quote: str) -> bool | None:
    """Whether a count is of what is new (新增30家), of all there are (达到300家), or can't be told (None)."""
    if _FLOW.search(quote):
        return True
    return False if _STOCK.search(quote) else None
