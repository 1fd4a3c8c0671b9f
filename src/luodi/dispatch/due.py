"""What the rhythm waits for from a person: resolutions of the own units, stops to score."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from luodi.dispatch.models import Judge, Resolution, Visit
from luodi.kernel.models import Person, Role
from luodi.workbench.inbox import Due


def due_from(person: Person, today: date) -> Iterator[Due]:
    """One query for liaisons, one for those who may judge."""
    units = {post.unit_id for post in person.current_posts if post.role in (Role.LIAISON, Role.OPERATOR)}
    if units:
        for row in Resolution.objects.filter(owner__in=units, done_on=None, problem__solved_on=None):
            yield Due(
                "dispatch.resolution", _("议定事项"), row.subject, row.words, row.due_on,
                row.get_absolute_url(), verb=_("办理"),
            )  # fmt: skip
    if units or person.holds(Role.LEADER):
        for judge in Judge.objects.filter(person=person, visit__state=Visit.State.OPEN).select_related(
            "visit"
        ):
            yield Due(
                "dispatch.score", _("待评分"), judge.visit.title, _("给每个观摩点打分"), None, judge.visit.get_absolute_url(),
                verb=_("评分"),
            )  # fmt: skip
