"""Learn where a sentence of a work report is cut into commitments: writes src/luodi/reading/data/cuts.json.

    python tools/train_cuts.py [--shared ../shared] [--out FILE]

Two steps. First, from hundreds of reports that nobody annotated: is the mark between two chunks a full stop or a
comma? Writers put a full stop where a new matter begins, so this teaches which openings stand on their own. Then,
from the annotated reports and from the sentences listed in train_cuts.tsv: is this comma a cut? The second step scales
the first and corrects it. Before it writes, the script leaves out each annotated report in turn and prints how many of
its commas the others decide rightly. Needs numpy; the reader itself does not.

train_cuts.tsv holds what a person decided, not the text: report in corpus/more, where a sentence starts and ends, and
the commas (from 1, outside quotes and brackets) that are cuts; "whole" when none is, "none" for no commitment at all.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from luodi.reading.clauses import around, body_of, chunks, features
from luodi.reading.model import Heading, Span, spans_of_lines
from luodi.reading.sentences import sentences

HERE = Path(__file__).resolve().parent
RARE = 12  # a name seen less often than this in the unannotated reports gets no weight from them
KEEP = 0.03  # weights nearer to zero than this are not worth their line in the file
SPARSE = 0.2  # how strongly the first step pulls single weights to nothing
PULL = 12.0  # how strongly the second step is held to the first

Example = tuple[tuple[str, ...], int]


class Linear:
    """Logistic regression over named features, trained by Adagrad or, small, by Adam over the whole batch."""

    def __init__(self, examples: Sequence[Example], at_least: int) -> None:
        seen = Counter(name for names, _ in examples for name in names)
        self.index = {name: i for i, name in enumerate((n for n, k in seen.items() if k >= at_least), 1)}
        self.rows = self.encode(names for names, _ in examples)
        self.truth = np.array([label for _, label in examples], float)

    def encode(self, rows: Iterable[Sequence[str]]) -> np.ndarray:
        coded = [[self.index.get(name, 0) for name in row] for row in rows]
        width = max(map(len, coded))
        return np.array([row + [0] * (width - len(row)) for row in coded])

    def gradient(self, weights: np.ndarray, rows: np.ndarray, truth: np.ndarray, base: np.ndarray) -> tuple:
        error = 1 / (1 + np.exp(-(weights[rows].sum(1) + base))) - truth
        slope = np.bincount(rows.ravel(), np.repeat(error, rows.shape[1]), len(weights))
        slope[0] = 0
        return slope, error

    def named(self, weights: np.ndarray) -> dict[str, float]:
        return {name: float(weights[i]) for name, i in self.index.items()}


def learn_stops(examples: Sequence[Example], rounds: int = 6, batch: int = 2000) -> dict[str, float]:
    """Weights for: the mark between these chunks is a full stop."""
    model = Linear(examples, RARE)
    weights, seen = np.zeros(len(model.index) + 1), np.full(len(model.index) + 1, 1e-6)
    order = np.random.default_rng(0)
    for _ in range(rounds):
        rows = order.permutation(len(model.rows))
        for at in range(0, len(rows), batch):
            some = rows[at : at + batch]
            slope, _ = model.gradient(weights, model.rows[some], model.truth[some], np.zeros(len(some)))
            slope += 0.04 * weights
            seen += slope * slope
            step = 0.3 / np.sqrt(seen)
            weights -= step * slope
            weights = np.sign(weights) * np.maximum(0.0, np.abs(weights) - step * SPARSE)
    return model.named(weights)


def learn_cuts(examples: Sequence[Example], stops: dict[str, float], steps: int = 300) -> dict[str, float]:
    """Weights for: this comma is a cut; those of `stops` scaled, and corrected by what the examples say."""
    model = Linear(examples, 2)
    base = np.array([sum(stops.get(name, 0.0) for name in names) for names, _ in examples])
    size = len(model.index) + 1
    theta, first, second = np.zeros(size + 1), np.zeros(size + 1), np.zeros(size + 1)
    theta[-1] = 0.5
    for step in range(1, steps + 1):
        slope = np.zeros(size + 1)
        slope[:-1], error = model.gradient(theta[:-1], model.rows, model.truth, theta[-1] * base)
        slope[:-1] += PULL * theta[:-1]
        slope[-1] = (error * base).sum()
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope * slope
        theta -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    out = Counter({name: weight * theta[-1] for name, weight in stops.items()})
    out.update(model.named(theta[:-1]))
    return dict(out)


def unannotated(texts: Iterable[str]) -> Iterator[Example]:
    """Every mark between two chunks in the later, forward-looking part of each text: 1 for a full stop."""
    for text in texts:
        later = len(text) * 35 // 100
        for line in spans_of_lines(text):
            if line.start < later:
                continue
            before = None
            for sentence in sentences(text, line):
                words = [chunk.of(text).strip() for chunk in chunks(text, body_of(text, sentence))]
                pairs = [(left, right, 0) for left, right in pairwise(words)]
                if before:
                    pairs.append((before, words[0], 1))
                before = words[-1]
                for left, right, label in pairs:
                    if min(len(left), len(right)) > 2 and "了" not in left + right:
                        yield tuple(around(left, right)), label


def annotated(text: str, records: Sequence[dict]) -> list[Example]:
    """Every comma between two annotated chunks of the year's part: 1 for a cut."""
    of = {
        kind: [r for r in records if r["type"] == kind]
        for kind in ("heading", "horizon", "action", "coverage")
    }
    starts, ends = {a["start"] for a in of["action"]}, {a["end"] for a in of["action"]}
    headings = [Heading("", r["level"], "", "", r["start"], r["end"]) for r in of["heading"]]
    first = of["coverage"][0].get("from", 0) if of["coverage"] else 0
    limit = of["coverage"][0].get("until", len(text)) if of["coverage"] else len(text)
    inside = np.zeros(len(text) + 1, bool)
    for action in of["action"]:
        inside[action["start"] : action["end"]] = True
    out = []
    for horizon in of["horizon"]:
        if horizon["label"] != "year":
            continue
        for sentence in sentences(
            text, Span(max(first, horizon["start"]), min(limit, horizon["end"])), headings
        ):
            parts = chunks(text, body_of(text, sentence))
            words = [part.of(text) for part in parts]
            start = 0
            for mark, (left, right) in enumerate(pairwise(parts)):
                cut = left.end in ends or right.start in starts
                if inside[(left.start + left.end) // 2] and inside[(right.start + right.end) // 2]:
                    out.append((tuple(features(words, mark, start)), int(cut)))
                if cut:
                    start = mark + 1
    return out


def listed(rows: Iterable[str], folder: Path) -> Iterator[Example]:
    """Every comma of the sentences in train_cuts.tsv that promise something: 1 for a cut."""
    for row in rows:
        report, first, last, decided = row.split("\t")
        if decided == "none":
            continue
        cuts = set() if decided == "whole" else {int(number) for number in decided.split()}
        text = (folder / report).read_text(encoding="utf-8")
        words = [chunk.of(text) for chunk in chunks(text, body_of(text, Span(int(first), int(last))))]
        start = 0
        for mark in range(len(words) - 1):
            yield tuple(features(words, mark, start)), int(mark + 1 in cuts)
            if mark + 1 in cuts:
                start = mark + 1


def right_share(weights: dict[str, float], examples: Sequence[Example]) -> float:
    right = sum((sum(weights.get(n, 0.0) for n in names) > 0) == bool(label) for names, label in examples)
    return right / max(1, len(examples))


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    args.add_argument("--out", type=Path, default=HERE.parent / "src/luodi/reading/data/cuts.json")
    options = args.parse_args()
    corpus = options.shared / "corpus"
    gold = {}
    for path in sorted((options.shared / "gold").glob("*.located.jsonl")):
        name = path.name.removesuffix(".located.jsonl")
        text = next(p for p in (corpus / "reports" / f"{name}.txt", corpus / f"{name}.txt") if p.exists())
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        gold[name] = annotated(text.read_text(encoding="utf-8"), records)
    plain = [
        p
        for p in sorted(corpus.glob("*/*.txt"))
        if p.parent.name in ("reports", "more") and p.stem not in gold
    ]
    random.Random(1).shuffle(plain)
    stops = learn_stops(list(unannotated(p.read_text(encoding="utf-8") for p in plain)))

    rows = (HERE / "train_cuts.tsv").read_text(encoding="utf-8").splitlines()[1:]
    more = list(listed(rows, corpus / "more"))

    shares = {}
    for name, examples in gold.items():
        others = more + [example for other in gold if other != name for example in gold[other]]
        shares[name] = round(right_share(learn_cuts(others, stops), examples), 3)
        print(f"{name:28} {len(examples):5} commas  {shares[name]:.3f} decided rightly by the others")
    weights = learn_cuts(more + [example for examples in gold.values() for example in examples], stops)
    kept = {name: round(weight, 2) for name, weight in sorted(weights.items()) if abs(weight) >= KEEP}
    about = "weights of features around a comma; a positive sum cuts. Learned by tools/train_cuts.py"
    table = ",\n".join(f" {json.dumps(n, ensure_ascii=False)}: {w}" for n, w in kept.items())
    measured = json.dumps({"commas decided rightly, report left out": shares}, ensure_ascii=False)
    options.out.write_text(
        f'{{"about": "{about}",\n"measured": {measured},\n"weights": {{\n{table}\n}}}}\n', encoding="utf-8"
    )
    print(f"{len(kept)} weights in {options.out}, {options.out.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
