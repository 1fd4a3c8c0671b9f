"""The ledger as CSV: UTF-8 with a byte order mark, which Excel needs, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from luodi.reading.forms.clean import clean, defuse
from luodi.reading.forms.columns import COLUMNS
from luodi.reading.forms.lines import FormHead, FormLine


def write(head: FormHead, lines: Sequence[FormLine]) -> bytes:
    """One row for each line below the row of titles; the head has no place in a CSV.

    Every cell is quoted. Cells that would run are defused as `clean.defuse` says; `clean.restore` undoes it.
    """
    out = io.StringIO(newline="")
    rows = csv.writer(out, quoting=csv.QUOTE_ALL)
    rows.writerow([column.title for column in COLUMNS])
    rows.writerows([defuse(clean(column.show(line))) for column in COLUMNS] for line in lines)
    return out.getvalue().encode("utf-8-sig")
