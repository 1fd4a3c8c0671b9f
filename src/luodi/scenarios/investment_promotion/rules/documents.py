"""What each gate asks to see, and what contradicts itself in a deal or in a sum. Every fault is one Chinese sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from luodi.kernel.spoken import say
from luodi.scenarios.investment_promotion.rules.life import next_state

NEEDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "talk": (("talked_on", "最近接洽日期"), ("intended_fen", "意向投资")),
    "mou": (
        ("agreement_no", "协议编号"), ("agreement_on", "签订协议日期"), ("agreement_fen", "协议投资"), ("convert_by", "计划转合同日期"),
    ),
    "contract": (
        ("contract_no", "合同编号"), ("contract_on", "签订合同日期"), ("contract_fen", "合同投资"), ("currency", "合同币种"),
        ("start_due_on", "约定开工日期"),
    ),
    "registered": (
        ("enterprise", "项目公司（统一社会信用代码）"), ("registered_on", "注册落地日期"), ("project_code", "投资项目代码"),
    ),
    "started": (("permit_no", "施工许可或承诺书编号"), ("works", "开工内容"), ("started_on", "开工日期")),
    "producing": (("invoice_no", "首张产品发票号"), ("producing_on", "投产日期")),
}  # fmt: skip
"""Columns that have to be filled before a state is reached, with what people call them."""
NOT_A_START = frozenset({"levelling", "demolition"})
"""Site levelling, demolition, survey and the like are no start of works (statistics of fixed investment)."""


def lacks(deal: Any, to: str) -> list[str]:
    """What the gate to a state still asks for, by name."""
    found = [say(title) for name, title in NEEDS.get(to, ()) if getattr(deal, name) in (None, "")]
    if to == "contract" and deal.origin != "abroad" and not deal.investor_uscc:
        found.append(say("投资方统一社会信用代码"))
    if to == "started" and deal.works in NOT_A_START:
        found.append(say("算数的开工内容（场地平整、拆迁、勘察不算开工）"))
    return found


def missing_for_next(deal: Any) -> list[str]:
    to = next_state(deal.state, bool(deal.contract_no))
    return lacks(deal, to) if to else []


ORDER = (
    ("found_on", "收到线索"),
    ("agreement_on", "签订协议"),
    ("contract_on", "签订合同"),
    ("started_on", "开工"),
    ("producing_on", "投产"),
)
"""Days that can't run backwards. A project company may have been registered before its contract."""


def contradictions(deal: Any) -> list[str]:
    """What can't be true of a deal, in sentences."""
    known = [(title, day) for name, title in ORDER if (day := getattr(deal, name)) is not None]
    found = [
        say("{later} {day}早于{earlier} {before}。", later=say(later), day=day, earlier=say(earlier), before=before)
        for (earlier, before), (later, day) in pairwise(known)
        if day < before
    ]  # fmt: skip
    if deal.contract_fen is not None and not deal.currency:
        found.append(say("填了合同投资，要写明币种。"))
    for planned, signed in ((deal.convert_by, deal.agreement_on), (deal.start_due_on, deal.contract_on)):
        if planned and signed and planned < signed:
            found.append(say("计划日期 {day} 早于签订日期 {signed}。", day=planned, signed=signed))
    if deal.exclusion and not deal.exclusion_why:
        found.append(say("选了不计入情形，要写明依据。"))
    if deal.origin == "city" and deal.outside_percent:
        found.append(say("资金来源地是市内，市外出资比例应为 0。"))
    if deal.enterprise_id and deal.investor_uscc == deal.enterprise.uscc:
        found.append(say("项目公司不能就是投资方自己，请填在本市注册的公司。"))
    return found


def arrival_contradictions(arrival: Any) -> list[str]:
    """What can't be true of a sum; whether it fits its contract is asked by `over_contract`."""
    deal, found = arrival.deal, []
    if deal.contract_on is None:
        found.append(say("“{deal}”还没有签订合同，不能登记到位资金。", deal=deal.name))
    elif arrival.on < deal.contract_on:
        found.append(say("到账 {day} 早于签订合同 {signed}。", day=arrival.on, signed=deal.contract_on))
    if arrival.currency != "CNY" and arrival.original is None:
        found.append(say("外币到账要填原币金额。"))
    if arrival.currency == "CNY" and arrival.original is not None and arrival.original * 100 != arrival.fen:
        found.append(say("人民币到账的原币金额应与折人民币一致，请核对单位是元还是万元。"))
    if deal.origin == "abroad" and arrival.usd is None:
        found.append(say("境外资金要填折美元。"))
    return found


def over_contract(total_fen: int, contract_fen: int | None, factor: Any) -> str:
    """Funds beyond the contract's sum × factor need an amendment (补充协议) first; "" while they fit."""
    if contract_fen is None or total_fen <= contract_fen * factor:
        return ""
    return say(
        "累计到位 {total} 万元，超过合同投资 {contract} 万元的 {factor} 倍；请先登记补充协议。",
        total=total_fen // 1_000_000, contract=contract_fen // 1_000_000, factor=factor,
    )  # fmt: skip


def exit_faults(reason: str, why: str, out_on: date | None) -> str:
    if out_on is not None:
        return say("这个项目已经退出台账。")
    return "" if reason and why else say("清退要写明退出原因和说明。")
