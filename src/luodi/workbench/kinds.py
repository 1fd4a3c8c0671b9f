"""What a column holds: how its value is shown, read from a cell that a person typed, and told to a machine.

A kind is a small value. `show` never returns an empty text for what is unknown (待补, 待定) and never prints unknown as 0;
`reader()` gives a function from a cell to a value that raises `ValueError` with a Chinese clause ("“三”不是数").
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from luodi.kernel.models import Division, Person, StoredFile, Unit
from luodi.reading.forms.wording import BLANK, NONE, TODO

OPEN = "待定"
_SAYS_NOTHING = {"", TODO, OPEN, BLANK}
_NO_FIGURE = _SAYS_NOTHING | {NONE, "-", "/", "无"}
_FIGURE = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?")

Read = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """The base: a text as it stands."""

    unknown: ClassVar[str] = TODO
    """What stands in the place of a value nobody knows yet."""
    control: ClassVar[str] = "text"
    """How a person gives it: text, area, number, date, select, list."""
    is_figure: ClassVar[bool] = False
    """Set to the right, in tabular figures."""
    is_ranged: ClassVar[bool] = False
    """Filtered from a value to a value, not by equality."""
    is_fixed: ClassVar[bool] = False
    """Always of the same width: never broken over two lines."""

    masked: ClassVar[bool] = False
    """Shown only in part in lists, files and the API."""

    @property
    def guarded(self) -> bool:
        """Personal data: seen whole only after a person gave a reason, which is logged."""
        return False

    def show(self, value: Any) -> str:
        return self.unknown if value is None or value == "" else self._show(value)

    def _show(self, value: Any) -> str:
        return str(value)

    def typed(self, value: Any) -> str:
        """The value as a person would type it anew; empty for unknown."""
        return "" if value is None or value == "" else self._show(value)

    def reader(self) -> Read:
        return lambda cell: None if cell.strip() in _SAYS_NOTHING else self.read(cell.strip())

    def read(self, cell: str) -> Any:
        return cell

    def plain(self, value: Any) -> Any:
        """The value for a machine: what JSON holds without loss. Unknown is null."""
        return value

    @property
    def plain_type(self) -> Any:
        """The type of `plain`, for the schema of the machine API."""
        return str

    @property
    def unit(self) -> str:
        return ""

    def lamp(self, value: Any) -> str:
        """The light beside the value: green, yellow, red, grey, blue, hollow; empty for none."""
        return ""

    @property
    def options(self) -> list[tuple[str, str]]:
        """What a select offers: the value as `typed`, and its title."""
        return []


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
        return cell

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
        return lambda cell: [] if cell.strip() in _NO_FIGURE else self.read(cell)

    def read(self, cell: str) -> list[str]:
        return [word for part in re.split(r"[、，,；;\n]", cell) if (word := part.strip())]

    def plain(self, value: Any) -> Any:
        return list(value or ())

    @property
    def plain_type(self) -> Any:
        return list[str]


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A decimal figure with its unit (亩, %, 平方米). `places` behind the point are the most it may have; None: as stored."""

    measure: str = ""
    places: int | None = None
    least: Decimal | None = None
    most: Decimal | None = None

    control: ClassVar[str] = "number"
    is_figure: ClassVar[bool] = True
    is_ranged: ClassVar[bool] = True

    @property
    def unit(self) -> str:
        return self.measure

    def _show(self, value: Any) -> str:
        return f"{_bare(Decimal(value)):,f}"

    def typed(self, value: Any) -> str:
        return "" if value is None else f"{_bare(Decimal(value)):f}"

    def reader(self) -> Read:
        return lambda cell: None if cell.strip() in _NO_FIGURE else self.read(cell)

    def read(self, cell: str) -> Any:
        value = figure(cell)
        if self.places is not None and -value.as_tuple().exponent > self.places:
            raise ValueError(f"“{cell}”最多保留 {self.places} 位小数" if self.places else f"“{cell}”应是整数")
        if self.least is not None and value < self.least:
            raise ValueError(f"“{cell}”不能小于 {self.least}")
        if self.most is not None and value > self.most:
            raise ValueError(f"“{cell}”不能大于 {self.most}")
        return value

    def plain(self, value: Any) -> Any:
        return None if value is None else self.typed(value)


@dataclass(frozen=True, slots=True)
class Whole(Number):
    """A whole figure with its unit (个, 人, 户)."""

    places: int | None = 0

    def read(self, cell: str) -> int:
        return int(Number.read(self, cell))

    def plain(self, value: Any) -> Any:
        return value

    @property
    def plain_type(self) -> Any:
        return int


_FEN = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}


@dataclass(frozen=True, slots=True)
class Money(Number):
    """An amount kept as whole 分 and shown in 元, 万元 or 亿元; typed in the unit that is shown."""

    measure: str = "万元"
    least: Decimal | None = Decimal(0)

    def _show(self, value: Any) -> str:
        return f"{_bare(Decimal(value) / _FEN[self.measure]):,f}"

    def typed(self, value: Any) -> str:
        return "" if value is None else f"{_bare(Decimal(value) / _FEN[self.measure]):f}"

    def read(self, cell: str) -> int:
        fen = Number.read(self, cell) * _FEN[self.measure]
        if fen != int(fen):
            raise ValueError(f"“{cell}”{self.measure}不是整分")
        return int(fen)

    def plain(self, value: Any) -> Any:
        return value

    @property
    def plain_type(self) -> Any:
        return int


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
    """A time stamp; the machine keeps it, so nobody types one."""

    is_fixed: ClassVar[bool] = True

    def _show(self, value: datetime) -> str:
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")

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


@dataclass(frozen=True, slots=True)
class Link(Kind):
    """A row of another register, named by any of the fields `by`. A name that fits two rows is refused, never guessed."""

    model: type[models.Model] = None  # type: ignore[assignment]
    by: tuple[str, ...] = ("name",)
    called: str = ""
    """What the other register is called in an error; the model's own name without it."""

    unknown: ClassVar[str] = OPEN
    control: ClassVar[str] = "list"

    def offered(self) -> models.QuerySet[Any]:
        """The rows a person may choose now."""
        rows = self.model._default_manager.all()
        return rows.on(timezone.localdate()) if hasattr(rows, "on") else rows

    def names(self, row: Any) -> list[str]:
        """What a row answers to, the usual name first."""
        found = [getattr(row, name) for name in self.by]
        return [str(name) for each in found for name in (each if isinstance(each, list) else [each]) if name]

    def reader(self) -> Read:
        """Loads the register's names once, so that a sheet of thousands of rows asks the database one question."""
        by_name: dict[str, list[Any]] = defaultdict(list)
        for row in self.offered():
            for name in dict.fromkeys(self.names(row)):
                by_name[name].append(row)
        called = self.called or self.model._meta.verbose_name

        def read(cell: str) -> Any:
            name = cell.strip()
            if name in _SAYS_NOTHING:
                return None
            found = by_name.get(name, [])
            if len(found) > 1:
                raise ValueError(f"有 {len(found)} 个{called}叫“{name}”，请写{self._exact}")
            if not found:
                raise ValueError(f"{called}名录里没有“{name}”")
            return found[0]

        return read

    @property
    def _exact(self) -> str:
        return str(self.model._meta.get_field(self.by[-1]).verbose_name)

    def typed(self, value: Any) -> str:
        return self.names(value)[0] if value is not None else ""

    def plain(self, value: Any) -> Any:
        return None if value is None else {"id": value.pk, "name": self.show(value)}

    @property
    def plain_type(self) -> Any:
        return dict[str, Any]


@dataclass(frozen=True, slots=True)
class UnitLink(Link):
    """A unit 单位, by its name, a usual short name, or its key."""

    model: type[models.Model] = Unit
    by: tuple[str, ...] = ("name", "short_names", "key")

    def _show(self, value: Any) -> str:
        return value.called


@dataclass(frozen=True, slots=True)
class DivisionLink(Link):
    """A division 行政区划, by its name, short name, or code."""

    model: type[models.Model] = Division
    by: tuple[str, ...] = ("name", "short_name", "code")


@dataclass(frozen=True, slots=True)
class PersonLink(Link):
    """A person, by name or login. Masked in lists, files and the API; the page of the row prints the name."""

    model: type[models.Model] = Person
    by: tuple[str, ...] = ("name", "login")
    masked: bool = True  # type: ignore[misc]

    def offered(self) -> models.QuerySet[Any]:
        return Person.objects.filter(is_active=True)

    def _show(self, value: Any) -> str:
        return mask(value.name) if self.masked else value.name


@dataclass(frozen=True, slots=True)
class File(Kind):
    """A delivered file. It is attached on the row's page, never typed."""

    model: ClassVar[type[models.Model]] = StoredFile

    def read(self, cell: str) -> Any:
        raise ValueError("文件请在详情页上传，表里不能填")

    def plain(self, value: Any) -> Any:
        return None if value is None else {"name": value.name, "sha256": value.sha256, "size": value.size}

    @property
    def plain_type(self) -> Any:
        return dict[str, Any]


def mask(text: str) -> str:
    """张**, 138****5678, 5*************1234: enough to recognise, not enough to know."""
    if len(text) >= 7:
        head = 3 if len(text) == 11 else 1
        return text[:head] + "*" * (len(text) - head - 4) + text[-4:]
    return text[:1] + "*" * (len(text) - 1)


def figure(cell: str) -> Decimal:
    """A figure as typed: full-width digits and separators of thousands are as good as others; 1e9, NaN, 1_000 are not."""
    text = unicodedata.normalize("NFKC", cell).strip()
    if not _FIGURE.fullmatch(text):
        raise ValueError(f"“{cell.strip()}”不是数")
    value = Decimal(text.replace(",", ""))
    if abs(value) >= Decimal(10) ** 15:
        raise ValueError(f"“{cell.strip()}”超出可以记录的范围")
    return value


def _bare(value: Decimal) -> Decimal:
    """Without padding zeros behind the point."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def kind_of(column: models.Field[Any, Any]) -> Kind:
    """The kind of a model's field, where a desk names none."""
    if column.choices:
        return Choice(choices=tuple(column.flatchoices))
    if column.is_relation:
        made = {Unit: UnitLink, Division: DivisionLink, Person: PersonLink, StoredFile: File}
        model = column.related_model
        if model in made:
            return made[model]()
        names = [name for name in ("name", "title", "code", "key") if _has(model, name)]
        return Link(model=model, by=tuple(names) or ("pk",))
    for field_class, kind in _BY_FIELD:
        if isinstance(column, field_class):
            return kind(column)
    return Text()


def _has(model: Any, name: str) -> bool:
    return any(each.name == name for each in model._meta.get_fields())


_BY_FIELD: tuple[tuple[Any, Callable[[Any], Kind]], ...] = (
    (models.BooleanField, lambda _: YesNo()),
    (models.DecimalField, lambda column: Number(places=column.decimal_places)),
    (models.IntegerField, lambda _: Whole()),
    (models.DateTimeField, lambda _: Moment()),
    (models.DateField, lambda _: Day()),
    (models.JSONField, lambda _: Words()),
    (models.TextField, lambda _: Text(long=True)),
)
