"""Who sees numbers, has them counted, brings published ones in, says which series answers for a target, and which of the
records behind a number exist for whom."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from luodi.kernel.models import Person, Role
from luodi.kernel.permission import holds, is_staff_of_the_city, is_supervision
from luodi.shapes.cases.models import Case
from luodi.shapes.cases.permission import seen_by as cases_seen_by
from luodi.workbench.finding import desks

sees_measures = is_staff_of_the_city
keeps_series = holds(Role.STATISTICIAN) | is_supervision
binds_targets = holds(Role.STATISTICIAN) | is_supervision


def records_seen_by(person: Person, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of the records that make a number up, those that the person sees elsewhere too: by the rule of cases, or of the
    desk where they stand. Records with no desk are the ledger's, open to whoever sees numbers."""
    if issubclass(rows.model, Case):
        return cases_seen_by(person, rows)
    standing = [desk for desk in desks() if desk.model is rows.model]
    if not standing:
        return rows
    return next((desk.scope(person, rows) for desk in standing if desk.open_to(person)), rows.none())
