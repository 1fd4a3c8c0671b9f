"""Deeds that were refused 拒绝 are in the audit log too: who tried what, on what, from where. They can't flood it.

The first is told at once as `denied.` with the name of the deed. The same deed of the same person (of nobody known: from
the same address) within a minute is counted, with the objects it was tried on, and told as one entry once the minute is
over: at the next refusal of anybody, at the latest with the day's anchor.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from luodi.kernel import audit
from luodi.kernel.models import DeniedDeed, Person

PREFIX = "denied."
WINDOW = timedelta(minutes=1)
SUBJECTS_KEPT = 20


@transaction.atomic
def note(by: Person | None, deed: str, subject: object = None, /, **told: Any) -> None:
    """Tell, or count, that a deed was refused. In no transaction that the refusal rolls back."""
    now, address = timezone.now(), audit.address_of_request()
    tell_counted(now)
    row, is_first = DeniedDeed.objects.select_for_update().get_or_create(
        who=by.login if by else address,
        deed=deed[: 80 - len(PREFIX)],
        defaults={"by": by, "address": address, "since": now, "last": now},
    )
    if is_first:
        audit.record(by, PREFIX + deed, subject, told)
        return
    row.times, row.last = row.times + 1, now
    name = audit.name_of(subject)
    if name and name not in row.subjects:
        row.subjects = [*row.subjects, name][:SUBJECTS_KEPT]
    row.save(update_fields=["times", "last", "subjects"])


def tell_counted(now: datetime | None = None) -> None:
    """One entry for each deed that was repeated in a minute that is over; `now` None: also in the present one."""
    rows = DeniedDeed.objects.select_for_update()
    if now is not None:
        rows = rows.filter(since__lte=now - WINDOW)
    with audit.together():
        over = list(rows.select_related(None).order_by("id"))
        people = Person.objects.in_bulk([row.by_id for row in over if row.by_id and row.times])
        for row in over:
            if row.times:
                told = {"times": row.times, "from": row.since, "until": row.last, "subjects": row.subjects}
                audit.record(people.get(row.by_id or 0), PREFIX + row.deed, None, told, address=row.address)
        DeniedDeed.objects.filter(pk__in=[row.pk for row in over]).delete()
