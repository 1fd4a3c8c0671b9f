"""What is alarming about a deal, by dated limits; and deals that may be one and the same. Days are natural days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from luodi.kernel.spoken import say
from luodi.scenarios.investment_promotion.rules.life import reached


@dataclass(frozen=True, slots=True)
class Alert:
    """`light` is red or yellow; `code` for lists, `words` for people."""

    light: str
    code: str
    words: str


def alerts(deal: Any, arrived_fen: int, today: date, limits: Mapping[str, Any]) -> list[Alert]:
    """All that is late or odd with a deal, red first."""
    found = [*_in_talks(deal, today, limits), *_signed(deal, arrived_fen, today, limits)]
    if deal.local_percent is not None and deal.local_percent > limits["local_most"]:
        words = say(
            "投资方本地股东占 {percent}%，疑似假市外资金", percent=f"{deal.local_percent.normalize():f}"
        )
        found.append(Alert("red", "local", words))
    return sorted(found, key=lambda each: each.light != "red")


def _in_talks(deal: Any, today: date, limits: Mapping[str, Any]) -> Iterable[Alert]:
    if deal.state == "talk" and deal.talked_on:
        days = (today - deal.talked_on).days
        if days > limits["silent_days"]:
            yield Alert("yellow", "silent", say("{days} 天没有接洽", days=days))
    if deal.state == "mou" and deal.convert_by and deal.convert_by < today:
        yield Alert("yellow", "convert", say("协议应在 {day} 前转合同", day=deal.convert_by))


def _signed(deal: Any, arrived_fen: int, today: date, limits: Mapping[str, Any]) -> Iterable[Alert]:
    if deal.batch == "out" or deal.contract_on is None:
        return
    since = (today - deal.contract_on).days
    if deal.state == "contract" and since > limits["register_days"]:
        yield Alert("red", "unregistered", say("签约 {days} 天没有注册落地", days=since))
    if deal.state in ("contract", "registered") and since > limits["start_days"]:
        yield Alert("red", "unstarted", say("签约 {days} 天没有开工", days=since))
    elif deal.state in ("contract", "registered") and deal.start_due_on and deal.start_due_on < today:
        yield Alert("yellow", "start_due", say("约定 {day} 开工，还没有开工", day=deal.start_due_on))
    if reached(deal.state, "started") and deal.started_on and not arrived_fen:
        days = (today - deal.started_on).days
        if days > limits["funds_days"]:
            yield Alert("yellow", "no_funds", say("开工 {days} 天没有核实到位资金", days=days))


def past_start(deal: Any, today: date, limits: Mapping[str, Any]) -> bool:
    """超时限未开工, what the 2024 bulletin takes points for."""
    return any(each.code == "unstarted" for each in _signed(deal, 0, today, limits))


TRACES = (("investor_rep", "法定代表人"), ("investor_phone", "联系电话"), ("investor_address", "注册地址"))


def shells(deals: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """Deals of partners that differ in name yet share a legal representative, a phone or an address; and deals of one
    partner that two places report: (what they share, the deals)."""
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for deal in deals:
        for name, _title in TRACES:
            if trace := getattr(deal, name).strip():
                groups[name, trace].append(deal)
        if deal.investor_uscc:
            groups["investor_uscc", deal.investor_uscc].append(deal)
    titles, found = dict(TRACES), []
    for (name, _trace), members in groups.items():
        if name == "investor_uscc" and len({each.division_id for each in members}) > 1:
            found.append((say("同一投资方在不同区划统计"), members))
        elif name != "investor_uscc" and len({each.investor for each in members}) > 1:
            found.append((say("不同投资方的{what}相同", what=say(titles[name])), members))
    return found
