"""What tests of every folder share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports and gold annotations; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("LUODI_SHARED", ROOT.parent / "shared"))
    if not (folder / "corpus").is_dir():
        pytest.skip(f"no corpus of real reports at {folder}; set LUODI_SHARED to its folder")
    return folder
