"""`luodi check [audit|structure]`: is the log untouched, does the house keep its own rules."""

from __future__ import annotations

import os
import sys


def main(argv: list[str]) -> int:
    from luodi.commands.boot import set_up

    set_up()
    wanted = argv or ["structure", "audit"]
    unknown = [name for name in wanted if name not in {"structure", "audit"}]
    if unknown:
        print(f"luodi check: 不认识“{unknown[0]}”，可用 audit、structure", file=sys.stderr)
        return 2
    bad = False
    if "structure" in wanted:
        from django.core.management import CommandError, call_command

        try:
            call_command("check")
        except CommandError as error:
            print(error, file=sys.stderr)
            bad = True
    if "audit" in wanted:
        from luodi.kernel.audit import first_broken_entry
        from luodi.kernel.models import AuditEntry

        fault = first_broken_entry(os.cpu_count() or 1)
        print(fault or f"审计链完好，共 {AuditEntry.objects.count()} 条。")
        bad = bad or fault is not None
    return int(bad)
