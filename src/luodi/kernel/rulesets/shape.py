"""The declared shape of a ruleset's content: a few named fields, and tables of such fields. No database, no free JSON.

Three forms of a value: `given` (typed in a browser or written in YAML), `kept` (plain JSON in the database),
and the Python value that a rule gets (Decimal, date, time, tuple of mappings). Unknown is None.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_noop

from luodi.kernel.spoken import Spoken, say

KINDS = ("text", "whole", "decimal", "yes_no", "date", "dates", "time", "choice", "rows")
YES, NO = ("是", "yes", "true"), ("否", "no", "false")


class Misfit(Spoken, ValueError):
    """Content that does not fit its shape; the message is a sentence, or several lines of them."""


@dataclass(frozen=True, slots=True)
class Field:
    """One named value. `low` and `high` bound numbers, `choices` name the allowed words, `columns` those of a table."""

    name: str
    title: str
    kind: str
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    needed: bool = True
    columns: tuple[Field, ...] = ()
    about: str = ""

    def kept(self, given: Any) -> Any:
        """`given` as plain JSON. Raises Misfit with a sentence that names the field."""
        if given is None or given == "" or given == []:
            if self.needed:
                raise Misfit("“{title}”没有填写。", title=self.title)
            return [] if self.kind in ("rows", "dates") else None
        try:
            return getattr(self, f"_keep_{self.kind}")(given)
        except Misfit:
            raise
        except (ValueError, TypeError, InvalidOperation) as error:
            wanted = say(WANTED[self.kind])
            raise Misfit(
                "“{title}”应为{wanted}，不是“{given}”。", title=self.title, wanted=wanted, given=given
            ) from error

    def value(self, kept: Any) -> Any:
        """The Python value of what is kept."""
        if kept is None:
            return None
        if self.kind == "decimal":
            return Decimal(kept)
        if self.kind == "date":
            return date.fromisoformat(kept)
        if self.kind == "time":
            return time.fromisoformat(kept)
        if self.kind == "dates":
            return tuple(date.fromisoformat(day) for day in kept)
        if self.kind == "rows":
            return tuple(values_of(self.columns, row) for row in kept)
        return kept

    def shown(self, kept: Any) -> str:
        """What is kept as one line (a table: one line a row) for people."""
        if kept is None or kept == []:
            return "待定"
        if self.kind == "yes_no":
            return YES[0] if kept else NO[0]
        if self.kind == "choice":
            return self.choices[kept]
        if self.kind == "dates":
            return "、".join(kept)
        if self.kind == "rows":
            return "\n".join(self._row_shown(row) for row in kept)
        return f"{kept} {self.unit}".rstrip()

    def typed(self, kept: Any) -> str:
        """What a form's input holds for what is kept."""
        if kept is None:
            return ""
        if self.kind == "yes_no":
            return YES[0] if kept else NO[0]
        return " ".join(kept) if self.kind == "dates" else str(kept)

    def _row_shown(self, row: Mapping[str, Any]) -> str:
        filled = [column for column in self.columns if row.get(column.name) not in (None, [])]
        return "　".join(f"{column.title} {column.shown(row[column.name])}" for column in filled)

    def _keep_text(self, given: Any) -> str:
        return str(given).strip()

    def _keep_whole(self, given: Any) -> int:
        if isinstance(given, (bool, float)):
            raise ValueError(given)
        return int(self._within(Decimal(int(str(given).strip()))))

    def _keep_decimal(self, given: Any) -> str:
        if isinstance(given, bool):
            raise ValueError(given)
        number = Decimal(str(given).strip())
        if not number.is_finite():
            raise ValueError(given)
        return format(self._within(number), "f")

    def _keep_yes_no(self, given: Any) -> bool:
        if isinstance(given, bool):
            return given
        word = str(given).strip().lower()
        if word not in YES + NO:
            raise ValueError(given)
        return word in YES

    def _keep_date(self, given: Any) -> str:
        return date.fromisoformat(str(given).strip()).isoformat()

    def _keep_dates(self, given: Any) -> list[str]:
        days = given.replace("、", " ").replace("，", " ").split() if isinstance(given, str) else given
        return sorted({self._keep_date(day) for day in days})

    def _keep_time(self, given: Any) -> str:
        if not isinstance(given, str):  # YAML reads an unquoted 08:30 as the number 510
            raise ValueError(given)
        return time.fromisoformat(given.strip()).strftime("%H:%M")

    def _keep_choice(self, given: Any) -> str:
        if given not in self.choices:
            raise ValueError(given)
        return str(given)

    def _keep_rows(self, given: Any) -> list[dict[str, Any]]:
        return [
            kept_of(
                self.columns, row, where=say("“{title}”第 {number} 行：", title=self.title, number=number)
            )
            for number, row in enumerate(given, 1)
        ]

    def _within(self, number: Decimal) -> Decimal:
        if (self.low is not None and number < self.low) or (self.high is not None and number > self.high):
            low, high = ("" if bound is None else bound for bound in (self.low, self.high))
            raise Misfit(
                "“{title}”应在 {low} 到 {high} 之间，不是 {number}。",
                title=self.title,
                low=low,
                high=high,
                number=number,
            )
        return number


WANTED = {
    "text": gettext_noop("文字"),
    "whole": gettext_noop("整数"),
    "decimal": gettext_noop("数"),
    "yes_no": gettext_noop("“是”或“否”"),
    "date": gettext_noop("日期（如 2026-01-31）"),
    "dates": gettext_noop("用空格分开的日期（如 2026-01-31 2026-02-14）"),
    "time": gettext_noop("时刻（如 08:30）"),
    "choice": gettext_noop("所列选项之一"),
    "rows": gettext_noop("表格"),
}


def kept_of(fields: Sequence[Field], given: Any, *, where: str = "") -> dict[str, Any]:
    """The whole content as plain JSON. Raises Misfit with one line for each thing that does not fit."""
    if not isinstance(given, Mapping):
        raise Misfit("{where}内容应为逐项列出的参数。", where=where)
    unknown = sorted(set(given) - {field.name for field in fields})
    faults = [say("{where}没有“{name}”这个参数。", where=where, name=name) for name in unknown]
    kept: dict[str, Any] = {}
    for each in fields:
        try:
            kept[each.name] = each.kept(given.get(each.name))
        except Misfit as misfit:
            faults += [where + line for line in str(misfit).split("\n")]
    if faults:
        raise Misfit("\n".join(faults))
    return kept


def values_of(fields: Sequence[Field], kept: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a rule gets: every declared name with its Python value; a name the version did not know yet is None."""
    return MappingProxyType({each.name: each.value(kept.get(each.name)) for each in fields})


@dataclass(frozen=True, slots=True)
class Change:
    """One field that two versions hold differently, as the lines that went and the lines that came."""

    title: str
    was: tuple[str, ...]
    now: tuple[str, ...]


def changes(fields: Sequence[Field], old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """What differs between two contents, field by field; of a table only the rows that differ."""
    found = []
    for each in fields:
        was, now = each.shown(old.get(each.name)), each.shown(new.get(each.name))
        if was != now:
            before, after = was.split("\n"), now.split("\n")
            found.append(
                Change(
                    each.title,
                    tuple(line for line in before if line not in after),
                    tuple(line for line in after if line not in before),
                )
            )
    return found


def read_shape(declared: Mapping[str, Mapping[str, Any]]) -> tuple[Field, ...]:
    """Fields from their YAML: `name: {title: 文字, kind: whole, unit: 日, low: 1}`. Raises ValueError for a bad one."""
    return tuple(_field(name, told) for name, told in declared.items())


def _field(name: str, told: Mapping[str, Any]) -> Field:
    told = dict(told)
    kind = told.pop("kind")
    if kind not in KINDS:
        raise ValueError(f"{name}: kind {kind!r} is none of {', '.join(KINDS)}")
    columns = read_shape(told.pop("columns", {}))
    if (kind == "rows") != bool(columns) or any(column.kind == "rows" for column in columns):
        raise ValueError(f"{name}: rows need columns, and only rows have them, one level deep")
    bounds: dict[str, Any] = {side: Decimal(str(told.pop(side))) for side in ("low", "high") if side in told}
    return Field(name=name, kind=kind, columns=columns, **bounds, **told)
