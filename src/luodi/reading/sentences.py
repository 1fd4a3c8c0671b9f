"""Sentences of the body text: what is left of a span between headings and line ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from luodi.reading.model import Heading, Span

# A sentence closes at 。！？； and takes a closing quote or bracket with it; it never crosses a line.
SENTENCE = re.compile(r"[^。！？；;\r\n]+(?:[。！？；;]+[”’」』）)]?|(?=[\r\n])|\Z)")


def sentences(text: str, span: Span, headings: Iterable[Heading] = ()) -> Iterator[Span]:
    """The sentences inside `span`, with their closing mark, without headings and outer white space."""
    cursor = span.start
    for heading in sorted(headings, key=lambda h: h.start):
        if heading.end <= span.start or heading.start >= span.end:
            continue
        yield from _between(text, cursor, heading.start)
        cursor = heading.end
    yield from _between(text, cursor, span.end)


def _between(text: str, start: int, end: int) -> Iterator[Span]:
    for match in SENTENCE.finditer(text, start, max(start, end)):
        body = match.group()
        lead = len(body) - len(body.lstrip())
        trail = len(body) - len(body.rstrip())
        if len(body) - lead - trail > 1:
            yield Span(match.start() + lead, match.end() - trail)
