"""The pages people work with: a citizen's phone, a collector's phone, the map, the league, the desks."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from luodi.kernel import evidence
from luodi.scenarios.city_management.models import CityCase, UnitGrid
from luodi.scenarios.city_management.pages import DESKS
from luodi.scenarios.city_management.pages.league import lines
from luodi.scenarios.city_management.tests.conftest import INSIDE, MONDAY, photo, square
from luodi.scenarios.city_management.tests.test_road import go, mended, reported, sent
from luodi.shapes.cases import actions as cases
from luodi.workbench import importing

pytestmark = pytest.mark.django_db


def picture(name="a.jpg"):
    return SimpleUploadedFile(name, photo(), "image/jpeg")


def test_anybody_reports_with_a_photo_and_asks_by_number_and_code(client, city, ground):
    assert "暴露垃圾" in client.get("/city_management/report").content.decode()
    answer = client.post(
        "/city_management/report",
        {"category": "20102", "lon": "109.2005", "lat": "35.1005", "photo": picture()},
    )
    case = CityCase.objects.get()
    assert case.number in answer.content.decode()
    assert (case.channel, case.grid, case.title) == ("public", ground[0], "暴露垃圾")
    assert evidence.of(case).count() == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "请选择是什么问题"),
        ({"category": "10601", "address": "x"}, "请选择是什么问题"),
        ({"category": "20102"}, "请定位，或者写明地点"),
        ({"category": "20102", "lon": "这里", "lat": "那里"}, "定位没有取到"),
        ({"category": "20102", "lon": "110.5", "lat": "35.1"}, "不在本市任何单元网格内"),
    ],
)
def test_a_report_that_can_not_be_keeps_what_was_typed(client, city, ground, sent, said):
    answer = client.post("/city_management/report", {"body": "堆了三天", **sent})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "堆了三天" in answer.content.decode()
    assert not CityCase.objects.exists()


def test_a_collector_works_from_a_phone(client, city, ground, collector, lamp):
    client.force_login(collector)
    sent_ = {"component": lamp.code, "body": "不亮", "photo": picture()}
    assert client.post("/city_management/field/report", {**sent_, "photo": ""}).status_code == 422
    assert client.post("/city_management/field/report", {**sent_, "photo": picture()}).status_code == 302
    case = CityCase.objects.get()
    assert (case.category, case.collector, case.grid) == ("10118", collector, ground[0])
    done = {
        "category": "20104",
        "lon": "109.2005",
        "lat": "35.1005",
        "done": "on",
        "photo": picture(),
        "body": "已扫净",
    }
    assert client.post("/city_management/field/report", done).status_code == 302
    assert CityCase.objects.get(category="20104").state == "self_handled"


def test_photo_and_finding_go_in_together_or_not_at_all(client, city, ground, collector):
    case = sent(city, collector)
    client.force_login(city["chenglan"])
    assert case.number in client.get("/city_management/field").content.decode()
    where = f"/city_management/field/{case.pk}"
    assert "彻底清理" in client.get(where).content.decode(), "the standard it is judged by"
    refused = client.post(where, {"move": "feedback", "words": "好了"})
    assert (refused.status_code, evidence.of(case).count()) == (422, 0)
    assert client.post(where, {"move": "close", "words": "好了", "photo": picture()}).status_code == 422
    assert evidence.of(case).count() == 0
    assert client.post(where, {"move": "feedback", "words": "好了", "photo": picture()}).status_code == 302
    piece = evidence.of(case).get()
    assert client.get(f"{where}/photo/{piece.pk}?small=1")["Content-Type"] == "image/jpeg"
    client.force_login(city["fagai"])
    assert client.get(where).status_code == 404
    assert client.get(f"{where}/photo/{piece.pk}").status_code == 404
    client.force_login(collector)
    assert client.post(where, {"move": "pass_check", "words": "干净"}).status_code == 302


def test_pages_ask_few_questions_also_with_fifty_rows(
    client, city, ground, collector, django_assert_max_num_queries
):
    for number in range(50):
        reported(
            collector, at=timezone.now() - timedelta(days=8, minutes=50 - number), title=f"第 {number} 件"
        )
    client.force_login(city["chengguan"])
    pages = ("field", "map", "map.geojson", "evaluation", "evaluation.csv", "open", "report", "field/report")
    for page in pages:
        with django_assert_max_num_queries(12):
            assert client.get(f"/city_management/{page}").status_code == 200, page
    for desk in DESKS:
        for view in ("", "board", "map"):
            if view == "" or getattr(desk, "board" if view == "board" else "place"):
                with django_assert_max_num_queries(12):
                    assert client.get(f"/work/{desk.code}/{view}").status_code == 200, desk.code


def test_the_map_marks_where_trouble_gathers(client, city, ground, collector):
    for day in range(5):
        reported(collector, at=MONDAY + timedelta(days=day))
    client.force_login(city["chengguan"])
    page = client.get("/city_management/map?first=2026-09-01&last=2026-09-30").content.decode()
    assert ' hot"' in page
    assert "99010200100101 江畔1号" in page
    told = client.get("/city_management/map.geojson?first=2026-09-01&last=2026-09-30").json()
    first = told["features"][0]
    assert (first["properties"]["cases"], first["properties"]["hotspot"]) == (5, "暴露垃圾")
    assert first["geometry"]["coordinates"][0][0] == first["geometry"]["coordinates"][0][-1]


def geojson(*features):
    rows = [
        {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
        }
        for code, ring in features
    ]
    return SimpleUploadedFile(
        "grids.geojson", json.dumps({"type": "FeatureCollection", "features": rows}).encode()
    )


def test_grids_come_in_as_geojson_and_out_again(client, city, ground):
    client.force_login(city["chengguan"])
    where = "/city_management/grids/import"
    assert client.post(where, {"file": geojson(("99010200100105", square(4)))}).status_code == 302
    assert UnitGrid.objects.count() == 5
    for upload, said in (
        (SimpleUploadedFile("x", b"not json"), "这不是 GeoJSON 文件"),
        (geojson(("9901", square(6))), "第 1 个图形：单元网格编码"),
        (geojson(("99010200100106", square(6)), ("99010200100106", square(7))), "重复的网格编码"),
        (geojson(("99010200100106", square(4))), "重叠"),
    ):
        answer = client.post(where, {"file": upload}, follow=True)
        assert said in answer.content.decode()
    assert UnitGrid.objects.count() == 5
    client.force_login(city["chenglan"])
    assert client.post(where, {"file": geojson(("99010200100107", square(7)))}).status_code == 403


def test_the_league_counts_what_fell_due(client, city, ground, collector):
    case = mended(city, sent(city, collector))
    go(
        case,
        (collector, "pass_check", {"words": "好"}, 240),
        (city["chengguan2"], "close", {"outcome": "fixed"}, 250),
    )
    sent(city, collector)  # never handled
    rows = CityCase.objects.all()
    first, last = MONDAY.date(), MONDAY.date()
    (whole,) = lines(rows, "", first, last, None)
    assert (whole.counts.due, whole.counts.handled, whole.counts.overdue, whole.counts.closed) == (2, 1, 1, 1)
    assert str(whole.hours) == "2.0"
    (unit,) = lines(rows, "lead__name", first, last, None)
    assert unit.title == "澄岚区人民政府"
    client.force_login(city["ducha"])
    page = client.get("/city_management/evaluation?first=2026-09-14&last=2026-09-14").content.decode()
    assert "未核实" in page, "points of rules that nobody verified are not shown as official"
    table = list(
        csv.reader(
            io.StringIO(
                client.get("/city_management/evaluation.csv?first=2026-09-14&last=2026-09-14").content.decode(
                    "utf-8-sig"
                )
            )
        )
    )
    row = dict(zip(table[0], table[1], strict=True))
    assert (row["应处置"], row["按期处置率（%）"], row["结案率（%）"]) == ("2", "50.00", "50.00")
    assert row["得分"] == "30.00", "按期结案率 50 % lies 20 points below its floor, 结案率 40 of its 20 marks"
    assert row["等级"] == "E"


HEAD = ["编号", "标题", "类别", "地点", "内容", "来源", "经度", "纬度"]


def test_an_old_ledger_comes_in_once_under_its_own_numbers(city, ground):
    table = [
        HEAD,
        ["老-1", "江畔路垃圾", "事件·暴露垃圾", "江畔路", "成堆", "12345 转入", "109.2005", "35.1005"],
    ]
    desk = DESKS[0]
    plan = importing.apply(desk, city["chengguan"], table)
    assert plan.problems == []
    assert CityCase.objects.get().grid == ground[0]
    again = importing.plan(desk, city["chengguan"], table)
    assert (len(again.rows), again.unchanged) == (0, 1)
    wrong = [HEAD, ["老-2", "x", "事件·暴露垃圾", "江畔路", "成堆", "采集员上报", "110.9", "35.1"]]
    assert any(
        "不在本市任何单元网格内" in each for each in importing.apply(desk, city["chengguan"], wrong).problems
    )


def test_components_come_in_by_a_sheet_with_errors_by_row(city, ground):
    desk = next(desk for desk in DESKS if desk.code == "city-components")
    head = ["部件编码", "名称", "所在单元网格", "状态", "主管部门"]
    table = [
        head,
        ["9901020118000001", "路灯", "99010200100101", "完好", "市住建局"],
        ["9901020199000002", "怪物", "99010200100101", "完好", "市住建局"],
    ]
    plan = importing.apply(desk, city["chengguan"], table)
    assert any("小类 99 不在部件分类里" in each for each in plan.problems)
    assert importing.apply(desk, city["chengguan"], table[:2]).problems == []


def test_the_generic_page_and_the_letters_open(client, city, ground, collector):
    case = sent(city, collector)
    client.force_login(city["chengguan"])
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert "案件派遣单" in page
    assert "彻底清理" in page, "the condition for closing stands on the case"
    assert "99010200100101 江畔1号" in page
    assert "2026-09-14 16:00" in page, "a limit in hours is told to the minute"
    assert client.get(f"/cases/{case.pk}/letters/dispatch").status_code == 200
    assert cases.take(city["ducha"], case, "supervise", {"grade": 2, "reason": "领导关注"}).supervision == 2
    assert INSIDE["lat"] == case.lat
