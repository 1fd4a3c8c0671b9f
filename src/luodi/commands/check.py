"""`luodi check [audit|structure] [--anchors FILE]`: is the log untouched, does the house keep its own rules.

The log is checked against the anchors that this machine keeps, and against those of FILE: lines kept elsewhere, which
alone tell when somebody has sealed the whole log anew.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

CHECKS = ("structure", "audit")


def main(argv: list[str]) -> int:
    names, anchors = list(argv), None
    if "--anchors" in names:
        place = names.index("--anchors")
        anchors = Path(names[place + 1]) if place + 1 < len(names) else None
        if anchors is None:
            print("luodi check: --anchors 后面应为文件", file=sys.stderr)
            return 2
        del names[place : place + 2]
    if unknown := [name for name in names if name not in CHECKS]:
        print(f"luodi check: 不认识“{unknown[0]}”，可用 audit、structure", file=sys.stderr)
        return 2
    from luodi.commands.boot import set_up

    set_up()
    wanted = names or CHECKS
    holds = [_structure() if "structure" in wanted else True, _audit(anchors) if "audit" in wanted else True]
    return int(not all(holds))


def _structure() -> bool:
    from django.core.management import CommandError, call_command

    try:
        call_command("check")
    except CommandError as error:
        print(error, file=sys.stderr)
        return False
    return True


def _audit(elsewhere: Path | None) -> bool:
    from luodi.kernel.anchors import BadAnchor, kept_anchors, read_anchors
    from luodi.kernel.chain import verify

    try:
        anchors = kept_anchors()
        if elsewhere is not None:
            anchors += read_anchors(elsewhere.read_text(encoding="utf-8").splitlines())
    except (BadAnchor, OSError) as error:
        print(f"luodi check: {error}", file=sys.stderr)
        return False
    verdict = verify((anchor.mark for anchor in anchors), os.cpu_count() or 1)
    print(verdict.fault or f"审计链完好，共 {verdict.length} 条，与 {len(anchors)} 个审计锚相符。")
    return verdict.fault is None
