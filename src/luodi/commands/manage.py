"""`luodi manage ...`: Django's own commands, for those who know them."""

from __future__ import annotations


def main(argv: list[str]) -> int:
    from luodi.commands.boot import set_up

    set_up()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["luodi manage", *(argv or ["help"])])
    return 0
