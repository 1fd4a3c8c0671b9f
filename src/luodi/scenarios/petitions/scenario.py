"""信访事项办理、重复信访积案化解、领导接访和联席会议."""

from luodi.kernel.scenario import Scenario

SCENARIO = Scenario(
    code="petitions",
    title="信访事项",
    lead="信访局",
    answers=("信访", "重复信访", "积案", "接访", "矛盾化解", "枫桥", "案结事了"),
    source="《信访工作条例》（2022年5月1日施行）：登记转送、受理告知、办理、复查、复核各步的期限；见 README.md",
)
