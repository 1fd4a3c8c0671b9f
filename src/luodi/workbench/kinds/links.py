"""Rows of other registers, named in a cell; and delivered files."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from luodi.kernel.models import Division, Person, StoredFile, Unit
from luodi.workbench.kinds.base import OPEN, SAYS_NOTHING, Kind, Read, mask


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
            if name in SAYS_NOTHING:
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
