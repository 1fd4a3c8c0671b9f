"""Low-use land that a unit has to dispose of, due within thirty days or late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.kernel.models import Person
from luodi.kernel.permission import is_liaison
from luodi.scenarios.land_productivity.models import LowUseLand
from luodi.workbench.inbox import Ask, Due

AHEAD = timedelta(days=30)
OPEN = (LowUseLand.State.FOUND, LowUseLand.State.PLANNED, LowUseLand.State.WORKING)


def due_from(person: Person, today: date) -> Iterator[Ask]:
    """Only a question to be asked with all others; land without a plan is due without a day."""
    if not is_liaison(person):
        return
    near = Q(due_on=None) | Q(due_on__lte=today + AHEAD)
    mine = LowUseLand.objects.filter(near, lead__in=person.unit_ids, state__in=OPEN)
    yield Ask(mine, ("number", "parcel_no", "state"), by="due_on", say=_land)


def _land(key: int, by: date | None, number: str, parcel: str, state: str) -> Due:
    what = _("定处置方式和完成时限") if state == LowUseLand.State.FOUND else _("处置完报请验收")
    url = reverse("workbench:detail", args=["low-use-land", key])
    return Due("land_productivity.low_use", _("低效用地处置"), f"{number} {parcel}", what, by, url)
