"""The power goes at any moment of a delivery, a reading, an import, a counting: after the restart the same bytes come out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROADS = ("deliver", "read", "import", "measure")


def drill(road: str, times: int, seed: int) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "tests.drills.killing", road, str(times), str(seed)],
        cwd=ROOT, env={**os.environ}, capture_output=True, text=True, timeout=7200,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def check(result: dict) -> None:
    """The undisturbed run is sound itself, and no round differs from it."""
    expected = result["expected"]
    assert expected["chain"] is None
    assert expected["torn files"] == []
    assert expected["rows"]["Commitment"] > 30
    assert result["different"] == []


@pytest.mark.parametrize("road", ROADS)
def test_killed_twenty_times(road):
    result = drill(road, 20, seed=7)
    check(result)
    assert result["killed"] >= 5, "the process was over before it could be killed"


@pytest.mark.drill
@pytest.mark.parametrize("road", (*ROADS, "morning"))
def test_killed_a_thousand_times(road):
    result = drill(road, 1000, seed=11)
    check(result)
    assert result["killed"] >= 300
