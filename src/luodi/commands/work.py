"""`luodi work`: take queued jobs from the database and run them, one after another."""

from __future__ import annotations


def main(argv: list[str]) -> int:
    from luodi.commands.boot import set_up

    set_up()
    from django.core.management import call_command

    call_command("db_worker", "--interval", "0.3", "--no-startup-delay", verbosity=0)
    return 0
