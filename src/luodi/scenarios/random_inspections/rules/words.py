"""Words and codes of the field. Conclusions are those of the national publicity system; 1, 2, 4 and 5 were read in a source."""

from __future__ import annotations

from collections.abc import Iterable

CLASSES = (("A", "A 信用好"), ("B", "B 信用较好"), ("C", "C 信用一般"), ("D", "D 信用差"))
METHODS = (("site", "现场检查"), ("paper", "书面检查"), ("online", "网络监测"), ("sample", "抽样检测"))

CONCLUSIONS = (
    ("1", "未发现问题"),
    ("2", "未按规定公示应当公示的信息"),
    ("3", "隐瞒真实情况、弄虚作假"),
    ("4", "通过登记的住所（经营场所）无法联系"),
    ("5", "发现问题已责令改正"),
    ("6", "不配合检查情节严重"),
    ("7", "未发现开展本次抽查涉及的经营活动"),
    ("8", "发现问题待后续处理"),
)  # fmt: skip
PROBLEMS = ("2", "3", "4", "5", "6", "8")
UNREACHABLE = "4"
_GRAVEST_FIRST = ("3", "6", "8", "5", "4", "2", "1", "7")

RECUSALS = (
    ("kin", "与检查对象有近亲属关系"),
    ("employer", "曾在检查对象任职"),
    ("interest", "持股或有其他利害关系"),
    ("same_unit", "检查对象由本单位举办或管理"),
    ("other", "其他可能影响公正的情形"),
)  # fmt: skip

ORIGINS = (
    ("drawn", "随机抽取"), ("complaint", "投诉举报"), ("transfer", "转办交办"), ("data", "数据监测发现"),
)  # fmt: skip
DRAWN = "drawn"

MEASURES_AFTER = (
    ("reinspect", "责令改正后复查"), ("listed", "列入经营异常名录"), ("penalty", "立案查处"), ("handed", "移送有关部门"),
    ("guided", "行政指导"),
)  # fmt: skip
SIGNATURES = (
    ("signed", "当事人签字"),
    ("refused", "拒签，见证人签字"),
    ("absent", "当事人不在场，见证人签字"),
)


def overall(conclusions: Iterable[str]) -> str:
    """The conclusion of a whole check: the gravest of its items'. ValueError for none at all."""
    found = set(conclusions)
    try:
        return next(code for code in _GRAVEST_FIRST if code in found)
    except StopIteration:
        raise ValueError("a check without a finding has no conclusion") from None
