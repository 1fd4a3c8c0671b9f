"""What a kind of case came to in a time: received, finished, in time, how, how satisfied; the same by unit and category."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet

from luodi.shapes.cases.kind import CaseKind

SATISFIED_FROM = 3


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with both its figures. A zero denominator gives no value, never 0 or 100."""

    numerator: int
    denominator: int

    @property
    def percent(self) -> Decimal | None:
        if not self.denominator:
            return None
        return (Decimal(100 * self.numerator) / self.denominator).quantize(Decimal("0.01"))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the statistics. Finished cases are those first answered within the time; rates are over them or the closed."""

    title: str
    received: int
    open: int
    overdue: int
    finished: int
    in_time: Rate
    solved: Rate | None
    """None for a kind that declares no outcome as solved."""
    satisfied: Rate
    redone: int
    mean_days: Decimal | None

    @property
    def rates(self) -> list[Rate]:
        return [rate for rate in (self.in_time, self.solved, self.satisfied) if rate is not None]


def statistics(
    kind: CaseKind, rows: QuerySet[Any], first: date, last: date, now: Any, by: str = ""
) -> list[Line]:
    """One line for all, or one for each value of the column `by`. Both days count. `rows` is what the person may see."""
    span = (first, last)
    received, finished, closed = (
        Q(received_on__range=span),
        Q(finished_on__range=span),
        Q(closed_on__range=span, parent=None),
    )
    rated = closed & Q(score__isnull=False)
    taken = ExpressionWrapper(F("finished_at") - F("started_at"), output_field=DurationField())
    found = rows.order_by().values(*([by] if by else [])) if by else rows.order_by()
    sums = {
        "received_n": Count("pk", filter=received),
        "open_n": Count("pk", filter=Q(is_open=True)),
        "overdue_n": Count("pk", filter=Q(is_open=True, finished_at=None, due_at__lte=now)),
        "finished_n": Count("pk", filter=finished),
        "judged_n": Count("pk", filter=finished & Q(was_late__isnull=False)),
        "in_time_n": Count("pk", filter=finished & Q(was_late=False)),
        "closed_n": Count("pk", filter=closed),
        "solved_n": Count("pk", filter=closed & Q(outcome__in=kind.solved)),
        "rated_n": Count("pk", filter=rated),
        "satisfied_n": Count("pk", filter=rated & Q(score__gte=SATISFIED_FROM)),
        "redone_n": Count("pk", filter=finished & Q(round__gt=1)),
        "mean_taken": Avg(taken, filter=finished),
    }
    lines: Iterable[dict[str, Any]] = found.annotate(**sums) if by else [found.aggregate(**sums)]
    return [_line(kind, line, by) for line in lines]


def _line(kind: CaseKind, line: dict[str, Any], by: str) -> Line:
    names = {
        "category": dict(kind.categories),
        "level": dict(kind.levels),
        "state": dict(kind.machine.choices),
    }
    value = line.get(by) if by else "合计"
    mean = line["mean_taken"]
    return Line(
        title=str(names.get(by, {}).get(value, value or "待定")),
        received=line["received_n"],
        open=line["open_n"],
        overdue=line["overdue_n"],
        finished=line["finished_n"],
        in_time=Rate(line["in_time_n"], line["judged_n"]),
        solved=Rate(line["solved_n"], line["closed_n"]) if kind.solved else None,
        satisfied=Rate(line["satisfied_n"], line["rated_n"]),
        redone=line["redone_n"],
        mean_days=None if mean is None else (Decimal(mean.total_seconds()) / 86400).quantize(Decimal("0.1")),
    )
