"""The registers of the house on the workbench: the system administrator keeps units, the security administrator posts."""

from __future__ import annotations

import pytest

from luodi.kernel.models import Division, Posting, Unit
from luodi.workbench import importing
from luodi.workbench.finding import desk_for

pytestmark = [pytest.mark.django_db, pytest.mark.urls("luodi.workbench.tests.urls")]


def test_the_list_of_units_comes_in_as_a_sheet_twice(city):
    desk = desk_for(city["xitong"], "units")
    division = Division.objects.first()
    table = [
        ["代号", "名称", "简称", "所属区划", "设立"],
        ["dashuju", "云川市大数据中心", "市大数据中心、大数据中心", division.code, "2027-01-01"],
    ]
    assert importing.apply(desk, city["xitong"], table).problems == []
    unit = Unit.objects.get(key="dashuju")
    assert (unit.called, unit.division) == ("市大数据中心", division)
    again = importing.apply(desk, city["xitong"], table)
    assert (again.problems, again.unchanged) == ([], 1)
    refused = importing.plan(desk, city["ducha"], [["代号", "名称"], ["dashuju", "改名"]])
    assert refused.problems == ["第 2 行：这一行不归你改（dashuju）"]


def test_a_unit_needs_no_short_name(client, city):
    client.force_login(city["xitong"])
    sent = {"name": "云川市档案馆", "key": "dangan", "division": Division.objects.first().code, "order": "99"}
    assert client.post("/work/units/form", sent).status_code == 302
    assert Unit.objects.get(key="dangan").called == "云川市档案馆"


def test_posts_are_only_looked_at_here_they_are_given_by_a_second_person(client, city):
    sent = {"person": "fagai", "unit": "caizheng", "role": "liaison", "title": "兼任联络员"}
    for login in ("xitong", "anquan"):
        client.force_login(city[login])
        assert client.get("/work/posts/").status_code == 200
        assert client.post("/work/posts/form", sent).status_code == 403
    assert not Posting.objects.filter(unit__key="caizheng", person=city["fagai"]).exists()
