"""The two schemes that grade firms: who takes part in a year, and with which values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from luodi.assessment.kinds import SchemeKind
from luodi.assessment.schemes import Entry, Event, Scheme
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


_LINKS = (
    ("企业年度数据", "/work/land-years/"),
    ("结果运用", "/work/land-outcomes/"),
    ("全市一览", "/land_productivity/"),
)
SCHEMES = (
    SchemeKind(
        "land_large", "规上工业企业亩均效益评价", "land_productivity.large", large_firms, lead=SCENARIO.lead, called="企业",
        about="全部规上工业企业参评；缺排放数取行业平均分，新投产、在建、公用事业不评档。", links=_LINKS,
    ),
    SchemeKind(
        "land_small", "规下工业企业亩均效益评价", "land_productivity.small", small_firms, lead=SCENARIO.lead, called="企业",
        about="用地达到下限的规下工业企业，看亩均税收和单位用电税收。", links=_LINKS,
    ),
)  # fmt: skip
