"""A plan of a few lines, issued, with results reported by its units."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from luodi.commitments import actions, intake
from luodi.commitments.models import Document, ProgressReport
from luodi.kernel.jobs import Progress

PLAN = """云川市2026年政府工作计划
2026年全市经济社会发展的预期目标是：单位地区生产总值能耗下降3.1%以上。
一、抓好项目
（一）用项目说话。实施技术改造项目45个。新增停车位6000个以上。
（二）靠招商添劲。高新区供热管网覆盖率达到95%。编制低空应用场景清单。
"""
UNITS = {
    "能耗": "市发展改革委",
    "技术改造": "市工信局",
    "停车位": "市住建局",
    "供热": "市住建局",
    "清单": "市工信局",
}
REPORTED = {
    "能耗": "1—10月，单位地区生产总值能耗同比下降3.2%，年度目标3.1%。",
    "技术改造": "截至10月底，技术改造项目累计38个，完成年度目标的84%。",
    "停车位": "截至10月底，新增停车位累计6840个，完成年度目标的114%。",
    "供热": "1—10月，高新区供热管网覆盖率为96.5%，年度目标95%。",
}


@pytest.fixture
def plan(city) -> Document:
    officer = city["ducha"]
    document, _ = intake.deliver_text(officer, PLAN)
    intake.read_document(Progress(document.job), officer, document.pk)
    document = Document.objects.get(pk=document.pk)
    for line in document.commitments.all():
        word = next(word for word in UNITS if word in line.text)
        actions.assign(officer, line, [UNITS[word]])
        actions.confirm(officer, line)
    actions.issue(officer, document)
    for line in document.commitments.all():
        for word, facts in REPORTED.items():
            if word in line.text:
                ProgressReport.objects.create(
                    commitment=line, unit=line.lead.unit, period=date(2026, 10, 1), due_on=date(2026, 11, 5), facts=facts,
                    state=ProgressReport.State.SENT, sent_at=timezone.now(), by=officer,
                )  # fmt: skip
    return document
