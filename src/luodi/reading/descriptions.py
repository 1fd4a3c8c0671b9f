"""Figures that describe a thing instead of measuring it: 年产30万吨的项目, 65岁以上老人, 世界500强企业.

A figure before a noun counts it when its unit counts things (30个园区) and the noun is one that is carried out;
before 的 it describes, unless an aim follows (10%以上的目标).
"""

from __future__ import annotations

import re

from luodi.reading.figures import Figure
from luodi.reading.indicators import COUNTED_HEAD, COUNTED_TAIL, CREATE_TAIL, CREATE_WORD, DELIVER_TAIL
from luodi.reading.modifiers import after_figure as modifier

STOP = re.compile(r"\Z|[、，,。；;：:和与及或）)（(等并·\s]|以及|支持|用于|安排|投向|纳入|办结|办理")
"""Where the words behind a figure are no noun that it counts."""
AIM = re.compile("的(?:目标|要求|水平|增长|增速|增幅|涨幅|降幅|速度|比例|标准|幅度|年均|预期|较快|任务)")
LISTED = re.compile(r"(?:以上|左右|以内)?[、和与及](?:达到|每年|每月|每人每年|每人每月)?\Z")
"""What may stand between the figures of one list."""

_OPEN = re.compile(
    r"(?:第|前(?=\d+[位名强])|近年|每|(?<!拟)按|年产|日产|年处理|日处理|未来|过去|连续|这|那|原|全国|世界|中国|全球|上述|[0-9A-Za-z+/×])\Z"
)
_LONGEST_OPENING = 3
_ORDINAL = re.compile("[位名强批列]")
_QUALITY = re.compile("(?:、[^，。、]{1,8})*的|式|型|网格|计划|行动|工程")
_CLASS = re.compile(r"(?:打造|建成|形成|培育|建设|发展|壮大|向|迈向|冲刺|达到|突破|超|成为)\Z")
_CLASSES = re.compile("级(?:、[^，。、]{1,4}级)*的")
_PLAN = re.compile(
    r"(?:计划|行动|政策|机制|制度|意见|方面|方面工作|领域|关键|环节|指标|指标体系|措施|规定|监测|监测分析|监测调度|服务保障)\Z"
)
_PLACE = re.compile(r"\A(?:率先|首批|选择|选取)?在\Z|提出的?\Z|落实\Z|涉及\Z|涵盖\Z")
_GIVEN = re.compile(r"(?:压缩|压减|削减|降低|减少|确保|争取|力争|实现|完成|推动|年底|年底前)\Z")
_AGE = re.compile("寿命|年龄")
_FUNDS = re.compile("的?[^，的]{0,12}?(?:资金|经费|国债|贷款|基金|债券|消费券)")
_OF_ONE = re.compile(r"[个家项户](?:年[^，]{0,8})?(?:超|过)?\Z")
_SIZE = re.compile("自然村|行政村|村|屯|组|企业|学校|食堂|社区|聚|居住|集中|机构|园|规模")
_LAND = ("公里", "亩", "平方米", "公顷", "平方公里", "千米", "米")


def measuring(text: str, figures: list[Figure]) -> list[Figure]:
    """The figures without those that describe a thing; in "产值超10亿元、5亿元的企业" the whole list describes it."""
    kept: list[Figure] = []
    describing: Figure | None = None
    for figure in reversed(figures):
        listed = (
            describing is not None
            and describing.unit == figure.unit
            and LISTED.match(text[figure.end : describing.start]) is not None
        )
        if listed or _describes(text, figure):
            describing = figure
        else:
            kept.append(figure)
    return kept[::-1]


def _describes(text: str, figure: Figure) -> bool:
    after, end = modifier(text, figure.end)
    ahead = text[max(0, figure.start - 12) : figure.start]
    if figure.is_word:
        return figure.number in ("全覆盖", "翻番") and _QUALITY.match(text, end) is not None
    if figure.unit == "小时" and figure.number == "24":
        return True
    if figure.unit.endswith("岁"):
        return not _AGE.search(ahead)
    if figure.unit.endswith(("元", "亿")):
        if _FUNDS.match(text, end) and (
            DELIVER_TAIL.search(ahead) or COUNTED_TAIL.search(ahead) or "于" in ahead
        ):
            return False
        if (after or _OF_ONE.search(ahead)) and not STOP.match(text, end):
            return True
    if text.startswith("的", end):
        is_share = figure.unit in ("%", "％") and (after or _GIVEN.search(ahead))
        return not is_share and not AIM.match(text, end)
    if text.startswith("级", end):
        return _CLASSES.match(text, end) is not None or not _CLASS.search(ahead)
    return False


def is_name(figure: Figure, lead: str) -> bool:
    """Whether the words before make the figure a part of a name or an ordinal: 第, 年产, 前三名."""
    if figure.is_word or figure.unit in ("%", "％"):
        return False
    opened = _OPEN.search(lead, max(0, len(lead) - _LONGEST_OPENING)) is not None
    return figure.unit == "强" or opened or _is_place_in_row(figure, lead)


def _is_place_in_row(figure: Figure, lead: str) -> bool:
    return (lead.endswith("前") and _ORDINAL.match(figure.unit) is not None) or (
        lead.endswith("院") and figure.unit == "所"
    )


def counts_noun(figure: Figure, after: str, head: str, chain: str, rest: str) -> bool:
    """Whether a figure followed by the noun `rest` counts it; `head` and `chain` are the words before it."""
    if figure.is_count and (_PLAN.search(rest) or _PLACE.search(head + chain)):
        return False
    if head.endswith("支持") and not figure.unit.endswith(("人", "名")):
        return False
    if after and figure.unit in ("户", "人") and _SIZE.match(rest):
        return False
    if rest.startswith("级") or figure.is_count or figure.unit in ("%", "％"):
        return True
    if figure.unit.endswith("小时"):
        return bool(chain) or head.endswith("提供")
    if figure.unit in ("万", "亿"):
        return True
    if after:
        return False
    if figure.unit.endswith("元"):
        return _FUNDS.match(rest) is not None
    return figure.unit.lstrip("万亿") in _LAND


def is_counted_in_words(figure: Figure, bare: bool, head: str, chain: str, rest: str) -> bool:
    """A number in Chinese counts things only where a verb says so: 建成两个园区, but 四个全面 is a name."""
    if figure.number[0] not in "一二两三四五六七八九十百千万" or rest.startswith("级"):
        return True
    is_round = figure.number in ("万", "千", "百") and figure.is_count
    if bare and is_round and COUNTED_HEAD.match(head):
        return True
    if bare:
        return bool(chain) or figure.unit[:1] in ("万", "亿") or CREATE_WORD.search(head) is not None
    if is_round:
        return COUNTED_TAIL.search(head) is not None or DELIVER_TAIL.search(head) is not None
    return figure.number != "一" and (figure.is_range or CREATE_TAIL.search(head) is not None)
