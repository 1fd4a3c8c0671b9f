"""Who may do what, as predicates that a person can read. The one place where permission is decided."""

from __future__ import annotations

from typing import Any

from rules.predicates import Predicate, predicate

from luodi.kernel.models import Person, Role


def holds(*roles: str) -> Predicate:
    """The person holds a post with one of these roles today."""

    def check(person: Any, _subject: Any = None) -> bool:
        return isinstance(person, Person) and person.is_active and person.holds(*roles)

    return predicate(check, "holds:" + "|".join(roles))


is_supervision = holds(Role.SUPERVISION)
is_leader = holds(Role.LEADER)
is_liaison = holds(Role.LIAISON)
is_auditor = holds(Role.AUDITOR, Role.AUDIT_ADMIN)
is_system_admin = holds(Role.SYSTEM_ADMIN)
is_security_admin = holds(Role.SECURITY_ADMIN)
is_audit_admin = holds(Role.AUDIT_ADMIN)
keeps_accounts = is_system_admin | is_security_admin

# Everyone who works in the ledger's office; the three administrators see no business data.
is_staff_of_the_city = holds(
    Role.SUPERVISION, Role.LEADER, Role.LIAISON, Role.OPERATOR, Role.STATISTICIAN, Role.AUDITOR
)

# Parameters: one person drafts a version, a second one approves it.
keeps_rulesets = holds(Role.SUPERVISION, Role.STATISTICIAN)
approves_rulesets = keeps_rulesets | holds(Role.LEADER)
