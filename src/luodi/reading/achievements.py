"""Achievements: the figures that the review part says were reached."""

from __future__ import annotations

import re
from collections.abc import Iterable

from luodi.reading.model import Achievement, Heading, Horizon, Span
from luodi.reading.statements import Statement, measured

# The review also tells where things stood before, and what is still planned.
_OTHER_TIME = re.compile("力争|争取|将(?:达|突破|实现|完成|增长)|目标是|计划(?:投资|总投资|完成)")


def find_achievements(
    text: str, horizons: Iterable[Horizon], headings: Iterable[Heading]
) -> tuple[Achievement, ...]:
    """The figures of the `review` spans, in the order of the text, with ids a1, a2, ..."""
    headings = tuple(headings)
    found: list[Statement] = []
    for horizon in sorted(horizons, key=lambda h: h.start):
        if horizon.label != "review":
            continue
        for _, statements in measured(text, Span(horizon.start, horizon.end), headings):
            found.extend(s for s in statements if s.indicator and not _OTHER_TIME.search(s.lead))
    return tuple(
        Achievement(
            id=f"a{number}",
            start=s.start,
            end=s.end,
            quote=text[s.start : s.end],
            indicator=s.indicator,
            value=s.figure.value,
            unit=s.figure.unit,
            change=s.change,
        )
        for number, s in enumerate(found, 1)
    )
