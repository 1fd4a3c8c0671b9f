"""Clauses: where one commitment ends and the next begins inside a sentence.

A comma of a report either parts two commitments or joins a purpose, a manner, an effect to one. Each comma is weighed
by the answers to the QUESTIONS below; their weights, in data/cuts.json, are learned by tools/train_cuts.py, which
states its measured scores there. A positive sum is a cut.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from luodi.reading.model import Span
from luodi.reading.verbs import bearing, opener
from luodi.reading.weighing import Weighing

_PAUSE_OR_BRACKET = re.compile(r"[“‘（(《「【”’）)》」】]|[，,](?!\d{3})")
_CLOSING = "。！？；;!?"
_FIGURE = re.compile(r"[0-9０-９XＸ]")
# "到2027年", "到2030年即规划期末": says when, for the clause behind it.
_DATE_ALONE = re.compile("[到至](?:[0-9０-９]{4}年|本世纪|“[^”]*”)(?:[底末]|中叶|即[^，]*|[^，]*之际)?")
_LENGTHS = (4, 6, 9, 13, 19, 30)


def body_of(text: str, sentence: Span) -> Span:
    """The sentence without its closing mark, and without a quotation mark or bracket that closes after it."""
    start, end = sentence
    if text[end - 1] in "”’」』）)" and text[end - 2] in _CLOSING:
        end -= 1
    while end > start and text[end - 1] in _CLOSING:
        end -= 1
    return Span(start, end)


@lru_cache(maxsize=512)  # asked for the names of works first, for commitments later
def chunks(text: str, span: Span) -> tuple[Span, ...]:
    """`span` parted at every comma outside quotes and brackets, without white space at either end of a chunk."""
    out, start, depth = [], span.start, 0
    for match in _PAUSE_OR_BRACKET.finditer(text, span.start, span.end):
        at = match.start()
        mark = text[at]
        if mark not in "，,":
            depth = depth + 1 if mark in "“‘（(《「【" else max(0, depth - 1)
        elif not depth:
            out.append(_trimmed(text, start, at))
            start = at + 1
    out.append(_trimmed(text, start, span.end))
    return tuple([chunk for chunk in out if chunk.start < chunk.end])


def _trimmed(text: str, start: int, end: int) -> Span:
    if start < end and (text[start].isspace() or text[end - 1].isspace()):
        said = text[start:end]
        start += len(said) - len(said.lstrip())
        end = max(start, end - len(said) + len(said.rstrip()))
    return Span(start, end)


class Clause(NamedTuple):
    """A stretch of the text, and the words of its chunks."""

    start: int
    end: int
    chunks: tuple[str, ...]


def clauses(text: str, body: Span, names_work: Callable[[int, int], bool]) -> Iterator[Clause]:
    """A sentence without its closing mark, parted where a new verb takes an object of its own.

    `names_work` tells whether a stretch of the text names a work (projects.py): two works are two commitments.
    """
    parts = chunks(text, body)
    words = [text[start:end] for start, end in parts]
    begin, last = 0, len(parts) - 1
    seen = (
        [look(said, names_work(*part)) for said, part in zip(words, parts, strict=True)] if last > 0 else []
    )
    weigh = _weighing()
    for mark in range(last):
        dated = mark == begin and words[mark][0] in "到至" and _DATE_ALONE.fullmatch(words[mark])
        if not dated and weigh(answers(seen, mark, begin)) > 0:
            yield Clause(parts[begin].start, parts[mark].end, tuple(words[begin : mark + 1]))
            begin = mark + 1
    if parts:
        yield Clause(parts[begin].start, parts[last].end, tuple(words[begin:]))


class Chunk(NamedTuple):
    """What a chunk shows by itself; `size` is its length on a coarse scale, `lists` how many items it enumerates."""

    words: str
    verb: str
    bearing: str
    size: int
    lists: int
    figure: bool
    marks: tuple[bool, bool, bool]
    works: bool


def look(words: str, works: bool = False) -> Chunk:
    return Chunk(
        words,
        opener(words),
        bearing(words),
        bisect_left(_LENGTHS, len(words)),
        min(2, words.count("、")),
        bool(_FIGURE.search(words)),
        ("等" in words, "“" in words, "其" in words),
        works,
    )


# About the two chunks at either side of a mark. They can be asked at any mark of any text, full stops too, which is
# how their weights are first learned, from reports that nobody annotated.
AROUND = (
    "any",
    "right begins",
    "right ends",
    "left begins",
    "left ends",
    "left's last character",
    "sizes",
    "left size",
    "right size",
    "left verb",
    "right verb",
    "left verb and size",
    "right verb and size",
    "right verb and figure",
    "verbs",
    "verbs alike",
    "figures",
    "lists",
    "bearings",
    "等, quotes and 其",
)
# About the comma in its sentence, and the commitment that began before it.
QUESTIONS = (
    *AROUND,
    "works named",
    "place in the sentence",
    "chunks so far",
    "chunks so far, first and next bearing",
    "length so far and next bearing",
    "bearings and the one after",
    "bearings and the one before",
)


def answers(seen: Sequence[Chunk], mark: int, start: int) -> tuple[Hashable, ...]:
    """The answers to QUESTIONS for the comma after chunk `mark`, in a commitment that began with chunk `start`."""
    left, right = seen[mark], seen[mark + 1]
    run = min(3, mark - start)
    return (
        *answers_around(left, right),
        (left.works, right.works),
        min(3, mark),
        run,
        (run, seen[start].bearing, right.bearing),
        (_size_of(seen[start : mark + 1]) if run else left.size, right.bearing),
        (left.bearing, right.bearing, seen[mark + 2].bearing if mark + 2 < len(seen) else "last"),
        (seen[mark - 1].bearing if mark else "first", left.bearing, right.bearing),
    )


def _size_of(run: Sequence[Chunk]) -> int:
    return bisect_left(_LENGTHS, sum([len(chunk.words) for chunk in run]))


def answers_around(left: Chunk, right: Chunk) -> tuple[Hashable, ...]:
    """The answers to AROUND for a mark between these chunks."""
    return (
        True,
        right.words[:2],
        right.words[-2:],
        left.words[:2],
        left.words[-2:],
        left.words[-1:],
        (left.size, right.size),
        left.size,
        right.size,
        left.verb,
        right.verb,
        (left.verb, left.size),
        (right.verb, right.size),
        (right.verb, right.figure),
        (left.verb, right.verb),
        left.verb == right.verb,
        (left.figure, right.figure),
        (left.lists, right.lists),
        (left.bearing, right.bearing),
        left.marks + right.marks,
    )


@cache
def _weighing() -> Weighing:
    return Weighing("cuts.json", QUESTIONS)
