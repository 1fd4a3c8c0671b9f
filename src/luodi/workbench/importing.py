"""Rows come in by a sheet or a pasted block: first what would change, cell by cell, then all of it or nothing.

A row is recognised by the desk's key, so the same sheet delivered again changes nothing. An empty cell leaves a value as
it is; 待补 or 待定 makes it unknown again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from luodi.kernel.action import Refused
from luodi.kernel.models import Person
from luodi.workbench.desk import Column, Desk, allows
from luodi.workbench.kinds import Read
from luodi.workbench.sheets import Table
from luodi.workbench.writing import MOST_STEPS, Step, all_or_none, call

PART = 500
HEADING_WITHIN = 20
"""The row of titles is looked for in so many rows: people put a heading above their tables."""
_UNIT = re.compile(r"[（(]([^（()）]*)[）)]$")


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that would change: how it reads now (empty for a new row) and then."""

    column: Column
    old: str
    new: str


@dataclass(slots=True)
class RowPlan:
    """What would happen to one row. `number` counts as the sheet does; `row` is None when the row would be new."""

    number: int
    label: str
    row: Any
    values: dict[str, Any] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """What a sheet would do. With `problems` nothing is ever written."""

    rows: list[RowPlan] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unchanged: int = 0
    passed_over: list[str] = field(default_factory=list)
    """Titles of the sheet that are no column one may write."""

    @property
    def new(self) -> list[RowPlan]:
        return [each for each in self.rows if each.row is None]

    @property
    def changed(self) -> list[RowPlan]:
        return [each for each in self.rows if each.row is not None]


def plan(desk: Desk, person: Person, table: Iterable[Sequence[str]]) -> Plan:
    """What the table would change, with every problem; writes nothing. Raises `Refused` when it has no usable titles."""
    found = Plan()
    for part in parts(desk, person, table):
        found.rows += part.rows
        found.problems += part.problems
        found.unchanged += part.unchanged
        found.passed_over = part.passed_over
    if len(found.rows) + found.unchanged + len(found.problems) > MOST_STEPS:
        raise Refused("一次最多导入 {most} 行，请分几次导入。", most=MOST_STEPS)
    return found


def parts(desk: Desk, person: Person, table: Iterable[Sequence[str]]) -> Iterator[Plan]:
    """The plan of a table of any length, `PART` rows at a time; only the keys of the rows before are remembered."""
    rows = iter(table)
    head = list(islice(rows, HEADING_WITHIN))
    top, columns, passed_over = _titles(desk, head)
    readers = {at: column.reader() for at, column in columns.items()}
    filled = (
        (at + 1, cells)
        for at, cells in enumerate(chain(head, rows))
        if at > top and any(cell.strip() for cell in cells)
    )
    seen: dict[tuple[str, ...], int] = {}
    some = list(islice(filled, PART))
    yield _part(desk, person, some, columns, readers, seen, passed_over)
    while some := list(islice(filled, PART)):
        yield _part(desk, person, some, columns, readers, seen, passed_over)


def _part(
    desk: Desk,
    person: Person,
    filled: Sequence[tuple[int, Sequence[str]]],
    columns: dict[int, Column],
    readers: dict[int, Read],
    seen: dict[tuple[str, ...], int],
    passed_over: list[str],
) -> Plan:
    found = Plan(passed_over=passed_over)
    keys = {number: _key(desk, columns, readers, cells) for number, cells in filled}
    kept, hidden = _rows_by_key(desk, person, [key for key in keys.values() if key])
    for number, cells in filled:
        key = keys[number]
        if key is None:
            titles = "、".join(desk.column(name).title for name in desk.key)
            found.problems.append(f"第 {number} 行：{titles}是空的，认不出是哪一行")
            continue
        if key in seen:
            found.problems.append(
                f"第 {number} 行：与第 {seen[key]} 行的{desk.column(desk.key[0]).title}相同（{'、'.join(key)}）"
            )
            continue
        seen[key] = number
        if key in hidden:
            found.problems.append(f"第 {number} 行：{'、'.join(key)} 已被范围外的一行占用，不能写入")
            continue
        row = kept.get(key)
        each = RowPlan(number, "、".join(key), row)
        problems = list(_read_row(desk, each, cells, columns, readers))
        if not problems and not each.values:
            found.unchanged += 1
            continue
        if not allows(desk.edit if row is not None else desk.create, person, row):
            problems.append(
                f"第 {number} 行：{'这一行不归你改' if row is not None else '你不能新增'}（{each.label}）"
            )
        found.problems += problems
        found.rows.append(each)
    return found


def apply(desk: Desk, person: Person, table: Table) -> Plan:
    """Write what `plan` says; when anything is refused, the plan comes back with problems and nothing is written."""
    made = plan(desk, person, table)
    if not made.problems:
        made.problems = all_or_none(desk, person, steps_of(desk, person, made.rows))
    return made


def plan_block(
    desk: Desk, person: Person, pks: Sequence[int], columns: Sequence[Column], block: Table
) -> Plan:
    """What a block pasted onto a table would change: its rows onto `pks` downwards, its cells onto `columns`."""
    found = Plan()
    if len(block) > len(pks):
        found.problems.append(f"粘贴了 {len(block)} 行，从这里往下只有 {len(pks)} 行；新增的行请用“导入”")
    if (width := max(map(len, block), default=0)) > len(columns):
        found.problems.append(f"粘贴了 {width} 列，从这里往右只有 {len(columns)} 列")
    rows = {row.pk: row for row in desk.seen_by(person).filter(pk__in=pks)}
    readers = [column.reader() if column.edit else None for column in columns]
    for number, (pk, cells) in enumerate(zip(pks, block, strict=False), start=1):
        if pk not in rows:
            found.problems.append(f"第 {number} 行：这一行已经不在了，请刷新")
            continue
        each = RowPlan(number, _label(desk, rows[pk]), rows[pk])
        for at, (cell, column, read) in enumerate(zip(cells, columns, readers, strict=False), start=1):
            where = f"第 {number} 行第 {at} 列（{column.title}）"
            if read is None:
                if cell.strip() and cell.strip() != column.show(each.row):
                    found.problems.append(f"{where}：这一栏不能在表里改")
                continue
            found.problems += _read_cell(each, cell, column, read, where)
        if each.values and not allows(desk.edit, person, each.row):
            found.problems.append(f"第 {number} 行：这一行不归你改（{each.label}）")
        if each.values:
            found.rows.append(each)
        else:
            found.unchanged += 1
    return found


def apply_block(
    desk: Desk, person: Person, pks: Sequence[int], columns: Sequence[Column], block: Table
) -> Plan:
    made = plan_block(desk, person, pks, columns, block)
    if not made.problems:
        made.problems = all_or_none(desk, person, steps_of(desk, person, made.rows))
    return made


def writable(desk: Desk) -> list[Column]:
    """The columns a sheet may bring: those of the key and those one may edit."""
    return [column for column in desk.columns if column.edit or column.name in desk.key]


def steps_of(desk: Desk, person: Person, rows: Iterable[RowPlan]) -> Iterator[Step]:
    for each in rows:
        action = desk.create if each.row is None else desk.edit
        row = desk.model() if each.row is None else each.row
        yield Step(f"第 {each.number} 行（{each.label}）", call(action, person, row, each.values))


def _titles(desk: Desk, table: Table) -> tuple[int, dict[int, Column], list[str]]:
    """Where the row of titles is, which column stands where, and titles that are no column one may write."""
    if not desk.key:
        raise Refused("这张表没有可以认出一行的编号，不能导入。")
    known = {
        bare(title): column
        for column in writable(desk)
        for title in (column.title, column.heading, column.name)
    }
    counts = [sum(bare(cell) in known for cell in row) for row in table[:HEADING_WITHIN]]
    needed = [desk.column(name) for name in desk.key]
    if not counts or max(counts) < min(2, len(known)):
        titles = "、".join(column.title for column in needed)
        raise Refused(
            "前 {within} 行里找不到表头；表头应有“{titles}”等列，可先导出一份作样子。",
            within=HEADING_WITHIN,
            titles=titles,
        )
    top = counts.index(max(counts))
    columns: dict[int, Column] = {}
    passed_over = []
    for at, cell in enumerate(table[top]):
        column = known.get(bare(cell))
        if column is None:
            passed_over += [cell.strip()] if cell.strip() else []
        elif column in columns.values():
            raise Refused("表头里有两列“{column}”，请删去一列。", column=column.title)
        elif (unit := _unit_in(cell)) and unit != (column.kind.unit or unit):
            raise Refused(
                "表头“{heading}”的单位与这里的“{own}”不同，请换算后再导入。",
                heading=cell.strip(),
                own=column.heading,
            )
        else:
            columns[at] = column
    if missing := [column.title for column in needed if column not in columns.values()]:
        raise Refused(
            "表头（第 {row} 行）缺少“{columns}”，没有它认不出是哪一行。",
            row=top + 1,
            columns="”“".join(missing),
        )
    return top, columns, passed_over


def bare(title: str) -> str:
    """A title without spaces, marks of duty and its unit in brackets."""
    return _UNIT.sub("", re.sub(r"\s|[*＊:：]", "", title))


def _unit_in(title: str) -> str:
    match = _UNIT.search(re.sub(r"\s", "", title))
    return match[1] if match else ""


def _key(
    desk: Desk, columns: dict[int, Column], readers: dict[int, Read], cells: Sequence[str]
) -> tuple[str, ...] | None:
    """The key as a person types it; None when a part is empty. A part that can't be read stays as typed."""
    parts = []
    for name in desk.key:
        at = next(place for place, column in columns.items() if column.name == name)
        cell = cells[at].strip() if at < len(cells) else ""
        try:
            parts.append(desk.column(name).kind.typed(readers[at](cell)))
        except ValueError:
            parts.append(cell)
    return tuple(parts) if all(parts) else None


def _rows_by_key(
    desk: Desk, person: Person, keys: Sequence[tuple[str, ...]]
) -> tuple[dict[tuple[str, ...], Any], set[tuple[str, ...]]]:
    """The rows one sees, by key, and the wanted keys that rows out of sight hold."""
    kept = {_key_of(desk, row): row for row in _narrowed(desk, desk.seen_by(person), keys)}
    missing = [key for key in keys if key not in kept]
    if not missing:
        return kept, set()
    others = _narrowed(desk, desk.model._default_manager.all(), missing)
    return kept, {_key_of(desk, row) for row in others} - kept.keys()


def _narrowed(desk: Desk, rows: Any, keys: Sequence[tuple[str, ...]]) -> Any:
    """Only rows that could have one of the keys, where the first part of the key is a plain text or figure."""
    first = desk.column(desk.key[0])
    if first.kind.control == "text" and first.is_stored:
        return rows.filter(**{f"{first.name}__in": {key[0] for key in keys}})
    return rows


def _key_of(desk: Desk, row: Any) -> tuple[str, ...]:
    return tuple(desk.column(name).kind.typed(desk.column(name).value(row)) for name in desk.key)


def _label(desk: Desk, row: Any) -> str:
    return "、".join(_key_of(desk, row)) if desk.key else str(row)


def _read_row(
    desk: Desk, each: RowPlan, cells: Sequence[str], columns: dict[int, Column], readers: dict[int, Read]
) -> Iterator[str]:
    is_new = each.row is None
    for at, column in columns.items():
        cell = cells[at] if at < len(cells) else ""
        where = f"第 {each.number} 行第 {at + 1} 列（{column.title}）"
        if is_new and column.is_needed and not cell.strip():
            yield f"{where}是空的，新增的行不能没有它"
        elif is_new or (column.edit and column.name not in desk.key):
            yield from _read_cell(each, cell, column, readers[at], where)
    if is_new:
        for column in writable(desk):
            if column.is_needed and column not in columns.values():
                yield f"第 {each.number} 行：新增的行要有“{column.title}”，表里没有这一列"


def _read_cell(each: RowPlan, cell: str, column: Column, read: Read, where: str) -> Iterator[str]:
    """Take a cell into the plan where it differs from what stands; yields what is wrong with it."""
    old = "" if each.row is None else column.show(each.row)
    if not cell.strip() or cell.strip() == old:
        return
    try:
        value = read(cell)
    except ValueError as error:
        yield f"{where}：{error}"
        return
    before = None if each.row is None else column.value(each.row)
    if value == before or (value is None and before == ""):
        return
    each.values[column.name] = value
    each.differences.append(Difference(column, old, column.said(value)))
