"""Clauses: where one commitment ends and the next begins inside a sentence.

A comma of a report either parts two commitments or joins a purpose, a manner, an effect to one. Each comma is
weighed by the words around it: `features` names what is seen, `data/cuts.json` holds the weight of each name
(learned by tools/train_cuts.py, which states its measured scores), and a positive sum is a cut.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from luodi.reading.model import Span
from luodi.reading.verbs import bearing, opener

_PAUSE_OR_BRACKET = re.compile(r"[“‘（(《「【”’）)》」】]|[，,](?!\d{3})")
_CLOSING_MARK = re.compile(r"[。！？；;!?]+[”’」』）)]?$")
_FIGURE = re.compile(r"[0-9０-９XＸ]")
_LENGTHS = (4, 6, 9, 13, 19, 30)


def body_of(text: str, sentence: Span) -> Span:
    """The sentence without its closing mark."""
    closing = _CLOSING_MARK.search(text, sentence.start, sentence.end)
    return Span(sentence.start, closing.start()) if closing else sentence


def chunks(text: str, span: Span) -> tuple[Span, ...]:
    """`span` parted at every comma outside quotes and brackets."""
    out, start, depth = [], span.start, 0
    for match in _PAUSE_OR_BRACKET.finditer(text, span.start, span.end):
        mark = match.group()
        if mark in "，,":
            if depth == 0:
                out.append(Span(start, match.start()))
                start = match.end()
        elif mark in "“‘（(《「【":
            depth += 1
        else:
            depth = max(0, depth - 1)
    out.append(Span(start, span.end))
    return tuple(span for span in out if span.start < span.end)


def clauses(text: str, sentence: Span) -> tuple[Span, ...]:
    """The sentence parted where a new verb takes an object of its own; closing mark left out."""
    parts = chunks(text, body_of(text, sentence))
    seen = [look(part.of(text)) for part in parts]
    weight = _weights().get
    out, start = [], 0
    for mark in range(len(parts) - 1):
        if sum([weight(name, 0.0) for name in features(seen, mark, start)]) > 0:
            out.append(Span(parts[start].start, parts[mark].end))
            start = mark + 1
    if parts:
        out.append(Span(parts[start].start, parts[-1].end))
    return tuple(out)


class Chunk(NamedTuple):
    """What a chunk shows by itself; `size` is its length on a coarse scale, `lists` how many items it enumerates."""

    words: str
    verb: str
    bearing: str
    size: int
    lists: int
    figure: bool


def look(words: str) -> Chunk:
    return Chunk(
        words,
        opener(words),
        bearing(words),
        bisect_left(_LENGTHS, len(words)),
        min(2, words.count("、")),
        bool(_FIGURE.search(words)),
    )


def features(seen: Sequence[Chunk], mark: int, start: int) -> list[str]:
    """What is seen around the comma after chunk `mark`, in a commitment that began with chunk `start`.

    Each feature is a name, with a weight in data/cuts.json. Those of `around` can be seen at any mark of any text, full
    stops too, which is how they are learned from reports that nobody annotated; the rest tell the comma's place.
    """
    left, right = seen[mark], seen[mark + 1]
    before = seen[mark - 1].bearing if mark else "first"
    after = seen[mark + 2].bearing if mark + 2 < len(seen) else "last"
    run = min(3, mark - start)
    long = bisect_left(_LENGTHS, sum(len(chunk.words) for chunk in seen[start : mark + 1]))
    return [
        *around(left, right),
        f"at {min(mark, 3)}",
        f"run {run}",
        f"run {run} {seen[start].bearing}, {right.bearing}",
        f"run long {long} {right.bearing}",
        f"bearing {left.bearing}, {right.bearing}, {after}",
        f"bearing {before}, {left.bearing}, {right.bearing}",
    ]


def around(left: Chunk, right: Chunk) -> list[str]:
    """What is seen in the two chunks at either side of a mark."""
    return [
        "any",
        f"right begins {right.words[:2]}",
        f"right ends {right.words[-2:]}",
        f"left begins {left.words[:2]}",
        f"left ends {left.words[-2:]}",
        f"left ends {left.words[-1:]}",
        f"sizes {left.size} {right.size}",
        f"left {left.size}",
        f"right {right.size}",
        f"left verb {left.verb}",
        f"right verb {right.verb}",
        f"left verb {left.verb} {left.size}",
        f"right verb {right.verb} {right.size}",
        f"right verb {right.verb} figure {right.figure:d}",
        f"verbs {left.verb} {right.verb}",
        "verbs alike" if left.verb == right.verb else "verbs differ",
        f"figures {left.figure:d} {right.figure:d}",
        f"lists {left.lists} {right.lists}",
        f"bearing {left.bearing}, {right.bearing}",
        f"shared {_shared(left.words, right.words)}",
        f"named {'等' in left.words:d}{'“' in left.words:d} {'等' in right.words:d}{'“' in right.words:d}",
    ]


def _shared(left: str, right: str) -> int:
    """How many pairs of neighbouring characters both chunks have, up to 2: a sign that one goes on with the other."""
    return min(2, len({a + b for a, b in pairwise(left)} & {a + b for a, b in pairwise(right)}))


@cache
def _weights() -> dict[str, float]:
    data = json.loads((resources.files("luodi.reading") / "data" / "cuts.json").read_text(encoding="utf-8"))
    return {name: float(weight) for name, weight in data["weights"].items()}
