"""A scheme over four counties: its rules are the general ones for large firms, its values are written here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from luodi.assessment import actions, kinds
from luodi.assessment.kinds import SchemeKind
from luodi.assessment.schemes import Entry, Given
from luodi.commitments import intake
from luodi.kernel.jobs import Progress
from luodi.kernel.models import Division
from luodi.kernel.rulesets.seeds import load_seeds
from luodi.measures import actions as measures
from luodi.measures.importing import bring_in
from luodi.measures.models import Series

PERIOD, NOTICE = date(2025, 1, 1), date(2026, 9, 25)
"""The notice of three working days runs over a Friday and the days before 国庆: until 2026-09-30."""
BASE = {
    "tax": "24.097",
    "added": "136.16",
    "energy": "2.694",
    "emission": "4929.81",
    "labour": "18.14",
    "rd": "0.0302",
}
COUNTIES = {
    "990102": ("澄岚区", BASE),
    "990103": ("朝岭区", {"tax": "30", "added": "120", "energy": "2.0", "emission": "6000", "labour": "20", "rd": "0.02"}),
    "990121": ("松陂县", {**BASE, "tax": "20", "emission": None}),
    "990122": ("青坞县", {**BASE, "tax": "10"}),
}  # fmt: skip


def gather(period, scheme):
    return [
        Entry(
            code, name, division=code,
            values={key: Given(None if value is None else Decimal(value), says="演示") for key, value in values.items()},
        )
        for code, (name, values) in COUNTIES.items()
    ]  # fmt: skip


@pytest.fixture
def kind(city, monkeypatch):
    load_seeds()
    found = SchemeKind(
        "trial", "试评", "land_productivity.large", gather, lead="工业和信息化局", called="县区"
    )
    monkeypatch.setattr(kinds, "schemes", lambda: (found,))
    monkeypatch.setattr("luodi.assessment.scheme_pages.schemes", lambda: (found,))
    return found


@pytest.fixture
def run(city, kind):
    return actions.score_run(city["gongxin"], kind, PERIOD)


@pytest.fixture
def noticed(city, run):
    return actions.open_notice(city["gongxin"], run, NOTICE)


PLAN = "云川市2026年工作要点\n一、扩大投资。\n全年固定资产投资480亿元以上。城镇调查失业率控制在5.4%以内。\n"


@pytest.fixture
def plan_with_series(city):
    """An issued plan of two targets, and the bureau's numbers for both."""
    document, _ = intake.deliver_text(city["ducha"], PLAN)
    intake.read_document(Progress(document.job), city["ducha"], document.pk)
    document.refresh_from_db()
    document.division = Division.objects.get(code="990100")
    document.save()
    rows = ["指标,区划,期,数值,单位,口径,方向"]
    rows += [
        f"固定资产投资,云川市,2026-{month:02},{month * 30},亿元,年初累计,越高越好" for month in range(1, 10)
    ]
    rows += ["城镇调查失业率,云川市,2026-09,5.2,%,期末,越低越好"]
    bring_in(city["tongji"], "九月.csv", "\n".join(rows).encode())
    document.commitments.update(state="issued")
    return document


@pytest.fixture
def bound(city, plan_with_series):
    """Both targets bound by the statistician."""
    for line in plan_with_series.commitments.all():
        for target in line.targets.all():
            series = Series.objects.get(title=target.indicator)
            measures.bind(city["tongji"], target, series, plan_with_series.division)
    return plan_with_series
