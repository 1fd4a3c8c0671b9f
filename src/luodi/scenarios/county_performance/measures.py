"""Indicators of the counties' evaluation, of pilot towns, and of the province's lists."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from luodi.measures.declare import Measure, Tally

TOWN, MONEY, HONOUR, RESULT = (
    "county_performance.Town", "county_performance.TownInvestment", "county_performance.Honour", "assessment.Result",
)  # fmt: skip


def yearly(row: Any) -> Any:
    return (row.run__code == "county_yearly") & row.run__state.isin(["final", "published"])


SCORED = Tally(RESULT, dated="run__period", says="定案的区县", where=yearly, links=("run",))

MEASURES = (
    Measure("town_investment", "小城镇建设年度投资", "亿元", Tally(MONEY, dated="month", adds="amount_fen", division="town__division", says="试点镇村当月完成"), times=Decimal("0.0000000001")),
    Measure("pilots", "十镇百村试点个数", "个", Tally(TOWN, dated="listed_on", says="列入试点的镇和村"), span="ever"),
    Measure("honoured", "进入全省县域经济发展先进行列的县（市）", "个", Tally(HONOUR, dated="announced_on", says="先进或争先进位名单")),
    Measure(
        "county_score", "高质量发展综合绩效得分", "分", period="year", span="period", numerator=Tally(RESULT, dated="run__period", adds="score", says="综合得分", where=yearly, links=("run",)),
        denominator=SCORED, about="一个区县是它的得分，全市是各区县的平均",
    ),
)  # fmt: skip
