"""The only writers of series, values and bindings. A changed number is a new revision; the old one stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.utils import timezone

from luodi.commitments.models import Target
from luodi.engines import Engine, engine
from luodi.kernel.action import Refused, action
from luodi.kernel.jobs import Progress, job
from luodi.kernel.models import Division, Person, StoredFile
from luodi.measures.binding import fits
from luodi.measures.counting import Counted, counted, formula, labels_of, window
from luodi.measures.declare import Measure, declared
from luodi.measures.models import Binding, Series, Value
from luodi.measures.permission import binds_targets, keeps_series

_COMPARED = ("value", "numerator", "denominator", "growth", "why_null", "status", "ruleset")


@dataclass(frozen=True, slots=True)
class Written:
    """How many numbers are new, how many restate an earlier one, how many stand as they were."""

    new: int = 0
    restated: int = 0
    unchanged: int = 0

    def __add__(self, other: Written) -> Written:
        return Written(self.new + other.new, self.restated + other.restated, self.unchanged + other.unchanged)


@job
def count_all(progress: Progress, by: Person, until: str = "", on: str = "") -> dict[str, Any]:
    """Every declared measure up to a day (today), on the engine `on`. A second run over the same records writes nothing."""
    last = date.fromisoformat(until) if until else timezone.localdate()
    measures, total = list(declared().values()), Written()
    with engine(on) as counting:
        for done, measure in enumerate(measures):
            progress(done, len(measures), measure.title)
            total += count(by, series_of(by, measure), measure, counting, last)
    return {"new": total.new, "restated": total.restated, "unchanged": total.unchanged}


@action("measures.declare", may=lambda by, _measure: keeps_series(by))
def series_of(by: Person, measure: Measure) -> Series:
    """The series that keeps a declared measure's numbers, with the words of today's declaration."""
    told = {name: getattr(measure, name) for name in ("title", "unit", "better", "period", "span", "about")}
    found, _ = Series.objects.update_or_create(
        key=measure.key, defaults={**told, "origin": Series.Origin.COUNTED}
    )
    return found


@action("measures.count", may=keeps_series)
def count(by: Person, series: Series, measure: Measure, counting: Engine, until: date) -> Written:
    """Count one measure up to a day and keep what is new."""
    parents = dict(Division.objects.values_list("pk", "parent_id"))
    cut_off = timezone.now()
    numbers = counted(measure, counting, parents, until)
    lineage = {"formula": formula(measure), "tables": labels_of(measure), "engine": counting.name}
    rows = [_value(series, measure, number, cut_off, until, lineage, by) for number in numbers]
    return _keep(series, rows)


class Published(Protocol):
    """What a sheet brings: series by key with their descriptions, and their values."""

    @property
    def series(self) -> Mapping[str, Mapping[str, str]]: ...
    @property
    def values(self) -> Mapping[str, Sequence[Value]]: ...


@action("measures.publish", may=lambda by, _brought: keeps_series(by))
def publish(by: Person, brought: Published, file: StoredFile) -> Written:
    """Keep published numbers as they came, from the file they came in: all series or none."""
    total = Written()
    for key, told in brought.series.items():
        if Series.objects.filter(key=key, origin=Series.Origin.COUNTED).exists():
            raise Refused(f"“{told['title']}”由业务数据计算，不能导入。")
        series, _ = Series.objects.update_or_create(
            key=key, defaults={**told, "origin": Series.Origin.PUBLISHED}
        )
        for row in brought.values[key]:
            row.series, row.by, row.file = series, by, file
        total += _keep(series, brought.values[key])
    return total


@action("measures.bind", may=binds_targets)
def bind(
    by: Person, target: Target, series: Series, division: Division, score: float | None = None, why: str = ""
) -> Binding:
    """A person says that the series answers for the target."""
    return _settle(by, target, series, division, Binding.State.CONFIRMED, score, why)


@action("measures.unbind", may=binds_targets)
def unbind(by: Person, target: Target, series: Series, division: Division, why: str = "") -> Binding:
    """A person says that it does not; kept, so that it is not suggested again."""
    return _settle(by, target, series, division, Binding.State.REFUSED, None, why)


def _settle(
    by: Person, target: Target, series: Series, division: Division, state: str, score: float | None, why: str
) -> Binding:
    if state == Binding.State.CONFIRMED and target.unit and series.unit and not fits(target, series):
        raise Refused(
            f"目标以“{target.unit}”计，指标“{series.title}”以“{series.unit}”计，单位不同，不能绑定。"
        )
    found, _ = Binding.objects.update_or_create(
        target=target, series=series, division=division,
        defaults={"state": state, "score": score, "why": why[:300], "by": by, "at": timezone.now()},
    )  # fmt: skip
    return found


def _value(
    series: Series,
    measure: Measure,
    number: Counted,
    cut_off: datetime,
    until: date,
    lineage: dict[str, Any],
    by: Person,
) -> Value:
    _, last = window(measure.span, measure.period, number.period)
    return Value(
        series=series, division_id=number.division, owner_id=number.owner, period=number.period, by=by,
        value=number.value, numerator=number.numerator, denominator=number.denominator, why_null=number.why_null,
        status=Value.Status.FINAL if last <= until else Value.Status.PROVISIONAL,
        cut_off=cut_off, ruleset=measure.ruleset, lineage={**lineage, "records": number.records},
    )  # fmt: skip


def _keep(series: Series, rows: Iterable[Value]) -> Written:
    """Rows that differ from the current revision become the current one, in a few statements; one writer a series."""
    Series.objects.select_for_update().get(pk=series.pk)
    current = {
        (row.division_id, row.owner_id, row.period): row
        for row in Value.objects.filter(series=series, is_current=True).order_by()
    }
    fresh, outdated, same = [], [], 0
    for row in rows:
        before = current.get((row.division_id, row.owner_id, row.period))
        if before and all(getattr(before, name) == getattr(row, name) for name in _COMPARED):
            same += 1
            continue
        if before:
            row.revision = before.revision + 1
            outdated.append(before.pk)
        fresh.append(row)
    # changed_at by hand: engines that keep a copy follow it, and update() does not move it
    Value.objects.filter(pk__in=outdated).update(is_current=False, changed_at=timezone.now())
    Value.objects.bulk_create(fresh, batch_size=500)
    return Written(len(fresh) - len(outdated), len(outdated), same)
