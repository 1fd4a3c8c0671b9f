"""重点项目: "三位一体"包抓, life, investment, lights, central funds, collective starts, 一企一策."""

from luodi.kernel.scenario import Scenario

SCENARIO = Scenario(
    code="key_projects",
    title="重点项目",
    lead="发展和改革委员会",
    answers=(
        "重点项目", "三位一体", "包抓", "一企一策", "周调度", "月开工", "集中开工", "新开工", "年度投资", "入库纳统", "项目前期",
        "中央预算内投资", "专项债券", "碳减排支持工具", "专项再贷款", "要素保障",
    ),
    source="项目生命周期、亮灯和调度的公开做法（铜川、延安、银川、三亚、武汉），见 README.md",
)  # fmt: skip
