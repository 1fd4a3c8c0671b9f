"""The indicators of a line, one click from its page in the ledger."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.commitments.models import Commitment
from luodi.kernel.models import Person
from luodi.kernel.permission import is_staff_of_the_city
from luodi.workbench.beside import Link


def links_for(person: Person, subject: Model) -> Iterator[Link]:
    if isinstance(subject, Commitment) and is_staff_of_the_city(person):
        yield Link(_("指标"), reverse("measures:line", args=[subject.pk]))
