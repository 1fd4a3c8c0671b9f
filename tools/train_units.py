"""Train the suggestion of units and measure it on cities that it was not trained on.

    .venv/bin/python tools/train_units.py            train on all cities, write the data file, print the scores
    .venv/bin/python tools/train_units.py --scores   print the scores only, write nothing

Needs numpy (it comes with the dev group; the reader itself runs without) and the corpus in ../shared or
LUODI_SHARED. Under a minute on one core. Two steps, described at their functions and in
src/luodi/reading/units/README.md:

1. fit: corrections to the weights of the listed duties from the annexes (task, lead unit);
2. calibrate: sharpness, background and ceiling on cities left out, so that a score is a frequency.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from luodi.reading.units.evidence import Index, Learned, duties, index_of
from luodi.reading.units.functions import Level, functions_of, keys
from luodi.reading.units.roster import Roster

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "src/luodi/reading/units/learned.json.gz"
KEYS = keys()
AT = {key: at for at, key in enumerate(KEYS)}
Array = Any  # numpy arrays; numpy ships its own types, but is no dependency of the project


@dataclass(frozen=True)
class Task:
    """A line of an annex: what is to be done, under which heading, and who leads by the city's own list."""

    city: str
    text: str
    section: str
    functions: frozenset[str]
    roster: Roster


def tasks(shared: Path) -> list[Task]:
    """The annex lines whose lead unit has a function; the roster is the usual one of that level and year."""
    lines = []
    with (shared / "corpus/decompositions/annex_pairs.tsv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            year, kind, city = row["file"].split("-")[:3]
            level: Level = "province" if kind == "province" else "city"
            leads = re.split("[、，,；;]", row["lead_units"])
            functions = frozenset(key for lead in leads for key in functions_of(lead))
            if functions:
                roster = Roster.usual(level, int(year))
                lines.append(Task(city, row["task"], row["section"], functions, roster))
    return lines


# --- 1. fit ------------------------------------------------------------------------------------------


def index_of_functions() -> Index:
    """The listed duties alone, for functions instead of units: one unit each, of a name that no text holds."""
    return index_of(Roster.of([(f"〔{key}〕", "", key) for key in KEYS]), Learned.none())


def _vector(weights: dict[str, float]) -> Array:
    vector = np.zeros(len(KEYS), np.float32)
    for key, weight in weights.items():
        vector[AT[key]] = weight
    return vector


def fit(lines: Sequence[Task], heading: float, pull: float, steps: int = 250) -> Learned:
    """Corrections to the listed duties that make the annexes likely.

    Softmax over functions of the phrases' weights, those of the section counting by `heading`; a line's
    likelihood is that of any function which its lead unit serves at that level in that year. Each city
    counts by the square root of its lines, so that no city's habits rule. `pull` is the precision of the
    Gaussian prior that holds the weights at duties.tsv. A phrase is corrected only for functions that it
    is listed for: every suggestion keeps a reason that can be shown.
    """
    index = index_of_functions()
    own = [index.scan(line.text) for line in lines]
    above = [index.scan(line.section) for line in lines]
    vocabulary = {
        phrase: at for at, phrase in enumerate(dict.fromkeys(p for each in (*own, *above) for p in each))
    }
    listed = np.array([_vector(duties()[phrase]) for phrase in vocabulary])
    inputs = np.zeros((len(lines), len(vocabulary)), np.float32)
    for row, (words, titles) in enumerate(zip(own, above, strict=True)):
        for phrase in titles:
            inputs[row, vocabulary[phrase]] += heading
        for phrase in words:
            inputs[row, vocabulary[phrase]] += 1.0
    allowed = np.array([_allowed(line) for line in lines])
    size = Counter(line.city for line in lines)
    weight = np.array([size[line.city] ** -0.5 for line in lines], np.float32)[:, None]
    weight /= weight.sum()
    from_listed = inputs @ listed
    # Adam over the corrections and one scale of all listed weights, in logs.
    value = {"corrections": np.zeros_like(listed), "scale": np.zeros(1, np.float32)}
    first = {name: np.zeros_like(each) for name, each in value.items()}
    second = {name: np.zeros_like(each) for name, each in value.items()}
    for step in range(1, steps + 1):
        scale = np.exp(value["scale"])
        logits = scale * from_listed + inputs @ value["corrections"]
        likely = np.exp(logits - logits.max(1, keepdims=True))
        likely /= likely.sum(1, keepdims=True)
        wanted = likely * allowed + 1e-9 * allowed
        wanted /= wanted.sum(1, keepdims=True)
        error = (likely - wanted) * weight
        slope = {
            "corrections": (inputs.T @ error) * (listed != 0) + pull / len(lines) * value["corrections"],
            "scale": scale * (error * from_listed).sum(),
        }
        for name in value:
            first[name] = 0.9 * first[name] + 0.1 * slope[name]
            second[name] = 0.99 * second[name] + 0.01 * slope[name] ** 2
            rate = np.sqrt(second[name] / (1 - 0.99**step)) + 1e-8
            value[name] = value[name] - 0.05 * first[name] / (1 - 0.9**step) / rate
    phrases = {}
    for phrase, corrections in zip(vocabulary, value["corrections"], strict=True):
        changed = {KEYS[at]: float(each) for at, each in enumerate(corrections) if abs(each) >= 0.1}
        if changed:
            phrases[phrase] = changed
    return Learned(float(np.exp(value["scale"])[0]), heading, background=1.0, phrases=phrases)


def _allowed(line: Task) -> Array:
    serving = line.roster.by_function
    return np.array(
        [key in line.functions or bool(line.functions & set(serving[key].functions)) for key in KEYS]
    )


# --- 2. calibrate and score --------------------------------------------------------------------------


@dataclass(frozen=True)
class Guess:
    """What the evidence says for one line: logits of units, and which of them the city's own list names."""

    city: str
    logits: dict[int, float]
    right: frozenset[int]

    def ranked(self, learned: Learned) -> list[tuple[float, bool]]:
        """Probability and truth of each unit, best first."""
        return [(share, at in self.right) for at, share in learned.shares(self.logits).items()]


def guesses(lines: Iterable[Task], learned: Learned) -> list[Guess]:
    """What the shipped code would say, with the usual roster of the line's level and year."""
    said = []
    for line in lines:
        index = index_of(line.roster, learned)
        logits = index.weigh(index.scan(line.text), index.hints(index.scan(line.section)))
        right = frozenset(at for at in logits if line.functions & set(line.roster.units[at].functions))
        said.append(Guess(line.city, logits, right))
    return said


def left_out(
    lines: Sequence[Task], heading: float, pull: float, cities: Iterable[str] | None = None
) -> list[Guess]:
    """Guesses for each city (or `cities`) by what was learned from all the others."""
    said = []
    for city in cities or dict.fromkeys(line.city for line in lines):
        learned = fit([line for line in lines if line.city != city], heading, pull)
        said += guesses([line for line in lines if line.city == city], learned)
    return said


def sharpened(learned: Learned, by: float) -> Learned:
    phrases = {phrase: {key: by * each for key, each in w.items()} for phrase, w in learned.phrases.items()}
    return replace(learned, duty=by * learned.duty, phrases=phrases)


def calibrate(said: Sequence[Guess]) -> tuple[float, Learned]:
    """Sharpness, and background and ceiling, under which the first guess is right as often as it says.

    The least Brier score over a grid. Logits for cities left out are scaled here; weights are scaled alike
    for the file, by `sharpened`.
    """

    def brier(by: float, learned: Learned) -> float:
        return sum(
            (share - right) ** 2 for guess in said for share, right in scaled(guess, by).ranked(learned)[:1]
        )

    grid = [
        (by, Learned(1.0, 0.0, background, ceiling))
        for by in (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
        for background in (0.5, 1.0, 2.0, 4.0, 8.0)
        for ceiling in (0.9, 0.93, 0.96, 0.98, 1.0)
    ]
    return min(grid, key=lambda each: brier(*each))


def scaled(guess: Guess, by: float) -> Guess:
    return replace(guess, logits={at: by * logit for at, logit in guess.logits.items()})


def top(said: Sequence[Guess], places: int) -> float:
    """The share of lines with a right unit among the first `places`; a line without a guess is wrong."""
    free = Learned.none()
    return sum(any(right for _, right in guess.ranked(free)[:places]) for guess in said) / len(said)


def report(said: Sequence[Guess], learned: Learned) -> str:
    """Scores by city and reliability of the first guess, as a table."""
    lines = ["| 城市 | 条数 | 首位 | 前三 |", "|---|---|---|---|"]
    for city in (*dict.fromkeys(guess.city for guess in said), "合计"):
        some = [guess for guess in said if city in (guess.city, "合计")]
        lines.append(f"| {city} | {len(some)} | {top(some, 1):.3f} | {top(some, 3):.3f} |")
    lines += ["", "| 分数 | 条数 | 平均分 | 实际命中 |", "|---|---|---|---|"]
    firsts = [guess.ranked(learned)[0] for guess in said if guess.logits]
    for low, high in ((0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 0.95), (0.95, 1.01)):
        some = [each for each in firsts if low <= each[0] < high]
        if some:
            mean, hit = (sum(each[at] for each in some) / len(some) for at in (0, 1))
            lines.append(f"| {low:.2f}–{min(high, 1):.2f} | {len(some)} | {mean:.2f} | {hit:.2f} |")
    gap = sum(abs(sum(p for p, _ in b) - sum(r for _, r in b)) for b in _tenths(firsts)) / len(firsts)
    return "\n".join([*lines, "", f"期望校准误差 ECE {gap:.3f}"])


def _tenths(firsts: Iterable[tuple[float, bool]]) -> Iterable[list[tuple[float, bool]]]:
    bins: dict[int, list[tuple[float, bool]]] = {}
    for first in firsts:
        bins.setdefault(min(int(first[0] * 10), 9), []).append(first)
    return bins.values()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--scores", action="store_true", help="print the scores, write nothing")
    parser.add_argument("--heading", type=float, default=0.3)
    parser.add_argument("--pull", type=float, default=1.0)
    options = parser.parse_args()
    shared = Path(os.environ.get("LUODI_SHARED", ROOT.parent / "shared"))
    lines = tasks(shared)
    said = left_out(lines, options.heading, options.pull)
    by, calibrated = calibrate(said)
    print(f"sharpness {by}, background {calibrated.background}, ceiling {calibrated.ceiling}\n")
    print(report([scaled(guess, by) for guess in said], calibrated))
    if not options.scores:
        final = sharpened(fit(lines, options.heading, options.pull), by)
        final = replace(final, background=calibrated.background, ceiling=calibrated.ceiling)
        DATA.write_bytes(gzip.compress(json.dumps(final.to_json(), ensure_ascii=False).encode(), mtime=0))
        print(f"\n{DATA.relative_to(ROOT)}: {DATA.stat().st_size:,} bytes, {len(final.phrases)} phrases")


if __name__ == "__main__":
    main()
