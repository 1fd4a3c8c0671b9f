"""The calendar and the clock in force: the table that came with the software, and the notices entered since."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from luodi.kernel.clock import Calendar, Clock, OfficeHours, calendar_of, national_entries
from luodi.kernel.models import Division, RulesetVersion
from luodi.kernel.rulesets import ruleset
from luodi.kernel.rulesets.holidays import HOLIDAYS, entry_of


def calendar_in_force() -> Calendar:
    """Every year that is known. An approved notice takes the place of the table's notices of its year. One query."""
    approved = RulesetVersion.objects.filter(
        key=HOLIDAYS, division=None, state=RulesetVersion.State.APPROVED
    ).order_by("id")
    return _calendar(tuple(approved.values_list("pk", "decided_at")))


def clock_in_force(*, on: date, division: Division | None = None) -> Clock:
    """The clock that a rule asks: the calendar with the office hours of a division on a day."""
    hours = ruleset("clock.office_hours", on=on, division=division)
    return Clock(
        calendar_in_force(), OfficeHours(tuple((row["first"], row["last"]) for row in hours["windows"]))
    )


@lru_cache(maxsize=8)
def _calendar(approvals: tuple[tuple[int, datetime], ...]) -> Calendar:
    """A version never changes once approved, so its approval says it all. The one drafted last counts for its year."""
    entered = {
        version.valid_from.year: entry_of(
            version.content, version.document, version.valid_from.year, verified=version.verified
        )
        for version in RulesetVersion.objects.filter(pk__in=[pk for pk, _ in approvals]).order_by("id")
    }
    kept = [entry for entry in national_entries() if entry["year"] not in entered]
    return calendar_of([*kept, *(entered[year] for year in sorted(entered))])
