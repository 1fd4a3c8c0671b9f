"""The desk of a million cases: table, an overdue queue, one unit's share, words sought, beside a bare page and Django's admin."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bench import field
from bench.runner import Row, exponent

FULL = 1_000_000
OTHERS = {"limit": "/bench/bare", "admin": "/bench/admin/enterprise_appeals/appeal/"}
ADDRESSES = {
    "cases, page of 50 (supervision)": ("ducha", "/work/enterprise-appeals/"),
    "cases, overdue only": ("ducha", "/work/enterprise-appeals/?light=over"),
    "cases, by due day": ("ducha", "/work/enterprise-appeals/?sort=due_on&state=in_work"),
    "cases, one unit's own": ("gongxin", "/work/enterprise-appeals/"),
    "cases, my queue": ("gongxin", "/cases/"),
}
GOAL = "at least 50 % of bare; 3x the admin; at most 12 queries"


def rows(quick: bool) -> Iterator[Row]:
    """Each address at full size; the exponent is over a tenth and the whole."""
    field.set_up()
    from django.test import override_settings

    size = FULL // 10 if quick else FULL
    with override_settings(ROOT_URLCONF="bench.cases_urls"):
        _city()
        fill(0, size // 10)
        small = {name: field.page_seconds(*where, OTHERS)[0]["ours"] for name, where in ADDRESSES.items()}
        fill(size // 10, size)
        for name, where in ADDRESSES.items():
            seconds, queries = field.page_seconds(*where, OTHERS)
            growth = exponent([size // 10, size], [small[name], seconds["ours"]])
            yield Row(
                f"{name}, {size:,} cases", seconds, goal=GOAL, exponent=growth, extra={"queries": queries}
            )


def _city() -> None:
    from luodi.commands.demo import load_people_and_units
    from luodi.kernel.models import Person
    from luodi.shapes.registers.models import Enterprise

    if not Person.objects.exists():
        load_people_and_units()
    Enterprise.objects.bulk_create(
        (Enterprise(uscc=f"{number:018d}", name=f"第{number}号企业有限公司") for number in range(1000)),
        ignore_conflicts=True,
    )


def fill(first: int, size: int) -> None:
    """Rows from number `first` up to `size`, straight into the tables: what is measured is reading them."""
    from django.db import connection, transaction

    from luodi.kernel.models import Division, Unit
    from luodi.scenarios.enterprise_appeals.models import Appeal
    from luodi.shapes.cases.models import Assignment, Case
    from luodi.shapes.registers.models import Enterprise

    units = list(Unit.objects.filter(valid_until=None).values_list("pk", flat=True))
    divisions = list(Division.objects.values_list("pk", flat=True))
    firms = list(Enterprise.objects.values_list("pk", flat=True))
    home, now = Unit.objects.get(key="xingzheng").pk, datetime.now(UTC)
    states = ("closed",) * 16 + ("in_work", "in_work", "replied", "submitted")
    chunk = 10_000
    for start in range(first, size, chunk):
        cases, appeals, shares = [], [], []
        for number in range(start, min(start + chunk, size)):
            state, received = states[number % 20], now - timedelta(minutes=(size - number) % 500_000)
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
        with transaction.atomic():
            Case.objects.bulk_create(cases)
            with connection.cursor() as cursor:
                cursor.executemany(
                    f"INSERT INTO {Appeal._meta.db_table} (case_ptr_id, firm_id, wants, is_anonymous) VALUES (%s, %s, '', FALSE)",
                    appeals,
                )
            Assignment.objects.bulk_create(shares)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
