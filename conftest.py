"""What tests of every folder share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.seat import sit

__all__ = ["sit"]

ROOT = Path(__file__).resolve().parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports and gold annotations; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("LUODI_SHARED", ROOT.parent / "shared"))
    if not (folder / "corpus").is_dir():
        pytest.skip(f"no corpus of real reports at {folder}; set LUODI_SHARED to its folder")
    return folder


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> None:
    """Hashing a password is slow on purpose: half a second for every test with a city in it."""
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    PBKDF2PasswordHasher.iterations = 1000


@pytest.fixture
def home(settings, tmp_path: Path) -> Path:
    """A folder of its own for delivered files."""
    settings.LUODI_HOME = tmp_path
    return tmp_path


@pytest.fixture
def city(db, home):
    """The demonstration city's divisions, units and people, without its plans. Returns people by login."""
    from luodi.commands.demo_city import load_people_and_units
    from luodi.kernel.models import Person

    load_people_and_units()
    return {person.login: person for person in Person.objects.all()}
