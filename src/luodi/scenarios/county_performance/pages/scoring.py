"""The two schemes over counties: by quarter for the bulletin, by year for the evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from luodi.assessment.from_series import values_of
from luodi.assessment.kinds import SchemeKind
from luodi.assessment.schemes import Entry, Event, Given, Scheme
from luodi.kernel.action import Refused
from luodi.kernel.models import Division
from luodi.measures.periods import first_day, index_of
from luodi.scenarios.county_performance.actions import QUARTERLY, YEARLY
from luodi.scenarios.county_performance.models import Signing, YearTarget
from luodi.scenarios.county_performance.rules import group_of, steps_above
from luodi.scenarios.county_performance.scenario import SCENARIO


def counties(on: date) -> list[Division]:
    """Districts and counties right below the city; functional zones lie over them and are not scored again."""
    return list(
        Division.objects.on(on)
        .filter(is_zone=False, parent__isnull=False, parent__parent=None)
        .order_by("code")
    )


def yearly(period: date, scheme: Scheme) -> list[Entry]:
    """Refused while a unit has not signed for its indicator's figures."""
    unsigned = list(Signing.objects.filter(year=period.year, signed_at=None).select_related("unit"))
    if unsigned:
        names = "、".join(f"{each.title}（{each.unit.called}）" for each in unsigned[:5])
        raise Refused("还有 {number} 项指标没有部门签认：{names}。", number=len(unsigned), names=names)
    places = counties(period.replace(month=12))
    found = values_of(scheme, [place.code for place in places], period, period.replace(month=12))
    targets = {
        (row.division.code, row.indicator): row.value
        for row in YearTarget.objects.filter(year=period.year).select_related("division")
    }
    return [_entry(place, _with_targets(found[place.code], place.code, targets)) for place in places]


def _with_targets(
    values: Mapping[str, Given], code: str, targets: Mapping[tuple[str, str], Decimal]
) -> dict[str, Given]:
    return {key: replace(given, target=targets.get((code, key))) for key, given in values.items()}


def quarterly(period: date, scheme: Scheme) -> list[Entry]:
    """Level and growth up to the quarter's end; growth of output above the city's counts by tenths of a point."""
    places, last = counties(period), first_day(index_of(period) + 2)
    city = Division.objects.filter(pk__in=[place.parent_id for place in places]).first()
    codes = [place.code for place in places]
    found = values_of(scheme, [*codes, *([city.code] if city else [])], period, last)
    whole = found[city.code].get("gdp_growth", Given(None)).value if city else None
    out = []
    for place in places:
        own = found[place.code].get("gdp_growth", Given(None)).value
        steps = steps_above(own, whole)
        says = f"{own} 与全市 {whole} 相比" if steps is not None else ""
        events = (Event("above_city", steps, says),) if steps else ()
        out.append(replace(_entry(place, found[place.code]), events=events))
    return out


def _entry(place: Division, values: Mapping[str, Given]) -> Entry:
    return Entry(place.code, place.name, group_of(place.code), values=values, division=place.code)


BULLETIN = "/county_performance/bulletins/{}/"
SCHEMES = (
    SchemeKind(
        YEARLY, "县域高质量发展综合绩效年度考核", "county_performance.yearly", yearly, lead=SCENARIO.lead, called="区县",
        about="市辖区、县（市）分开排名，各用各的权重；部门签认之后才能评分。", own_targets=True, paper=BULLETIN,
        links=(("月度监测", "/county_performance/"), ("部门签认", "/work/county-signings/"), ("一县一策目标", "/work/county-targets/")),
    ),
    SchemeKind(
        QUARTERLY, "县域经济季度评价", "county_performance.quarterly", quarterly, lead=SCENARIO.lead, called="区县", period="quarter",
        about="总量占四成、增速占六成，高于全市的加分，被约谈的扣分。", links=(("月度监测", "/county_performance/"),), paper=BULLETIN,
    ),
)  # fmt: skip
