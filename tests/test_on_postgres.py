"""What must hold on a city's PostgreSQL as on a laptop's SQLite: the same tests, run there in a process of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
KEY_TESTS = (
    "src/luodi/kernel/tests/test_accounts.py",
    "src/luodi/kernel/tests/test_audit.py",
    "src/luodi/kernel/tests/test_denials.py",
    "src/luodi/kernel/tests/test_townships.py",
    "src/luodi/kernel/tests/test_jobs_and_files.py",
    "src/luodi/kernel/tests/test_workers.py",
    "src/luodi/kernel/tests/test_schedule.py",
    "src/luodi/kernel/tests/test_evidence.py",
    "src/luodi/commitments/tests/test_ledger_actions.py",
    "src/luodi/commitments/tests/test_life.py",
    "src/luodi/workbench/tests/test_import_export.py",
    "src/luodi/workbench/tests/test_inbox.py",
    "src/luodi/workbench/tests/test_providers.py",
    "src/luodi/shapes/cases/tests/test_machine.py",
    "src/luodi/shapes/projects/tests/test_due.py",
    "src/luodi/measures/tests/test_counting.py",
    "src/luodi/measures/tests/test_importing.py",
    "src/luodi/commands/tests/test_admins.py",
    "tests/drills/test_two_at_once.py",
)


def test_the_key_tests_hold_on_postgresql(postgres, request, tmp_path):
    assert not [path for path in KEY_TESTS if not (ROOT / path).exists()]
    environment = {**os.environ, "LUODI_DATABASE": postgres.url, "LUODI_HOME": str(tmp_path)}
    flags = ["--no-migrations"] if request.config.getoption("nomigrations") else []
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not browser", *flags, *KEY_TESTS],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=1200,
    )  # fmt: skip
    if done.returncode:
        pytest.fail(f"on PostgreSQL:\n{done.stdout[-6000:]}\n{done.stderr[-2000:]}", pytrace=False)
    assert " passed" in done.stdout or "[100%]" in done.stdout
