"""`./luodi lint`: style, types, the order of the house, Django's checks, and no forgotten migration."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent
CHECKS = (
    [BIN / "ruff", "check", "."],
    [BIN / "ruff", "format", "--check", "."],
    [BIN / "mypy"],
    [BIN / "lint-imports"],
    [sys.executable, "-m", "luodi", "check", "structure"],
    [sys.executable, "-m", "luodi", "manage", "makemigrations", "--check", "--dry-run"],
)


def main() -> int:
    """Run every check, also after one that fails, so that one run tells all."""
    failed = [command for command in CHECKS if subprocess.run(command).returncode]
    for command in failed:
        print("failed:", " ".join(map(str, command)), file=sys.stderr)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
