"""The supervision office looks at last month's lights and tries another city's rule before asking for it."""

import pytest
from django.urls import reverse

from luodi.commitments import intake
from luodi.kernel.jobs import Progress
from luodi.kernel.models import Division
from luodi.measures import actions
from luodi.measures.importing import bring_in
from luodi.measures.models import Series

pytestmark = [pytest.mark.django_db, pytest.mark.urls("luodi.assessment.tests.urls")]

PLAN = "云川市2026年工作要点\n一、扩大投资。\n全年固定资产投资480亿元以上。城镇调查失业率控制在5.4%以内。\n"


@pytest.fixture
def bound(city):
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
    for line in document.commitments.all():
        for target in line.targets.all():
            series = Series.objects.get(title=target.indicator)
            actions.bind(city["tongji"], target, series, document.division)
    return document


def test_lights_say_their_arithmetic_and_replay_says_whose_would_change(
    client, city, bound, django_assert_max_num_queries
):
    client.force_login(city["ducha"])
    with django_assert_max_num_queries(12):
        page = client.get(
            reverse("assessment:lights"), {"month": "2026-09", "other": "460200"}
        ).content.decode()
    assert "完成 270 ÷ 序时 360 = 75%，少 25%，超过 20 为黄灯。" in page
    assert "已连续 9 个月未完成，满 2 个月为红灯。" in page  # 三亚
    assert "1 项的灯会变" in page
    assert "比率、上限或期末数没有序时进度" in page
    assert "［未核实］" in page


def test_a_month_that_was_not_over_is_not_looked_ahead_of(client, city, bound):
    client.force_login(city["ducha"])
    page = client.get(reverse("assessment:lights"), {"month": "2026-03"}).content.decode()
    assert "完成 90 ÷ 序时 120" in page
    assert "会变" not in page.split("试算：")[1].partition("</form>")[2]


def test_without_bindings_the_page_says_what_to_do_and_administrators_see_none(client, city):
    client.force_login(city["fagai"])
    assert "确认建议之后这里就会亮灯" in client.get(reverse("assessment:lights")).content.decode()
    client.force_login(city["xitong"])
    assert client.get(reverse("assessment:lights")).status_code == 404
