"""Unified social credit codes 统一社会信用代码, GB 32100-2015: 1 authority, 1 category, 6 division, 9 organisation code, 1 check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from luodi.kernel.divisions import Division
from luodi.kernel.identifiers import org_code
from luodi.kernel.identifiers.base import DIGITS, Fault, Identifier, Kind, bad_characters, bad_check
from luodi.kernel.identifiers.places import bad_province, division_ever

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
NATIONAL = "100000"

_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


class Authority(NamedTuple):
    """Who registers (first character), and what kinds of body (second)."""

    name: str
    categories: dict[str, str]


_OTHERS = {"9": "其他"}

# GB 32100-2015 with the characters its administrators added since.
AUTHORITIES = {
    "1": Authority(
        "机构编制", {"1": "机关", "2": "事业单位", "3": "编办直接管理机构编制的群众团体", **_OTHERS}
    ),
    "2": Authority("外交", {"1": "外国常驻新闻机构", **_OTHERS}),
    "3": Authority(
        "司法行政",
        {
            "1": "律师执业机构",
            "2": "公证处",
            "3": "基层法律服务所",
            "4": "司法鉴定机构",
            "5": "仲裁委员会",
            **_OTHERS,
        },
    ),
    "4": Authority("文化", {"1": "外国在华文化中心", **_OTHERS}),
    "5": Authority("民政", {"1": "社会团体", "2": "民办非企业单位", "3": "基金会", **_OTHERS}),
    "6": Authority(
        "旅游", {"1": "外国旅游部门常驻代表机构", "2": "港澳台地区旅游部门常驻内地代表机构", **_OTHERS}
    ),
    "7": Authority("宗教", {"1": "宗教活动场所", "2": "宗教院校", **_OTHERS}),
    "8": Authority("工会", {"1": "基层工会", **_OTHERS}),
    "9": Authority("市场监督管理", {"1": "企业", "2": "个体工商户", "3": "农民专业合作社"}),
    "A": Authority("中央军委改革和编制办公室", {"1": "军队事业单位", **_OTHERS}),
    "N": Authority(
        "农业农村",
        {"1": "组级集体经济组织", "2": "村级集体经济组织", "3": "乡镇级集体经济组织", **_OTHERS},
    ),
    "Y": Authority("其他", {"1": "其他"}),
}


@dataclass(frozen=True, slots=True)
class CreditCode(Identifier):
    title: ClassVar[str] = "统一社会信用代码"
    lengths: ClassVar[tuple[int, ...]] = (18,)
    alphabet: ClassVar[str] = ALPHABET
    shown: ClassVar[tuple[int, int]] = (8, 2)

    @property
    def authority(self) -> str:
        return AUTHORITIES[self.text[0]].name

    @property
    def category(self) -> str:
        return AUTHORITIES[self.text[0]].categories[self.text[1]]

    @property
    def division_code(self) -> str:
        return self.text[2:8]

    @property
    def division(self) -> Division | None:
        """The registry's division; None for a national registry and for a functional zone outside GB/T 2260."""
        return division_ever(self.division_code)

    @property
    def org_code(self) -> str:
        return self.text[8:17]

    @classmethod
    def _faults(cls, text: str) -> Iterator[Fault]:
        yield from _bad_category(text)
        not_digits = list(bad_characters(text[2:8], DIGITS, first=3))
        yield from not_digits
        if not not_digits and text[2:8] != NATIONAL:
            yield from bad_province(text[2:8], 3)
        for fault in bad_check(17, org_code.check_of(text[8:16]), text[16]):
            yield fault._replace(said=f"主体标识码（第 9—17 位）的{fault.said}")
        yield from bad_check(18, check_of(text[:17]), text[17])


def check_of(body: str) -> str:
    """The check character of the first seventeen. 31 is prime: any one wrong character, any two neighbours swapped, is found."""
    total = sum(_VALUES[character] * weight for character, weight in zip(body, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def _bad_category(text: str) -> Iterator[Fault]:
    if text[0] not in AUTHORITIES:
        yield Fault(Kind.CATEGORY, 1, f"第 1 位登记管理部门代码 {text[0]} 不存在")
    elif text[1] not in AUTHORITIES[text[0]].categories:
        name = AUTHORITIES[text[0]].name
        yield Fault(Kind.CATEGORY, 2, f"第 2 位机构类别代码 {text[1]} 不属于{name}部门")
