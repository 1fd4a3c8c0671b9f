"""Words, days, choices."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

from django.utils import timezone

from luodi.kernel.clock import CHINA
from luodi.reading.forms.clean import clean
from luodi.reading.forms.wording import NONE
from luodi.workbench.kinds.base import NO_FIGURE, OPEN, Kind, Read, mask

_MOMENT = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T](\d{1,2}):(\d{2})(?::\d{2})?")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?")


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """Words. `masked` keeps the first character and the last four of a long one: names, phones, identity numbers."""

    masked: bool = False  # type: ignore[misc]
    long: bool = False

    @property
    def control(self) -> str:  # type: ignore[override]
        return "area" if self.long else "text"

    @property
    def guarded(self) -> bool:
        return self.masked

    def _show(self, value: Any) -> str:
        return mask(str(value)) if self.masked else str(value)

    def typed(self, value: Any) -> str:
        return "" if value is None else str(value)

    def read(self, cell: str) -> str:
        if self.masked and "*" in cell:
            raise ValueError(f"“{cell}”是隐去后的写法，请填写全文")
        return clean(cell)

    def plain(self, value: Any) -> Any:
        return mask(str(value)) if self.masked and value else value


@dataclass(frozen=True, slots=True)
class Words(Kind):
    """A list of short texts in a JSON field, shown with 、 between them."""

    unknown: ClassVar[str] = NONE

    def show(self, value: Any) -> str:
        return "、".join(value) if value else self.unknown

    def typed(self, value: Any) -> str:
        return "、".join(value or ())

    def reader(self) -> Read:
        return lambda cell: [] if cell.strip() in NO_FIGURE else self.read(cell)

    def read(self, cell: str) -> list[str]:
        return [word for part in re.split(r"[、，,；;\n]", cell) if (word := part.strip())]

    def plain(self, value: Any) -> Any:
        return list(value or ())

    @property
    def plain_type(self) -> Any:
        return list[str]


@dataclass(frozen=True, slots=True)
class Day(Kind):
    """A calendar day."""

    unknown: ClassVar[str] = OPEN
    control: ClassVar[str] = "date"
    is_ranged: ClassVar[bool] = True
    is_fixed: ClassVar[bool] = True

    def read(self, cell: str) -> date:
        match = _DATE.fullmatch(unicodedata.normalize("NFKC", cell.strip()))
        if match is None:
            raise ValueError(f"“{cell}”不是日期，请写成 2027-03-31")
        try:
            return date(*(int(part) for part in match.groups()))
        except ValueError as error:
            raise ValueError(f"“{cell}”不是日历上的日子") from error

    def plain(self, value: Any) -> Any:
        return value.isoformat() if value else None


@dataclass(frozen=True, slots=True)
class Moment(Kind):
    """A point of time, at China's clock, to the minute as people type it: 2026-09-14 08:30."""

    is_fixed: ClassVar[bool] = True

    def _show(self, value: datetime) -> str:
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")

    def read(self, cell: str) -> datetime:
        match = _MOMENT.fullmatch(unicodedata.normalize("NFKC", cell))
        if match is None:
            raise ValueError(f"“{cell}”不是时刻，请写成 2026-09-14 08:30")
        try:
            return datetime(*(int(part) for part in match.groups()), tzinfo=CHINA)
        except ValueError as error:
            raise ValueError(f"“{cell}”不是日历上的时刻") from error

    def plain(self, value: Any) -> Any:
        return value.isoformat() if value else None


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One of the field's choices. `lamps` gives a value its light: green, yellow, red, grey, blue, hollow."""

    lamps: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[tuple[Any, str], ...] = ()

    control: ClassVar[str] = "select"

    def _show(self, value: Any) -> str:
        return str(dict(self.choices).get(value, value))

    def typed(self, value: Any) -> str:
        return "" if value is None else str(value)

    def read(self, cell: str) -> Any:
        for value, title in self.choices:
            if cell in {str(value), str(title)}:
                return value
        titles = "、".join(str(title) for value, title in self.choices if value != "")
        raise ValueError(f"“{cell}”不在可选之列，应为{titles}之一")

    @property
    def options(self) -> list[tuple[str, str]]:
        return [(str(value), str(title)) for value, title in self.choices if value != ""]

    def lamp(self, value: Any) -> str:
        return self.lamps.get(value, "")


@dataclass(frozen=True, slots=True)
class Listed(Kind):
    """A code of a list that changes with time: `rows` tells its codes and titles on the day it is asked for."""

    called: str = "清单"
    rows: Callable[[], list[tuple[str, str]]] = list

    control: ClassVar[str] = "select"

    @property
    def options(self) -> list[tuple[str, str]]:
        return self.rows()

    def _show(self, value: Any) -> str:
        return dict(self.options).get(value, str(value))

    def read(self, cell: str) -> str:
        for code, title in self.options:
            if cell in {code, title}:
                return code
        raise ValueError(f"{self.called}里没有“{cell}”")


@dataclass(frozen=True, slots=True)
class YesNo(Kind):
    control: ClassVar[str] = "select"

    @property
    def options(self) -> list[tuple[str, str]]:
        return [("是", "是"), ("否", "否")]

    def _show(self, value: Any) -> str:
        return "是" if value else "否"

    def typed(self, value: Any) -> str:
        return "" if value is None else self._show(value)

    def read(self, cell: str) -> bool:
        if cell not in {"是", "否", "True", "False"}:
            raise ValueError(f"“{cell}”应为是或否")
        return cell in {"是", "True"}

    @property
    def plain_type(self) -> Any:
        return bool
