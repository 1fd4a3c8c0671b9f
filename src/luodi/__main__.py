"""`luodi COMMAND`: the commands live in luodi/commands, one module each, imported only when called."""

from __future__ import annotations

import importlib
import sys

COMMANDS = {
    "read": "read work reports and print or write the ledger",
    "compare": "last year's targets against this year's achievements",
    "draft": "draft the progress report, or the review part of the next report",
    "verify": "check every figure of a text against ledger and measures",
    "demo": "demo play: the demonstration's year, week by week",
    "run": "migrate, load the demo city, serve (the everyday start)",
    "serve": "serve the pages and work the queue",
    "work": "work the queue alone",
    "manage": "Django's own commands",
    "admins": "the first three administrators of a real city",
    "backup": "copy database, files and secrets, with checksums",
    "restore": "put a backup into an empty home",
    "anchor": "write and print the day's audit anchor",
    "rotate-keys": "make a new key and seal all personal data with it",
    "check": "check the audit log and the structure of the house",
}


def main(argv: list[str] | None = None) -> int:
    name, *rest = argv if argv is not None else sys.argv[1:] or ["help"]
    if name in {"help", "-h", "--help"}:
        print("usage: luodi COMMAND [ARGUMENTS]   (luodi COMMAND --help tells more)\n")
        for command, meaning in COMMANDS.items():
            print(f"  {command:12}{meaning}")
        return 0
    if name not in COMMANDS:
        print(f"luodi: 没有“{name}”这个命令，运行 luodi help 查看全部命令", file=sys.stderr)
        return 2
    return int(importlib.import_module(f"luodi.commands.{name.replace('-', '_')}").main(rest))


if __name__ == "__main__":
    sys.exit(main())
