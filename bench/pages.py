"""Pages of fifty lines in a city of ten thousand, beside a bare page of the same rows and Django's own admin.

Every contender goes through the same test client, the same middleware and the same sign-in.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench import field
from bench.runner import ROUNDS, Row, exponent

FULL = 10_000
OTHERS = {
    "limit": "/bench/bare",
    "admin": "/bench/admin/commitments/commitment/",
    "admin, tuned": "/bench/tuned/commitments/commitment/",
}
ADDRESSES = {
    "tasks page of 50 lines (supervision)": ("ducha", "/tasks/"),
    "tasks page, the last one": ("ducha", "/tasks/?page=99999"),
    "tasks page of 50 lines, one unit": ("ducha", "/tasks/?unit=7"),
    "tasks page of 50 lines, words sought": ("ducha", "/tasks/?q=口袋公园"),
    "tasks page of 50 lines (a liaison's own)": ("liaison007", "/tasks/"),
}
GOAL = "at least 50 % of bare; 3x the admin; at most 12 queries"


def rows(quick: bool) -> Iterator[Row]:
    """The pages at full size; the exponent is of the page over a tenth, a half and the whole of the lines."""
    size = FULL // 10 if quick else FULL
    field.seed(size)
    from luodi.commitments.models import Commitment

    measured = {name: [field.page_seconds(*where, OTHERS, 2 * ROUNDS)] for name, where in ADDRESSES.items()}
    sizes = [size, size // 2, size // 10]
    for smaller in sizes[1:]:
        surplus = Commitment.objects.order_by("pk").values_list("pk", flat=True)[smaller:]
        _drop(list(surplus))
        for name, where in ADDRESSES.items():
            measured[name].append(field.page_seconds(*where, OTHERS, 2 * ROUNDS))
    for name, (full, *less) in measured.items():
        seconds, queries = full
        yield Row(
            f"{name}, {size:,} lines",
            seconds,
            goal=GOAL,
            exponent=exponent(sizes, [seconds["ours"], *(each[0]["ours"] for each in less)]),
            extra={"queries": queries},
        )


def _drop(lines: list[int]) -> None:
    """Fewer lines, without asking the models what hangs on them: the tables are thrown away soon."""
    from django.db import connection

    from luodi.commitments import models

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        for start in range(0, len(lines), 500):
            some = ",".join(map(str, lines[start : start + 500]))
            for part in (models.Target, models.Assignment, models.Receipt, models.ProgressReport):
                cursor.execute(f"DELETE FROM {part._meta.db_table} WHERE commitment_id IN ({some})")
            cursor.execute(f"DELETE FROM {models.Commitment._meta.db_table} WHERE id IN ({some})")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("ANALYZE")
