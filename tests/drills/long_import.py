"""A long import of enterprises, killed at random points or measured: python -m tests.drills.long_import ROWS TIMES SEED

With TIMES 0 it only measures: seconds of checking and writing, and the most memory the worker held. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sys
import tempfile
import time
from pathlib import Path


def sheet(rows: int) -> bytes:
    """A register of so many enterprises with right credit codes."""
    from luodi.kernel.identifiers.credit_code import check_of
    from luodi.kernel.identifiers.org_code import check_of as org_check_of

    lines = ["统一社会信用代码,企业名称,登记状态,从业人数（人）"]
    for number in range(rows):
        organisation = f"{number:08d}"
        body = f"91110000{organisation}{org_check_of(organisation)}"
        lines.append(f"{body}{check_of(body)},第{number:06d}号演示企业有限公司,在业,{number % 300}")
    return "\n".join(lines).encode("utf-8-sig")


def open_city(home: Path, rows: int) -> None:
    from tools import tables

    from luodi.commands.demo_city import load_people_and_units
    from luodi.kernel import files
    from luodi.kernel.models import Person

    tables.make_tables()
    load_people_and_units()
    file, _ = files.store(Person.objects.get(login="ducha"), "企业名录.csv", sheet(rows))
    (home / "digest").write_text(file.sha256, encoding="ascii")


def deliver(home: Path) -> None:
    """Queue the import as the page does."""
    from luodi.kernel import jobs
    from luodi.kernel.models import Person
    from luodi.workbench import heavy

    digest = (home / "digest").read_text(encoding="ascii")
    officer = Person.objects.get(login="ducha")
    jobs.start(officer, heavy.write_sheet, "导入企业名录", desk="enterprises", file=digest)


def work_off(_home: Path) -> None:
    from tests.drills import field

    field.work_off()


def state(home: Path) -> dict[str, object]:
    from luodi.kernel import audit
    from luodi.kernel.models import AuditEntry, Job
    from luodi.shapes.registers.models import Enterprise

    job = Job.objects.get()
    found = {
        "rows": Enterprise.objects.count(), "entries": AuditEntry.objects.filter(action="registers.keep_enterprise").count(),
        "state": job.state, "result": job.result, "message": job.message, "chain": audit.first_broken_entry(),
    }  # fmt: skip
    (home / "state.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return found


def main(rows: int, times: int, seed: int) -> int:
    with tempfile.TemporaryDirectory(prefix="luodi-drill-") as folder:
        base = Path(folder)
        os.environ.update(LUODI_HOME=str(base / "start"), LUODI_DATABASE="")
        from tools import tables

        tables.set_up()
        from tests.drills.killing import copy, finish, fork

        def seen(home: Path) -> dict[str, object]:
            finish(fork(home, lambda place: state(place) and None))
            return json.loads((home / "state.json").read_text(encoding="utf-8"))

        finish(fork(base / "start", lambda home: open_city(home, rows)))
        finish(fork(base / "start", deliver))
        whole = copy(base, "whole")
        began = time.monotonic()
        finish(fork(whole, work_off))
        seconds = time.monotonic() - began
        most_kb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        result = {"seconds": seconds, "most_mb": most_kb // 1024, "whole": seen(whole), "rounds": []}
        dice = random.Random(seed)
        for _ in range(times):
            home = copy(base, "round")
            worker = fork(home, work_off)
            time.sleep(dice.uniform(0.2, 1) * seconds)
            os.kill(worker, signal.SIGKILL)
            was_killed = os.WIFSIGNALED(os.waitpid(worker, 0)[1])
            halfway = seen(home)["rows"]
            finish(fork(home, work_off))
            result["rounds"].append({"killed": was_killed, "halfway": halfway, "after": seen(home)})
        sys.stdout.write(json.dumps(result, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:4])))
