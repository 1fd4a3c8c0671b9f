"""Clauses: where one commitment ends and the next begins inside a sentence.

A comma of a report either parts two commitments or joins a purpose, a manner, an effect to one. Each comma is
weighed by the words around it: `features` names what is seen, `data/cuts.json` holds the weight of each name
(learned by tools/train_cuts.py, which states its measured scores), and a positive sum is a cut.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

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
    words = [part.of(text) for part in parts]
    weights = _weights()
    out, start = [], 0
    for mark in range(len(parts) - 1):
        if sum(weights.get(name, 0.0) for name in features(words, mark, start)) > 0:
            out.append(Span(parts[start].start, parts[mark].end))
            start = mark + 1
    if parts:
        out.append(Span(parts[start].start, parts[-1].end))
    return tuple(out)


def features(words: Sequence[str], mark: int, start: int) -> Iterator[str]:
    """What is seen around the comma after `words[mark]`: names, each with a weight in data/cuts.json.

    Those of `around` can be seen at any mark of any text, full stops too, which is how they are learned from
    reports that nobody annotated; the rest tell the place of the comma in its sentence.
    """
    left, right, count = words[mark], words[mark + 1], len(words)
    yield from around(left, right)
    yield f"at {min(mark, 3)}"
    yield f"run {min(mark - start, 3)}"
    yield f"run {min(mark - start, 3)} {bearing(words[start])} {bearing(right)}"
    yield f"run long {_length(''.join(words[start : mark + 1]))} {bearing(right)}"
    yield f"of {min(count, 6)}"
    yield f"after it {min(count - mark - 2, 3)}"
    yield "before " + (opener(words[mark - 1]) if mark else "^")
    yield "next " + (opener(words[mark + 2]) if mark + 2 < count else "$")
    yield "last " + (opener(right) if mark + 2 == count else "-")
    yield "first " + (opener(left) if mark == 0 else "-")
    yield "left1 " + left[:1]
    here, there = bearing(left), bearing(right)
    yield f"bearing {here}, {there}, {'last' if mark + 2 == count else bearing(words[mark + 2])}"
    yield f"bearing {bearing(words[mark - 1]) if mark else 'first'}, {here}, {there}"


def around(left: str, right: str) -> Iterator[str]:
    """What is seen in the two chunks at either side of a mark."""
    left_verb, right_verb = opener(left), opener(right)
    left_length, right_length = _length(left), _length(right)
    yield "any"
    for size in (1, 2, 3, 4):
        yield f"right{size} {right[:size]}"
    yield f"right-1 {right[-1:]}"
    yield f"right-2 {right[-2:]}"
    for size in (2, 3):
        yield f"left{size} {left[:size]}"
    for size in (1, 2, 3):
        yield f"left-{size} {left[-size:]}"
    yield f"right long {right_length}"
    yield f"left long {left_length}"
    yield f"long {left_length} {right_length}"
    yield f"right verb {right_verb}"
    yield f"left verb {left_verb}"
    yield f"right verb {right_verb} {right_length}"
    yield f"left verb {left_verb} {left_length}"
    yield f"right verb {right_verb} {right[-2:]}"
    yield f"left verb {left_verb} {left[-2:]}"
    yield f"verbs {left_verb} {right_verb}"
    yield "verbs alike" if left_verb == right_verb else "verbs differ"
    right_figure = bool(_FIGURE.search(right))
    yield f"figures {bool(_FIGURE.search(left)):d} {right_figure:d}"
    yield f"right verb {right_verb} figure {right_figure:d}"
    yield f"lists {min(2, left.count('、'))} {min(2, right.count('、'))}"
    yield f"edge {left[-1:]}{right[:1]}"
    yield f"bearing {bearing(left)}, {bearing(right)}"
    yield f"shared {_shared(left, right)}"
    yield f"named {'等' in left:d}{'“' in left:d} {'等' in right:d}{'“' in right:d}"


def _shared(left: str, right: str) -> int:
    """How many pairs of neighbouring characters both chunks have, up to 2: a sign that one goes on with the other."""
    seen = {left[at : at + 2] for at in range(len(left) - 1)}
    return min(2, sum(right[at : at + 2] in seen for at in range(len(right) - 1)))


def _length(chunk: str) -> int:
    return sum(len(chunk) > limit for limit in _LENGTHS)


@cache
def _weights() -> dict[str, float]:
    data = json.loads((resources.files("luodi.reading") / "data" / "cuts.json").read_text(encoding="utf-8"))
    return {name: float(weight) for name, weight in data["weights"].items()}
