"""Weighing by small learned tables: each question about a thing has a table that gives its answers a weight."""

from __future__ import annotations

import json
from collections.abc import Hashable, Sequence
from importlib import resources
from itertools import repeat


class Weighing:
    """The tables of one file in data/, in the order of `questions`; an answer that no table knows weighs nothing."""

    def __init__(self, file: str, questions: Sequence[str]) -> None:
        path = resources.files("luodi.reading") / "data" / file
        tables = json.loads(path.read_text(encoding="utf-8"))["weights"]
        self._tables: list[dict[Hashable, float]] = [
            {
                tuple(value) if isinstance(value, list) else value: float(weight)
                for value, weight in tables.get(question, ())
            }
            for question in questions
        ]

    def __call__(self, answers: Sequence[Hashable]) -> float:
        """The sum of the weights of `answers`, one to each question."""
        return sum(map(dict.get, self._tables, answers, repeat(0.0)))
