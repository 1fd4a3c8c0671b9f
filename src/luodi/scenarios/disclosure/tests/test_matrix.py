"""The year's report is for the whole staff."""

from __future__ import annotations

import pytest
from tests.matrix import check, staff

MATRIX = {"disclosure/years/<int:year>/": ("get", {}, staff(200))}


@pytest.mark.parametrize("route", MATRIX)
def test_each_role_gets_its_answer(client, city, route):
    check(client, city, "/disclosure/years/2026/", MATRIX[route])


def test_a_year_before_the_regulation_does_not_exist(client, city):
    client.force_login(city["ducha"])
    assert client.get("/disclosure/years/1999/").status_code == 404
