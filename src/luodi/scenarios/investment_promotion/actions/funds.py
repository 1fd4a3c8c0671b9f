"""Sums in place: reported by who keeps the deal, verified step by step by somebody else, counted by the rules of the day."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum
from django.utils import timezone

from luodi.kernel import evidence
from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person
from luodi.kernel.rulesets import ruleset
from luodi.scenarios.investment_promotion.actions.deals import COUNTING, count_funds
from luodi.scenarios.investment_promotion.actions.roles import keeps, verifies
from luodi.scenarios.investment_promotion.models import Arrival
from luodi.scenarios.investment_promotion.rules import documents
from luodi.workbench.desk import changed


@action("investment_promotion.keep_arrival", may=keeps)
def keep_arrival(by: Person, arrival: Arrival, values: dict[str, Any]) -> Arrival:
    """A sum with its voucher. Verified ones don't change; all sums of a deal stay within its contract."""
    today = timezone.localdate()
    deal = values.get("deal") or (arrival.deal if arrival.deal_id else None)
    if deal is None:
        raise Refused("请写明是哪个项目的资金。")
    if not keeps(by, deal):
        raise Refused("“{deal}”不归你管，不能登记它的资金。", deal=deal.name)
    if deal.batch == "out":
        raise Refused("“{deal}”已退出台账，不能再改。", deal=deal.name)
    if arrival.level >= Arrival.Level.CROSS:
        raise Refused("{voucher} 已核实，不能再改。", voucher=arrival.voucher)
    if (on := values.get("on", arrival.on)) and on > today:
        raise Refused("到账日期不能在今天之后。")
    if not values.get("currency", arrival.currency):
        raise Refused("请写明币种。")
    rules = ruleset(COUNTING, on=today)
    others = deal.arrivals.exclude(pk=arrival.pk).aggregate(sum=Sum("fen"))["sum"] or 0
    fen = values.get("fen", arrival.fen) or 0
    if said := documents.over_contract(others + fen, deal.contract_fen, rules["over_contract"]):
        raise Refused(said)
    arrival.deal, arrival.by, arrival.level, arrival.fen = deal, by, Arrival.Level.REPORTED, fen
    count_funds(arrival, rules)
    return changed(arrival, values)


def _raise_to(by: Person, arrival: Arrival, level: Arrival.Level, values: dict[str, Any]) -> Arrival:
    if arrival.level != level - 1:
        raise Refused(
            "{voucher} 是 {now}，不能直接到 {to}。",
            voucher=arrival.voucher,
            now=arrival.get_level_display(),
            to=level.label,
        )
    arrival.level, arrival.verified_by, arrival.verified_on = level, by, timezone.localdate()
    count_funds(arrival, ruleset(COUNTING, on=arrival.verified_on))
    return changed(arrival, values)


@action("investment_promotion.complete", may=verifies)
def complete(by: Person, arrival: Arrival) -> Arrival:
    """L1: the papers are complete."""
    return _raise_to(by, arrival, Arrival.Level.COMPLETE, {})


@action("investment_promotion.cross_check", may=verifies)
def cross_check(by: Person, arrival: Arrival, values: dict[str, Any]) -> Arrival:
    """L2: checked against another source (invested sums of the project, invoices, capital paid in), which is named."""
    if not values.get("checked_with"):
        raise Refused("交叉核对要写明与什么核对（项目投资月报、税务发票、实缴资本）。")
    return _raise_to(by, arrival, Arrival.Level.CROSS, values)


@action("investment_promotion.field_check", may=verifies)
def field_check(by: Person, arrival: Arrival) -> Arrival:
    """L3: somebody was there, and brought a photo or a record."""
    if not evidence.of(arrival).exists():
        raise Refused("现场核查要先上传照片或核查记录。")
    return _raise_to(by, arrival, Arrival.Level.FIELD, {})


def brings_proof(person: Any, arrival: Any = None) -> bool:
    return keeps(person, arrival) or verifies(person, arrival)


evidence.accept_on(Arrival, may=brings_proof)
