"""What the rhythm waits for from a person: resolutions of the own units, stops to score."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.dispatch.models import Judge, Resolution, Visit
from luodi.kernel.models import Person, Role
from luodi.workbench.inbox import Ask, Due


def due_from(person: Person, today: date) -> Iterator[Ask]:
    """Only questions to be asked with all others: no query of its own."""
    units = {post.unit_id for post in person.current_posts if post.role in (Role.LIAISON, Role.OPERATOR)}
    if units:
        mine = Resolution.objects.filter(owner__in=units, done_on=None, problem__solved_on=None)
        yield Ask(mine, ("subject", "words"), by="due_on", say=_resolution)
    if units or person.holds(Role.LEADER):
        open_ones = Judge.objects.filter(person=person, visit__state=Visit.State.OPEN)
        yield Ask(open_ones, ("visit__title",), key="visit", say=_score)


def _resolution(key: int, by: date, subject: str, words: str) -> Due:
    url = reverse("dispatch:resolution", args=[key])
    return Due("dispatch.resolution", _("议定事项"), subject, words, by, url, verb=_("办理"))


def _score(visit: int, _by: date | None, title: str) -> Due:
    url = reverse("dispatch:visit", args=[visit])
    return Due("dispatch.score", _("待评分"), title, _("给每个观摩点打分"), None, url, verb=_("评分"))
