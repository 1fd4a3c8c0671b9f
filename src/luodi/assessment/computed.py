"""What stands ready on a line's report: the newest number of each indicator that answers for it, and its light."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Model
from django.urls import reverse

from luodi.assessment.lights import Light, Rule, pace_light
from luodi.assessment.pace import Paced, paced, rule_in_force, up_to
from luodi.commitments.models import Commitment
from luodi.kernel.models import Person
from luodi.measures.judging import plain
from luodi.measures.models import Series, Value
from luodi.measures.periods import in_words
from luodi.measures.permission import sees_measures
from luodi.workbench.beside import Computed


def computed_for(person: Person, subject: Model, on: date) -> Iterator[Computed]:
    """As known on that day: one query, four where an indicator answers for the line."""
    if not isinstance(subject, Commitment) or not sees_measures(person):
        return
    rows = paced(subject.document.year or on.year, subject)
    rule = rule_in_force(on.replace(day=1)) if rows else None
    for row in rows:
        known = [value for value in row.values if value.period <= on and value.value is not None]
        if known and rule:
            yield _computed(row, known[-1], rule, on)


def _computed(row: Paced, newest: Value, rule: Rule, on: date) -> Computed:
    series = row.binding.series
    url = reverse("measures:measure", args=[series.pk]) + f"?division={row.binding.division.code}"
    words = _words(series, newest)
    months = up_to(row.months, on)
    if not months:
        return Computed(series.title, words, url, why=row.why_none)
    lit, last = pace_light(months, rule), months[-1]
    percent = why = None
    if last.plan and last.done is not None:
        percent = max(0, min(100, int(last.done / last.plan * 100)))
        why = f"按指标计算：{plain(last.done)}÷{plain(last.plan)}{series.unit}"
    lamp = "" if lit.light == Light.NONE else str(lit.light)
    return Computed(series.title, words, url, percent, why or "", lamp, lit.light.label, lit.why)


def _words(series: Series, newest: Value) -> str:
    """ "截至2026年10月，地区生产总值累计 812.4 亿元，同比增长 5.9%"."""
    so_far = "累计" if series.span == Series.Span.YEAR else ""
    words = f"截至{in_words(newest.period, series.period)}，{series.title}{so_far}{plain(newest.value)}{series.unit}"
    if newest.growth is None:
        return words
    return f"{words}，同比{'增长' if newest.growth >= 0 else '下降'}{plain(abs(newest.growth))}%"
