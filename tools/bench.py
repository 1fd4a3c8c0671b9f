"""`./luodi bench [--quick]`: every benchmark, one table of ratios, bench/results.json."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bench import audit, cases, indicator, pages, reading, schemes, scores
from bench.runner import Row

RESULTS = Path(__file__).resolve().parent.parent / "bench" / "results.json"
SUITES = (reading, pages, cases, indicator, schemes, audit)


def main(argv: list[str]) -> int:
    quick = "--quick" in argv
    rows = []
    for row in (row for suite in SUITES for row in suite.rows(quick)):
        _print(row)
        rows.append(row)
    RESULTS.write_text(
        json.dumps([_plain(row) for row in rows], ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    scores.print_scores()
    return 0


def _print(row: Row) -> None:
    print(row.operation)
    for name, seconds in row.seconds.items():
        speed = "" if name == "ours" else f"   ours is {row.ratio(name):6.2f} x its rate"
        print(f"  {name:14}{seconds * 1000:10.2f} ms{speed}")
    for name, value in row.extra.items():
        print(f"  {name:24}{value:10.1f}")
    if row.exponent is not None:
        print(f"  growth exponent         {row.exponent:10.2f}")
    print(f"  goal: {row.goal}\n", flush=True)


def _plain(row: Row) -> dict[str, object]:
    ratios = {name: row.ratio(name) for name in row.seconds if name != "ours"}
    return {
        "operation": row.operation, "seconds": dict(row.seconds), "ratios": ratios, "exponent": row.exponent,
        "goal": row.goal, **row.extra,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
