"""Cases of the database that may be the same matter as one at hand."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from luodi.shapes.cases.kind import kind_of
from luodi.shapes.cases.likeness import Likeness, Sketch, alike
from luodi.shapes.cases.models import Case

CANDIDATES = 300


def duplicates_of(case: Case) -> list[tuple[Case, Likeness]]:
    """Cases that may be the same matter, most alike first, each with its reasons. Nothing is joined by itself."""
    rule = kind_of(case).limits_of(case).duplicates
    span = timedelta(days=rule.days)
    near = Q(reporter_key=case.reporter_key) if case.reporter_key else Q(pk__in=())
    near |= Q(category=case.category, home=case.home_id)
    rows = (
        Case.objects.filter(near, kind=case.kind, parent=None, received_at__range=(case.received_at - span, case.received_at + span))
        .exclude(pk=case.pk)
        .order_by("-received_at")[:CANDIDATES]
    )  # fmt: skip
    others = {row.pk: row for row in rows}
    return [(others[each.pk], each) for each in alike(sketch(case), map(sketch, others.values()), rule)]


def sketch(case: Case) -> Sketch:
    return Sketch(
        case.pk, f"{case.title}{case.body}", case.category, case.reporter_key, case.lon, case.lat,
        timezone.localtime(case.received_at).date(),
    )  # fmt: skip
