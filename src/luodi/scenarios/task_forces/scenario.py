"""专班: a task force for a large matter, its work broken into grains with one owner, one day, one proof."""

from luodi.kernel.scenario import Scenario

SCENARIO = Scenario(
    code="task_forces",
    title="专班攻坚",
    lead="发展和改革委员会",
    answers=("专班", "工作专班", "专班制", "颗粒化", "任务颗粒化推进"),
    source="专班制和颗粒化推进的公开做法：每一粒任务只认一个责任人、一个时限、一份佐证；见 README.md",
)
