"""Build src/luodi/kernel/data/divisions.tsv, the table of division codes with their years.

    tools/make_divisions.py [REFERENCE_FOLDER]

Reads areacodes_1984-now_result.csv (github.com/yescallop/areacodes, CC0 1.0: codes of county level and above since
1981, after the Ministry of Civil Affairs) and checks it against gbt2260_latest_2024.txt of the same source.
"""

from __future__ import annotations

import csv
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "src/luodi/kernel/data/divisions.tsv"
HEADER = """\
# Administrative divisions of China, county level and above, by GB/T 2260, with the years of each name.
# Source: github.com/yescallop/areacodes (Ministry of Civil Affairs), CC0 1.0. Built by tools/make_divisions.py.
# since: first year; until: year of the change, empty while in force; successors: code or code@year of partial changes
code\tname\tsince\tuntil\tsuccessors
"""


def main() -> int:
    shared = Path(os.environ.get("LUODI_SHARED", ROOT.parent / "shared"))
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else shared / "corpus/reference"
    with (folder / "areacodes_1984-now_result.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = sorted(
            (row["代码"], int(row["启用时间"]), row["名称"], row["变更/弃用时间"], _successors(row["新代码"]))
            for row in csv.DictReader(lines)
        )
    latest = dict(
        line.split(maxsplit=1)
        for line in (folder / "gbt2260_latest_2024.txt").read_text(encoding="utf-8").splitlines()
    )
    in_force = {code: name for code, _, name, until, _ in rows if not until}
    if in_force != latest:
        differing = sorted({*in_force.items()} ^ {*latest.items()})
        print(f"the two sources differ: {differing[:10]}", file=sys.stderr)
        return 1
    body = "".join(f"{code}\t{name}\t{since}\t{until}\t{after}\n" for code, since, name, until, after in rows)
    TABLE.write_text(HEADER + body, encoding="utf-8")
    print(f"{len(rows)} names, {len(in_force)} in force -> {TABLE}")
    return 0


def _successors(words: str) -> str:
    """420602[1984];420606 -> 420602@1984 420606"""
    return " ".join(re.sub(r"\[(\d{4})]", r"@\1", code) for code in words.split(";") if code)


if __name__ == "__main__":
    sys.exit(main())
