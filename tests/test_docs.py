"""Docs that are wrong are worse than none: their links lead somewhere, their commands and variables exist."""

import re
from pathlib import Path

import pytest

from luodi.__main__ import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    page
    for pattern in ("*.md", "docs/**/*.md", "src/luodi/**/*.md", "bench/*.md")
    for page in ROOT.glob(pattern)
)
DOOR = {"run", "test", "bench", "lint", "setup", "help"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_exist(page):
    text = page.read_text(encoding="utf-8")
    for name in re.findall(r"(?:^    |`)(?:\./)?luodi ([a-z][a-z-]*)", text, re.MULTILINE):
        assert name in COMMANDS or name in DOOR, name


def test_every_command_has_its_module():
    assert {path.stem for path in (ROOT / "src/luodi/commands").glob("*.py")} >= {
        name.replace("-", "_") for name in COMMANDS
    }


def test_variables_are_documented_where_they_are_read():
    package = ROOT / "src/luodi"
    used = {
        name
        for path in package.rglob("*.py")
        if "tests" not in path.parts
        for name in re.findall(r'environ(?:\.get\(|\[)"(LUODI_\w+)"', path.read_text(encoding="utf-8"))
    }
    settings = (package / "settings.py").read_text(encoding="utf-8")
    told = set(re.findall(r"LUODI_\w+", settings[: settings.index("from __future__")]))
    assert used == told
