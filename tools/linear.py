"""Logistic regression over answers to questions: the little that the training scripts beside this file share."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

Feature = tuple[str, Hashable]  # a question and its answer
Example = tuple[Sequence[Feature], int]
Weights = dict[Feature, float]


class Coded:
    """Examples as rows of numbers; a name seen less than `at_least` times is number 0, whose weight stays 0."""

    def __init__(self, examples: Sequence[Example], at_least: int) -> None:
        seen = Counter(name for names, _ in examples for name in names)
        self.index = {name: i for i, name in enumerate((n for n, k in seen.items() if k >= at_least), 1)}
        width = max(len(names) for names, _ in examples)
        self.rows = np.zeros((len(examples), width), int)
        for row, (names, _) in zip(self.rows, examples, strict=True):
            row[: len(names)] = [self.index.get(name, 0) for name in names]
        self.truth = np.array([label for _, label in examples], float)
        self.size = len(self.index) + 1

    def slope(
        self, weights: np.ndarray, rows: np.ndarray, truth: np.ndarray, base: np.ndarray | float
    ) -> tuple:
        error = 1 / (1 + np.exp(-(weights[rows].sum(1) + base))) - truth
        slope = np.bincount(rows.ravel(), np.repeat(error, rows.shape[1]), len(weights))
        slope[0] = 0
        return slope, error

    def named(self, weights: np.ndarray) -> Weights:
        return {name: float(weights[i]) for name, i in self.index.items() if weights[i]}


def learn_sparse(examples: Sequence[Example], at_least: int, sparse: float, rounds: int = 6) -> Weights:
    """Weights from very many examples, most of them nothing: Adagrad in batches, pulled to zero by `sparse`."""
    coded = Coded(examples, at_least)
    weights, seen = np.zeros(coded.size), np.full(coded.size, 1e-6)
    shuffle = np.random.default_rng(0)
    for _ in range(rounds):
        for some in np.array_split(shuffle.permutation(len(coded.rows)), max(1, len(coded.rows) // 2000)):
            slope, _ = coded.slope(weights, coded.rows[some], coded.truth[some], 0.0)
            slope += 0.04 * weights
            seen += slope * slope
            step = 0.3 / np.sqrt(seen)
            weights -= step * slope
            weights = np.sign(weights) * np.maximum(0.0, np.abs(weights) - step * sparse)
    return coded.named(weights)


def learn(
    examples: Sequence[Example], pull: float, prior: Mapping[Feature, float] | None = None, steps: int = 300
) -> Weights:
    """Weights from few examples, held by `pull` to those of `prior`, which are scaled as a whole: Adam over all."""
    coded = Coded(examples, 2)
    prior = prior or {}
    base = np.array([sum(prior.get(name, 0.0) for name in names) for names, _ in examples])
    theta, first, second = (np.zeros(coded.size + 1) for _ in range(3))
    theta[-1] = 0.5 if prior else 0.0
    for step in range(1, steps + 1):
        slope = np.zeros(coded.size + 1)
        slope[:-1], error = coded.slope(theta[:-1], coded.rows, coded.truth, theta[-1] * base)
        slope[:-1] += pull * theta[:-1]
        slope[-1] = (error * base).sum()
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope * slope
        theta -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    out = Counter({name: weight * float(theta[-1]) for name, weight in prior.items()})
    out.update(coded.named(theta[:-1]))
    return dict(out)


def total(weights: Mapping[Feature, float], names: Iterable[Feature]) -> float:
    return sum(weights.get(name, 0.0) for name in names)


def write(path: Path, about: str, measured: Mapping[str, object], weights: Weights, keep: float) -> None:
    """A table of answers and weights for each question, without those nearer to zero than `keep`."""
    tables: dict[str, list[str]] = defaultdict(list)
    for (question, answer), weight in sorted(weights.items(), key=lambda item: (item[0][0], str(item[0][1]))):
        if abs(weight) >= keep:
            tables[question].append(json.dumps([answer, round(weight, 2)], ensure_ascii=False))
    body = ",\n".join(
        f"{json.dumps(q, ensure_ascii=False)}: [\n {_lines(rows)}\n]" for q, rows in tables.items()
    )
    told = json.dumps(measured, ensure_ascii=False)
    path.write_text(
        f'{{"about": {json.dumps(about)},\n"measured": {told},\n"weights": {{\n{body}\n}}}}\n',
        encoding="utf-8",
    )
    print(f"{sum(map(len, tables.values()))} weights in {path.name}, {path.stat().st_size // 1024} KB")


def _lines(rows: list[str], width: int = 110) -> str:
    """The rows, as many on a line as fit."""
    lines = [""]
    for row in rows:
        if len(lines[-1]) + len(row) > width:
            lines.append("")
        lines[-1] += row + ", "
    return "\n ".join(line.rstrip() for line in lines).rstrip(",")
