"""A kind of project: what a system declares to stand on the shape. Kinds are found in the scenarios, never listed.

KEY = ProjectKind(code="key_projects", title="重点项目", lead="发展和改革委员会", prefix="ZD")
PROJECTS = (KEY,)                     # in the scenario's pages.py, beside DESKS
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from luodi.kernel.scenario import packages
from luodi.shapes.projects.life import LIFE, PAPERS, Lifecycle, PaperKind


@dataclass(frozen=True, eq=False)
class ProjectKind:
    """`lead` is the usual name, without its city, of the unit that manages the list (项目办): it takes projects in,
    decides on changes of the plan and closes the months. `rhythm` false keeps the kind out of the city's dispatch."""

    code: str
    title: str
    lead: str
    prefix: str
    life: Lifecycle = LIFE
    papers: tuple[PaperKind, ...] = PAPERS
    rhythm: bool = True

    @property
    def titles_of_papers(self) -> dict[str, str]:
        return {paper.code: paper.title for paper in self.papers}

    def paper(self, code: str) -> PaperKind:
        return next(paper for paper in self.papers if paper.code == code)


def declared() -> tuple[ProjectKind, ...]:
    """`PROJECTS` of each scenario's `pages.py`, looked up anew."""
    modules = [f"{package}.pages" for package in packages()]
    return tuple(
        kind
        for module in modules
        if importlib.util.find_spec(module) is not None
        for kind in getattr(importlib.import_module(module), "PROJECTS", ())
    )


@cache
def kinds() -> Mapping[str, ProjectKind]:
    """Every kind by its code."""
    return {kind.code: kind for kind in declared()}


def kind_of(code: str) -> ProjectKind:
    return kinds()[code]
