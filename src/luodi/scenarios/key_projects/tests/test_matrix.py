"""Who may ask for key projects' own addresses. The desks have the workbench's matrix."""

from __future__ import annotations

import pytest
from tests.matrix import check, staff

MATRIX = {
    "key_projects/": ("get", {}, staff(200)),
    "key_projects/funds": ("get", {}, staff(200)),
    "key_projects/starts": ("get", {}, staff(200)),
    "key_projects/forms/<slug:name>.<slug:format>": ("get", {}, staff(200)),
    "key_projects/oc4ids.json": ("get", {}, staff(200)),
    "key_projects/projects.geojson": ("get", {}, staff(200)),
}

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("route", MATRIX)
def test_each_role_gets_its_answer(client, year, route):
    check(
        client,
        year,
        "/" + route.replace("<slug:name>", "progress").replace("<slug:format>", "csv"),
        MATRIX[route],
    )
