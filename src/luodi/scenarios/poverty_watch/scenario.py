"""防返贫动态监测帮扶和衔接资金."""

from luodi.kernel.scenario import Scenario

SCENARIO = Scenario(
    code="poverty_watch",
    title="防返贫监测",
    lead="农业农村局",
    answers=("防返贫", "返贫", "监测对象", "风险消除", "农户自主申报", "部门预警", "脱贫", "衔接资金"),
    source="防返贫动态监测和帮扶的公开做法：三类对象、九步程序、风险消除；期限和监测线未核实，见 README.md",
)
