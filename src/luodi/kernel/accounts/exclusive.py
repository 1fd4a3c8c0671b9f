"""The three administrators 三员 exclude one another, in the rule that every grant asks and in the database itself.

The database's own check is a trigger: whoever writes to the table without asking the rule is refused as well.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

from luodi.kernel.models import Posting
from luodi.kernel.models.people import ADMINISTRATORS, Role

MESSAGE = "exclusive administrator roles"


def excluded_by(role: str, held: Iterable[str]) -> Role | None:
    """The role, of those held at the same time, that can't be held together with this one."""
    clashes = (
        Role(other) for other in held if other != role and (role in ADMINISTRATORS or other in ADMINISTRATORS)
    )
    return next(clashes, None)


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the trigger on the table of posts, or renew it. SQLite and PostgreSQL."""
    table = connection.ops.quote_name(Posting._meta.db_table)
    roles = ", ".join(f"'{role.value}'" for role in ADMINISTRATORS)
    clash = f"""
        SELECT 1 FROM {table} held
        WHERE held.person_id = NEW.person_id AND held.id <> NEW.id AND held.role <> NEW.role
          AND (held.role IN ({roles}) OR NEW.role IN ({roles}))
          AND (held.valid_until IS NULL OR NEW.valid_from IS NULL OR held.valid_until > NEW.valid_from)
          AND (NEW.valid_until IS NULL OR held.valid_from IS NULL OR NEW.valid_until > held.valid_from)"""
    with connection.cursor() as cursor:
        for statement in (
            _sqlite(table, clash) if connection.vendor == "sqlite" else _postgresql(table, clash)
        ):
            cursor.execute(statement)


def _sqlite(table: str, clash: str) -> Iterable[str]:
    for event in ("INSERT", "UPDATE"):
        name = f"exclusive_administrators_{event.lower()}"
        yield f"DROP TRIGGER IF EXISTS {name}"
        # AFTER: before an INSERT, NEW.id is not known yet.
        yield f"""CREATE TRIGGER {name} AFTER {event} ON {table}
            WHEN EXISTS ({clash}) BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"""


def _postgresql(table: str, clash: str) -> Iterable[str]:
    yield f"""CREATE OR REPLACE FUNCTION exclusive_administrators() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS ({clash}) THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'check_violation'; END IF;
            RETURN NEW;
        END $$"""
    yield f"DROP TRIGGER IF EXISTS exclusive_administrators ON {table}"
    yield f"""CREATE TRIGGER exclusive_administrators AFTER INSERT OR UPDATE ON {table}
        FOR EACH ROW EXECUTE FUNCTION exclusive_administrators()"""
