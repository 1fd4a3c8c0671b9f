"""What the plan promised to start, finish and put to use, beside the projects that are kept."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from luodi.assessment.lights import Light, presets
from luodi.assessment.milestones import due_lights, promised
from luodi.commitments import intake
from luodi.commitments.models import NamedProject
from luodi.kernel.jobs import Progress
from luodi.kernel.models import Division, Unit
from luodi.measures.judging import Standing
from luodi.shapes.projects.models import Milestone, Project

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
PLAN = "云川市2026年工作要点\n一、抓项目。\n白渡无人机试飞基地9月底前建成。\n岚石骨料项目6月底前开工。\n禾丰冷链仓储中心年内建成。\n"


@pytest.fixture
def plan(city):
    document, _ = intake.deliver_text(city["ducha"], PLAN)
    intake.read_document(Progress(document.job), city["ducha"], document.pk)
    document.refresh_from_db()
    document.commitments.update(state="issued")
    return document


def kept(city, name, **days):
    place = Division.objects.get(code="990181")
    lead = Unit.objects.get(key="fagai")
    return Project.objects.create(
        kind="key_projects", number=f"ZD{name[:6]}", name=name, division=place, lead=lead, **days
    )


def of(found, words):
    return next(each for each in found if words in each.named.name)


def test_promises_are_judged_by_what_was_reached(city, plan):
    assert set(NamedProject.objects.values_list("stage", flat=True)) == {"finish", "start"}
    kept(city, "白渡无人机试飞基地", finished_on=date(2026, 10, 20), started_on=date(2026, 3, 2))
    kept(city, "岚石骨料项目")
    found = promised(2026, TODAY, presets()[""])
    base = of(found, "试飞基地")
    assert (base.judged.standing, base.lit.light) == (Standing.MET, Light.GREEN)
    assert "比时限 2026-09-30 晚 20 天" in base.judged.why
    late = of(found, "骨料")
    assert (late.judged.standing, late.lit.light) == (Standing.SHORT, Light.RED)
    assert found[0] is late


def test_what_nobody_keeps_is_unknown_and_not_late(city, plan):
    found = of(promised(2026, TODAY, presets()[""]), "骨料")
    assert (found.judged.standing, found.lit.light) == (Standing.UNKNOWN, Light.NONE)
    found.named.commitment.__class__.objects.filter(pk=found.named.commitment_id).update(state="closed")
    assert of(promised(2026, TODAY, presets()[""]), "骨料").judged.standing == Standing.MET


def test_milestones_past_due_have_the_light_of_the_rule(city):
    project = kept(city, "云禾快线项目")
    for title, mark, day in (
        ("开工", "start", date(2026, 8, 1)),
        ("建成", "finish", date(2026, 11, 1)),
        ("验收", "other", date(2026, 1, 1)),
    ):
        Milestone.objects.create(project=project, title=title, mark=mark, due_on=day, first_due_on=day)
    assert [(each.milestone.title, each.lit.light) for each in due_lights(TODAY, presets()[""])] == [
        ("开工", Light.RED),
        ("建成", Light.YELLOW),
    ]
    yinchuan = due_lights(TODAY, presets()["640100"])
    assert [(each.milestone.title, each.lit.light) for each in yinchuan] == [
        ("开工", Light.RED),
        ("建成", Light.NONE),
    ]


def test_the_page_says_why(client, city, plan, django_assert_max_num_queries):
    kept(city, "岚石骨料项目")
    client.force_login(city["ducha"])
    with django_assert_max_num_queries(12):
        page = client.get(reverse("assessment:milestones"), {"year": "2026"}).content.decode()
    assert "3 项承诺，1 项在项目库里找到" in page and "没有找到同名项目，无法判断" in page
