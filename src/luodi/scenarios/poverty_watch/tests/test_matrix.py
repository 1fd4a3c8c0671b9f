"""Who may ask for the pages of the watch. The household is of 松陂县."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.matrix import check, everyone, staff

from luodi.kernel.models import Unit
from luodi.scenarios.poverty_watch.models import Help, Household
from luodi.scenarios.poverty_watch.tests.conftest import COUNTY, OFFICE

SEEN = staff(404, **{"ducha": 200, "changwu": 200, "shenji": 200, COUNTY: 200, OFFICE: 200})
WORKS = staff(404, **{"ducha": 403, "changwu": 403, "shenji": 403, COUNTY: 302, OFFICE: 302})
LOOKS = staff(404, **{"ducha": 403, "changwu": 403, "shenji": 403, COUNTY: 200, OFFICE: 200})

MATRIX = {
    "poverty_watch/": ("get", {}, staff(200)),
    "poverty_watch/open/": ("get", {}, everyone(200)),
    "poverty_watch/warnings/": ("get", {}, staff(200, changwu=404, shenji=404, tongji=404)),
    "poverty_watch/clues/<int:pk>/household": ("get", {}, staff(404, **{COUNTY: 200, OFFICE: 200})),
    "poverty_watch/households/<int:pk>/": ("get", {}, SEEN),
    "poverty_watch/households/<int:pk>/notice": ("post", {}, LOOKS),
    "poverty_watch/households/<int:pk>/reveal": ("post", {"reason": "核对家庭成员"}, LOOKS),
    "poverty_watch/households/<int:pk>/<slug:name>": ("post", {"said": "走访一次"}, WORKS),
    "poverty_watch/members/<int:pk>/left": ("post", {"why": "moved", "on": "2026-10-01"}, WORKS),
    "poverty_watch/helps/<int:pk>/finish": ("post", {"effect": "见成效"}, WORKS),
}  # fmt: skip


@pytest.fixture
def pks(city, bring, enrol, listed):
    household = listed()
    Household.objects.filter(pk=household.pk).update(state="helping", helped_on="2026-03-16")
    help_ = Help.objects.create(
        household=household,
        kind="health",
        cause="illness",
        what="医疗救助",
        unit=Unit.objects.get(key=COUNTY),
        started_on="2026-03-16",
    )
    return {
        "clues": bring(title="另一条").pk,
        "households": household.pk,
        "members": household.members.get().pk,
        "helps": help_.pk,
    }


@pytest.mark.parametrize("route", MATRIX)
def test_each_gets_the_own_answer(client, city, pks, route):
    address = "/" + route.replace("<int:pk>", str(pks.get(route.split("/")[1], 0))).replace(
        "<slug:name>", "visit"
    )
    method, sent, answers = MATRIX[route]
    check(client, city, address, (method, sent, answers))


def test_a_sheet_that_is_none_is_told(client, city):
    client.force_login(city["weijian"])
    answer = client.post(
        "/poverty_watch/warnings/", {"batch": "一", "file": SimpleUploadedFile("a.xlsx", b"PK no book")}
    )
    assert answer.status_code == 422
