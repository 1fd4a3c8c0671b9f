"""Learn where a sentence of a work report is cut into commitments: writes src/luodi/reading/data/cuts.json.

    python tools/train_cuts.py [--shared ../shared] [--out FILE]

Two steps. First, from hundreds of reports that nobody annotated: is the mark between two chunks a full stop or a
comma? Writers put a full stop where a new matter begins, so this teaches which openings stand on their own. Then,
from the annotated reports and from the sentences listed in train_cuts.tsv: is this comma a cut? The second step scales
the first and corrects it. Before it writes, the script leaves out each report in turn and prints how many of its commas
the others decide rightly. Needs numpy; the reader itself does not.

train_cuts.tsv holds what a person decided, not the text: a report of the corpus, where a sentence starts and ends, and
the commas (from 1, outside quotes and brackets) that are cuts; "whole" when none is, "none" for no commitment at all.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from annotated import Annotated, annotated_reports
from linear import Example, Weights, learn, learn_sparse, total, write

from luodi.reading.clauses import AROUND, QUESTIONS, Chunk, answers, answers_around, body_of, chunks, look
from luodi.reading.model import Horizon, Span, spans_of_lines
from luodi.reading.projects import find_projects
from luodi.reading.sentences import sentences

HERE = Path(__file__).resolve().parent
RARE = 12  # a name seen less often than this in the unannotated reports gets no weight from them
SPARSE = 0.2  # how strongly the first step pulls single weights to nothing
PULL = 12.0  # how strongly the second step is held to the first
KEEP = 0.03  # weights nearer to zero than this are not worth their line in the file


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
                        yield list(zip(AROUND, answers_around(look(left), look(right)), strict=True)), label


def decided(seen: list[Chunk], cuts: set[int], inside: set[int]) -> Iterator[Example]:
    """The commas of one sentence between two chunks that are `inside` commitments: 1 for those in `cuts`."""
    start = 0
    for mark in range(len(seen) - 1):
        if mark in inside and mark + 1 in inside:
            yield list(zip(QUESTIONS, answers(seen, mark, start), strict=True)), int(mark in cuts)
        if mark in cuts:
            start = mark + 1


def of_gold(report: Annotated) -> Iterator[Example]:
    """Every comma inside the annotated actions and between two of them."""
    actions = report.records["action"]
    starts, ends = {a["start"] for a in actions}, {a["end"] for a in actions}
    covered = {at for a in actions for at in range(a["start"], a["end"])}
    for sentence in report.sentences():
        parts = chunks(report.text, body_of(report.text, sentence))
        cuts = {i for i, (a, b) in enumerate(pairwise(parts)) if a.end in ends or b.start in starts}
        inside = {i for i, part in enumerate(parts) if (part.start + part.end) // 2 in covered}
        yield from decided(seen(report.text, parts), cuts, inside)


def seen(text: str, parts: Sequence[Span]) -> list[Chunk]:
    """The chunks of a sentence as the reader sees them, works included."""
    works = find_projects(text, (Horizon("year", parts[0].start, parts[-1].end),), ()) if parts else ()
    return [
        look(part.of(text), any(part.start <= w.start and w.end <= part.end for w in works)) for part in parts
    ]


def of_list(rows: Iterable[str], corpus: Path) -> dict[str, list[Example]]:
    """Every comma of the sentences in train_cuts.tsv that promise something, by report."""
    out: dict[str, list[Example]] = defaultdict(list)
    for row in rows:
        report, first, last, cuts = row.split("\t")
        if cuts == "none":
            continue
        text = (corpus / report).read_text(encoding="utf-8")
        parts = chunks(text, body_of(text, Span(int(first), int(last))))
        numbers = set() if cuts == "whole" else {int(number) - 1 for number in cuts.split()}
        out[report] += decided(seen(text, parts), numbers, set(range(len(parts))))
    return out


def right_share(weights: Weights, examples: list[Example]) -> float:
    return sum((total(weights, names) > 0) == bool(label) for names, label in examples) / max(
        1, len(examples)
    )


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    args.add_argument("--out", type=Path, default=HERE.parent / "src/luodi/reading/data/cuts.json")
    options = args.parse_args()
    corpus = options.shared / "corpus"
    reports = {report.name: list(of_gold(report)) for report in annotated_reports(options.shared)}
    rows = (HERE / "train_cuts.tsv").read_text(encoding="utf-8").splitlines()[1:]
    listed = of_list(rows, corpus)
    reports |= {name: examples for name, examples in listed.items() if name.startswith("reports/")}
    more = [example for name, examples in listed.items() if name not in reports for example in examples]

    known = {Path(name).stem for name in reports}
    plain = [
        p
        for part in ("more", "reports")
        for p in sorted((corpus / part).glob("*.txt"))
        if p.stem not in known
    ]
    random.Random(1).shuffle(plain)
    stops = learn_sparse(list(unannotated(p.read_text(encoding="utf-8") for p in plain)), RARE, SPARSE)

    shares = {}
    for name, examples in reports.items():
        others = more + [example for other in reports if other != name for example in reports[other]]
        shares[name] = round(right_share(learn(others, PULL, stops), examples), 3)
        print(f"{name:34} {len(examples):5} commas  {shares[name]:.3f} decided rightly by the others")
    weights = learn(more + [example for examples in reports.values() for example in examples], PULL, stops)
    about = "Weights of what is seen around a comma; a positive sum cuts. Learned by tools/train_cuts.py."
    write(options.out, about, {"commas decided rightly, report left out": shares}, weights, KEEP)


if __name__ == "__main__":
    main()
