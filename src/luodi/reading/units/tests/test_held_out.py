"""The scores of README.md, reproduced on cities that the weights were not trained on."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from luodi.reading.units.evidence import duties, shipped

ROOT = Path(__file__).resolve().parents[5]


@pytest.fixture(scope="module")
def training() -> ModuleType:
    """tools/train_units.py, which needs numpy."""
    pytest.importorskip("numpy", reason="training needs numpy, which the dev group brings")
    spec = importlib.util.spec_from_file_location("train_units", ROOT / "tools/train_units.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up by name while it is being read.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.corpus
def test_the_hardest_city_left_out_reaches_the_goal(training: ModuleType, shared: Path) -> None:
    lines = training.tasks(shared)
    said = training.left_out(lines, heading=0.3, pull=1.0, cities=("jinan",))
    assert len(said) == 116
    assert training.top(said, 1) >= 0.75
    assert training.top(said, 3) >= 0.92


@pytest.mark.corpus
def test_the_shipped_scores_are_frequencies(training: ModuleType, shared: Path) -> None:
    """Of the lines suggested with 0.85 and more, at least 0.85 are right (these cities were trained on)."""
    said = training.guesses(training.tasks(shared), shipped())
    sure = [first for guess in said for first in guess.ranked(shipped())[:1] if first[0] >= 0.85]
    assert len(sure) > 400
    assert sum(right for _, right in sure) / len(sure) >= 0.85


def test_every_correction_is_of_a_listed_phrase() -> None:
    for phrase, corrections in shipped().phrases.items():
        assert set(corrections) <= set(duties()[phrase])
