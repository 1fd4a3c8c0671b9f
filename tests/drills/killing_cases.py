"""Kill the process in the middle of moving cases, look, go on, look again: python -m tests.drills.killing_cases TIMES SEED"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path


def main(times: int, seed: int) -> int:
    with tempfile.TemporaryDirectory(prefix="luodi-drill-") as folder:
        base = Path(folder)
        os.environ.update(LUODI_HOME=str(base / "start"), LUODI_DATABASE="")
        from tools import tables

        tables.set_up()
        from tests.drills import case_field
        from tests.drills.killing import copy, finish, fork

        def look(home: Path) -> str:
            place = home / "fingerprint.json"
            finish(
                fork(
                    home, lambda _home: place.write_text(case_field.fingerprint(), encoding="utf-8") and None
                )
            )
            return place.read_text(encoding="utf-8")

        finish(fork(base / "start", lambda _home: case_field.open_city()))
        whole = copy(base, "whole")
        began = time.monotonic()
        finish(fork(whole, lambda _home: case_field.live()))
        seconds = time.monotonic() - began
        expected = json.loads(look(whole))
        dice, killed, torn, different = random.Random(seed), 0, [], []
        for number in range(times):
            home = copy(base, "round")
            worker = fork(home, lambda _home: case_field.live())
            time.sleep(dice.uniform(0, seconds))
            os.kill(worker, signal.SIGKILL)
            killed += os.WIFSIGNALED(os.waitpid(worker, 0)[1])
            found = json.loads(look(home))
            torn += [[number, found]] if found["half steps"] or found["chain"] else []
            finish(fork(home, lambda _home: case_field.live()))
            different += [number] if json.loads(look(home)) != expected else []
        result = {"killed": killed, "expected": expected, "torn": torn, "different": different}
        sys.stdout.write(json.dumps(result, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
