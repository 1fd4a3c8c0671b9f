"""The power goes in the middle of a move: no case has half a step, every chain holds, and going on leads to the same end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.drills.case_field import CASES, WAY

ROOT = Path(__file__).resolve().parents[2]


def drill(times: int, seed: int) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "tests.drills.killing_cases", str(times), str(seed)],
        cwd=ROOT, env={**os.environ}, capture_output=True, text=True, timeout=7200,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def check(result: dict) -> None:
    assert [case[1] for case in result["expected"]["cases"]] == ["closed"] * CASES
    assert all(len(case[5]) == 1 + len(WAY) for case in result["expected"]["cases"])
    assert result["torn"] == []
    assert result["different"] == []


def test_killed_twenty_times():
    result = drill(20, seed=7)
    check(result)
    assert result["killed"] >= 5, "the process was over before it could be killed"


@pytest.mark.drill
def test_killed_a_thousand_times():
    result = drill(1000, seed=11)
    check(result)
    assert result["killed"] >= 300
