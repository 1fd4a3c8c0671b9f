"""Who sees the tables, who records a kept promise, who reads public answers."""

from __future__ import annotations

from datetime import date

import pytest
from tests.matrix import check, everyone, staff

MATRIX = {
    "proposals/years/<int:year>/": ("get", {}, staff(200)),
    "proposals/promises/<int:pk>/keep": (
        "post",
        {"words": "已建成"},
        staff(404, ducha=302, changwu=403, shenji=403, zhujian=302),
    ),
    "proposals/answers/": ("get", {}, everyone(200)),
}


@pytest.fixture
def promised(handling, go):
    case = go(handling(), ("zhujian", "talk", {"way": "visit", "words": "面商。"}, 20))
    values = {"outcome": "B", "reply": "列入计划。", "promise": "建成停车楼", "keep_by": date(2026, 12, 31)}
    return go(case, ("zhujian", "answer", values, 30))


@pytest.mark.parametrize("route", MATRIX)
def test_each_role_gets_its_answer(client, city, promised, route):
    address = "/" + route.replace("<int:year>", "2026").replace("<int:pk>", str(promised.pk))
    check(client, city, address, MATRIX[route])
