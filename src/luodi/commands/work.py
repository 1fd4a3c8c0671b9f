"""`luodi work`: run queued jobs one after another, and recurring work when it is due, until it is told to stop.

A database that restarts is waited for; what a worker that died was doing is taken up again.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid

TICK_SECONDS = 20
LONGEST_WAIT_SECONDS = 30

log = logging.getLogger("luodi.work")


def main(argv: list[str]) -> int:
    """`--once` ends when the queue is empty."""
    from luodi.commands.boot import set_up

    set_up()
    from django.core.management import call_command
    from django.db import InterfaceError, OperationalError, connections

    from luodi.kernel import workers

    once = ["--batch"] if "--once" in argv else []
    if not once:
        threading.Thread(target=_keep_time, daemon=True).start()
    wait = 1
    while True:
        name = uuid.uuid4().hex
        began = time.monotonic()
        try:
            with workers.living(name):
                workers.take_back()
                call_command(
                    "db_worker", "--interval", "0.3", "--no-startup-delay", "--worker-id", name, *once, verbosity=0
                )  # fmt: skip
            return 0
        except (OperationalError, InterfaceError) as error:
            wait = (
                1 if time.monotonic() - began > LONGEST_WAIT_SECONDS else min(2 * wait, LONGEST_WAIT_SECONDS)
            )
            log.warning("the database is away, trying again in %d s: %s", wait, error)
            connections.close_all()
            time.sleep(wait)


def _keep_time() -> None:
    """Recurring work, and work left behind, looked at every few seconds; a thread beside the queue."""
    from django.db import InterfaceError, OperationalError, close_old_connections, connections
    from django.utils import timezone

    from luodi.kernel import schedule, workers

    installed = False
    while True:
        close_old_connections()
        try:
            if not installed:
                schedule.install(timezone.now())
                installed = True
            schedule.run_due(timezone.now())
            workers.take_back()
        except (OperationalError, InterfaceError) as error:
            log.warning("recurring work waits for the database: %s", error)
            connections.close_all()
        time.sleep(TICK_SECONDS)
