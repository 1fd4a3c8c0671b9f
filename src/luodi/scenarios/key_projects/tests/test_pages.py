"""The overview before the meeting, the official forms, and what other people's programs get."""

from __future__ import annotations

import csv
import io
import json

import pytest
from python_calamine import load_workbook

from luodi.scenarios.key_projects import demo
from luodi.scenarios.key_projects.pages import DESKS
from luodi.scenarios.key_projects.pages.sheets import SHEETS
from luodi.shapes.projects.models import Project

pytestmark = pytest.mark.django_db


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def test_the_overview_keeps_to_twelve_questions(client, year, django_assert_max_num_queries):
    client.force_login(year["ducha"])
    for address in (
        "/key_projects/",
        "/key_projects/?by=leader&light=",
        "/key_projects/funds",
        "/key_projects/starts",
        "/projects/",
    ):
        page(client, address)
        with django_assert_max_num_queries(12):
            page(client, address)


def test_the_overview_tells_lights_with_their_arithmetic(client, year):
    client.force_login(year["changwu"])
    shown = page(client, "/key_projects/?month=2026-10")
    assert f"<b>{demo.HOW_MANY}</b>" in shown
    assert "÷ 序时" in shown
    assert "软件预置的通用亮灯规则（非官方文件）［未核实］" in shown
    by_leader = page(client, "/key_projects/?month=2026-10&by=leader")
    assert "程更新" in by_leader


def test_another_rule_gives_other_lights(client, year):
    client.force_login(year["ducha"])
    own = page(client, "/key_projects/?month=2026-10&light=red")
    other = page(client, "/key_projects/?month=2026-10&light=red&rule=suggested")
    assert own.count("finding red") < other.count("finding red")
    assert "［未核实］" in other


@pytest.mark.parametrize("month", ["2026-02", "2026-13", "", "2025-06"])
def test_any_month_opens(client, year, month):
    client.force_login(year["ducha"])
    page(client, f"/key_projects/?month={month}&by=nothing&rule=none")


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("format", ["xlsx", "csv", "docx"])
def test_every_form_comes_out(client, year, name, format):
    client.force_login(year["fagai"])
    answer = client.get(f"/key_projects/forms/{name}.{format}?month=2026-10")
    assert answer.status_code == 200
    if format == "csv":
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert len(rows) > 5
        assert rows[0][0] == "序号"
    if format == "xlsx":
        sheet = load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
        assert [row[0] for row in sheet[1:3]] == [1, 2]
    assert client.get(f"/key_projects/forms/{name}.pdf").status_code == 404
    assert client.get(f"/key_projects/forms/nothing.{format}").status_code == 404


def test_the_form_of_progress_holds_what_the_records_hold(client, year):
    client.force_login(year["fagai"])
    data = client.get("/key_projects/forms/progress.csv?month=2026-10").content.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(data))
    row = dict(zip(head, rows[0], strict=True))
    project = Project.objects.get(name=row["项目名称"])
    report = project.reports.get(month="2026-10-01", is_current=True)
    assert int(row["累计完成（万元）"]) * 1_000_000 == report.ytd_fen
    assert row["形象进度"] == report.progress
    assert row["包抓领导"] == project.charges.get(part="leader").name


def test_projects_as_oc4ids_and_geojson(client, year):
    client.force_login(year["fagai"])
    package = json.loads(client.get("/key_projects/oc4ids.json").content)
    assert package["version"] == "0.9"
    assert len({each["id"] for each in package["projects"]}) == demo.HOW_MANY
    first = package["projects"][0]
    assert {"id", "title", "status", "period", "parties", "locations", "budget"} <= set(first)
    assert first["period"]["startDate"].endswith("+08:00")
    assert None not in first.values()
    shapes = json.loads(client.get("/key_projects/projects.geojson").content)
    assert (shapes["type"], len(shapes["features"])) == ("FeatureCollection", demo.HOW_MANY)


@pytest.mark.parametrize("view", ["", "print", "?sort=-pk"])
@pytest.mark.parametrize("code", [desk.code for desk in DESKS])
def test_every_desk_opens(client, year, code, view, django_assert_max_num_queries):
    client.force_login(year["fagai"])
    with django_assert_max_num_queries(12):
        assert client.get(f"/work/{code}/{view}").status_code == 200


def test_the_ledger_that_went_out_comes_in_again_unchanged(client, year):
    from luodi.workbench import importing

    client.force_login(year["fagai"])
    desk = next(each for each in DESKS if each.code == "key-projects-reports")
    data = client.get(
        "/work/key-projects-reports/export?format=csv&month.from=2026-10-01&month.to=2026-10-31"
    ).content.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(data)))
    plan = importing.plan(desk, year["fagai"], table[:60])
    assert plan.problems == []
    assert [
        (each.label, [(d.column.name, d.old, d.new) for d in each.differences]) for each in plan.rows
    ] == []
    assert plan.unchanged == 59


def test_a_plan_of_nothing_has_no_rate(client, year):
    project = Project.objects.filter(plans__year=2026, started_on__isnull=False).first()
    project.plans.update(plan_fen=0)
    client.force_login(year["fagai"])
    row = json.loads(client.get(f"/work/api/key-projects/{project.pk}").content)
    assert row["rate"] is None
