"""人大代表建议和政协提案: handed out, talked over with who made it, answered by class, and what was promised followed for years."""

from luodi.kernel.scenario import Scenario

SCENARIO = Scenario(
    code="proposals",
    title="建议提案",
    lead="人民政府办公室",
    answers=("人大代表建议", "政协提案", "建议提案", "办前商量"),
    source="《代表法》（2025年修正）第五十一条；各市建议提案办理办法；见 README.md",
)
