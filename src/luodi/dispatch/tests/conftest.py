"""An issued line of the ledger, late, led by the housing bureau; its leader answers for that bureau."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from luodi.commitments import actions, intake
from luodi.commitments.models import Commitment, Document
from luodi.dispatch.models import Oversight
from luodi.kernel.jobs import Progress
from luodi.kernel.models import Division, Unit
from luodi.shapes.projects import kind as projects
from luodi.shapes.projects.models import Project
from luodi.shapes.projects.tests.roads import ROADS


@pytest.fixture
def project(city, monkeypatch) -> Project:
    """A county road under way in 澄岚区, of a kind that only the tests know."""
    projects.kinds.cache_clear()
    monkeypatch.setattr(projects, "declared", lambda: (ROADS,))
    yield Project.objects.create(
        kind=ROADS.code, number="GL-1", name="澄岚县道改造（演示）", division=Division.objects.get(code="990102"),
        lead=Unit.objects.get(key="jiaotong"), stage="started",
    )  # fmt: skip
    projects.kinds.cache_clear()


@pytest.fixture
def plan_line(city) -> Commitment:
    officer = city["ducha"]
    document, _ = intake.deliver_text(
        officer, "云川市2026年政府工作计划\n一、抓好建设\n（一）抓好停车。新增停车位6000个以上。\n"
    )
    intake.read_document(Progress(document.job), officer, document.pk)
    line = Document.objects.get(pk=document.pk).commitments.get()
    actions.assign(officer, line, ["市住建局"])
    actions.confirm(officer, line)
    actions.issue(officer, document)
    Commitment.objects.filter(pk=line.pk).update(deadline=timezone.localdate() - timedelta(days=3))
    Oversight.objects.create(
        leader=city["chengjian"], unit=Unit.objects.get(key="zhujian"), valid_from="2026-01-01"
    )
    return Commitment.objects.get(pk=line.pk)
