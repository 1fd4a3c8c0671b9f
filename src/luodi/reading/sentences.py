"""Sentences of the body text: what is left of a span between headings and line ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from luodi.reading.model import Heading, Span

# A sentence closes at 。！？； and takes a closing quote or bracket with it; it never crosses a line.
SENTENCE = re.compile(r"[^。！？；;\r\n]+(?:[。！？；;]+[”’」』）)]?|(?=[\r\n])|\Z)")


def sentences(text: str, span: Span, headings: Iterable[Heading] = ()) -> tuple[Span, ...]:
    """The sentences inside `span`, with their closing mark, without headings and outer white space."""
    inside = [(h.start, h.end) for h in headings if h.end > span.start and h.start < span.end]
    return _sentences(text, span.start, span.end, tuple(sorted(inside)))


@lru_cache(maxsize=8)  # targets, projects and commitments of one report ask for the same spans
def _sentences(text: str, start: int, end: int, headings: tuple[tuple[int, int], ...]) -> tuple[Span, ...]:
    found: list[Span] = []
    for heading_start, heading_end in headings:
        found += _between(text, start, heading_start)
        start = heading_end
    found += _between(text, start, end)
    return tuple(found)


def _between(text: str, start: int, end: int) -> Iterator[Span]:
    for match in SENTENCE.finditer(text, start, max(start, end)):
        first, last = match.span()
        if text[first].isspace() or text[last - 1].isspace():
            body = match.group()
            first += len(body) - len(body.lstrip())
            last -= len(body) - len(body.rstrip())
        if last - first > 1:
            yield Span(first, last)
