"""政务服务“一网通办”: the catalogue of items, cases with their promise, ratings that have consequences."""

from luodi.kernel.scenario import Scenario

SCENARIO = Scenario(
    code="government_services",
    title="政务服务",
    lead="行政审批服务局",
    answers=(
        "一网通办",
        "政务服务",
        "就近办",
        "先建后验",
        "好差评",
        "最多跑一次",
        "一件事",
        "企业开办",
        "跨省通办",
    ),
    source="行政许可法；GB/T 39554、GB/T 37277、GB/T 39734；见 README.md",
)
