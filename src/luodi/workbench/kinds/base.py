"""The base of every kind, and the words that say nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from luodi.reading.forms.wording import BLANK, NONE, TODO

OPEN = "待定"
SAYS_NOTHING = {"", TODO, OPEN, BLANK}
NO_FIGURE = SAYS_NOTHING | {NONE, "-", "/", "无"}

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
        return lambda cell: None if cell.strip() in SAYS_NOTHING else self.read(cell.strip())

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


def mask(text: str) -> str:
    """张**, 138****5678, 5*************1234: enough to recognise, not enough to know."""
    if len(text) >= 7:
        head = 3 if len(text) == 11 else 1
        return text[:head] + "*" * (len(text) - head - 4) + text[-4:]
    return text[:1] + "*" * (len(text) - 1)
