"""Kill a process at a random point of its work, start it again, compare: python -m tests.drills.killing WHAT TIMES SEED

The same city is laid out anew for each round. The worker is a fork of this process, so a round takes no start-up time;
it has its own connection, and SIGKILL leaves it no chance to tidy up. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path


def steps() -> dict[str, Callable[[Path], None]]:
    from tests.drills import field

    def deliver(_home: Path) -> None:
        field.deliver(field.LATE_PLAN)

    def read(_home: Path) -> None:
        field.work_off()

    def import_sheet(home: Path) -> None:
        field.import_sheet((home / "sheet.xlsx").read_bytes())

    def morning(home: Path) -> None:
        deliver(home)
        read(home)
        import_sheet(home)

    def measure(_home: Path) -> None:
        field.measure()

    return {"deliver": deliver, "read": read, "import": import_sheet, "measure": measure, "morning": morning}


def main(what: str, times: int, seed: int) -> int:
    with tempfile.TemporaryDirectory(prefix="luodi-drill-") as folder:
        base = Path(folder)
        os.environ.update(LUODI_HOME=str(base / "start"), LUODI_DATABASE="")
        from tools import tables

        tables.set_up()
        from tests.drills import field

        from luodi.commitments import intake, sheets  # noqa: F401  loaded once: every round runs the same code
        from luodi.reading.reader import read_text

        read_text(field.PLAN)
        work = steps()[what]
        finish(fork(base / "start", lambda _home: field.open_city()))
        if what == "read":
            finish(fork(base / "start", lambda _home: field.deliver(field.LATE_PLAN) and None))
        if what == "measure":
            from luodi.scenarios.disclosure import demo  # noqa: F401  loaded once, like the rest

            finish(fork(base / "start", lambda _home: field.live_a_little()))
        whole = copy(base, "whole")
        began = time.monotonic()
        finish(fork(whole, work))
        seconds = time.monotonic() - began
        expected = _fingerprint(whole)
        dice = random.Random(seed)
        killed, different = 0, []
        for number in range(times):
            home = copy(base, "round")
            wait = dice.uniform(0, seconds)
            worker = fork(home, work)
            time.sleep(wait)
            os.kill(worker, signal.SIGKILL)
            killed += os.WIFSIGNALED(os.waitpid(worker, 0)[1])
            finish(fork(home, work))
            if (found := _fingerprint(home)) != expected:
                different.append({"round": number, "killed after": wait, "found": json.loads(found)})
        result = {"killed": killed, "expected": json.loads(expected), "different": different}
        sys.stdout.write(json.dumps(result, ensure_ascii=False))
    return 0


def copy(base: Path, name: str) -> Path:
    shutil.rmtree(base / name, ignore_errors=True)
    return Path(shutil.copytree(base / "start", base / name))


def fork(home: Path, work: Callable[[Path], None]) -> int:
    """Do `work` on `home` in a process of its own; returns its id."""
    worker = os.fork()
    if worker:
        return worker
    code = 1
    try:
        from django.conf import settings
        from django.db import connections

        settings.LUODI_HOME = home
        connections["default"].settings_dict["NAME"] = home / "luodi.sqlite3"
        work(home)
        connections.close_all()
        code = 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def finish(worker: int) -> None:
    if os.waitpid(worker, 0)[1]:
        raise SystemExit("a process that nobody killed failed; its trace is above")


def _fingerprint(home: Path) -> str:
    from tests.drills import field

    place = home / "fingerprint.json"
    finish(fork(home, lambda _home: place.write_text(field.fingerprint(), encoding="utf-8") and None))
    return place.read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
