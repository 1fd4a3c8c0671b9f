"""Learn which words name a work: writes src/luodi/reading/data/projects.json and data/common.txt.

    python tools/train_projects.py [--shared ../shared] [--out FOLDER]

Examples are the candidates that project_grammar.py proposes in the annotated reports and in the chunks listed in
train_projects.tsv; one is right when it covers a name well (intersection over union at least 0.7). Before it writes,
the script leaves out each report in turn and prints how well the others find its names. Needs numpy; the reader does not.

train_projects.tsv holds what a person decided, not the text: a report of the corpus, where a chunk starts and ends,
and the names in it as start-end, or "none". common.txt lists the pairs of characters that many reports use.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from annotated import annotated_reports
from linear import Example, Feature, Weights, learn, total, write

from luodi.reading import project_names
from luodi.reading.clauses import body_of, chunks
from luodi.reading.model import Span
from luodi.reading.project_grammar import Candidate, candidates
from luodi.reading.project_names import QUESTIONS, answers
from luodi.reading.projects import chosen

HERE = Path(__file__).resolve().parent
COMMON = 30  # a pair of characters in at least so many reports is common
PULL = 0.5  # how strongly weights are held to zero
KEEP = 0.03  # weights nearer to zero than this are not worth their line in the file

Proposed = list[tuple[Candidate, list[Feature], int]]


def propose(text: str, chunk: Span, names: Sequence[tuple[int, int]], own: frozenset[str]) -> Proposed:
    """The candidates of a chunk with what is seen of them; 1 for those that are names."""
    listed = candidates(text, chunk)
    if not project_names.may_name(listed, own):
        return []
    seen = [list(zip(QUESTIONS, given, strict=True)) for given in answers(listed, own)]
    return [
        (c, f, int(any(_overlap((c.start, c.end), n) >= 0.7 for n in names)))
        for c, f in zip(listed, seen, strict=True)
    ]


def of_list(rows: Iterable[str], corpus: Path) -> Iterator[tuple[str, str, Span, list[tuple[int, int]]]]:
    """Report, its text, chunk and names of every row of train_projects.tsv."""
    texts: dict[str, str] = {}
    for row in rows:
        report, first, last, said = row.split("\t")
        text = texts.setdefault(report, (corpus / report).read_text(encoding="utf-8"))
        spans = [] if said == "none" else [tuple(map(int, name.split("-"))) for name in said.split()]
        yield report, text, Span(int(first), int(last)), spans


def common_pairs(texts: Iterable[str]) -> str:
    """The file data/common.txt: for each first character a line with all that follow it in many reports."""
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(
            {run[i : i + 2] for run in re.findall("[\u4e00-\u9fff]+", text) for i in range(len(run) - 1)}
        )
    followers: dict[str, list[str]] = defaultdict(list)
    for pair in sorted(pair for pair, reports in seen.items() if reports >= COMMON):
        followers[pair[0]].append(pair[1])
    return "".join(f"{first}{''.join(rest)}\n" for first, rest in followers.items())


def found(weights: Weights, chunk: Proposed) -> list[Candidate]:
    """The candidates that the reader would take."""
    return chosen([c for c, _, _ in chunk], [total(weights, given) for _, given, _ in chunk])


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Intersection over union of two stretches."""
    inside = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, inside) / (max(one[1], other[1]) - min(one[0], other[0]))


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    args.add_argument("--out", type=Path, default=HERE.parent / "src/luodi/reading/data")
    options = args.parse_args()
    corpus = options.shared / "corpus"
    texts = (
        p.read_text(encoding="utf-8")
        for part in ("more", "reports")
        for p in sorted((corpus / part).glob("*.txt"))
    )
    (options.out / "common.txt").write_text(common_pairs(texts), encoding="utf-8")

    reports: dict[str, list[Proposed]] = defaultdict(list)
    names: dict[str, list[tuple[int, int]]] = defaultdict(list)
    own: dict[str, frozenset[str]] = {}
    for report in annotated_reports(options.shared):
        own[report.name] = project_names.own_names(report.text)
        names[report.name] = [(p["start"], p["end"]) for p in report.records["project"]]
        for sentence in report.sentences():
            for chunk in chunks(report.text, body_of(report.text, sentence)):
                reports[report.name].append(propose(report.text, chunk, names[report.name], own[report.name]))
    rows = (HERE / "train_projects.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for name, text, chunk, spans in of_list(rows, corpus):
        own[name] = own.get(name) or project_names.own_names(text)
        reports[name].append(propose(text, chunk, spans, own[name]))
        names[name] += spans

    def examples(without: str = "") -> list[Example]:
        return [
            (f, y)
            for name, listed in reports.items()
            if name != without
            for chunk in listed
            for _, f, y in chunk
        ]

    measured, counts = {}, Counter[str]()
    for name, listed in reports.items():
        if name.startswith("more/"):
            continue
        weights = learn(examples(without=name), PULL)
        got = [(c.start, c.end) for chunk in listed for c in found(weights, chunk)]
        right = sum(any(_overlap(g, n) >= 0.7 for g in got) for n in names[name])
        measured[name] = round(2 * right / max(1, len(got) + len(names[name])), 3)
        counts.update(right=right, got=len(got), names=len(names[name]))
        print(f"{name:34} {len(names[name]):4} names  F1 {measured[name]:.3f} found by the others")
    measured["all"] = round(2 * counts["right"] / (counts["got"] + counts["names"]), 3)
    print(f"F1 over all reports {measured['all']:.3f}")
    about = "Weights of what is seen in a possible name; more than BAR of project_names.py is one. By tools/train_projects.py."
    write(
        options.out / "projects.json", about, {"F1, report left out": measured}, learn(examples(), PULL), KEEP
    )


if __name__ == "__main__":
    main()
