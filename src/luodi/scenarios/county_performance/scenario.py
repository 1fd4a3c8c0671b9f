"""高质量发展综合绩效评价: counties watched by month, told by quarter, scored by year; each kind of county by its own weights."""

from luodi.kernel.scenario import Scenario

SCENARIO = Scenario(
    code="county_performance",
    title="县域绩效评价",
    lead="发展和改革委员会",
    answers=(
        "高质量发展综合绩效评价",
        "一区（县）一策",
        "按月监测、按季通报、按年考核",
        "十镇百村",
        "小城镇建设",
        "县域经济发展先进行列",
    ),
    source="陕西省县域监测考评办法（2016）的结构和奖励、滁州季度计分、功效系数等通行做法；权重未见本市文件；见 README.md",
)
