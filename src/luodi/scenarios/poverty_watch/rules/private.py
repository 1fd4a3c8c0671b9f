"""Values of a person on their way to a row: the log of deeds writes down what they show of themselves, never what they hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from luodi.kernel import masking


@dataclass(frozen=True, slots=True, repr=False)
class Private:
    """A text that prints as its mask. `text` is asked for by name."""

    text: str
    mask: Callable[[str], str] = masking.name

    def __str__(self) -> str:
        return self.mask(self.text) if self.text else ""

    __repr__ = __str__
