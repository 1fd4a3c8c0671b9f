"""The outlook of every bound target, computed after a counting and each morning, and kept beside its light."""

from __future__ import annotations

from collections import defaultdict

from django.utils import timezone

from luodi.assessment.models import Outlook
from luodi.kernel.jobs import Progress, job
from luodi.kernel.models import Person
from luodi.measures.binding import stands
from luodi.measures.forecast import Forecast
from luodi.measures.models import Binding, Value


def foresee_year(year: int, progress: Progress | None = None) -> int:
    """Foresee what has new numbers since it was foreseen last. Returns how many outlooks are new."""
    bindings = list(
        Binding.objects.filter(state=Binding.State.CONFIRMED, target__commitment__document__year=year)
        .select_related("series", "target__commitment__document", "outlook")
        .defer("target__commitment__document__text", "target__commitment__document__report")
    )
    values: dict[tuple[int, int], list[Value]] = defaultdict(list)
    rows = Value.objects.filter(is_current=True, owner=None, series__in={each.series_id for each in bindings})
    for row in rows.order_by("period"):
        values[row.series_id, row.division_id].append(row)
    done = 0
    for number, binding in enumerate(bindings):
        if progress:
            progress(number, len(bindings), binding.series.title)
        own = values[binding.series_id, binding.division_id]
        if own and _is_stale(getattr(binding, "outlook", None), own):
            _keep(binding, own, year)
            done += 1
    return done


def _is_stale(outlook: Outlook | None, own: list[Value]) -> bool:
    return outlook is None or (outlook.upto, outlook.cut_off) != (
        own[-1].period,
        max(each.cut_off for each in own),
    )


def _keep(binding: Binding, own: list[Value], year: int) -> None:
    found = stands(binding.target, binding.series, own, year).outlook
    is_told = isinstance(found, Forecast)
    Outlook.objects.update_or_create(
        binding=binding,
        defaults={
            "upto": own[-1].period, "cut_off": max(each.cut_off for each in own), "at": timezone.now(),
            "probability": found.probability if is_told else None, "words": (found.in_words if is_told else found.why)[:300],
        },
    )  # fmt: skip


@job
def foresee(progress: Progress, by: Person, year: int) -> dict[str, int]:
    return {"foreseen": foresee_year(year, progress)}
