"""How well the reader reads: its scores on reports annotated by people, when those are at hand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def print_scores() -> None:
    shared = Path(os.environ.get("LUODI_SHARED", ROOT.parent / "shared"))
    scorer = shared / "score" / "score_reading.py"
    if not scorer.exists():
        print(f"scores of the reader: no annotated reports at {shared}")
        return
    print("scores of the reader on annotated reports")
    reader = f"{sys.executable} -m luodi read --format json"
    texts = [f"--texts={shared / 'corpus' / 'reports'}", f"--texts={shared / 'corpus'}"]
    subprocess.run(
        [sys.executable, scorer, f"--gold={shared / 'gold'}", *texts, f"--reader={reader}"], check=True
    )
