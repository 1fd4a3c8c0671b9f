"""Desks of ten thousand, a hundred thousand and a million cases: table, an overdue queue, one unit's share, words sought,
statistics, beside a bare page and Django's admin. In a process and a database of its own: python -m bench.cases SIZE SIZE SIZE
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import field
from bench.runner import Row, exponent

SIZES = (10_000, 100_000, 1_000_000)
BLOCK = 1_000
"""Rows written one by one; more are copies of them under numbers of their own."""
ROOT = Path(__file__).resolve().parent.parent
OTHERS = {"limit": "/bench/bare", "admin": "/bench/admin/enterprise_appeals/appeal/"}
ADDRESSES = {
    "cases, page of 50 (supervision)": ("ducha", "/work/enterprise-appeals/"),
    "cases, overdue only": ("ducha", "/work/enterprise-appeals/?light=over"),
    "cases, by due day": ("ducha", "/work/enterprise-appeals/?sort=due_on&state=in_work"),
    "cases, words sought": ("ducha", "/work/enterprise-appeals/?q=第777件"),
    "cases, one unit's own": ("gongxin", "/work/enterprise-appeals/"),
    "cases, my queue": ("gongxin", "/cases/"),
    "cases, what is due from me": ("gongxin", "/inbox/"),
    "cases, one case": ("ducha", "/cases/77/"),
    "cases, statistics of a year": ("ducha", "/cases/enterprise_appeals/statistics"),
}
GOAL = "at least 50 % of bare; 3x the admin; at most 12 queries"


def rows(quick: bool) -> Iterator[Row]:
    """Each address at full size; the exponent is over the three sizes. `quick` takes a tenth."""
    sizes = [str(size // 10 if quick else size) for size in SIZES]
    done = subprocess.run(
        [sys.executable, "-m", "bench.cases", *sizes], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for each in json.loads(done.stdout):
        yield Row(
            each["operation"],
            each["seconds"],
            goal=GOAL,
            exponent=each["exponent"],
            extra={"queries": each["queries"]},
        )


def main(sizes: list[int]) -> int:
    """Measure every address at every size; prints one JSON list."""
    field.set_up()
    from django.test import override_settings

    ours: dict[str, list[float]] = {name: [] for name in ADDRESSES}
    found = []
    with override_settings(ROOT_URLCONF="bench.cases_urls"):
        _city()
        for size in sizes:
            fill(size)
            found = []
            for name, where in ADDRESSES.items():
                seconds, queries = field.page_seconds(*where, OTHERS)
                ours[name].append(seconds["ours"])
                found.append({"operation": f"{name}, {size:,} cases", "seconds": seconds, "queries": queries})
                print(
                    f"{name}, {size:,}: {seconds['ours'] * 1000:.1f} ms, {queries} queries",
                    file=sys.stderr,
                    flush=True,
                )
    for each, times in zip(found, ours.values(), strict=True):
        each["exponent"] = exponent(sizes, times)
    print(json.dumps(found, ensure_ascii=False))
    return 0


def _city() -> None:
    from luodi.commands.demo_city import load_people_and_units
    from luodi.kernel.models import Person
    from luodi.shapes.registers.models import Enterprise

    if not Person.objects.exists():
        load_people_and_units()
    Enterprise.objects.bulk_create(
        (Enterprise(uscc=f"{number:018d}", name=f"第{number}号企业有限公司") for number in range(1000)),
        ignore_conflicts=True,
    )


def fill(size: int) -> None:
    """Up to `size` rows, straight into the tables: what is measured is reading them."""
    from django.db import connection, transaction

    from luodi.scenarios.enterprise_appeals.models import Appeal
    from luodi.shapes.cases.models import Assignment, Case

    have = Case.objects.count()
    if not have:
        _block()
        have = BLOCK
    with connection.cursor() as cursor:
        while have < size:
            with transaction.atomic():
                _copy(
                    cursor,
                    Case,
                    have,
                    {"id": "id + {0}", "number": "'QS' || (id + {0})"},
                    "id",
                    min(have, size - have),
                )
                _copy(
                    cursor,
                    Appeal,
                    have,
                    {"case_ptr_id": "case_ptr_id + {0}"},
                    "case_ptr_id",
                    min(have, size - have),
                )
                _copy(
                    cursor,
                    Assignment,
                    have,
                    {"id": "id + {0}", "case_id": "case_id + {0}"},
                    "id",
                    min(have, size - have),
                )
            have = Case.objects.count()
        cursor.execute("ANALYZE")


def _copy(cursor: Any, model: type[Any], offset: int, changed: dict[str, str], key: str, most: int) -> None:
    """The first rows again, with keys that lie so much higher."""
    columns = [field.column for field in model._meta.local_fields]
    taken = [changed.get(column, column).format(offset) for column in columns]
    table = model._meta.db_table
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(taken)} FROM {table} WHERE {key} <= {most}"
    )


def _block() -> None:
    """The first rows, each different."""
    from django.db import connection

    from luodi.kernel.models import Division, Unit
    from luodi.scenarios.enterprise_appeals.models import Appeal
    from luodi.shapes.cases.models import Assignment, Case
    from luodi.shapes.registers.models import Enterprise

    units = list(Unit.objects.filter(valid_until=None).values_list("pk", flat=True))
    divisions = list(Division.objects.values_list("pk", flat=True))
    firms = list(Enterprise.objects.values_list("pk", flat=True))
    home, now = Unit.objects.get(key="xingzheng").pk, datetime.now(UTC)
    states = ("closed",) * 16 + ("in_work", "in_work", "replied", "submitted")
    cases, appeals, shares = [], [], []
    for number in range(BLOCK):
        state, received = states[number % 20], now - timedelta(minutes=(BLOCK - number) * 400)
        due = received + timedelta(days=7)
        open_, lead = state != "closed", units[number % len(units)]
        cases.append(
            Case(
                id=number + 1, kind="enterprise_appeals", number=f"QS{number:012d}", title=f"第{number}件诉求：扩建用地", body="二期厂房用地",
                category=("land", "finance", "labour", "market")[number % 4], level="II", state=state, is_open=open_, home_id=home,
                lead_id=lead, division_id=divisions[number % len(divisions)], received_at=received, received_on=received.date(),
                started_at=received, due_at=due, due_on=due.date(), soon_at=received + timedelta(days=4), urgent_at=received + timedelta(days=6),
                finished_at=None if state in {"in_work", "submitted"} else received + timedelta(days=3), was_late=None if open_ else False,
                outcome="" if open_ else "solved", score=None if open_ else 5,
            )
        )  # fmt: skip
        appeals.append((number + 1, firms[number % len(firms)]))
        shares.append(
            Assignment(
                case_id=number + 1,
                unit_id=lead,
                part="lead",
                state="signed",
                sent_at=received,
                changed_at=received,
            )
        )
    Case.objects.bulk_create(cases)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {Appeal._meta.db_table} (case_ptr_id, firm_id, wants, is_anonymous) VALUES (%s, %s, '', FALSE)",
            appeals,
        )
    Assignment.objects.bulk_create(shares)


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]]))
