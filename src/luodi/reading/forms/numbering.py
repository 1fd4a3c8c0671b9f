"""Numbers of lines in a ledger: "2.1-02" is the second line under 二（一）, as people look it up on paper."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from luodi.reading.figures import to_value
from luodi.reading.model import Heading

# The headings above a line from the top down, each with its ordinal.
Path = tuple[tuple[str, Heading], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands: its number, the part it belongs to, and the headings below that part."""

    number: str
    part: Heading | None
    sections: tuple[Heading, ...]


def places(headings: Iterable[Heading], under: Sequence[str | None]) -> Iterator[Place]:
    """The place of each line, given the id of the heading that each stands under, in the order of the text.

    Where all lines stand under one and the same top heading ("三、2027年主要工作"), the headings below it are parts.
    """
    paths = _paths(headings)
    used = [paths[key] if key else () for key in under]
    top = _shared_top(used)
    taken: Counter[str] = Counter()
    for path in used:
        prefix = ".".join(ordinal for ordinal, _ in path)
        taken[prefix] += 1
        number = f"{prefix}-{taken[prefix]:02d}" if prefix else f"{taken[prefix]:02d}"
        above = tuple(heading for _, heading in path[top:])
        yield Place(number, above[0] if above else None, above[1:])


def _paths(headings: Iterable[Heading]) -> dict[str, Path]:
    """The ordinal is the printed one where there is one; else the place among its siblings."""
    paths: dict[str, Path] = {}
    siblings: Counter[str | None] = Counter()
    for heading in headings:
        siblings[heading.parent] += 1
        above = paths[heading.parent] if heading.parent else ()
        paths[heading.id] = (*above, (str(_ordinal(heading.number) or siblings[heading.parent]), heading))
    return paths


def _shared_top(used: Sequence[Path]) -> int:
    """1 when all lines share their top heading and each has a heading below it, else 0."""
    tops = {path[0][1].id if path else None for path in used}
    return int(len(tops) == 1 and all(len(path) > 1 for path in used))


def _ordinal(marker: str) -> int | None:
    """The number of a marker: "二", "（十二）", "第三", "一是", "4"; None without one."""
    numeral = re.search(r"[一二三四五六七八九十百]+|\d+", marker)
    value = to_value(numeral.group()) if numeral else None
    return None if value is None else int(value)
