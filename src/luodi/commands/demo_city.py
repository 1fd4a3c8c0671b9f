"""The demonstration city goes into the database: divisions, units, people, and what they lived through (demo_year.py).

Loaded once; what a person changes afterwards stays. Every login has the one password that the sign-in page names.
"""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from luodi import demo
from luodi.kernel import audit, townships
from luodi.kernel.models import Division, Person, Posting, Role, Unit

PASSWORD = "luodi-yunchuan"
# Those that the start message and the sign-in page name: one for each kind of work.
SHOWN = ("ducha", "fagai", "chenglan", "changwu", "shenji")
ROLES = {
    "mayor": Role.LEADER,
    "vice_mayor": Role.LEADER,
    "supervisor": Role.SUPERVISION,
    "liaison": Role.LIAISON,
    "division_liaison": Role.LIAISON,
    "statistician": Role.STATISTICIAN,
    "operator": Role.OPERATOR,
    "auditor": Role.AUDITOR,
    "system_admin": Role.SYSTEM_ADMIN,
    "security_admin": Role.SECURITY_ADMIN,
    "audit_admin": Role.AUDIT_ADMIN,
}


def load_demo_city() -> None:
    """Fill an empty database with the demonstration city; a database with people in it is left alone."""
    if Person.objects.exists():
        return
    load_people_and_units()
    # Only the first start pays for importing the reader, the scenarios and the engines.
    from luodi.commands.demo_year import live_the_year

    live_the_year(Person.objects.get(login=SHOWN[0]), Person.objects.get(login="ducha2"))


def load_people_and_units() -> None:
    """The city without its plans, in one transaction."""
    with transaction.atomic(), audit.one_request():
        _divisions()
        _units()
        _people()
        audit.record(None, "demo.load", None, {"city": demo.city().name})


def accounts_of_the_demo() -> str:
    people = Person.objects.filter(login__in=SHOWN).prefetch_related("posts__unit")
    rows = [
        f"  {person.login:10}{person.posts.all()[0]}"
        for person in sorted(people, key=lambda p: SHOWN.index(p.login))
    ]
    return "\n".join([f"演示账号（密码都是 {PASSWORD}）：", *rows])


def _divisions() -> None:
    city = demo.city()
    top = Division.objects.create(code=city.code, name=city.name, short_name=city.short_names[0])
    made = Division.objects.bulk_create(
        Division(
            code=division.code,
            name=division.name,
            short_name=division.short_names[0],
            parent=top,
            is_zone=division.kind == "zone",
        )
        for division in city.divisions
    )
    counties = {division.code: division for division in made}
    Division.objects.bulk_create(
        Division(
            code=row.code,
            name=row.name,
            parent=counties[row.code[: townships.COUNTY_DIGITS]],
            kind=townships.kind_of(row.code) or "",
            valid_from=row.valid_from,
            valid_until=row.valid_to + timedelta(days=1) if row.valid_to else None,
        )
        for row in city.townships
    )


def _units() -> None:
    divisions = {division.code: division for division in Division.objects.all()}
    made: dict[str, Unit] = {}
    for order, unit in enumerate(sorted(demo.units(), key=lambda unit: unit.valid_from)):
        made[unit.code] = Unit.objects.create(
            key=unit.code,
            name=unit.name,
            short_names=list(unit.short_names),
            function=unit.function,
            duties=unit.duties,
            division=divisions[unit.division],
            valid_from=unit.valid_from,
            valid_until=unit.valid_to + timedelta(days=1) if unit.valid_to else None,
            order=order,
        )
    # The list keeps the order in which the city prints its units; what was merged leads to what it became.
    for order, unit in enumerate(demo.units()):
        made[unit.code].order = order
        for code in unit.predecessors:
            made[code].successor = made[unit.code]
    Unit.objects.bulk_update(made.values(), ["order", "successor"])


def _people() -> None:
    units = {unit.key: unit for unit in Unit.objects.all()}
    hashed = make_password(PASSWORD)  # once: hashing is slow on purpose
    for row in demo.people():
        person = Person.objects.create(login=row.login, name=row.name, password=hashed)
        Posting.objects.create(person=person, unit=units[row.unit], role=ROLES[row.role], title=row.post)
