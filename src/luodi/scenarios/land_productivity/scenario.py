"""亩均论英雄: what each mu of industrial land yields, graded, objected to, and followed by policy and disposal."""

from luodi.kernel.scenario import Scenario

SCENARIO = Scenario(
    code="land_productivity",
    title="亩均效益",
    lead="工业和信息化局",
    answers=("亩均论英雄", "亩均效益", "规上工业企业全部参评", "低效用地", "差别化政策"),
    source="黄岩、旌德等地公布的亩均评价办法；山东差别化电价；陕西全省推行的意见未见权重；见 README.md",
)
