"""The road of one report through the reader, step by step."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from luodi.reading.about import division_of, title_of, year_of
from luodi.reading.achievements import find_achievements
from luodi.reading.commitments import find_commitments
from luodi.reading.horizons import find_horizons
from luodi.reading.model import Blank, Report, Target
from luodi.reading.outline import find_headings
from luodi.reading.projects import find_projects
from luodi.reading.sources import load
from luodi.reading.targets import find_targets
from luodi.reading.units import Roster, suggest_units


def read(
    source: str | Path | bytes, *, name: str = "", year: int | None = None, roster: Roster | None = None
) -> Report:
    """Read a work report from a path or from bytes (`name` then tells the file's name).

    `year` is the year the report plans for, when the caller knows better than its title; `roster` is the
    division's own list of units, for suggestions. Raises `sources.Refusal`, a sentence in Chinese, on a
    file that can't be read.
    """
    loaded = load(source, name=name)
    return read_text(loaded.text, source=loaded.name, encoding=loaded.encoding, year=year, roster=roster)


def read_text(
    text: str,
    *,
    source: str = "",
    encoding: str = "text",
    year: int | None = None,
    roster: Roster | None = None,
) -> Report:
    """Read a work report that is text already; offsets point into `text`, which is kept unchanged."""
    title = title_of(text)
    year = year or year_of(text, title)
    division = division_of(text, title, year)
    headings = find_headings(text)
    horizons = find_horizons(text, headings, year)
    targets = find_targets(text, horizons, headings, year)
    projects = find_projects(text, horizons, headings)
    commitments = find_commitments(text, horizons, headings, targets, projects, year, division)
    return Report(
        source=source,
        encoding=encoding,
        text_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        text=text,
        title=title,
        year=year,
        division=division,
        headings=headings,
        horizons=horizons,
        commitments=suggest_units(text, commitments, headings, roster, division=division, year=year),
        targets=targets,
        projects=projects,
        achievements=find_achievements(text, horizons, headings),
        blanks=tuple(_blanks(text, targets)),
    )


def _blanks(text: str, targets: Iterable[Target]) -> Iterator[Blank]:
    """Where the masked figures stand. Targets of a 分别 list share a quote: their masks come in its order."""
    at = 0
    for target in targets:
        found = text.find(target.number, max(at, target.start), target.end)
        if target.value is None and found >= 0:
            at = found + len(target.number)
            yield Blank(target.id, found, at)
