"""The columnar question gives every firm of the demonstration what the engine gives it one by one."""

from __future__ import annotations

from datetime import date

import pytest

from luodi.assessment import trial_pages
from luodi.assessment.kinds import scheme_kind
from luodi.assessment.models import Run
from luodi.assessment.schemes import score
from luodi.assessment.schemes.wide import question
from luodi.engines.columns import Columns
from luodi.kernel.rulesets.seeds import load_seeds
from luodi.scenarios.land_productivity import demo
from luodi.scenarios.land_productivity.models import YearRecord

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["land_large", "land_small"])
def test_the_same_to_the_bit(city, code):
    load_seeds()
    demo.load()
    kind, period = scheme_kind(code), date(2025, 1, 1)
    scheme = kind.scheme(period)
    with Columns() as copy:
        copy.refresh(kind.wide_labels)
        found = copy.store.execute(question(scheme, kind.wide(period, scheme))).fetchall()
    keys = dict(YearRecord.objects.values_list("enterprise", "enterprise__uscc"))
    width = len(scheme.indicators)
    wide = {keys[row[0]]: (*row[2 : 2 + width], *row[2 + width :]) for row in found}
    single = {
        each.entry.key: (
            *(int(item.points.scaleb(4)) for item in each.items), int(each.score.scaleb(2)), each.rank, each.of, each.grade,
        )
        for each in score(scheme, kind.gather(period, scheme))
    }  # fmt: skip
    assert wide == single and len(wide) > 50


def test_a_trial_over_very_many_tells_how_many_change_their_grade(client, city, monkeypatch):
    load_seeds()
    demo.load()
    run = Run.objects.get(code="land_small", state="notice")
    client.force_login(city["ducha"])
    listed = client.get(f"/assessment/runs/{run.pk}/try", {"w-tax": "80", "w-power": "20"}).context
    changed = sum(each.before.grade != each.after.grade for each in listed["moves"])
    monkeypatch.setattr(trial_pages, "MOST", 10)
    crowd = client.get(f"/assessment/runs/{run.pk}/try", {"w-tax": "80", "w-power": "20"})
    assert crowd.context["moved"] == changed > 0
    assert sum(n for _, _, n in crowd.context["grades"]) == len(listed["moves"])
    assert f"{changed} 个的档次会变" in crowd.content.decode()


def test_another_places_scheme_on_the_same_firms(client, city):
    """旌德 asks for revenue and technical renewal, which the city's own scheme does not."""
    load_seeds()
    demo.load()
    run = Run.objects.get(code="land_large", period=date(2025, 1, 1), state="published")
    client.force_login(city["ducha"])
    names = [scheme.name for scheme in trial_pages.presets(scheme_kind("land_large"))]
    jingde = next(number for number, name in enumerate(names) if "旌德" in name)
    page = client.get(f"/assessment/runs/{run.pk}/try", {"other": str(jingde)})
    first = page.context["moves"][0].after
    assert [item.key for item in first.items] == [
        "tax",
        "revenue",
        "tech",
        "labour",
        "revenue_emission",
        "rd",
        "revenue_energy",
    ]
    assert all(item.value is not None for item in first.items if item.key in {"revenue", "tech"})
    assert "旌德县规上工业企业亩均效益评价办法" in page.content.decode()
