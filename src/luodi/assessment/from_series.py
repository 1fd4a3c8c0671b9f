"""Values of a scheme out of series: an indicator's `source` names one by its key, "…:同比" asks for its growth.

The last known number of the period counts, as it stands in its current revision; the revision is told, so that a figure
restated later can be told apart (同一批次用同一版数据).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from luodi.assessment.schemes import Given, Scheme
from luodi.measures.growth import growth
from luodi.measures.models import Series, Value
from luodi.measures.periods import earlier, in_words

GROWTH = ":同比"
VALUE_PAGE = "/measures/values/{}/"
Found = dict[str, dict[str, Given]]


def values_of(scheme: Scheme, divisions: Iterable[str], first: date, last: date) -> Found:
    """By division's code and indicator's key: what the series say between two periods, both included. Two queries."""
    wanted = {each.key: each.source for each in scheme.indicators if each.source}
    keys = {source.removesuffix(GROWTH) for source in wanted.values()}
    series = {each.key: each for each in Series.objects.filter(key__in=keys)}
    codes = list(divisions)
    rows = Value.objects.filter(
        is_current=True, owner=None, series__key__in=keys, division__code__in=codes, period__gte=earlier(first, 12), period__lte=last
    ).select_related("division")  # fmt: skip
    held: dict[tuple[int, str], list[Value]] = defaultdict(list)
    for row in rows.order_by("period"):
        held[row.series_id, row.division.code].append(row)
    return {
        code: {
            key: _given(source, series.get(source.removesuffix(GROWTH)), held, code, first)
            for key, source in wanted.items()
        }
        for code in codes
    }


def _given(
    source: str, series: Series | None, held: Mapping[tuple[int, str], list[Value]], code: str, first: date
) -> Given:
    name = source.removesuffix(GROWTH)
    if series is None:
        return Given(None, says=f"还没有“{name}”这个指标，请导入")
    values = held.get((series.pk, code), [])
    here = [value for value in values if value.period >= first and value.value is not None]
    if not here:
        return Given(None, says=f"{series.title}这一期待补")
    row = here[-1]
    number: Decimal | None = row.value
    if source.endswith(GROWTH):
        numbers = {value.period: value.value for value in values}
        number = row.growth if row.growth is not None else growth(numbers, row.period)
    revised = f"，第 {row.revision} 次修订" if row.revision > 1 else ""
    kind = "同比" if source.endswith(GROWTH) else ""
    says = f"{series.title}{kind} {in_words(row.period, series.period)}{'（初步）' if row.status == 'provisional' else ''}{revised}"
    if number is None:
        says += "：没有上年同期，算不出同比"
    return Given(number, says=says, address=VALUE_PAGE.format(row.pk))
