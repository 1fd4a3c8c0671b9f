"""企业诉求响应和惠企政策直达."""

from luodi.kernel.scenario import Scenario

SCENARIO = Scenario(
    code="enterprise_appeals",
    title="企业诉求",
    lead="行政审批服务局",
    answers=("企业诉求", "诉求响应", "惠企政策", "免申即享", "助企纾困", "优化营商环境"),
    source="各市公布的诉求响应时限（株洲、枣庄、中山、泉州、江门）；免申即享两类兑现方式；见 README.md",
)
