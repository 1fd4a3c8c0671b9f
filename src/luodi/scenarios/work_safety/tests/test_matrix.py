"""Who gets which page of work safety, and who notes a check."""

from __future__ import annotations

import pytest
from tests.matrix import check, everyone, staff

from luodi.scenarios.work_safety.tests.test_road import risk

CHECK = {"is_sound": "是", "by_name": "安全员"}

MATRIX = {
    "work_safety/map": ("get", {}, staff(200)),
    "work_safety/map.geojson": ("get", {}, staff(200)),
    "work_safety/firms": ("get", {}, staff(200)),
    "work_safety/firms/<int:pk>": ("get", {}, staff(200)),
    "work_safety/risks/<int:pk>/check": (
        "post",
        CHECK,
        staff(403, ducha=302, fagai=302, chenglan=302, rexian=302, yingji=302),
    ),
    "work_safety/accidents": ("get", {}, staff(200)),
    "work_safety/listed": ("get", {}, everyone(200)),
}


@pytest.mark.django_db
@pytest.mark.parametrize("route", MATRIX)
def test_each_role_gets_the_answer_that_its_row_says(route, client, city, mine):
    row = risk(city, mine)
    pk = mine.pk if "firms" in route else row.pk
    check(client, city, "/" + route.replace("<int:pk>", str(pk)), MATRIX[route])
