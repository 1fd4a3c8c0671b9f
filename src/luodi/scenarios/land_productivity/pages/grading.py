"""The two schemes that grade firms: who takes part in a year, and with which values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from luodi.assessment.kinds import SchemeKind
from luodi.assessment.schemes import Entry, Event, Scheme
from luodi.assessment.schemes.wide import Source, quotient
from luodi.kernel.rulesets import ruleset
from luodi.scenarios.land_productivity import rules
from luodi.scenarios.land_productivity.actions import SCOPE
from luodi.scenarios.land_productivity.models import YearRecord
from luodi.scenarios.land_productivity.scenario import SCENARIO

RECORD_PAGE = "/work/land-years/{}/"
"""Written out: looking it up would import every page of the house for a scoring that needs none."""


def entries(scale: str, period: date, scheme: Scheme) -> list[Entry]:
    """The firms of a year that take part, with the values that the scheme asks for."""
    scope = ruleset(SCOPE, on=period.replace(month=12, day=31))
    rows = YearRecord.objects.filter(year=period.year, scale=scale).select_related("enterprise", "division")
    return [
        _entry(record, scope, scheme) for record in rows.order_by("pk") if rules.takes_part(record, scope)
    ]


def _entry(record: YearRecord, scope: Mapping[str, Any], scheme: Scheme) -> Entry:
    firm, address = record.enterprise, RECORD_PAGE.format(record.pk)
    values = {
        each.key: rules.ratio_of(each.key, record, each.places, address)
        for each in scheme.indicators
        if each.key in rules.RATIOS
    }
    events = [Event("first_above", says=f"{record.year}年首次升规")] if record.is_first_above else []
    if exempt := rules.exemption_of(record, scope):
        events.append(exempt)
    peers = f"行业 {record.trade}" if record.trade else ""
    return Entry(
        key=firm.uscc, name=firm.name, peers=peers, values=values, events=tuple(events), division=record.division.code, address=address
    )  # fmt: skip


def large_firms(period: date, scheme: Scheme) -> Sequence[Entry]:
    return entries("large", period, scheme)


def small_firms(period: date, scheme: Scheme) -> Sequence[Entry]:
    return entries("small", period, scheme)


TABLE = "land_productivity_yearrecord"
SCALES = {"land_mu": 2, "power_kwh": 2, "energy_tce": 2, "emission_t": 4}
"""Decimals kept of the columns that are no whole numbers."""


def wide_of(scale: str, period: date, scheme: Scheme) -> Source:
    """The same firms and values as `entries`, as one question to the columnar copy; without marks, which come by hand."""
    scope = ruleset(SCOPE, on=period.replace(month=12, day=31))
    values = {
        each.key: _in_sql(rules.RATIOS[each.key], each.places)
        for each in scheme.indicators
        if each.key in rules.RATIOS
    }
    grace = f"(began_on IS NOT NULL AND year - year(began_on) < {scope['grace_years']})"
    managed = {veto.key: veto.grade for veto in scheme.vetoes if veto.effect == "managed"}
    exempt = " ".join(f"WHEN exemption = '{key}' THEN '{grade}'" for key, grade in managed.items())
    if "startup" in managed:
        exempt += f" WHEN exemption = '' AND {grace} THEN '{managed['startup']}'"
    settled = f"CASE {exempt} END" if exempt else "NULL"
    least = f" AND land_mu >= {scope['least_small_mu']}" if scale == "small" else ""
    table = f"(SELECT * FROM {TABLE} WHERE year = {period.year} AND scale = '{scale}' AND exemption <> 'closed'{least})"
    bonus = next((each for each in scheme.adjustments if each.key == "first_above"), None)
    extra = f"is_first_above::INT * {int(bonus.each * 10**scheme.point_places)}" if bonus else "0"
    return Source(
        table, "enterprise_id", values, peers="trade", extra=extra, grade=settled,
        unranked=f"coalesce({settled}, '') <> ''" if exempt else "FALSE",
    )  # fmt: skip


def _in_sql(ratio: rules.Ratio, places: int) -> str:
    """A ratio of columns as a whole number of its last place."""

    def whole(name: str) -> str:
        return f"({name} * {10 ** SCALES[name]})::BIGINT" if name in SCALES else f"{name}::BIGINT"

    factor = Fraction(10**places * ratio.below_over, ratio.top_over)
    factor *= Fraction(10 ** SCALES.get(ratio.below, 0), 10 ** SCALES.get(ratio.top, 0))
    return quotient(whole(ratio.top), whole(ratio.below), factor)


def wide_large(period: date, scheme: Scheme) -> Source:
    return wide_of("large", period, scheme)


def wide_small(period: date, scheme: Scheme) -> Source:
    return wide_of("small", period, scheme)


_LINKS = (
    ("企业年度数据", "/work/land-years/"),
    ("结果运用", "/work/land-outcomes/"),
    ("全市一览", "/land_productivity/"),
)
SCHEMES = (
    SchemeKind(
        "land_large", "规上工业企业亩均效益评价", "land_productivity.large", large_firms, lead=SCENARIO.lead, called="企业",
        about="全部规上工业企业参评；缺排放数取行业平均分，新投产、在建、公用事业不评档。", links=_LINKS, wide=wide_large, wide_labels=("land_productivity.YearRecord",),
    ),
    SchemeKind(
        "land_small", "规下工业企业亩均效益评价", "land_productivity.small", small_firms, lead=SCENARIO.lead, called="企业",
        about="用地达到下限的规下工业企业，看亩均税收和单位用电税收。", links=_LINKS, wide=wide_small, wide_labels=("land_productivity.YearRecord",),
    ),
)  # fmt: skip
