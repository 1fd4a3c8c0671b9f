"""The columns of a ledger sheet, in both directions: how a line is shown in a cell, and read from one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from luodi.reading.forms.lines import FormLine
from luodi.reading.forms.wording import BLANK, KINDS, NONE, TODO, support_in_words, targets_in_words

SUGGESTED, SETTLED = "建议", "已核定"

_SAYS_NOTHING = {"", TODO, NONE, BLANK}
_NO_UNIT = {"待定", "无", "-", "/"}
_KIND_OF = {title: kind for kind, title in KINDS.items()}
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, the field of `FormLine` behind it, its width in half-width characters.

    `parse` takes a cell that says something and raises `ValueError` with a reason in Chinese;
    a cell that says nothing (待补, —, empty) leaves the field at its default.
    """

    title: str
    field: str
    width: int
    show: Callable[[FormLine], str]
    parse: Callable[[str], Any] = str
    required: bool = False
    note: str = ""

    def read(self, cell: str) -> Any:
        """The field's value; None when the cell says nothing."""
        return None if cell.strip() in _SAYS_NOTHING else self.parse(cell.strip())


def _plain(
    title: str, field: str, width: int, *, empty: str = TODO, required: bool = False, note: str = ""
) -> Column:
    return Column(
        title, field, width, lambda line: getattr(line, field) or empty, required=required, note=note
    )


def _kind(cell: str) -> str:
    if cell not in _KIND_OF:
        raise ValueError(f"“{cell}”不是类别，应为{'、'.join(_KIND_OF)}之一")
    return _KIND_OF[cell]


def _units(cell: str) -> tuple[str, ...]:
    return tuple(name for part in re.split(r"[、，,；;\n]", cell) if (name := part.strip()))


def _support(cell: str) -> tuple[str, ...] | None:
    return None if cell in _NO_UNIT else _units(cell)


def _lead(cell: str) -> str | None:
    if cell in _NO_UNIT:
        return None
    if len(units := _units(cell)) > 1:
        raise ValueError(f"“{cell}”有 {len(units)} 个单位，牵头单位只能填一个，其余请填入配合单位")
    return units[0]


def _suggested(cell: str) -> bool:
    if cell not in {SUGGESTED, SETTLED}:
        raise ValueError(f"“{cell}”应为{SUGGESTED}或{SETTLED}")
    return cell == SUGGESTED


def _deadline(cell: str) -> str:
    match = _DAY.fullmatch(cell)
    if match is None:
        if re.match(r"\d{4}\D\d", cell) and not cell.endswith(("底", "前", "月", "旬", "末", "度")):
            raise ValueError(f"“{cell}”不是日期，请写成 2027-03-31，或写全年、长期坚持等")
        return cell
    try:
        return date(*(int(part) for part in match.groups())).isoformat()
    except ValueError as error:
        raise ValueError(f"“{cell}”不是日历上的日子") from error


def _share(cell: str) -> float:
    try:
        share = float(cell)
    except ValueError as error:
        raise ValueError(f"“{cell}”不是数") from error
    if not 0 <= share <= 1:
        raise ValueError(f"“{cell}”应在 0 到 1 之间")
    return share


def _who_settled(line: FormLine) -> str:
    return TODO if line.lead is None else SUGGESTED if line.suggested else SETTLED


COLUMNS = (
    _plain("编号", "number", 9, required=True, note="部分、章节和顺序，2.1-02 是第二部分第（一）节第 2 项"),
    _plain("部分", "part", 22, empty=NONE),
    _plain("章节", "section", 22, empty=NONE),
    _plain("工作任务", "text", 56, required=True, note="原文一字不改"),
    Column("类别", "kind", 7, lambda line: KINDS[line.kind], _kind, True, "目标、项目、机制、任务之一，可下拉选择"),
    Column("目标", "targets", 34, targets_in_words, lambda cell: tuple(cell.split("\n")), note="一行一个；＿＿ 是待填的数字"),
    Column("牵头单位", "lead", 20, lambda line: line.lead or TODO, _lead, True, "只填一个单位"),
    Column("配合单位", "support", 26, support_in_words, _support, note="用顿号隔开"),
    Column(
        "单位核定", "suggested", 9, _who_settled, _suggested, note=f"{SUGGESTED}：程序提出，尚未核定；{SETTLED}：已由人核定"
    ),
    Column(
        "完成时限", "deadline", 12, lambda line: line.deadline or TODO, _deadline, note="日期写成 2027-03-31；也可写全年、长期坚持"
    ),
    _plain("状态", "state", 9),
    _plain("具体工作内容", "work", 30),
    _plain("进展情况", "progress", 36),
    _plain("存在问题", "problems", 24),
    _plain("下步措施", "next_steps", 24),
    _plain("分管领导", "leader", 10),
    _plain("责任处室", "office", 14),
    _plain("经办人员", "handler", 10),
    Column(
        "建议把握", "confidence", 9, lambda line: NONE if line.confidence is None else f"{line.confidence:.2f}", _share,
        note="对牵头单位建议的把握，0 到 1",
    ),
    _plain("建议理由", "why", 24, empty=NONE),
    _plain("原文句子", "sentence", 56),
    _plain("标识", "id", 14, empty=NONE, note="导入时据此找到同一条任务，请勿修改；新增任务留空"),
)  # fmt: skip
