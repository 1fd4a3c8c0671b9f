"""招商引资: chains and their leaders, three lists of deals, contracts to funds in place, look-back and clearing out."""

from luodi.kernel.scenario import Scenario

SCENARIO = Scenario(
    code="investment_promotion",
    title="招商引资",
    lead="投资促进局",
    answers=(
        "招商引资", "链长制", "产业链", "三个一批", "签约亿元以上项目", "签约项目当年开工率", "市外到位资金", "省际到位资金", "驻点招商", "小分队",
        "履约情况回头看", "及时清退", "招商大会", "云商大会",
    ),
    source="链长制、市外到位资金口径和招商考核的公开做法（铜川印台、延安、玉林等），见 README.md",
)  # fmt: skip
