"""数字化城市管理: components, events, unit grids, verified closing, evaluation, Open311."""

from luodi.kernel.scenario import Scenario

SCENARIO = Scenario(
    code="city_management",
    title="城市管理案件",
    lead="城市管理执法局",
    answers=("数字化城市管理平台", "智慧城管", "城管案件", "城市家具", "窨井盖", "市容环境"),
    source="GB/T 30428 数字化城市管理信息系统各部分的结构，各市公布的立结案标准和考核办法；Open311 GeoReport v2；见 README.md",
)
