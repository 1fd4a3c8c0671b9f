"""What a scenario says of itself, and how scenarios are found: by their `scenario.py`, with no list to edit."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "scenarios"


@dataclass(frozen=True, slots=True)
class Scenario:
    """A system of the work plan 业务场景.

    `answers` are phrases of a work plan that this scenario can answer for; `source` names the rules it follows.
    """

    code: str
    title: str
    lead: str
    answers: tuple[str, ...]
    source: str


def packages() -> list[str]:
    """The scenario folders in the order of their names, as Python packages."""
    return [f"luodi.scenarios.{place.parent.name}" for place in sorted(ROOT.glob("*/scenario.py"))]


@cache
def scenarios() -> tuple[Scenario, ...]:
    return tuple(importlib.import_module(f"{package}.scenario").SCENARIO for package in packages())
