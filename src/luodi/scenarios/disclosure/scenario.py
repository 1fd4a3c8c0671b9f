"""政务公开: what is published in its time 主动公开, what people apply for 依申请公开, and the year's report."""

from luodi.kernel.scenario import Scenario

SCENARIO = Scenario(
    code="disclosure",
    title="政务公开",
    lead="人民政府办公室",
    answers=("政务公开", "依申请公开", "主动公开", "政府信息公开"),
    source="《中华人民共和国政府信息公开条例》（国务院令第711号，2019-05-15 施行）；见 README.md",
)
