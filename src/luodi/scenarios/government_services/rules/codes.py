"""Codes of items 事项编码. The implementing code has 31 places: 18 body, 1 level, 12 basic; one business more adds 2.

Decoded from a live item (the standard's own text was not read): area 2, item type 2, department 2, main item 3, sub-item 3
make the basic code. The codes carry no check character of their own; the body is checked when it is a credit code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from luodi.kernel.identifiers import CreditCode

TYPES = (
    ("01", "行政许可"), ("02", "行政处罚"), ("03", "行政强制"), ("04", "行政征收"), ("05", "行政给付"), ("06", "行政检查"),
    ("07", "行政确认"), ("08", "行政奖励"), ("09", "行政裁决"), ("10", "其他行政权力"), ("20", "公共服务"),
)  # fmt: skip
"""01, 05, 07, 08, 09, 10 and 20 are known in use; 02, 03, 04 and 06 fill the order and take no applications."""
LEVELS = (
    ("1", "国家级"),
    ("2", "省级"),
    ("3", "市级"),
    ("4", "县级"),
    ("5", "镇（乡、街道）级"),
    ("6", "村（社区）级"),
)
ON_APPLICATION = frozenset({"01", "05", "07", "08", "09", "10", "20"})
AREAS = frozenset(
    [
        "00",
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "66",
        "71",
        "81",
        "82",
    ]
)
"""National, and the provinces of GB/T 2260."""
LENGTH, BODY, BASIC = 31, 18, 12
_BODY = re.compile(r"[0-9A-Z]{18}")
_DIGITS = re.compile(r"\d{13}")


class CodeFault(ValueError):
    """No such code; the message names the place and what stands there."""


@dataclass(frozen=True, slots=True)
class ItemCode:
    """An implementing code in its parts; made by `read`."""

    body: str
    level: str
    basic: str

    def __str__(self) -> str:
        return self.body + self.level + self.basic

    @property
    def area(self) -> str:
        return self.basic[:2]

    @property
    def type(self) -> str:
        return self.basic[2:4]

    @property
    def department(self) -> str:
        return self.basic[4:6]

    @property
    def main(self) -> str:
        return self.basic[6:9]

    @property
    def sub(self) -> str:
        return self.basic[9:]

    @property
    def has_credit_code(self) -> bool:
        """Whether the body is a valid credit code. Some provinces number bodies in their own way: a doubt, no fault."""
        return CreditCode.is_valid(self.body)


def read(text: str) -> ItemCode:
    """The code in any usual writing. Raises CodeFault."""
    plain = CreditCode.normalise(text.replace("-", ""))
    if len(plain) != LENGTH:
        raise CodeFault(
            f"实施编码应为 31 位（18 位实施主体、1 位行使层级、12 位基本编码），实为 {len(plain)} 位。"
        )
    body, rest = plain[:BODY], plain[BODY:]
    if not _BODY.fullmatch(body):
        raise CodeFault("实施编码前 18 位应为数字和大写字母。")
    if not _DIGITS.fullmatch(rest):
        raise CodeFault("实施编码后 13 位应为数字。")
    found = ItemCode(body, rest[0], rest[1:])
    if found.level not in dict(LEVELS):
        raise CodeFault(f"第 19 位行使层级“{found.level}”不在代码表里。")
    if found.area not in AREAS:
        raise CodeFault(f"第 20—21 位区域“{found.area}”不是 00 或省级区划。")
    if found.type not in dict(TYPES):
        raise CodeFault(f"第 22—23 位事项类型“{found.type}”不在代码表里。")
    if found.main == "000":
        raise CodeFault("第 26—28 位主项不能是 000。")
    return found


def read_business(text: str) -> tuple[ItemCode, str]:
    """A code of 33 places: the item, and which of its businesses 业务办理项. Raises CodeFault."""
    plain = CreditCode.normalise(text.replace("-", ""))
    if len(plain) != LENGTH + 2 or not plain[LENGTH:].isdecimal():
        raise CodeFault("业务办理项编码应为 33 位：31 位实施编码加 2 位数字。")
    return read(plain[:LENGTH]), plain[LENGTH:]
