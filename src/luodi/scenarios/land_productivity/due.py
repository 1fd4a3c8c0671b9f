"""Low-use land that a unit has to dispose of, due within thirty days or late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.kernel.models import Person
from luodi.kernel.permission import is_liaison
from luodi.scenarios.land_productivity.models import LowUseLand
from luodi.workbench.inbox import Due

AHEAD = timedelta(days=30)
OPEN = (LowUseLand.State.FOUND, LowUseLand.State.PLANNED, LowUseLand.State.WORKING)


def due_from(person: Person, today: date) -> Iterator[Due]:
    """One query for liaisons; land without a plan is due without a day."""
    if not is_liaison(person):
        return
    for land in LowUseLand.objects.filter(lead__in=person.unit_ids, state__in=OPEN):
        if land.due_on is None or land.due_on <= today + AHEAD:
            what = _("定处置方式和完成时限") if land.state == LowUseLand.State.FOUND else _("处置完报请验收")
            yield Due(
                "land_productivity.low_use", _("低效用地处置"), str(land), what, land.due_on,
                reverse("workbench:detail", args=["low-use-land", land.pk]),
            )  # fmt: skip
