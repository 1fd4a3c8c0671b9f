"""Indicators of promotion. A deal or a sum counts as the ruleset of its day said; what is not yet verified is not added."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from luodi.measures.declare import Measure, Tally
from luodi.scenarios.investment_promotion.actions.deals import COUNTING

DEAL, ARRIVAL, NODE = (
    "investment_promotion.Deal",
    "investment_promotion.Arrival",
    "investment_promotion.Node",
)
YI = Decimal("0.0000000001")
REGISTERED = ["registered", "started", "funded", "producing", "done"]
STARTED = REGISTERED[1:]


def signed(where: Any = None, **more: Any) -> Tally:
    """Contracts that count, dated by the day of the contract."""
    return Tally(
        DEAL,
        **{
            "dated": "contract_on",
            "unit": "lead",
            "says": "计入的合同项目",
            "where": lambda row: row.is_counted & where(row) if where else row.is_counted,
            **more,
        },
    )


def funds(where: Any = None, adds: str = "counted_fen", says: str = "核实并计入的到位资金") -> Tally:
    """Sums that were verified far enough to count, dated by the day of the receipt."""

    def counts(row: Any) -> Any:
        asked = row.counted_fen.notnull() & (row.counted_fen > 0)
        return asked & where(row) if where else asked

    return Tally(
        ARRIVAL, dated="on", adds=adds, division="deal__division", unit="deal__lead", links=("deal",), says=says, where=counts
    )  # fmt: skip


SIGNED = signed()
MEASURES = (
    Measure("investment_large_signed", "签约亿元以上项目", "个", signed(lambda row: row.is_large, says="合同投资达到下限且计入"), ruleset=COUNTING, about="只计合同项目，协议项目不计"),
    Measure("investment_signed", "签约项目数", "个", SIGNED, ruleset=COUNTING),
    Measure("investment_signed_sum", "签约额", "亿元", signed(adds="contract_fen"), times=YI, ruleset=COUNTING, about="现行合同投资；协议和意向投资不计"),
    Measure("investment_outside", "市外到位资金", "亿元", funds(), times=YI, ruleset=COUNTING, about="核实到规定等级，合资按市外出资比例"),
    Measure(
        "investment_manufacturing", "市外到位资金中制造业资金", "亿元", funds(lambda row: row.deal__industry == "C"), times=YI, ruleset=COUNTING,
    ),
    Measure(
        "investment_province", "省际到位资金", "亿元", funds(lambda row: row.origin.isin(["country", "abroad"])), times=YI, ruleset=COUNTING, about="市外到位中来自省外和境外的"
    ),
    Measure(
        "investment_fdi", "实际使用外资", "万美元", funds(lambda row: row.origin == "abroad", adds="usd", says="境外资金"), times=Decimal("0.0001"), ruleset=COUNTING,
    ),
    Measure(
        "investment_begun_in_year", "签约项目当年开工率", "%", times=100, denominator=SIGNED, ruleset=COUNTING, about="当年签订合同且当年开工的 / 当年签订合同的",
        numerator=signed(lambda row: row.begun_in_year & row.state.isin(STARTED), says="其中当年开工"),
    ),
    Measure(
        "investment_begun", "签约项目开工率", "%", times=100, denominator=SIGNED, ruleset=COUNTING, numerator=signed(lambda row: row.state.isin(STARTED), says="其中已开工"),
    ),
    Measure(
        "investment_kept", "招商合同履约率", "%", times=100, denominator=SIGNED, ruleset=COUNTING, about="注册落地或以后、没有争议和退出的 / 签订合同的",
        numerator=signed(lambda row: row.state.isin(REGISTERED), says="其中已注册落地或以后"),
    ),
    Measure(
        "investment_landed", "招商引资落地率", "%", times=100, denominator=SIGNED, ruleset=COUNTING, about="有项目公司和投资项目代码的 / 签订合同的",
        numerator=signed(lambda row: row.enterprise_id.notnull() & (row.project_code != ""), says="其中有项目公司和项目代码"),
    ),
    Measure(
        "investment_producing", "签约项目投产率", "%", times=100, denominator=SIGNED, ruleset=COUNTING,
        numerator=signed(lambda row: row.state.isin(["producing", "done"]), says="其中已投产"),
    ),
    Measure(
        "investment_arrived", "合同资金到位率", "%", times=100, denominator=signed(adds="contract_fen"), ruleset=COUNTING, about="当年所签合同的市外到位资金 / 合同投资",
        numerator=Tally(
            ARRIVAL, dated="deal__contract_on", adds="counted_fen", division="deal__division", unit="deal__lead", links=("deal",), says="这些合同已核实计入的资金",
            where=lambda row: row.counted_fen.notnull() & row.deal__is_counted,
        ),
    ),
    Measure(
        "investment_fixed", "固投转化率", "%", times=100, ruleset=COUNTING, numerator=funds(adds="fixed_fen", says="其中形成固定资产投资"), denominator=funds(adds="fen"),
        about="形成固定资产投资 / 计入的到位资金（全额）",
    ),
    Measure(
        "investment_converted", "协议转合同率", "%", times=100,
        denominator=Tally(DEAL, dated="agreement_on", unit="lead", says="签订协议的项目"),
        numerator=Tally(DEAL, dated="agreement_on", unit="lead", says="其中签了合同", where=lambda row: row.first_fen.notnull()),
    ),
    Measure(
        "chain_gaps_filled", "链条缺口补齐数", "个", Tally(NODE, dated="filled_on", division="chain__lead__division", unit="chain__lead", links=("chain", "chain__lead"), says="建图谱时弱或缺、现已补齐", where=lambda row: row.was != "has"),
    ),
    Measure("investment_cleared", "清退招商项目", "个", Tally(DEAL, dated="out_on", unit="lead", says="退出台账"), better="near"),
)  # fmt: skip
