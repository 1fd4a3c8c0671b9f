"""The annotated reports, as the training scripts read them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from luodi.reading.model import Heading, Span
from luodi.reading.sentences import sentences


@dataclass(frozen=True)
class Annotated:
    """A report and its gold records by type; actions and projects were annotated in `covered` alone."""

    name: str
    text: str
    records: dict[str, list[dict[str, Any]]]
    covered: Span

    def sentences(self) -> Iterator[Span]:
        """The sentences of the year's part, as far as it was annotated."""
        headings = [Heading("", r["level"], "", "", r["start"], r["end"]) for r in self.records["heading"]]
        for horizon in self.records["horizon"]:
            if horizon["label"] == "year":
                span = Span(max(self.covered.start, horizon["start"]), min(self.covered.end, horizon["end"]))
                yield from sentences(self.text, span, headings)


def annotated_reports(shared: Path, folder: Path | None = None) -> list[Annotated]:
    """Every report with gold in `folder` (by itself the gold of the shared material)."""
    out = []
    for path in sorted((folder or shared / "gold").glob("*.located.jsonl")):
        name = path.name.removesuffix(".located.jsonl")
        places = (shared / "corpus/reports" / f"{name}.txt", shared / "corpus" / f"{name}.txt")
        text = next(place for place in places if place.exists()).read_text(encoding="utf-8")
        records: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                record = json.loads(line)
                records[record["type"]].append(record)
        cover = records["coverage"][0] if records["coverage"] else {}
        out.append(Annotated(name, text, records, Span(cover.get("from", 0), cover.get("until", len(text)))))
    return out
