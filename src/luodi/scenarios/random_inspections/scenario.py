"""“双随机、一公开”: draws that nobody can steer, checks with their clocks, results in public."""

from luodi.kernel.scenario import Scenario

SCENARIO = Scenario(
    code="random_inspections",
    title="双随机检查",
    lead="市场监督管理局",
    answers=("双随机", "一公开", "联合抽查", "部门联合", "进一次门查多件事", "信用监管", "入企检查"),
    source="国发〔2019〕5号；原工商总局令第67号；国市监信发〔2022〕6号；可验证抽取为软件设计；见 README.md",
)
