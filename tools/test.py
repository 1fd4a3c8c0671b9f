"""`./luodi test [PYTEST ARGUMENTS]`: lint, then every test; `--drills` adds the long fault drills."""

from __future__ import annotations

import sys

import pytest

from tools import lint


def main(argv: list[str]) -> int:
    drills = "--drills" in argv
    wanted = [argument for argument in argv if argument != "--drills"]
    if not wanted and lint.main():
        return 1
    return int(pytest.main([*wanted, *(() if drills else ("-m", "not drill"))]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
