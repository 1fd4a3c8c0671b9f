"""Work safety: risks by colour, hidden dangers to their end, listed supervision, accidents as they are counted."""

from luodi.kernel.scenario import Scenario

SCENARIO = Scenario(
    code="work_safety",
    title="安全隐患",
    lead="应急管理局",
    answers=("安全生产", "重大事故隐患", "隐患整改", "生产安全事故", "风险分级管控", "应急管理综合执法"),
    source="安全生产法（2021）第四条、第四十一条等；生产安全事故报告和调查处理条例；各行业重大事故隐患判定标准；见 README.md",
)
