"""The pages: four colours, an enterprise's file, accidents beside the year before, what is listed in public, the desks."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from luodi.kernel.models import Division
from luodi.scenarios.work_safety import actions
from luodi.scenarios.work_safety.models import Accident, Danger, RiskPoint
from luodi.scenarios.work_safety.pages import DESKS
from luodi.scenarios.work_safety.pages.accidents import change
from luodi.scenarios.work_safety.tests.test_measures import accident
from luodi.scenarios.work_safety.tests.test_road import PLAN, found, general, go, listed, risk
from luodi.workbench import importing

pytestmark = pytest.mark.django_db


def test_the_map_has_four_colours_and_tells_divisions(client, city, mine):
    for number, likely in enumerate(("10", "1", "0.5", "0.2")):
        risk(city, mine, code=f"FX-{number}", likely=Decimal(likely), lon=109.2 + number / 100, lat=35.1)
    client.force_login(city["yingji"])
    assert 'href="/work_safety/map"' in client.get("/work/risk-points/").content.decode()
    page = client.get("/work_safety/map").content.decode()
    for colour in ("red", "orange", "yellow", "blue"):
        assert f'<circle class="{colour}"' in page
    assert "白渡市" in page
    told = client.get("/work_safety/map.geojson?level=red").json()
    assert [feature["properties"]["code"] for feature in told["features"]] == ["FX-0"]
    assert told["features"][0]["properties"]["colour"] == "重大风险（红）"


def test_the_file_of_an_enterprise_and_a_check_noted_there(client, city, mine):
    row = risk(city, mine, assessed_on=timezone.localdate())
    go(listed(city, mine), (city["fagai"], "plan_major", PLAN, 5))
    client.force_login(city["yingji"])
    where = f"/work_safety/firms/{mine.pk}"
    page = client.get(where).content.decode()
    assert "二级" in page
    assert "资金✓" in page.replace("\n", "")
    sent = {"is_sound": "是", "by_name": "安全员", "words": "正常"}
    assert client.post(f"/work_safety/risks/{row.pk}/check", sent).status_code == 302
    assert row.checks.get().is_sound is True
    answer = client.post(f"/work_safety/risks/{row.pk}/check", {"is_sound": "否", "by_name": "安全员"})
    assert answer["Location"] == "/cases/work_safety/new"
    assert (
        client.post(
            f"/work_safety/risks/{row.pk}/check", {"is_sound": "是"}, headers={"HX-Request": "true"}
        ).status_code
        == 422
    )
    client.force_login(city["shenji"])
    assert client.post(f"/work_safety/risks/{row.pk}/check", sent).status_code == 403


def test_accidents_beside_the_year_before(client, city):
    accident(city, "A", date(2025, 3, 1), deaths=3)
    accident(city, "B", date(2025, 4, 1), deaths=1)
    accident(city, "C", date(2025, 12, 1), deaths=5)  # after the same day of the year before
    accident(city, "D", date(2026, 3, 1), deaths=1, report_minutes=61)
    client.force_login(city["changwu"])
    page = client.get("/work_safety/accidents?last=2026-11-20").content.decode()
    assert "-50.0" in page
    assert "61 分钟" in page, "an hour is the regulation's"
    assert "-75.0" in page
    accident(city, "E", date(2026, 10, 1), deaths=None)
    page = client.get("/work_safety/accidents?last=2026-11-20").content.decode()
    assert "-75.0" not in page, "while a death may still be told there is no fall"
    assert "一般事故以上（死亡人数、重伤人数、直接经济损失待补）" in page
    assert change(0, 0) is None


def test_what_is_listed_is_public_and_who_reported_is_not(client, city, mine):
    danger = listed(city, mine)
    assert "通风系统不可靠" not in client.get("/work_safety/listed").content.decode(), (
        "not before it is announced"
    )
    go(danger, (city["yingji"], "announce", {"words": "网站"}, 2))
    assert "通风系统不可靠" in client.get("/work_safety/listed").content.decode()
    answer = client.post(
        "/ask/work_safety/",
        {
            "title": "井下有人冒险作业",
            "body": "夜班超员",
            "category": "coal",
            "firm": mine.name,
            "reporter_name": "工人甲",
            "reporter_phone": "13800001111",
        },
    )
    assert answer.status_code == 200
    told = Danger.objects.get(title="井下有人冒险作业")
    assert (told.channel, told.is_sealed) == ("report", True)
    client.force_login(city["yingji"])
    assert "13800001111" not in client.get(f"/cases/{told.pk}/").content.decode()


def test_notices_are_word_papers_with_the_five_in_place(client, city, mine):
    danger = go(listed(city, mine), (city["fagai"], "plan_major", PLAN, 5))
    client.force_login(city["yingji"])
    for name, words in (
        ("listing", ("云安督1号", "通风系统不完善", "2026-11-13")),
        ("plan", ("加装监测", "50", "矿长", "撤人预案")),
    ):
        answer = client.get(f"/cases/{danger.pk}/letters/{name}")
        text = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
        for word in words:
            assert word in text, (name, word)


def test_pages_ask_few_questions_also_with_fifty_rows(
    client, city, mine, workshop, django_assert_max_num_queries
):
    today = timezone.localdate()
    for number in range(50):
        risk(city, mine, code=f"FX-{number:02}", lon=109.2, lat=35.1, assessed_on=today)
        found(city["yingji2"], mine, at=timezone.now(), title=f"第 {number} 件")
    Accident.objects.bulk_create(
        Accident(
            number=f"S{n}",
            name=f"S{n}",
            division=Division.objects.get(code="990181"),
            sector="road",
            happened_on=today,
            deaths=n % 2,
        )
        for n in range(50)
    )
    general(city, workshop)
    client.force_login(city["yingji"])
    for page in ("map", "map.geojson", "firms", f"firms/{mine.pk}", "accidents", "listed"):
        with django_assert_max_num_queries(12):
            assert client.get(f"/work_safety/{page}").status_code == 200, page
    for desk in DESKS:
        for view in ("", "board", "map", "calendar"):
            if view == "" or getattr(desk, {"board": "board", "map": "place", "calendar": "calendar"}[view]):
                with django_assert_max_num_queries(12):
                    assert client.get(f"/work/{desk.code}/{view}").status_code == 200, (desk.code, view)


def test_lists_come_in_by_sheets_with_errors_by_row(city, mine):
    by_code = {desk.code: desk for desk in DESKS}
    head = [
        "风险点编号",
        "风险点",
        "企业",
        "行业领域",
        "评估方法",
        "L 可能性",
        "E 暴露频繁程度",
        "C 后果",
        "S 严重性",
        "评估日期",
    ]
    rows = [
        ["FX-1", "瓦斯积聚", mine.name, "煤矿", "LEC（作业条件危险性）", "3", "6", "40", "—", "2026-09-01"],
        ["FX-2", "顶板冒落", mine.uscc, "煤矿", "LS（风险矩阵）", "3", "—", "—", "5", "2026-09-01"],
    ]
    plan = importing.apply(by_code["risk-points"], city["yingji"], [head, *rows])
    assert plan.problems == []
    assert list(RiskPoint.objects.values_list("level", flat=True)) == ["red", "orange"]
    again = importing.plan(by_code["risk-points"], city["yingji"], [head, *rows])
    assert (len(again.rows), again.unchanged) == (0, 2)
    wrong = [
        head,
        ["FX-3", "x", mine.name, "煤矿", "LEC（作业条件危险性）", "4", "6", "40", "—", "2026-09-01"],
    ]
    assert any(
        "L 只能取" in each for each in importing.apply(by_code["risk-points"], city["yingji"], wrong).problems
    )
    head = [
        "事故编号",
        "事故名称",
        "区划",
        "行业领域",
        "发生日期",
        "死亡（人）",
        "重伤（人）",
        "直接经济损失（万元）",
    ]
    plan = importing.apply(
        by_code["accidents"],
        city["yingji"],
        [head, ["SG1", "某事故", "白渡市", "煤矿", "2026-03-01", "待补", "2", "120"]],
    )
    assert plan.problems == []
    row = Accident.objects.get()
    assert (row.deaths, row.injured, row.loss_fen) == (None, 2, 120_000_000)


def test_penalties_show_on_the_file(client, city, mine, monkeypatch):
    monkeypatch.setattr(actions, "closure_ground", lambda firm: "可提请予以关闭")
    client.force_login(city["yingji"])
    assert "可提请予以关闭" in client.get(f"/work_safety/firms/{mine.pk}").content.decode()
