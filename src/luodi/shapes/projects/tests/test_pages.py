"""A project on its leaves, and the forms that a person fills on a phone."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luodi.kernel.models import Unit
from luodi.shapes.projects import actions
from luodi.shapes.projects.models import MonthReport, Project
from luodi.shapes.projects.tests.conftest import WAN, photo

pytestmark = pytest.mark.django_db
MOST = 12


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_leaves_keep_to_twelve_questions(client, roads, started, django_assert_max_num_queries):
    by = roads["fagai"]
    actions.set_plan(by, started, 2026, 6_000 * WAN)
    for month in range(3, 11):
        actions.report(by, started, date(2026, month, 1), {"ytd_fen": month * 300 * WAN, "progress": "路基"})
    for number in range(8):
        actions.raise_problem(
            by,
            started,
            {"words": f"问题{number}", "owner": Unit.objects.get(key="songpi"), "due_on": date(2026, 12, 1)},
        )
    client.force_login(roads["songpi"])
    for leaf in ("", "money", "problems", "report"):
        client.get(f"/projects/{started.pk}/{leaf}")
        with django_assert_max_num_queries(MOST):
            page(client, f"/projects/{started.pk}/{leaf}")
    with django_assert_max_num_queries(MOST):
        assert "松陂县道改造" in page(client, "/projects/")


def test_the_first_leaf_says_all_that_keeps_the_next_gate_shut(client, roads, road):
    client.force_login(roads["fagai"])
    assert "纳入储备" in page(client, f"/projects/{road.pk}/")
    actions.advance(roads["fagai"], road, "reserve", date(2026, 11, 24))
    shut = page(client, f"/projects/{road.pk}/")
    assert "“投资项目代码”还没有填写。" in shut
    assert "包抓不完整：还没有明确包抓领导。" in shut


def test_a_report_is_one_figure_and_one_sentence(client, roads, started):
    actions.set_plan(roads["fagai"], started, 2026, 6_000 * WAN)
    actions.report(roads["fagai"], started, date(2026, 9, 1), {"ytd_fen": 3_000 * WAN, "progress": "路基"})
    client.force_login(roads["songpi"])
    form = page(client, f"/projects/{started.pk}/report")
    assert "2026 年 10 月月报" in form
    assert "9 月底累计 3,000 万元" in form
    sent = {"month": "2026-10", "ytd_fen": "3,600", "progress": "路面底基层"}
    assert client.post(f"/projects/{started.pk}/report", sent).status_code == 302
    row = MonthReport.objects.get(month=date(2026, 10, 1))
    assert (row.ytd_fen, row.month_fen, row.loans_fen, row.by) == (
        3_600 * WAN,
        600 * WAN,
        None,
        roads["songpi"],
    )
    assert "完成率" in page(client, f"/projects/{started.pk}/money")


def test_what_is_wrong_comes_back_beside_its_field(client, roads, started):
    client.force_login(roads["songpi"])
    answer = client.post(
        f"/projects/{started.pk}/report", {"month": "2026-10", "ytd_fen": "三百", "progress": ""}
    )
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "“三百”不是数" in said
    assert "请填写形象进度" in said


def test_a_slip_of_unit_has_to_be_confirmed(client, roads, started):
    actions.set_plan(roads["fagai"], started, 2026, 6_000 * WAN)
    client.force_login(roads["songpi"])
    sent = {"month": "2026-10", "ytd_fen": "360000", "progress": "路面"}
    asked = client.post(f"/projects/{started.pk}/report", sent)
    assert asked.status_code == 422
    assert "是不是把元当成了万元" in asked.content.decode()
    assert client.post(f"/projects/{started.pk}/report", {**sent, "sure": "1"}).status_code == 302


def test_a_correction_keeps_the_old_figure_in_sight(client, roads, started):
    actions.report(roads["songpi"], started, date(2026, 9, 1), {"ytd_fen": 3_000 * WAN, "progress": "路基"})
    client.force_login(roads["songpi"])
    sent = {"month": "2026-09", "ytd_fen": "2900", "progress": "路基"}
    refused = client.post(f"/projects/{started.pk}/report", sent)
    assert "请写更正理由" in refused.content.decode()
    assert client.post(f"/projects/{started.pk}/report", {**sent, "why": "多报一笔"}).status_code == 302
    shown = page(client, f"/projects/{started.pk}/money")
    assert "原报（第 1 次）3,000" in shown
    assert "多报一笔" in shown


def test_a_start_from_a_phone(client, roads, ready):
    client.force_login(roads["songpi"])
    assert "平整场地、拆迁、三通一平、勘察和仪式不算" in page(client, f"/projects/{ready.pk}/start")
    sent = {"on": "2026-03-20", "works": "levelling", "verifier": "陆畅行，科长"}
    refused = client.post(
        f"/projects/{ready.pk}/start", {**sent, "photos": SimpleUploadedFile("a.jpg", photo())}
    )
    assert "“平整场地”不算开工" in refused.content.decode()
    done = client.post(
        f"/projects/{ready.pk}/start",
        {**sent, "works": "pile", "photos": SimpleUploadedFile("a.jpg", photo())},
    )
    assert done.status_code == 302
    assert Project.objects.get(pk=ready.pk).stage == "started"
    assert "正式打桩" in page(client, f"/projects/{ready.pk}/")


def test_ones_own_projects_with_what_is_wrong_first(client, roads, started):
    client.force_login(roads["chengjian"])
    assert "至今未入库纳统" in page(client, "/projects/")
    client.force_login(roads["gongye"])
    assert "没有由你负责的项目" in page(client, "/projects/")
    client.force_login(roads["songpi"])
    assert "未入库纳统" in page(client, "/projects/")
