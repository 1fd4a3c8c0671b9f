"""An officer looks at a number, asks why, and says which indicator answers for a target."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from luodi.commitments import intake
from luodi.engines import engine
from luodi.kernel.jobs import Progress
from luodi.kernel.models import Division, Job
from luodi.measures import actions, charts, pages
from luodi.measures.declare import Measure, Tally
from luodi.measures.forecast import Step
from luodi.measures.importing import bring_in
from luodi.measures.models import Binding, Series, Value

pytestmark = [pytest.mark.django_db, pytest.mark.urls("luodi.measures.tests.urls")]

PLAN = "云川市2026年工作要点\n一、扩大投资。\n全年固定资产投资500亿元以上。社会消费品零售总额增长6%左右。\n"


@pytest.fixture
def plan(city):
    document, _ = intake.deliver_text(city["ducha"], PLAN)
    intake.read_document(Progress(document.job), city["ducha"], document.pk)
    document.refresh_from_db()
    document.division = Division.objects.get(code="990100")
    document.save()
    return document


@pytest.fixture
def invested(city):
    """Four years of cumulative investment of the city and two counties, to September 2026."""
    rows = ["指标,区划,期,数值,单位,同比,状态,发布单位"]
    for year in (2023, 2024, 2025, 2026):
        total = 0.0
        for month in range(1, 13 if year < 2026 else 10):
            total += (30 + 3 * (year - 2023)) * (1.4 if month > 8 else 0.9) + month % 4
            for place, share in (("云川市", 1), ("松陂县", 0.3), ("澄岚区", 0.2)):
                state = "初步" if (year, month) == (2026, 9) else "最终"
                rows.append(
                    f"固定资产投资,{place},{year}-{month:02},{total * share:.2f},亿元,,{state},市统计局"
                )
    bring_in(city["tongji"], "投资.csv", "\n".join(rows).encode())
    return Series.objects.get()


def signed_in(client, city, login="ducha"):
    client.force_login(city[login])
    return client


def bound(city, plan, series):
    target = next(
        t for line in plan.commitments.all() for t in line.targets.all() if t.indicator == "固定资产投资"
    )
    return actions.bind(city["tongji"], target, series, plan.division, 1.0, "名称相同"), target


def test_the_list_shows_the_newest_number_of_the_city_with_its_unit_and_cut_off(
    client, city, invested, django_assert_max_num_queries
):
    signed_in(client, city)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("measures:measures")).content.decode()
    newest = Value.objects.get(division__code="990100", period=date(2026, 9, 1))
    assert f"{newest.value:,.2f}".rstrip("0") in page
    assert "2026-09" in page
    assert "亿元" in page
    assert f"{newest.cut_off.astimezone():%Y}" in page


def test_one_indicator_with_target_line_forecast_fan_and_the_counties_beside_it(
    client, city, plan, invested, django_assert_max_num_queries
):
    bound(city, plan, invested)
    signed_in(client, city)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("measures:measure", args=[invested.pk])).content.decode()
    assert 'class="goal"' in page
    assert 'class="fan"' in page
    assert "达到目标的可能性" in page
    assert page.index("松陂") < page.rindex("澄岚")
    county = client.get(
        reverse("measures:measure", args=[invested.pk]), {"division": "990121"}
    ).content.decode()
    assert "松陂县的走势" in county
    assert 'class="fan"' not in county


def test_why_a_published_number(client, city, invested, django_assert_max_num_queries):
    signed_in(client, city)
    bring_in(
        city["tongji"],
        "定稿.csv",
        "指标,区划,期,数值,单位,发布单位\n固定资产投资,云川市,2026-09,300,亿元,市统计局".encode(),
    )
    value = Value.objects.get(division__code="990100", period=date(2026, 9, 1), is_current=True)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("measures:why", args=[value.pk])).content.decode()
    assert "定稿.csv" in page
    assert "第 2 行" in page
    old = Value.objects.get(division__code="990100", period=date(2026, 9, 1), is_current=False)
    assert reverse("measures:why", args=[old.pk]) in page
    assert "已被后来的修订取代" in client.get(reverse("measures:why", args=[old.pk])).content.decode()


def test_why_a_counted_number_goes_down_to_the_records(
    client, city, invested, monkeypatch, django_assert_max_num_queries
):
    """Counted here: the published values themselves, which are rows like any other."""
    amounts = Tally(
        "measures.Value", dated="period", adds="value", where=lambda row: row.numerator.isnull(), says="发布"
    )
    known = Measure("sum_of_values", "数值合计", "亿元", amounts, span="period")
    monkeypatch.setattr(pages, "declared", lambda: {known.key: known})
    with engine() as counting:
        actions.count(
            city["tongji"], actions.series_of(city["tongji"], known), known, counting, date(2024, 3, 31)
        )
    value = Value.objects.get(series__key="sum_of_values", division__code="990100", period=date(2024, 2, 1))
    rows = Value.objects.filter(series=invested, period=date(2024, 2, 1))
    assert value.numerator == sum(row.value for row in rows)
    signed_in(client, city)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("measures:why", args=[value.pk])).content.decode()
    assert "指标数值·数值 合计[发布]（当期）" in page
    assert "3 条记录" in page
    assert all(str(row) in page for row in rows)


def test_a_proposal_is_dashed_until_a_person_confirms_it(
    client, city, plan, invested, django_assert_max_num_queries
):
    signed_in(client, city, "tongji")
    target = next(
        t for line in plan.commitments.all() for t in line.targets.all() if t.indicator == "固定资产投资"
    )
    address = reverse("measures:line", args=[target.commitment_id])
    page = client.get(address).content.decode()
    assert 'class="proposal"' in page
    assert "名称相同，单位一致" in page
    sent = {"target": target.pk, "series": invested.pk, "division": plan.division_id, "settle": "yes"}
    assert client.post(reverse("measures:bind", args=[target.commitment_id]), sent).status_code == 302
    held = Binding.objects.get()
    assert (held.state, held.by, held.score, held.why) == (
        "confirmed",
        city["tongji"],
        1.0,
        "名称相同，单位一致",
    )
    with django_assert_max_num_queries(12):
        page = client.get(address).content.decode()
    assert "尚未达到，时限未到" in page
    assert "目标 500亿元以上" in page
    client.post(reverse("measures:bind", args=[target.commitment_id]), {**sent, "settle": "no"})
    page = client.get(address).content.decode()
    assert "已判定不用" in page
    assert 'class="proposal"' not in page


def test_units_that_differ_are_not_bound(client, city, plan):
    bring_in(
        city["tongji"], "x.csv", "指标,区划,期,数值,单位\n固定资产投资项目,云川市,2026-09,30,个".encode()
    )
    target = next(
        t for line in plan.commitments.all() for t in line.targets.all() if t.indicator == "固定资产投资"
    )
    signed_in(client, city, "tongji")
    sent = {"target": target.pk, "series": Series.objects.get().pk, "division": plan.division_id}
    address = reverse("measures:bind", args=[target.commitment_id])
    assert client.post(address, sent, headers={"Accept": "application/json"}).status_code == 422
    assert not Binding.objects.exists()


def test_a_binding_outlives_an_edit_that_is_taken_back(city, plan, invested):
    from luodi.commitments import actions as ledger
    from luodi.commitments.models import Edit

    _, target = bound(city, plan, invested)
    ledger.reword(city["ducha"], target.commitment, "换一种说法")
    ledger.undo_edit(city["ducha"], Edit.objects.first())
    assert Binding.objects.get().target.indicator == "固定资产投资"


def test_who_may(client, city, plan, invested):
    line = plan.commitments.first().pk
    reads = [
        reverse("measures:measures"),
        reverse("measures:measure", args=[invested.pk]),
        reverse("measures:line", args=[line]),
    ]
    for login, answer in (("fagai", 200), ("shenji", 200), ("xitong", 404)):
        signed_in(client, city, login)
        assert {client.get(address).status_code for address in reads} == {answer}
    for login, answer in (("fagai", 403), ("xitong", 404)):
        signed_in(client, city, login)
        for address in (
            reverse("measures:import"),
            reverse("measures:count"),
            reverse("measures:bind", args=[line]),
        ):
            assert client.post(address).status_code == answer


def test_a_sheet_comes_in_by_the_page_and_a_bad_one_is_told_why(client, city):
    signed_in(client, city, "tongji")
    good = SimpleUploadedFile("表.csv", "指标,区划,期,数值,单位\n用电量,云川市,2026-09,3,亿千瓦时".encode())
    assert client.post(reverse("measures:import"), {"file": good}).status_code == 302
    assert Series.objects.get().title == "用电量"
    bad = SimpleUploadedFile("表.csv", "指标,区划,期,数值\n用电量,火星,2026-09,3".encode())
    page = client.post(
        reverse("measures:import"), {"file": bad}, follow=True, headers={"Referer": "/measures/"}
    )
    assert "“火星”不在行政区划名录里" in page.content.decode()


def test_counting_is_a_job_that_does_nothing_the_second_time(client, city, invested, monkeypatch):
    known = Measure(
        "numbers", "数值个数", "个", Tally("measures.Value", dated="period", where=lambda row: row.is_current)
    )
    monkeypatch.setattr(actions, "declared", lambda: {known.key: known})
    signed_in(client, city, "tongji")
    client.post(reverse("measures:count"))
    job = Job.objects.get(title="计算全部指标")
    first = actions.count_all(Progress(job), city["tongji"], until="2023-06-30")
    assert first["new"] == 18  # three divisions, six months


@pytest.mark.parametrize(
    ("form", "starts"), [("csv", "STRUCTURE,"), ("sdmx21", "<?xml"), ("sdmx30", "<?xml"), ("structure21", "<?xml"), ("structure30", "<?xml")]
)  # fmt: skip
def test_exports(client, city, invested, form, starts):
    signed_in(client, city)
    answer = client.get(reverse("measures:export", args=[invested.pk, form]))
    assert answer.content.decode().startswith(starts)
    assert client.get(reverse("measures:export", args=[invested.pk, "exe"])).status_code == 404


def test_a_chart_breaks_where_a_number_is_missing_and_marks_provisional_ones():
    points = [charts.Point(date(2026, m, 1), v, m == 5) for m, v in enumerate((1.0, 2.0, None, 4.0, 5.0), 1)]
    drawn = charts.trend(points, "month", "亿元", 9.0, [Step(date(2026, 6, 1), 5, 6, 7)])
    assert drawn.count('class="known"') == 2
    assert drawn.count("dot soft") == 1
    assert "目标 9" in drawn
    assert charts.trend([charts.Point(date(2026, 1, 1), None)], "month", "亿元") == ""


def test_marks_on_a_scale_are_round():
    assert charts.ticks(0, 523) == [0, 200, 400]
    assert charts.ticks(94.2, 97.9) == [95, 96, 97]
    assert charts.figure(12.50) == "12.5"
