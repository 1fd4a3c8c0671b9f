"""Deals: their facts, their way over the gates, changes of the contract, dispute, and clearing out 清退."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Max, Sum
from django.utils import timezone

from luodi.kernel import evidence
from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person
from luodi.kernel.rulesets import Ruleset, ruleset
from luodi.kernel.spoken import listed
from luodi.scenarios.investment_promotion.actions.roles import keeps, organises
from luodi.scenarios.investment_promotion.models import Amendment, Arrival, Deal
from luodi.scenarios.investment_promotion.rules import counting, documents
from luodi.scenarios.investment_promotion.rules.life import LIST_OF, TITLES, next_state
from luodi.workbench.desk import changed

COUNTING, LIMITS = "investment_promotion.counting", "investment_promotion.limits"
PREFIX = "ZS"


def next_number(year: int) -> str:
    """The next serial number of a year: ZS2026-0001."""
    prefix = f"{PREFIX}{year}-"
    last = Deal.objects.filter(number__startswith=prefix).aggregate(last=Max("number"))["last"]
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:04}"


def count(deal: Deal, rules: Ruleset) -> None:
    """Write onto a deal what the rules make of its contract. Not saved."""
    if deal.first_fen is None:
        return
    deal.uncounted_why = counting.why_not(deal, rules.values)
    deal.is_counted = not deal.uncounted_why
    deal.is_large = counting.is_large(deal.contract_fen, rules.values)
    deal.begun_in_year = bool(
        deal.started_on and deal.contract_on and deal.started_on.year == deal.contract_on.year
    )
    deal.rules_id = rules.id


def count_funds(arrival: Arrival, rules: Ruleset) -> None:
    """Write onto a sum what of it counts. Not saved."""
    arrival.origin = arrival.deal.origin
    arrival.counted_fen, arrival.uncounted_why = counting.counted_fen(arrival, rules.values)
    arrival.rules_id = rules.id


@action("investment_promotion.keep_deal", may=keeps)
def keep_deal(by: Person, deal: Deal, values: dict[str, Any]) -> Deal:
    """Facts of a deal, new or kept. A signed sum changes by 补充协议 only, the counting division by the bureau only."""
    today, is_new = timezone.localdate(), deal.pk is None
    if is_new:
        values = {**values, "number": values.get("number") or next_number(today.year)}
        values["found_on"] = values.get("found_on") or today
        deal.state_since = values["found_on"]
    elif deal.batch == "out":
        raise Refused("“{deal}”已退出台账，不能再改。", deal=deal.name)
    if deal.first_fen is not None and values.get("contract_fen", deal.contract_fen) != deal.contract_fen:
        raise Refused("合同已签订，合同投资只能凭补充协议调整，请在“合同变更”登记。")
    if not is_new and "division" in values and values["division"] != deal.division and not organises(by):
        raise Refused("统计区划由投资促进局调整，避免两地重复统计。")
    _not_to_come(values, today)
    for name, value in values.items():
        setattr(deal, name, value if value is not None or deal._meta.get_field(name).null else deal._meta.get_field(name).get_default())  # fmt: skip
    if not keeps(by, deal):
        raise Refused("不能登记其他单位负责的项目，请填本单位为责任单位。")
    rules = ruleset(COUNTING, on=today)
    count(deal, rules)
    deal = changed(deal, values)
    if not is_new:
        _recount(deal, rules)
    return deal


def _not_to_come(values: dict[str, Any], today: date) -> None:
    for name in (
        "found_on",
        "talked_on",
        "agreement_on",
        "contract_on",
        "registered_on",
        "started_on",
        "producing_on",
    ):
        if (day := values.get(name)) and day > today:
            raise Refused(
                "{title} {day} 在今天之后。", title=Deal._meta.get_field(name).verbose_name, day=day
            )


def _recount(deal: Deal, rules: Ruleset) -> None:
    rows = list(Arrival.objects.filter(deal=deal))
    for each in rows:
        each.deal = deal
        count_funds(each, rules)
    Arrival.objects.bulk_update(rows, ["origin", "counted_fen", "uncounted_why", "rules_id"])


@action("investment_promotion.advance", may=keeps)
def advance(by: Person, deal: Deal, on: date | None = None) -> Deal:
    """Over the next gate, which says everything it still asks for. From talks straight to a contract where there is one."""
    today = timezone.localdate()
    to = next_state(deal.state, bool(deal.contract_no))
    if to is None:
        raise Refused("“{deal}”是{state}，没有下一步。", deal=deal.name, state=TITLES[deal.state])
    missing = documents.lacks(deal, to)
    if missing:
        raise Refused(
            "“{deal}”转为{state}还缺：{missing}。",
            deal=deal.name,
            state=TITLES[to],
            missing=listed(missing),
        )
    if to == "funded":
        _funds_suffice(deal, today)
    if to == "done":
        _looked_back(deal)
    if to == "contract":
        deal.first_fen = deal.contract_fen
    return _go(deal, to, on or today)


def _funds_suffice(deal: Deal, today: date) -> None:
    percent = ruleset(LIMITS, on=today)["funded_percent"]
    verified = _verified(deal, today)
    if verified * 100 < (deal.contract_fen or 0) * percent:
        raise Refused(
            "核实的到位资金 {have} 万元，不到合同投资的 {percent}%。",
            have=verified // 1_000_000,
            percent=percent,
        )


def _verified(deal: Deal, today: date) -> int:
    least = ruleset(COUNTING, on=today)["least_level"]
    return deal.arrivals.filter(level__gte=least).aggregate(sum=Sum("fen"))["sum"] or 0


def _looked_back(deal: Deal) -> None:
    last = deal.look_backs.order_by("-on").first()
    if last is None or (last.found != "kept" and last.done_on is None):
        raise Refused("办结前要有履约回头看，结论是履约或者整改完成。")


def _go(deal: Deal, to: str, on: date) -> Deal:
    deal.state, deal.batch, deal.state_since = to, LIST_OF[to], on
    count(deal, ruleset(COUNTING, on=timezone.localdate()))
    return changed(deal, {})


@action("investment_promotion.amend", may=keeps)
def amend(by: Person, amendment: Amendment, values: dict[str, Any]) -> Amendment:
    """补充协议: the new sum takes the place of the old one, which stays on record. Written once."""
    deal = values.get("deal") or (amendment.deal if amendment.deal_id else None)
    if amendment.pk is not None:
        raise Refused("补充协议登记后不能改，更正请再登记一份。")
    if deal is None or deal.first_fen is None:
        raise Refused("还没有签订合同，不用补充协议。")
    if not keeps(by, deal):
        raise Refused("这个项目不归你管。")
    if deal.batch == "out":
        raise Refused("“{deal}”已退出台账，不能再改。", deal=deal.name)
    on, new, today = values.get("on"), values.get("new_fen"), timezone.localdate()
    if on is not None and (on > today or on < deal.contract_on):
        raise Refused("补充协议的日期应在签订合同之后、今天之前。")
    arrived = deal.arrivals.aggregate(sum=Sum("fen"))["sum"] or 0
    rules = ruleset(COUNTING, on=today)
    if new is not None and (said := documents.over_contract(arrived, new, rules["over_contract"])):
        raise Refused(said)
    amendment.old_fen = deal.contract_fen or 0
    amendment = changed(amendment, values)
    deal.contract_fen = amendment.new_fen
    count(deal, rules)
    changed(deal, {})
    return amendment


@action("investment_promotion.dispute", may=keeps)
def dispute(by: Person, deal: Deal) -> Deal:
    """争议: a signed deal stops where it is."""
    if deal.batch not in ("signed", "started") or deal.state == "dispute":
        raise Refused("只有签约和开工的项目能转为争议。")
    deal.held_state = deal.state
    return _go(deal, "dispute", timezone.localdate())


@action("investment_promotion.settle", may=organises)
def settle(by: Person, deal: Deal) -> Deal:
    """The dispute is over; the deal goes on from where it stopped."""
    if deal.state != "dispute":
        raise Refused("“{deal}”没有争议。", deal=deal.name)
    to, deal.held_state = deal.held_state, ""
    return _go(deal, to, timezone.localdate())


@action("investment_promotion.ask_exit", may=keeps)
def ask_exit(by: Person, deal: Deal, values: dict[str, Any]) -> Deal:
    """提请清退 with its reason; the bureau decides."""
    if said := documents.exit_faults(
        values.get("exit_reason") or "", values.get("exit_why") or "", deal.out_on
    ):
        raise Refused(said)
    deal.exit_asked_on = timezone.localdate()
    deal.exit_by = by.current_posts[0].unit
    return changed(deal, values)


def decides_exit(person: Any, deal: Any = None) -> bool:
    """The bureau, and never the unit that asked."""
    return organises(person) and getattr(deal, "exit_by_id", None) not in person.unit_ids


@action("investment_promotion.clear_out", may=decides_exit)
def clear_out(by: Person, deal: Deal) -> Deal:
    """清退: off the three lists, kept on record; what was signed in its year stays signed, and unkept."""
    if deal.exit_asked_on is None or deal.out_on is not None:
        raise Refused("“{deal}”没有待决定的清退。", deal=deal.name)
    deal.out_on = timezone.localdate()
    return _go(deal, "out", deal.out_on)


@action("investment_promotion.refuse_exit", may=decides_exit)
def refuse_exit(by: Person, deal: Deal) -> Deal:
    """The deal stays; the request is over."""
    if deal.exit_asked_on is None or deal.out_on is not None:
        raise Refused("“{deal}”没有待决定的清退。", deal=deal.name)
    deal.exit_asked_on, deal.exit_by = None, None
    return changed(deal, {"exit_reason": "", "exit_why": ""})


evidence.accept_on(
    Deal,
    may=keeps,
    site=lambda deal: None if deal.lat is None or deal.lon is None else (deal.lat, deal.lon),
)
