"""An import of thousands of rows dies at any moment: afterwards all rows are there, once, or none were."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def drill(rows: int, times: int, seed: int) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "tests.drills.long_import", str(rows), str(times), str(seed)],
        cwd=ROOT, env={**os.environ}, capture_output=True, text=True, timeout=7200,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def check(result: dict, rows: int) -> None:
    assert result["whole"] == {
        "rows": rows, "entries": rows, "state": "finished", "message": "", "chain": None,
        "result": {"new": rows, "changed": 0, "unchanged": 0, "written": True},
    }  # fmt: skip
    for each in result["rounds"]:
        assert each["halfway"] in {0, rows}
        assert each["after"] == result["whole"]
    assert any(each["killed"] and each["halfway"] == 0 for each in result["rounds"])


def test_killed_in_the_middle_nothing_is_half():
    check(drill(3000, 5, seed=3), 3000)


@pytest.mark.drill
def test_two_hundred_thousand_rows_in_flat_memory():
    few, many = drill(20_000, 0, seed=1), drill(200_000, 3, seed=1)
    check(many, 200_000)
    assert many["most_mb"] < few["most_mb"] + 250
